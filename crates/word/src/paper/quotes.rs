//! Tells quoted text from the text of a paper. In amendments, whole articles are quoted, and are no headings there.

/// Follows the quotation marks from paragraph to paragraph.
pub struct QuoteTracker {
    /// How many paragraphs that end a quotation are still to come. A quotation that never ends is none.
    ends_left: usize,
    is_open: bool,
}

impl QuoteTracker {
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let ends_left = texts.filter(|text| balance(text, true) < 0).count();
        Self { ends_left, is_open: false }
    }

    /// Whether the next paragraph is a part of a quotation.
    pub fn is_quoted(&mut self, text: &str) -> bool {
        let begins = text.starts_with(['“', '"', '«', '„']);
        let was_open = self.is_open;
        let change = balance(text, was_open);
        self.ends_left -= usize::from(balance(text, true) < 0).min(self.ends_left);
        if was_open {
            self.is_open = change >= 0 && self.ends_left > 0;
        } else if begins {
            self.is_open = change > 0 && self.ends_left > 0;
        }
        was_open || begins
    }
}

/// The quotation marks that open less those that close. A straight mark closes if a quotation is open.
fn balance(text: &str, is_open: bool) -> i32 {
    let mut change = 0;
    for c in text.chars() {
        change += match c {
            '“' | '«' | '„' => 1,
            '”' | '»' => -1,
            '"' if is_open == (change == 0) => -1,
            '"' => 1,
            _ => 0,
        };
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(texts: &[&str]) -> Vec<bool> {
        let mut tracker = QuoteTracker::new(texts.iter().copied());
        texts.iter().map(|text| tracker.is_quoted(text)).collect()
    }

    #[test]
    fn quotations_over_several_paragraphs_are_followed() {
        let texts =
            ["1. Sửa đổi:", "“Điều 7. Bề rộng", "1. Gọi là “Ban”.", "2. Hai mét.”.", "Điều 2."];
        assert_eq!(quoted(&texts), [false, true, true, true, false]);
        let straight = ["\"Điều 7. Bề rộng", "Hai mét.\".", "Điều 2."];
        assert_eq!(quoted(&straight), [true, true, false]);
    }

    #[test]
    fn quotation_without_an_end_is_none() {
        assert_eq!(quoted(&["“Điều 7. Bề rộng", "Điều 8.", "Điều 9."]), [true, false, false]);
        assert_eq!(quoted(&["“Điều 7.”", "Điều 8."]), [true, false]);
    }
}
