//! A document prepared for the checks: its text, the positions of its lines and fields, and the article that
//! `cong_core` parses from it.

use std::borrow::Cow;
use std::ops::Range;

use cong_core::article::{
    self, Article, DocumentProblem, OutlineElement, Placed, UncheckedDocument,
};
use cong_core::vietnamese::nfc;

use super::finding::{Excerpt, Finding, Severity, Spot};
use super::office::Office;
use crate::folder::Document;

/// The maximum length of an excerpt, in bytes. Of a longer line, only a part is shown.
const MAX_EXCERPT_BYTES: usize = 400;
/// The maximum length, in bytes, of the text that an excerpt of a long line shows before the place of the finding.
const BEFORE_BYTES: usize = 160;

pub struct Studied<'a> {
    pub document: &'a Document,
    /// The text in normal form C with LF line ends; empty if it cannot be decoded. All ranges refer to this text.
    pub text: String,
    /// The text as it is in the file, if it is not in normal form C there.
    pub written: Option<String>,
    /// The byte offset at which each line of the text begins.
    lines: Vec<usize>,
    body: Body,
    /// The parsed article; `None` if the document has errors.
    pub article: Option<Article>,
    /// The headings, links, pictures and possible mistakes in the body, each with its byte range in the body.
    pub outline: Vec<Placed<OutlineElement>>,
    pub problems: Vec<DocumentProblem>,
}

/// Where in the document's text the body is.
enum Body {
    /// From this byte offset to the end of the text.
    From(usize),
    /// In a JSON string at this range, which includes the quotes.
    Quoted(Range<usize>),
    Nowhere,
}

impl<'a> Studied<'a> {
    pub fn of(document: &'a Document, office: &Office) -> Self {
        let mut written = None;
        let (text, problem) = match article::text(&document.bytes) {
            Ok(text) => match nfc(&text) {
                Cow::Owned(composed) if composed != text => {
                    written = Some(text);
                    (composed, None)
                }
                _ => (text, None),
            },
            // Invalid bytes are replaced, so that the excerpt can still show the rest.
            Err(problem) if problem.span.start > 0 => {
                (String::from_utf8_lossy(&document.bytes).into_owned(), Some(problem))
            }
            Err(problem) => (String::new(), Some(problem)),
        };
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let mut studied = Self {
            document,
            written,
            lines,
            body: Body::Nowhere,
            article: None,
            outline: Vec::new(),
            problems: Vec::new(),
            text,
        };
        match problem {
            Some(problem) => studied.problems.push(problem),
            None => studied.take_in(office),
        }
        studied
    }

    fn take_in(&mut self, office: &Office) {
        let source = match UncheckedDocument::of(&self.text) {
            Ok(source) => source,
            Err(problem) => return self.problems.push(problem),
        };
        self.body = match source.body {
            Some(body) => Body::From(self.text.len() - body.len()),
            None => source.place("body").map_or(Body::Nowhere, |place| Body::Quoted(place.span)),
        };
        match source.read(&office.rules) {
            Ok(parsed) => {
                self.problems = parsed.warnings;
                self.outline = article::outline(&parsed.article.body);
                self.article = Some(parsed.article);
            }
            Err(problems) => self.problems = problems,
        }
    }

    /// The byte range in the text of the value of a field. `path` names the field, such as `image.file`. If there is no
    /// such field, returns an empty range at the beginning of the text.
    pub fn field(&self, path: &str) -> Range<usize> {
        let place = UncheckedDocument::of(&self.text).ok().and_then(|source| source.place(path));
        place.map(|place| place.span).unwrap_or_default()
    }

    /// Converts a byte range of the body into one of the document's text.
    pub fn in_body(&self, part: &Range<usize>) -> Range<usize> {
        match &self.body {
            Body::From(start) => start + part.start..start + part.end,
            Body::Quoted(quoted) => {
                let raw = self.text.get(quoted.clone()).unwrap_or_default();
                let [start, end] = [part.start, part.end].map(|at| quoted.start + escaped(raw, at));
                start..end
            }
            Body::Nowhere => 0..0,
        }
    }

    /// Makes a finding about a byte range of the document's text.
    pub fn finding(
        &self,
        severity: Severity,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Finding {
        let spot = self.spot(span);
        let message = message.into();
        Finding {
            severity,
            code,
            path: spot.path,
            line: spot.line,
            column: spot.column,
            excerpt: spot.excerpt,
            message,
            hint: None,
            related: None,
        }
    }

    pub fn spot(&self, span: &Range<usize>) -> Spot {
        let path = self.document.path.clone();
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let line = self.lines.partition_point(|begin| *begin <= start);
        let line_start = self.lines[line - 1];
        let line_text = self.text[line_start..].lines().next().unwrap_or_default();
        let column = 1 + self.text[line_start..start].chars().count();
        let excerpt = excerpt(line_text, start - line_start..span.end.max(start) - line_start);
        Spot { path, line, column, excerpt }
    }
}

/// The part of a line around the range `span` that a finding shows; `None` for a blank line.
fn excerpt(line: &str, span: Range<usize>) -> Option<Excerpt> {
    if line.trim().is_empty() {
        return None;
    }
    let (mut from, mut to) = (0, line.len());
    if line.len() > MAX_EXCERPT_BYTES {
        from = line.floor_char_boundary(span.start.saturating_sub(BEFORE_BYTES));
        to = line.floor_char_boundary((from + MAX_EXCERPT_BYTES).min(line.len()));
    }
    let start = span.start.clamp(from, to);
    // An empty range is extended to the next character, if there is one.
    let next = line[start..to].chars().next().map_or(0, char::len_utf8);
    let end = line.ceil_char_boundary(span.end.clamp(start + next, to));
    let is_cut = to - from < line.len();
    Some(Excerpt { text: line[from..to].to_owned(), is_cut, span: start - from..end - from })
}

/// Converts a byte offset in a decoded JSON string into one in `raw`, its literal with quotes and escapes.
fn escaped(raw: &str, target: usize) -> usize {
    let mut at = 1;
    let mut read = 0;
    while read < target {
        let rest = raw.get(at..).unwrap_or_default();
        let mut chars = rest.chars();
        let (written, meant) = match (chars.next(), chars.next()) {
            (Some('\\'), Some('u')) => {
                let code = rest.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                match code {
                    Some(0xD800..=0xDBFF) => (12, 4),
                    code => (6, code.and_then(char::from_u32).map_or(1, char::len_utf8)),
                }
            }
            // The decoded text has LF line ends, so an escaped CR LF counts as one byte.
            (Some('\\'), Some('r')) if rest.get(2..4) == Some("\\n") => (4, 1),
            (Some('\\'), Some(_)) => (2, 1),
            (Some(c), Some(_)) => (c.len_utf8(), c.len_utf8()),
            _ => break,
        };
        at += written;
        read += meant;
    }
    at.min(raw.len())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn document(name: &str, text: &str) -> Document {
        let (slug, path) = ("x".to_owned(), PathBuf::from(name));
        Document { slug, path, bytes: text.as_bytes().to_vec() }
    }

    /// The line, column and text of the first link in a document.
    fn link(document: &Document) -> (usize, usize, String) {
        let studied = Studied::of(document, &Office::default());
        let spot = studied.spot(&studied.in_body(&studied.outline[0].1));
        let Excerpt { text, span, .. } = spot.excerpt.unwrap();
        (spot.line, spot.column, text[span].to_owned())
    }

    #[test]
    fn a_link_is_located_in_markdown_and_in_json_documents() {
        let toml = "+++\r\ntitle = \"Một\"\r\nupdated = 2026-01-01\r\nauthor = \"An\"\r\n+++\r\nMột\r\nĐề nghi\u{323} [hai](/x).\r\n";
        assert_eq!(link(&document("x.md", toml)), (7, 9, "[hai](/x)".into()));
        let json = "{\"title\": \"Một\", \"updated\": \"2026-01-01\", \"author\": \"An\",\n \"body\": \"\\u0110\\\"\\ud83d\\ude00\\r\\n[hai](\\/x)\"}";
        assert_eq!(link(&document("x.json", json)), (2, 35, "[hai](\\/x)".into()));
    }

    #[test]
    fn only_a_part_of_a_long_line_is_shown() {
        let long = format!(
            "+++\ntitle = \"Một\"\nupdated = 2026-01-01\nauthor = \"An\"\n+++\n{}[hai](/x) {}",
            "đề ".repeat(100_000),
            "nghị ".repeat(100_000)
        );
        let (line, column, text) = link(&document("x.md", &long));
        assert_eq!((line, column, text.as_str()), (6, 300_001, "[hai](/x)"));
    }

    #[test]
    fn invalid_bytes_have_a_line_and_a_column() {
        let bytes = b"+++\ntitle = \"B\xE1o\"".to_vec();
        let document = Document { slug: "x".into(), path: "x.md".into(), bytes };
        let studied = Studied::of(&document, &Office::default());
        let spot = studied.spot(&studied.problems[0].span);
        assert_eq!((spot.line, spot.column), (2, 11));
    }
}
