//! Passages of a body in another language: the lines between `::: lang=hmn` and `:::`.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::links::is_language_tag;

/// A line that begins or ends a passage in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageMarker<'t> {
    /// The line begins a passage in this language (BCP 47).
    Begin(&'t str),
    End,
}

const SIGN: &str = ":::";

/// Parses a line as the begin or end marker of a passage; `None` if it is neither.
pub fn marker(line: &str) -> Option<PassageMarker<'_>> {
    let rest = line.trim().strip_prefix(SIGN)?.trim_start();
    if rest.is_empty() {
        return Some(PassageMarker::End);
    }
    let tag = rest.strip_prefix("lang=")?;
    is_language_tag(tag).then_some(PassageMarker::Begin(tag))
}

/// Whether the line looks like a begin or end marker, valid or not.
pub fn is_like_marker(line: &str) -> bool {
    line.trim_start().starts_with(SIGN)
}

/// Splits a paragraph into the lines that are markers of passages, and the text between them.
pub fn split(paragraph: Vec<Event<'_>>) -> Vec<ParagraphPart<'_>> {
    let mut parts = Vec::new();
    let mut text = Vec::new();
    let mut nesting = 0_usize;
    let mut events = paragraph.into_iter().peekable();
    while let Some(event) = events.next() {
        let begins_line = nesting == 0 && matches!(text.last(), None | Some(Event::SoftBreak));
        let ends_line = matches!(events.peek(), None | Some(Event::SoftBreak));
        match &event {
            Event::Start(_) => nesting += 1,
            Event::End(_) => nesting = nesting.saturating_sub(1),
            Event::Text(line) if begins_line && ends_line && marker(line).is_some() => {
                text.pop();
                if !text.is_empty() {
                    parts.push(ParagraphPart::Text(std::mem::take(&mut text)));
                }
                parts.push(ParagraphPart::Marker(line.to_string()));
                events.next();
                continue;
            }
            _ => {}
        }
        text.push(event);
    }
    if !text.is_empty() {
        parts.push(ParagraphPart::Text(text));
    }
    parts
}

pub enum ParagraphPart<'a> {
    Text(Vec<Event<'a>>),
    /// A line that begins or ends a passage.
    Marker(String),
}

/// The passages that have begun and not ended yet. For each, the number of lists, list items and quotations around its
/// beginning is stored.
#[derive(Default)]
pub struct OpenPassages {
    depths: Vec<usize>,
    depth: usize,
}

impl OpenPassages {
    /// Enters a list, list item or quotation.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// Leaves a list, list item or quotation. Returns how many passages end there, because they began within it.
    pub fn leave(&mut self) -> usize {
        let before = self.depths.len();
        // The depths are in ascending order.
        while self.depths.last().is_some_and(|&depth| depth >= self.depth) {
            self.depths.pop();
        }
        self.depth = self.depth.saturating_sub(1);
        before - self.depths.len()
    }

    pub fn begin(&mut self) {
        self.depths.push(self.depth);
    }

    /// Ends the innermost passage if it began in the list item or quotation that is being read, not outside it. Returns
    /// whether it did.
    pub fn end(&mut self) -> bool {
        let is_here = self.depths.last() == Some(&self.depth);
        if is_here {
            self.depths.pop();
        }
        is_here
    }

    pub fn len(&self) -> usize {
        self.depths.len()
    }
}

/// Writes the HTML tag for a line that begins or ends a passage. An end marker without an open passage is shown as
/// text.
pub fn marker_tags<'a>(line: &str, open: &mut OpenPassages) -> Vec<Event<'a>> {
    match marker(line) {
        Some(PassageMarker::Begin(tag)) => {
            open.begin();
            vec![Event::Html(format!("<div lang=\"{tag}\">\n").into())]
        }
        Some(PassageMarker::End) if open.end() => passage_ends(1).collect(),
        _ => vec![
            Event::Start(Tag::Paragraph),
            Event::Text(line.to_owned().into()),
            Event::End(TagEnd::Paragraph),
        ],
    }
}

/// Writes the end tags of `count` passages.
pub fn passage_ends<'a>(count: usize) -> impl Iterator<Item = Event<'a>> {
    std::iter::repeat_n(Event::Html("</div>\n".into()), count)
}

#[cfg(test)]
mod tests {
    use crate::article::markdown::tests::html;
    use crate::article::{outline, plain_text};

    #[test]
    fn passages_have_their_language() {
        for body in [
            "Một.\n\n::: lang=hmn\n\nNyob *zoo*.\n\n:::\n\nHai.\n",
            "Một.\n::: lang=hmn\nNyob *zoo*.\n:::\nHai.\n",
        ] {
            assert_eq!(
                html(body),
                "<p>Một.</p>\n<div lang=\"hmn\">\n<p>Nyob <em>zoo</em>.</p>\n</div>\n<p>Hai.</p>\n"
            );
            assert_eq!(plain_text(body, 100), "Một. Nyob zoo. Hai.");
        }
    }

    #[test]
    fn passages_end_with_the_surrounding_container() {
        assert_eq!(
            html("::: lang=en-GB\n\n## One\n\n- two\n\n::: lang=zh-Hans\n\n三\n"),
            "<div lang=\"en-GB\">\n<h2 id=\"one\">One</h2>\n<ul>\n<li>two</li>\n</ul>\n<div lang=\"zh-Hans\">\n\
             <p>三</p>\n</div>\n</div>\n"
        );
        assert_eq!(
            html("> ::: lang=en\n>\n> One\n\nHai\n\n:::\n"),
            "<blockquote>\n<div lang=\"en\">\n<p>One</p>\n</div>\n</blockquote>\n<p>Hai</p>\n<p>:::</p>\n"
        );
        let nested = html("- a\n\n  ::: lang=en\n\n  b\n\n- c\n");
        assert_eq!(nested.matches("</div>\n</li>").count(), 1, "{nested}");
    }

    #[test]
    fn invalid_markers_are_shown_and_reported() {
        let body = "::: lang=tiếng\n\n:::\n\n**a**:::\n\n`:::`\n\n```\n:::\n```\n";
        assert!(html(body).starts_with("<p>::: lang=tiếng</p>\n<p>:::</p>\n"), "{}", html(body));
        let named: Vec<_> = outline(body).into_iter().map(|(_, range)| &body[range]).collect();
        assert_eq!(named, ["::: lang=tiếng", ":::"]);
        assert!(outline("::: lang=en\n\nOne\n\n:::\n").is_empty());
    }

    #[test]
    fn thousands_of_markers_are_rendered() {
        html(&"::: lang=en\n\n> ".repeat(2_000));
        html(&":::\n\n- ".repeat(2_000));
        let many = format!("{}{}", "::: lang=en\n\n".repeat(60_000), "- a\n".repeat(200_000));
        assert_eq!(html(&many).matches("</div>").count(), 60_000);
    }
}
