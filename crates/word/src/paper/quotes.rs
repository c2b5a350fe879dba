//! Tells quoted text from the text of a paper. A paper that amends another one quotes whole Điều, whose labels are no
//! headings of the paper.

/// Follows quotations that span several paragraphs.
pub struct QuoteTracker {
    /// The number of paragraphs that end a quotation and have not been read yet. If it is 0, no quotation continues in
    /// the next paragraph.
    ends_left: usize,
    is_open: bool,
}

impl QuoteTracker {
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let ends_left = texts.filter(|text| balance(text, true) < 0).count();
        Self { ends_left, is_open: false }
    }

    /// Whether the next paragraph, with this text, is a part of a quotation. Expects each paragraph once, in order.
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

/// Returns the number of opening quotation marks less the number of closing ones. A straight mark closes a quotation
/// that is open; otherwise it opens one.
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
    fn a_quotation_without_an_end_covers_one_paragraph_only() {
        assert_eq!(quoted(&["“Điều 7. Bề rộng", "Điều 8.", "Điều 9."]), [true, false, false]);
        assert_eq!(quoted(&["“Điều 7.”", "Điều 8."]), [true, false]);
    }
}
