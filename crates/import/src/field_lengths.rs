//! The lengths to which the fields of an imported document are cut. They are a little below those that the portal
//! accepts.

use cong_core::vietnamese::{nfc, single_line, truncate_at_word};

pub const MAX_TITLE_CHARS: usize = 290;
pub const MAX_LINE_CHARS: usize = 480;
pub const MAX_SUMMARY_CHARS: usize = 580;
pub const MAX_ITEMS: usize = 200;

/// Puts a text on one line of at most `max_chars` characters. A blank text counts as absent.
pub fn cut_line(text: Option<&str>, max_chars: usize) -> Option<String> {
    let text = truncate_at_word(&single_line(&nfc(text?)), max_chars);
    Some(text).filter(|text| !text.is_empty())
}
