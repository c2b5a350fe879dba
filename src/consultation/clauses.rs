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

/// What the link beside a clause's heading says; the kind of clause is the heading's first word.
pub fn comment_label(title: &str) -> &'static str {
    let first = title.split_whitespace().next().unwrap_or_default().to_lowercase();
    match first.trim_end_matches(['.', ':']) {
        "chương" => "Góp ý chương này",
        "mục" => "Góp ý mục này",
        "điều" => "Góp ý điều này",
        "khoản" => "Góp ý khoản này",
        "phụ" => "Góp ý phụ lục này",
        _ => "Góp ý phần này",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_beside_a_heading_names_its_kind_of_clause() {
        assert_eq!(comment_label("Điều 5. Hiệu lực"), "Góp ý điều này");
        assert_eq!(comment_label("ĐIỀU 5"), "Góp ý điều này");
        assert_eq!(comment_label("Phụ lục I"), "Góp ý phụ lục này");
        assert_eq!(comment_label("Căn cứ"), "Góp ý phần này");
        assert_eq!(comment_label(""), "Góp ý phần này");
    }

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
