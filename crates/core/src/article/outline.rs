//! The outline of a body: its headings, links, pictures and markup that is probably a mistake, each with its position.
//! With it, documents are checked, and the files that they need are found.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::body_source::BodySource;
use super::events::{options, push_plain_text};
use super::heading::{Heading, HeadingIds, lowered};
use super::links::{image_file, safe_link};
use super::model::Article;
use super::passages::{PassageMarker, is_like_marker, marker};
use super::placed::Placed;
use crate::order::sort_by_key;
use crate::vietnamese::single_line;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineElement {
    /// A heading, with its level and id on the page.
    Heading(Heading),
    /// A link. `address` is what the page links to; `None` if the page shows only the link's text.
    Link { address: Option<String> },
    /// A picture whose file is in `FILES`.
    Image { file: String, alt: String },
    /// A picture on another site; the page shows a link to it instead.
    RemoteImage { address: String },
    /// HTML, which the page shows as text.
    Html,
    /// A reference to a footnote that is not defined; the page shows it as written.
    LooseMark,
    /// A line that looks like the begin or end marker of a passage in another language, but is malformed, or ends a
    /// passage although none is open.
    LooseMarker,
}

/// The elements of a body, in the order in which they begin.
pub fn outline(body: &str) -> Vec<Placed<OutlineElement>> {
    let source = BodySource::of(body);
    let text: &str = &source.text;
    let mut reader = OutlineReader::default();
    let events = Parser::new_ext(text, options()).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        if let Event::Text(_) = event
            && !reader.in_code
            && reader.in_images == 0
        {
            reader.loose_marks(text, &range);
            reader.markers(text, &range);
        }
        reader.read(event, range);
    }
    let found = reader.finish().into_iter();
    found.map(|(element, range)| (element, source.in_body(range))).collect()
}

/// The file names in `FILES` of the pictures that an article shows: first the name of the picture at its head, then
/// those of the pictures in its body. A picture that is shown twice is listed twice.
pub fn pictures(article: &Article) -> impl Iterator<Item = String> {
    let head = article.image.iter().map(|image| image.file.clone());
    let in_body = outline(&article.body).into_iter().filter_map(|(element, _)| match element {
        OutlineElement::Image { file, .. } => Some(file),
        _ => None,
    });
    head.chain(in_body)
}

#[derive(Default)]
struct OutlineReader {
    found: Vec<Placed<OutlineElement>>,
    /// The headings outside footnotes. Those in footnotes are in `headings_of_notes`: footnotes come last on the page,
    /// and ids are assigned in the order of the page.
    headings: Vec<SourceHeading>,
    headings_of_notes: Vec<SourceHeading>,
    /// How many open footnotes surround the event being read.
    in_notes: usize,
    /// How many open pictures surround the event being read. The text of a picture can contain another picture.
    in_images: usize,
    in_code: bool,
    /// How many passages in other languages have begun and not ended yet.
    passages: usize,
    heading: Option<SourceHeading>,
    alt: String,
}

struct SourceHeading {
    level: HeadingLevel,
    text: String,
    range: Range<usize>,
}

impl OutlineReader {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match &event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some(SourceHeading { level: *level, text: String::new(), range });
                return;
            }
            Event::End(TagEnd::Heading(_)) => {
                let headings = match self.in_notes {
                    0 => &mut self.headings,
                    _ => &mut self.headings_of_notes,
                };
                headings.extend(self.heading.take());
                return;
            }
            Event::Start(Tag::FootnoteDefinition(_)) => self.in_notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => self.in_notes -= 1,
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.in_images += 1;
                // A picture nested in the text of another picture is part of that text.
                if self.in_images == 1 {
                    self.alt.clear();
                    let image = match image_file(dest_url) {
                        Some(file) => OutlineElement::Image { file, alt: String::new() },
                        None => OutlineElement::RemoteImage { address: dest_url.to_string() },
                    };
                    self.found.push((image, range));
                }
                return;
            }
            Event::End(TagEnd::Image) => {
                self.in_images -= 1;
                if self.in_images == 0 {
                    // Elements within a picture are not recorded, so the last element is the picture itself.
                    if let Some((OutlineElement::Image { alt, .. }, _)) = self.found.last_mut() {
                        *alt = single_line(&self.alt);
                    }
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) if self.in_images == 0 => {
                let address = safe_link(dest_url).map(str::to_owned);
                self.found.push((OutlineElement::Link { address }, range));
            }
            Event::Html(_) | Event::InlineHtml(_) if self.in_images == 0 => self.html(range),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        if let Some(heading) = &mut self.heading {
            push_plain_text(&mut heading.text, &event);
        }
        if self.in_images > 0 {
            push_plain_text(&mut self.alt, &event);
        }
    }

    /// Finds references to undefined footnotes. The parser emits such a reference as ordinary text.
    fn loose_marks(&mut self, body: &str, text: &Range<usize>) {
        let written = body.get(text.clone()).unwrap_or_default();
        for (at, _) in written.match_indices("[^") {
            let rest = written.get(at + 2..).unwrap_or_default();
            let end = rest.find([']', '[', '\n', ' ']).filter(|&end| end > 0);
            let is_escaped = written.get(..at).is_some_and(|before| before.ends_with('\\'));
            if let Some(end) =
                end.filter(|&end| rest.as_bytes().get(end) == Some(&b']') && !is_escaped)
            {
                let start = text.start + at;
                self.found.push((OutlineElement::LooseMark, start..start + 2 + end + 1));
            }
        }
    }

    /// Reads a line of text. If the line looks like a marker of a passage, but is malformed or ends a passage although
    /// none is open, adds a `LooseMarker`. A passage counts as open even if it began in another list or quotation,
    /// where this line could not end it.
    fn markers(&mut self, body: &str, text: &Range<usize>) {
        let line = body.get(text.clone()).unwrap_or_default();
        let begins_line = body
            .get(..text.start)
            .is_some_and(|before| before.is_empty() || before.ends_with(['\n', ' ']));
        if !begins_line || !is_like_marker(line) {
            return;
        }
        match marker(line) {
            Some(PassageMarker::Begin(_)) => self.passages += 1,
            Some(PassageMarker::End) if self.passages > 0 => self.passages -= 1,
            _ => self.found.push((OutlineElement::LooseMarker, text.clone())),
        }
    }

    /// Adds an element for HTML. Adjacent pieces of HTML become one element.
    fn html(&mut self, range: Range<usize>) {
        match self.found.last_mut() {
            Some((OutlineElement::Html, last)) if last.end == range.start => last.end = range.end,
            _ => self.found.push((OutlineElement::Html, range)),
        }
    }

    fn finish(self) -> Vec<Placed<OutlineElement>> {
        let mut found = self.found;
        let mut ids = HeadingIds::default();
        for SourceHeading { level, text, range } in
            self.headings.into_iter().chain(self.headings_of_notes)
        {
            let text = single_line(&text);
            let heading = Heading { level: lowered(level) as u8, id: ids.next(&text), text };
            found.push((OutlineElement::Heading(heading), range));
        }
        sort_by_key(&mut found, |(_, range)| range.start);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Labels, render};

    fn found(body: &str) -> Vec<(OutlineElement, &str)> {
        outline(body).into_iter().map(|(element, range)| (element, &body[range])).collect()
    }

    #[test]
    fn links_and_pictures_have_their_ranges() {
        let link = |address: &str| OutlineElement::Link { address: Some(address.to_owned()) };
        let image = |file: &str, alt: &str| OutlineElement::Image {
            file: file.to_owned(),
            alt: alt.to_owned(),
        };
        assert_eq!(
            found(
                "Một [hai](/tin-bai), ![Ảnh *b*](b.png) ![](/tep/c%20d.png)![Xa [^1]](//x.vn/e.png)\n\n[x](javascript:y)"
            ),
            [
                (link("/tin-bai"), "[hai](/tin-bai)"),
                (image("b.png", "Ảnh b"), "![Ảnh *b*](b.png)"),
                (image("c d.png", ""), "![](/tep/c%20d.png)"),
                (
                    OutlineElement::RemoteImage { address: "//x.vn/e.png".into() },
                    "![Xa [^1]](//x.vn/e.png)"
                ),
                (OutlineElement::Link { address: None }, "[x](javascript:y)"),
            ]
        );
        assert_eq!(
            found("[![Ảnh](https://x.vn/a.png)](/b)")[1].0,
            OutlineElement::RemoteImage { address: "https://x.vn/a.png".into() }
        );
    }

    #[test]
    fn outline_headings_equal_rendered_headings() {
        let body = "# Một\n> ## Một\n\nHai\n===\nA[^a] [^b]\n\n[^a]: ### Hai\n\n#### ![Ba](x.svg) `b` [c](/d)\n\n## <b>Bốn</b>\n\n#\n";
        let mut headings: Vec<_> = outline(body)
            .into_iter()
            .filter_map(|(element, _)| match element {
                OutlineElement::Heading(heading) => Some(heading),
                _ => None,
            })
            .collect();
        let mut rendered =
            render(body, &Labels { table: "", footnotes: "", back_to_text: "" }, None).headings;
        for list in [&mut headings, &mut rendered] {
            list.sort_by(|a, b| a.id.cmp(&b.id));
        }
        assert_eq!(headings.len(), 7);
        assert_eq!(headings, rendered);
    }

    #[test]
    fn html_and_undefined_references_are_reported_once() {
        assert_eq!(
            found(
                "a <b>c</b>\n\n<div>\n<p>\n</div>\n\nd[^e] f[^g] \\[^h] `[^i]` [^ j]\n\n[^g]: h\n"
            ),
            [
                (OutlineElement::Html, "<b>"),
                (OutlineElement::Html, "</b>"),
                (OutlineElement::Html, "<div>\n<p>\n</div>\n"),
                (OutlineElement::LooseMark, "[^e]"),
            ]
        );
    }

    #[test]
    fn malformed_markdown_is_outlined_without_a_panic() {
        for body in
            ["[".repeat(50_000), "> ".repeat(5_000), "![[".repeat(5_000), "#\n".repeat(9_999)]
        {
            outline(&body);
        }
    }
}
