//! Measures the complexity of a Markdown body in one pass, before it is parsed.
//!
//! For each line, the parser checks every open container (quotation, list item or footnote), and it makes a node for
//! each character that is Markdown syntax. Deep nesting and many such characters therefore cost much time and memory.
//! This module limits the nesting depth and the number of marks (see [`MAX_MARKS`]). Together with the maximum size of
//! a document, the two limits bound the time and memory for rendering it.

use super::problem::Cause;

/// The maximum depth of nested quotations, list items and footnotes. Documents of offices have fewer than ten
/// levels.
pub const MAX_NESTING: usize = 50;
/// The maximum number of marks in a body. Marks are: each character that is Markdown syntax (such as `*` and `[`), each
/// beginning of a heading or container, each line that is not blank, and each cell that the parser adds to a table row
/// with too few cells. A code of law with 700 articles has about 10,000 marks, a table of 10 columns and 5,000 rows
/// 60,000. While a page is rendered, each mark takes up to 750 bytes of the 128 MB that the Worker has.
pub const MAX_MARKS: usize = 100_000;

/// How many marks the beginning of a quotation, list item or footnote counts as.
const CONTAINER_MARKS: usize = 2;
/// How many marks a heading counts as, in addition to its line: a heading gets an id and appears in lists of headings.
const HEADING_MARKS: usize = 4;
/// The maximum width of a tab, in columns.
const TAB: usize = 4;
/// The minimum distance from the beginning of a list marker to the text of its item, in columns.
const MIN_INDENT: usize = 2;

/// Counts the marks of a body, which need not be in normal form C. Takes time linear in the length of the body.
///
/// # Errors
/// The body exceeds `MAX_NESTING` or `MAX_MARKS`. Returns the problem and its position in bytes: the first line at
/// which the body exceeds the maximum, after the markers of containers at the beginning of this line.
pub fn marks(body: &str) -> Result<usize, (usize, Cause)> {
    let mut items = OpenItems::default();
    // Normal form C turns this character into a backtick, which is Markdown syntax.
    let mut marks = body.matches('\u{1FEF}').count();
    let (mut columns, mut start) = (0_usize, 0);
    for line in body.split_inclusive('\n') {
        let text = line.trim_ascii_end().as_bytes();
        let LinePrefix { end, opened, depth } = items.read(text);
        if depth > MAX_NESTING {
            return Err((start + end, Cause::TooNested { max: MAX_NESTING }));
        }
        let rest = text.get(end..).unwrap_or_default();
        let cells = text.iter().filter(|&&byte| byte == b'|').count();
        marks += text.iter().map(|&byte| signs(byte)).sum::<usize>()
            + usize::from(!text.is_empty())
            + CONTAINER_MARKS * opened
            + columns.saturating_sub(cells)
            + if is_heading(rest) { HEADING_MARKS } else { 0 };
        if marks > MAX_MARKS {
            return Err((start + end, Cause::TooManyMarks { max: MAX_MARKS }));
        }
        // A blank line ends a table. A table has as many columns as the delimiter row under its head.
        if rest.is_empty() {
            columns = 0;
        } else if text.iter().all(|byte| b"|-: \t>".contains(byte)) {
            columns = columns.max(cells);
        }
        start += line.len();
    }
    Ok(marks)
}

/// Where the text of a line begins, after indentation and the markers of containers, in bytes.
pub fn content_start(line: &[u8]) -> usize {
    OpenItems::default().read(line).end
}

/// How many marks a byte counts as. `<` counts as two, because it can begin an autolink or HTML.
fn signs(byte: u8) -> usize {
    match byte {
        b'<' => 2,
        b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'!' | b'&' | b'\\' | b'|' => 1,
        _ => 0,
    }
}

/// Whether a line begins like a heading, or could make a heading of the line above it.
fn is_heading(rest: &[u8]) -> bool {
    let underlines = |sign: u8| rest.first() == Some(&sign) && rest.iter().all(|&b| b == sign);
    rest.first() == Some(&b'#') || underlines(b'=') || underlines(b'-')
}

/// The list items and footnotes that may surround the next line. `needed[0]` is the minimum indentation, in columns, of
/// a line inside one of them, `needed[1]` that of a line inside two nested ones, and so on. Each value is at most the
/// indentation that the parser demands, so the depth may be estimated too high, but never too low. No line increases a
/// value: even a line without indentation may continue a paragraph in an item, and then does not close the item.
#[derive(Default)]
struct OpenItems {
    needed: Vec<usize>,
}

/// The markers of containers at the beginning of a line: `>`, list markers and labels of footnotes.
struct LinePrefix {
    /// The end of these markers, in bytes from the beginning of the line.
    end: usize,
    /// The number of containers that these markers open.
    opened: usize,
    /// The maximum number of containers that can surround the rest of the line.
    depth: usize,
}

impl OpenItems {
    fn read(&mut self, line: &[u8]) -> LinePrefix {
        let (mut end, mut column, mut quotes, mut items) = (0, 0, 0, 0);
        let mut first = None;
        // False from the first `>`, tab or footnote label of the line on: a `>` may be indented by up to three columns,
        // tabs have different widths, and labels different lengths, so later columns are only estimates.
        let mut is_exact = true;
        while let Some(rest) = line.get(end..)
            && quotes + items <= MAX_NESTING
        {
            let (bytes, columns) = match rest {
                [b' ', ..] => (1, 1),
                [b'\t', ..] => (1, TAB),
                [b'>', ..] => (1, 1),
                _ => {
                    let Some((bytes, indent)) = item(rest) else { break };
                    let first = *first.get_or_insert_with(|| self.around(column));
                    let needed = column + indent;
                    match self.needed.get_mut(first + items) {
                        Some(known) => *known = needed.min(*known),
                        None => self.needed.push(needed),
                    }
                    items += 1;
                    if !is_exact {
                        for (known, items) in self.needed.iter_mut().zip(1..=first + items) {
                            *known = (*known).min(MIN_INDENT * items);
                        }
                    }
                    (bytes, bytes)
                }
            };
            quotes += usize::from(rest.starts_with(b">"));
            is_exact &= !matches!(rest, [b'>' | b'\t' | b'[', ..]);
            end += bytes;
            column += columns;
        }
        let depth = quotes + first.unwrap_or_else(|| self.around(column)) + items;
        LinePrefix { end, opened: quotes + items, depth }
    }

    /// The maximum number of list items and footnotes that can surround a line whose text begins at this column.
    fn around(&self, column: usize) -> usize {
        self.needed.partition_point(|&needed| needed <= column)
    }
}

/// Parses a list marker or the label of a footnote at the beginning of a text. Returns its length in bytes, and the
/// minimum indentation, in columns from its beginning, of the content of the item or footnote.
fn item(text: &[u8]) -> Option<(usize, usize)> {
    match text {
        // A footnote's label may be indented by up to three columns; its content is indented by four.
        [b'[', b'^', label @ ..] => Some((label_end(label)? + 4, 1)),
        [b'-' | b'*', ..] if is_rule(text) => None,
        [b'-' | b'*' | b'+', rest @ ..] => is_blank_or_end(rest).then_some((1, MIN_INDENT)),
        _ => {
            let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (b'.' | b')', rest) = text.get(digits..)?.split_first()? else { return None };
            (digits > 0 && is_blank_or_end(rest)).then_some((digits + 1, MIN_INDENT))
        }
    }
}

/// The length of a footnote's label, in bytes. Returns `None` if `]:` does not follow the label.
fn label_end(text: &[u8]) -> Option<usize> {
    let mut is_escaped = false;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'[' if !is_escaped => return None,
            b']' if !is_escaped => return (text.get(at + 1) == Some(&b':')).then_some(at),
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    None
}

fn is_blank_or_end(text: &[u8]) -> bool {
    matches!(text, [] | [b' ' | b'\t', ..])
}

/// Whether the text is a thematic break, such as `* * *`.
fn is_rule(text: &[u8]) -> bool {
    let sign = text.first().copied().unwrap_or_default();
    text.iter().all(|&byte| byte == sign || byte == b' ' || byte == b'\t')
        && text.iter().filter(|&&byte| byte == sign).count() >= 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::super::events::options;
    use super::*;

    fn cause(body: &str) -> Option<Cause> {
        marks(body).err().map(|(_, cause)| cause)
    }

    /// How deep the Markdown parser nests containers in this body.
    fn parsed_depth(body: &str) -> usize {
        let (mut depth, mut deepest) = (0, 0);
        for event in Parser::new_ext(body, options()) {
            match event {
                Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_)) => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
                    depth -= 1;
                }
                _ => {}
            }
        }
        deepest
    }

    #[test]
    fn deep_nesting_is_refused_with_its_position() {
        let stairs = |sign: &str, step: usize| -> String {
            (0..60).map(|level| format!("{}{sign} a\n", " ".repeat(step * level))).collect()
        };
        for body in [
            ">".repeat(60_000),
            format!("{}a\n{}", ">".repeat(60_000), "a\n".repeat(60_000)),
            format!("{}a", "- ".repeat(1_000)),
            format!("{}a", "1. ".repeat(1_000)),
            format!("{}a", "> - ".repeat(1_000)),
            "[^a]: ".repeat(1_000),
            "[^\\]: ]: ".repeat(1_000),
            stairs("-", 2),
            stairs("12.", 4),
            stairs("[^a]:", 4),
            // The column of the list marker changes from line to line, with lines of paragraphs in between.
            (0..60)
                .map(|n| format!("{}> {}- a\n", " ".repeat(n % 2 * 3), " ".repeat(2 * n)))
                .collect(),
            (0..60).map(|n| format!("{}- a\n2. b\n", " ".repeat(2 * n))).collect(),
            (0..60).map(|n| format!("{}- a\n", "\t".repeat(n))).collect(),
        ] {
            assert_eq!(cause(&body), Some(Cause::TooNested { max: MAX_NESTING }), "{body:.60}");
        }
        let body = format!("Một.\n\n{}a\n", "> ".repeat(60));
        let (at, _) = marks(&body).unwrap_err();
        assert_eq!(body.get(..at), Some(format!("Một.\n\n{}", "> ".repeat(51)).trim_end()));
    }

    #[test]
    fn long_ordinary_documents_are_accepted() {
        let levels: String = (0..8).map(|level| format!("{}- a\n", "    ".repeat(level))).collect();
        for body in [
            "Điều 1. Phạm vi và đối tượng áp dụng.\n\n".repeat(40_000),
            levels.repeat(1_000),
            format!("{}a\n", "> ".repeat(40)).repeat(100),
            format!("{}\n\n", "* ".repeat(200)).repeat(100),
            format!("```\n{}- a\n```\n\n", " ".repeat(80)).repeat(1_000),
            format!("{}1. a\n", "\t".repeat(12)).repeat(1_000),
            format!("|{}\n|{}\n", "a|".repeat(10), "-|".repeat(10))
                + &format!("|{}\n", "1.234,5|".repeat(10)).repeat(5_000),
        ] {
            assert!(marks(&body).is_ok(), "{body:.60}");
        }
    }

    #[test]
    fn marks_are_limited_including_cells_of_short_rows() {
        let wide =
            |columns: usize| format!("{}|\n{}|\n", "|a".repeat(columns), "|-".repeat(columns));
        for body in [
            "*_".repeat(60_000),
            "#\n".repeat(60_000),
            "a\n=\n".repeat(60_000),
            "[^a]: b\n".repeat(60_000),
            "\u{1FEF}a".repeat(120_000),
            format!("{}{}", wide(1_000), "b\n".repeat(1_000)),
            format!("{}{}", wide(1_000), "| b\n").repeat(200),
            format!("> {}", wide(1_000).replace('\n', "\n> ") + &"b\n> ".repeat(1_000)),
        ] {
            assert_eq!(cause(&body), Some(Cause::TooManyMarks { max: MAX_MARKS }), "{body:.60}");
        }
        assert_eq!(marks("Một *hai*\n\n> - ba\n"), Ok(3 + 1 + 4));
        assert_eq!(marks("## Một\n"), Ok(5));
        assert_eq!(marks("|a|b|\n|-|-|\n|c\n"), Ok(3 + 1 + 3 + 1 + 1 + 1 + 2));
    }

    proptest! {
        #[test]
        fn depth_is_at_least_that_of_the_parser(
            lines in prop::collection::vec(
                r"( {0,9}|\t)((> ?|[*+-] {1,4}|[0-9]{1,2}[.)] |\[\^[ab\\\]]{1,2}\]: ?|\t| {1,6}){0,5})(a|- - -|```|)",
                1..16
            )
        ) {
            let body = lines.join("\n");
            let mut items = OpenItems::default();
            let depths = body.lines().map(|line| items.read(line.trim_ascii_end().as_bytes()).depth);
            let depth = depths.max().unwrap_or_default();
            prop_assert!(parsed_depth(&body) <= depth, "{} > {}", parsed_depth(&body), depth);
        }
    }
}
