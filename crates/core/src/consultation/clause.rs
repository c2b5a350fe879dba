//! The clauses of a draft: its headings, on any level (Chương, Mục, Điều, khoản).

use crate::article::Heading;
use crate::vietnamese::truncate_at_word;

/// The maximum length of the id of a clause, in bytes. A heading with a longer id is not a clause; people can comment
/// on its text only by commenting on the whole draft.
const MAX_ID_BYTES: usize = 300;
/// The maximum length of the title of a clause, in characters. A longer heading is cut: it is probably a paragraph that
/// was made a heading by mistake.
const MAX_TITLE_CHARS: usize = 300;

/// A clause of a draft: the part that starts at a heading. This type contains only the data of the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The id of the clause's heading on the page.
    pub id: String,
    pub title: String,
    /// The level of the heading, 2 to 6.
    pub level: u8,
}

impl Clause {
    /// The label of the whole draft in lists of clauses.
    pub const WHOLE_LABEL: &str = "Toàn bộ dự thảo";
    /// The code that stands for the whole draft in addresses. It cannot be the id of a heading, which never contains an
    /// underscore.
    pub const WHOLE_CODE: &str = "_";

    /// Makes the clauses of a draft from its headings, in the same order. Leaves out headings without text, and those
    /// whose id cannot be the id of a clause.
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

/// Whether a text can be the id of a clause.
pub fn is_clause_id(text: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_without_text_or_valid_id_are_not_clauses() {
        let heading =
            |id: &str, text: &str| Heading { level: 2, id: id.to_owned(), text: text.to_owned() };
        let long = "x".repeat(301);
        let headings = [heading("dieu-1", "Điều 1"), heading(&long, &long), heading("muc", "")];
        let ids: Vec<_> = Clause::all(&headings).into_iter().map(|clause| clause.id).collect();
        assert_eq!(ids, ["dieu-1"]);
    }
}
