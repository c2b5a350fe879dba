//! The plain text of a body, for search and excerpts.

use pulldown_cmark::{Event, Parser, TagEnd};

use super::markdown::{options, push_plain_text};
use crate::vietnamese::single_line;

/// The text of a body on one line, including footnotes. Stops soon after `max_bytes`.
pub fn plain_text(body: &str, max_bytes: usize) -> String {
    let mut text = String::with_capacity(body.len().min(max_bytes));
    for event in Parser::new_ext(body, options()) {
        if text.len() > max_bytes {
            break;
        }
        push_plain_text(&mut text, &event);
        if matches!(event, Event::End(end) if !is_within_a_line(&end)) {
            text.push(' ');
        }
    }
    single_line(&text)
}

fn is_within_a_line(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn blocks_are_apart_and_words_that_are_marked_in_part_are_whole() {
        let body = "## Điều 1\nMột **h**ai[^a].\n\n- ba\n- [bốn](/x)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Ảnh](a.svg)\n\n[^a]: Năm.";
        assert_eq!(plain_text(body, 1_000), "Điều 1 Một hai. ba bốn a b 1 2 Ảnh Năm.");
    }

    #[test]
    fn a_long_body_is_read_only_so_far() {
        let text = plain_text(&"một hai ba\n\n".repeat(100_000), 1_000);
        assert!((1_000..1_100).contains(&text.len()), "{}", text.len());
    }
}
