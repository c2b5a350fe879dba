//! Reports the comments, page headers and page footers of a Word file, which an article does not keep.

use cong_core::vietnamese::{truncate_at_word, visible_line};
use roxmltree::Node;

use crate::package::WordPackage;
use crate::problem::{WordError, WordOmission};
use crate::xml::{self, is, text};

/// The maximum length of the text of a page header or footer in a report, in characters.
const SHOWN_CHARS: usize = 80;

/// Returns the omissions: the number of comments, and the text of each page header and footer.
pub fn read(package: &mut WordPackage<'_>, main: &str) -> Result<Vec<WordOmission>, WordError> {
    let relations = package.relations(main)?;
    let mut left_out = Vec::new();
    let mut comments = 0;
    for part in relations.targets_of_kind("comments") {
        let Some(text) = package.text(part)? else { continue };
        comments += xml::parse_part(&text)?
            .root_element()
            .children()
            .filter(|node| is(*node, "comment"))
            .count();
    }
    if comments > 0 {
        left_out.push(WordOmission::Comments(comments));
    }
    for part in ["header", "footer"].iter().flat_map(|kind| relations.targets_of_kind(kind)) {
        let Some(text) = package.text(part)? else { continue };
        let document = xml::parse_part(&text)?;
        let shown = visible_line(&shown_text(document.root_element()));
        // A header with at most one letter shows only a page number, and is not reported.
        if shown.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            let omission = WordOmission::PageHeader(truncate_at_word(&shown, SHOWN_CHARS));
            if !left_out.contains(&omission) {
                left_out.push(omission);
            }
        }
    }
    Ok(left_out)
}

fn shown_text(root: Node<'_, '_>) -> String {
    let mut shown = String::new();
    for node in root.descendants() {
        match node.tag_name().name() {
            "t" if !node.ancestors().any(|outer| is(outer, "Fallback")) => {
                shown.push_str(&text(node));
            }
            "p" | "tab" | "br" | "tc" => shown.push(' '),
            _ => {}
        }
    }
    shown
}
