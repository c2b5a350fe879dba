//! The plain text of a body, for search and excerpts, and of its first paragraph, for summaries.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body_source::BodySource;
use super::events::push_plain_text;
use super::table_events::BodyEvents;
use crate::vietnamese::single_line;

/// The text of a body on one line, including footnotes. Stops once there are more than `max_bytes`, so the
/// result may be a little longer.
pub fn plain_text(body: &str, max_bytes: usize) -> String {
    let mut text = String::with_capacity(body.len().min(max_bytes));
    let source = BodySource::of(body);
    for event in BodyEvents::of(&source) {
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

/// The plain text of the first paragraph that has text, without pictures; empty if there is none.
pub fn first_paragraph(body: &str) -> String {
    let mut in_paragraph = false;
    let mut in_image = false;
    let mut text = String::new();
    let source = BodySource::of(body);
    for event in BodyEvents::of(&source) {
        match event {
            Event::Start(Tag::Paragraph) => in_paragraph = true,
            Event::End(TagEnd::Paragraph) if !text.trim().is_empty() => break,
            Event::End(TagEnd::Paragraph) => in_paragraph = false,
            Event::Start(Tag::Image { .. }) => in_image = true,
            Event::End(TagEnd::Image) => in_image = false,
            event if in_paragraph && !in_image => push_plain_text(&mut text, &event),
            _ => {}
        }
    }
    single_line(&text)
}

fn is_within_a_line(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

#[cfg(test)]
mod tests {
    use super::{first_paragraph, plain_text};

    #[test]
    fn blocks_are_separated_and_partly_marked_words_are_whole() {
        let body = "## Điều 1\nMột **h**ai[^a].\n\n- ba\n- [bốn](/x)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Ảnh](a.svg)\n\n[^a]: Năm.";
        assert_eq!(plain_text(body, 1_000), "Điều 1 Một hai. ba bốn a b 1 2 Ảnh Năm.");
    }

    #[test]
    fn text_is_limited_to_max_bytes() {
        let text = plain_text(&"một hai ba\n\n".repeat(100_000), 1_000);
        assert!((1_000..1_100).contains(&text.len()), "{}", text.len());
    }

    #[test]
    fn first_paragraph_is_plain_text() {
        let body =
            "## Đầu đề\n\n![ảnh](a.svg)\n\nMột **hai** [ba](/x)\nbốn[^1].\n\nNăm.\n\n[^1]: Sáu.";
        assert_eq!(first_paragraph(body), "Một hai ba bốn.");
        assert_eq!(first_paragraph("- mục\n"), "");
    }
}
