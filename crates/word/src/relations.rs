//! The relations of a part of a Word file to other parts, such as from the text to its styles and pictures, and to
//! addresses on the web.

use std::collections::HashMap;

use roxmltree::Node;

use crate::xml::is;

pub struct PartRelation {
    /// The name of a part, or an address outside the file.
    pub target: String,
    pub is_external: bool,
    /// The last segment of the relation's type, such as `styles` or `image`.
    kind: String,
}

/// The relations of a part, by their ids.
#[derive(Default)]
pub struct PartRelations {
    by_id: HashMap<String, PartRelation>,
}

impl PartRelations {
    /// Reads the relations of a part in the folder `folder`.
    pub fn of(root: Node<'_, '_>, folder: &str) -> Self {
        let relation = |node: Node<'_, '_>| {
            let is_external = node.attribute("TargetMode") == Some("External");
            let target = node.attribute("Target")?;
            let target = if is_external { target.to_owned() } else { part_name(folder, target) };
            let kind = node.attribute("Type").unwrap_or_default();
            let kind = kind.rsplit_once('/').map_or(kind, |(_, last)| last).to_owned();
            Some((node.attribute("Id")?.to_owned(), PartRelation { target, is_external, kind }))
        };
        let nodes = root.descendants().filter(|node| is(*node, "Relationship"));
        Self { by_id: nodes.filter_map(relation).collect() }
    }

    pub fn get(&self, id: &str) -> Option<&PartRelation> {
        self.by_id.get(id)
    }

    /// The names of the parts to which relations of this kind lead, in alphabetical order.
    pub fn targets_of_kind(&self, kind: &str) -> Vec<&str> {
        let found = self.by_id.values().filter(|found| found.kind == kind && !found.is_external);
        let mut targets: Vec<_> = found.map(|found| found.target.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    pub fn target_of_kind(&self, kind: &str) -> Option<&str> {
        self.targets_of_kind(kind).first().copied()
    }
}

/// Returns the name of the part at an address, which is absolute or relative to `folder`.
fn part_name(folder: &str, address: &str) -> String {
    let address = address.replace('\\', "/");
    let start = if address.starts_with('/') { "" } else { folder };
    let mut segments: Vec<&str> = Vec::new();
    for segment in start.split('/').chain(address.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::part_name;

    #[test]
    fn relative_addresses_begin_in_the_folder_of_the_part() {
        for (address, expected) in [
            ("styles.xml", "word/styles.xml"),
            ("/word/document2.xml", "word/document2.xml"),
            ("../media/a.png", "media/a.png"),
            ("./media\\a.png", "word/media/a.png"),
        ] {
            assert_eq!(part_name("word", address), expected);
        }
    }
}
