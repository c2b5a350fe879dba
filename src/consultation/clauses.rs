//! The clauses of a draft: its own headings, whatever the document calls them (Chương, Mục, Điều, khoản).

use crate::article::Heading;
use crate::vietnamese::truncate_at_word;

/// The longest id that an address or a form may name, in bytes; a heading's own may be longer, and its
/// clause is then commented under the whole draft.
const MAX_ID_BYTES: usize = 300;
/// A heading that is longer is a paragraph by mistake.
const MAX_TITLE_CHARS: usize = 300;

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The id of its heading.
    pub id: String,
    pub title: String,
    /// The level of its heading, 2 to 6.
    pub level: u8,
}

impl Clause {
    /// How the whole draft is called among its clauses.
    pub const WHOLE_LABEL: &str = "Toàn bộ dự thảo";
    /// Stands in addresses for the whole draft; no heading's id has an underscore.
    pub const WHOLE_CODE: &str = "_";

    /// All clauses, in the order of the document.
    pub fn all(headings: &[Heading]) -> Vec<Self> {
        headings
            .iter()
            .filter(|heading| is_clause_id(&heading.id) && !heading.text.is_empty())
            .map(|heading| Self {
                id: heading.id.clone(),
                title: truncate_at_word(&heading.text, MAX_TITLE_CHARS),
                level: heading.level,
            })
            .collect()
    }
}

/// Whether the text can be the id of a clause's heading.
pub fn is_clause_id(text: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_cannot_be_named_is_no_clause() {
        let heading =
            |id: &str, text: &str| Heading { level: 2, id: id.to_owned(), text: text.to_owned() };
        let long = "x".repeat(301);
        let headings = [heading("dieu-1", "Điều 1"), heading(&long, &long), heading("muc", "")];
        let ids: Vec<_> = Clause::all(&headings).into_iter().map(|clause| clause.id).collect();
        assert_eq!(ids, ["dieu-1"]);
    }
}
