//! Finds the sections of a text that start on a new page.

use crate::tags::{TagKind, XmlTags};

/// Returns for each section of the text, in order, whether it starts on a new page. This is needed before the text is
/// read, because the properties of a section follow its content.
pub fn page_starts(text: &str) -> Vec<bool> {
    if !text.contains("continuous") {
        return vec![true; text.matches("sectPr>").count() + text.matches("sectPr/>").count()];
    }
    let mut starts = Vec::new();
    // The current properties of a section may contain, in `sectPrChange`, those from before a tracked change.
    let (mut is_within, mut in_change) = (false, false);
    for tag in XmlTags::of(text) {
        match (tag.local_name(), tag.kind) {
            ("sectPrChange", kind) => in_change = kind == TagKind::Open,
            ("sectPr", TagKind::Close) if !in_change => is_within = false,
            ("sectPr", kind) if !in_change => {
                starts.push(true);
                is_within = kind == TagKind::Open;
            }
            ("type", _) if is_within && !in_change => {
                let written = text.get(tag.start..tag.end).unwrap_or_default();
                if let Some(last) = starts.last_mut() {
                    *last = !written.contains("\"continuous\"");
                }
            }
            _ => {}
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::page_starts;

    #[test]
    fn sections_start_on_a_new_page_unless_they_are_continuous() {
        let text = "<w:sectPr><w:type w:val=\"continuous\"/></w:sectPr><w:p/><w:sectPr>\
                    <w:sectPrChange><w:sectPr><w:type w:val=\"continuous\"/></w:sectPr>\
                    </w:sectPrChange></w:sectPr><w:sectPr/>";
        assert_eq!(page_starts(text), [false, true, true]);
    }
}
