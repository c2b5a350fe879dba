//! Finds the sections of a text that start on a new page.

use crate::tags::{TagKind, XmlTags};

/// Whether each section of the text starts on a new page, in order. A section describes itself at its end, so this is
/// found before the text is read.
pub fn page_starts(text: &str) -> Vec<bool> {
    if !text.contains("continuous") {
        return vec![true; text.matches("sectPr>").count() + text.matches("sectPr/>").count()];
    }
    let mut starts = Vec::new();
    // Properties of a section from before a tracked change are within the current ones.
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
