//! Options of the Markdown parser, and helpers for reading the events that it emits.

use pulldown_cmark::{Event, Options, TagEnd};

use super::passages::marker;
use crate::vietnamese::single_line;

/// The options of the parser: CommonMark with tables, footnotes and strikethrough.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// Appends the plain text of an event. HTML is text. Leaves out the lines that begin and end a passage in another
/// language (`::: lang=hmn` and `:::`).
pub fn push_plain_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(line) if marker(line).is_some() => {}
        Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
            text.push_str(part);
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        _ => {}
    }
}

/// The plain text of the events, on one line.
pub fn events_text(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        push_plain_text(&mut text, event);
    }
    single_line(&text)
}

/// The number of words in an event. A word is text between white space that contains a letter or digit.
pub fn words_in(event: &Event<'_>) -> usize {
    let (Event::Text(text) | Event::Code(text)) = event else { return 0 };
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Returns the events within the element whose start event was just read. `is_end` tells whether an end event is of the
/// same kind as the element. The end event of the element is consumed too, but not returned.
pub fn take_until<'a>(
    events: &mut impl Iterator<Item = Event<'a>>,
    is_end: impl Fn(&TagEnd) -> bool,
) -> Vec<Event<'a>> {
    let mut inner = Vec::new();
    let mut depth = 0_usize;
    for event in events {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(end) if depth == 0 && is_end(end) => break,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        inner.push(event);
    }
    inner
}
