//! Turns the labels and titles of the parts of a paper, from Phần to Điều, into headings, whatever their styles. In
//! this folder, "article" in names of functions and fields means a Điều.

use std::collections::VecDeque;

use cong_core::markdown_writer::{RunContent, TextRun, is_blank};

use super::labels::{LabelRank, PartLabel, after_label, read_label};
use super::lines::{clean, is_bold, label, paragraph_of, split_lines, text_of};
use super::quotes::QuoteTracker;
use super::writing::is_capitals;
use crate::block::{Alignment, WordBlock, WordParagraph};

/// A text with more characters is no heading.
const MAX_TITLE_CHARS: usize = 400;
/// The maximum number of paragraphs of a title below its label.
const MAX_TITLE_LINES: usize = 4;
/// The maximum length of a title after a number such as `1.`, in characters.
const MAX_PLAIN_TITLE_CHARS: usize = 150;
/// A Điều without a title is a heading as a whole if its label and text together have at most this number of
/// characters.
const MAX_ARTICLE_CHARS: usize = 200;

/// Makes the headings. A label and its title in separate paragraphs are joined. A paragraph with a Điều and its text is
/// split into a heading and a paragraph of text.
pub fn mark_headings(blocks: Vec<WordBlock>) -> Vec<WordBlock> {
    let texts: Vec<String> =
        blocks.iter().map(|block| paragraph_of(block).map_or_else(String::new, text_of)).collect();
    let quotes = QuoteTracker::new(texts.iter().map(String::as_str));
    let mut marker = HeadingMarker { left: blocks.into(), quotes, ..HeadingMarker::default() };
    while let Some(block) = marker.left.pop_front() {
        match block {
            WordBlock::Paragraph(paragraph) => marker.paragraph(paragraph),
            table @ WordBlock::Table(_) => marker.out.push(table),
        }
    }
    marker.out
}

struct HeadingMarker {
    left: VecDeque<WordBlock>,
    out: Vec<WordBlock>,
    quotes: QuoteTracker,
    /// The last number of each depth of numbered headings (`1.`, `1.1.`, `1.1.1.`) in the current part.
    numbers: [u32; 3],
    has_articles: bool,
}

impl Default for HeadingMarker {
    fn default() -> Self {
        Self {
            left: VecDeque::new(),
            out: Vec::new(),
            quotes: QuoteTracker::new(std::iter::empty()),
            numbers: [0; 3],
            has_articles: false,
        }
    }
}

impl HeadingMarker {
    fn paragraph(&mut self, paragraph: WordParagraph) {
        let text = text_of(&paragraph);
        if self.quotes.is_quoted(&text) {
            self.out.push(WordBlock::Paragraph(WordParagraph { heading: None, ..paragraph }));
            return;
        }
        match read_label(&text) {
            Some(found) if found.rank == LabelRank::Article => {
                self.article(paragraph, &text, &found);
            }
            Some(found) if self.is_part(&paragraph, &text, &found) => {
                self.part(paragraph, text, &found);
            }
            _ => {
                if paragraph.heading.is_some_and(|level| level <= 1) {
                    self.numbers = [0; 3];
                    self.has_articles = false;
                }
                self.out.push(WordBlock::Paragraph(paragraph));
            }
        }
    }

    /// Whether the paragraph with this label, which is not that of a Điều, is a heading.
    fn is_part(&self, paragraph: &WordParagraph, text: &str, found: &PartLabel) -> bool {
        let rest = after_label(text, found);
        if text.chars().count() > MAX_TITLE_CHARS {
            return false;
        }
        let is_styled = paragraph.heading.is_some();
        let is_bold = is_bold(paragraph);
        let is_set_off = is_styled || is_bold || paragraph.alignment == Alignment::Center;
        let is_sentence = rest.ends_with(['.', ';']);
        let is_capital = |text: &str| paragraph.is_capitals || is_capitals(text);
        match found.rank {
            LabelRank::Number(depth) => {
                let last = self.numbers.get(usize::from(depth) - 1).copied().unwrap_or(0);
                let is_next = found.number == last + 1 || found.number == 1;
                let is_short = rest.chars().count() <= MAX_PLAIN_TITLE_CHARS && !rest.is_empty();
                is_styled || (is_bold && is_next && is_short && !is_sentence && !self.has_articles)
            }
            LabelRank::Letter | LabelRank::Roman => {
                !rest.is_empty() && !is_sentence && (is_styled || is_bold || is_capital(rest))
            }
            _ if rest.is_empty() => is_set_off || is_capital(text) || label(paragraph).is_some(),
            _ => is_set_off || is_capital(rest),
        }
    }

    fn part(&mut self, paragraph: WordParagraph, mut text: String, found: &PartLabel) {
        match found.rank {
            LabelRank::Number(depth) => {
                let depth = usize::from(depth);
                if let Some(last) = self.numbers.get_mut(depth - 1) {
                    *last = found.number;
                }
                self.numbers.iter_mut().skip(depth).for_each(|number| *number = 0);
            }
            _ => self.numbers = [0; 3],
        }
        let mut runs = vec![TextRun::text("")];
        if found.rank.is_word() && after_label(&text, found).is_empty() {
            for line in 0..MAX_TITLE_LINES {
                let Some(title) = self.next_title(line > 0) else { break };
                text = format!("{text} {}", text_of(&title));
                runs.extend(notes_of(&title.runs));
            }
        }
        runs.extend(notes_of(&paragraph.runs));
        if let Some(first) = runs.first_mut() {
            *first = TextRun::text(text);
        }
        self.push_heading(found.rank.level(), runs, paragraph.text_boxes);
    }

    fn push_heading(&mut self, level: u8, runs: Vec<TextRun>, text_boxes: Vec<Vec<WordBlock>>) {
        let heading = Some(level);
        let paragraph = WordParagraph { runs, heading, text_boxes, ..WordParagraph::default() };
        self.out.push(WordBlock::Paragraph(paragraph));
    }

    /// Takes the next paragraph if it is a title that belongs to the label before it. If `has_title` is set, the
    /// paragraph must be in capitals and centred to continue the title.
    fn next_title(&mut self, has_title: bool) -> Option<WordParagraph> {
        let next = paragraph_of(self.left.front()?)?;
        let text = text_of(next);
        let is_centered = next.alignment == Alignment::Center;
        let is_title = if has_title {
            is_capitals(&text) && is_centered
        } else {
            next.heading.is_some() || is_bold(next) || is_centered || is_capitals(&text)
        };
        let is_text = text.is_empty()
            || text.starts_with('(')
            || text.ends_with(['.', ';'])
            || text.chars().count() > MAX_TITLE_CHARS
            || read_label(&text).is_some();
        if !is_title || is_text {
            return None;
        }
        match self.left.pop_front() {
            Some(WordBlock::Paragraph(paragraph)) => {
                self.quotes.is_quoted(&text);
                Some(paragraph)
            }
            _ => None,
        }
    }

    fn article(&mut self, mut paragraph: WordParagraph, text: &str, found: &PartLabel) {
        let rest = after_label(text, found);
        let is_reference = !found.is_punctuated
            && !rest.is_empty()
            && (rest.starts_with(|c: char| !c.is_uppercase()) || !is_bold(&paragraph));
        if is_reference {
            self.out.push(WordBlock::Paragraph(WordParagraph { heading: None, ..paragraph }));
            return;
        }
        self.has_articles = true;
        let level = found.rank.level();
        let label_text = text.get(..found.length).unwrap_or_default().to_owned();
        let typed = label(&paragraph).map_or(label_text.as_str(), |_| "");
        // The label in the runs ends after this number of characters that are not spaces.
        let marks = typed.chars().filter(|c| !c.is_whitespace()).count();
        let (_, mut after) = split_runs(&paragraph.runs, marks);
        paragraph.mark = None;
        if rest.is_empty() {
            let title = self.next_title(false).map(|title| (text_of(&title), title));
            let text =
                title.as_ref().map_or(label_text.clone(), |(t, _)| format!("{label_text} {t}"));
            let mut runs = vec![TextRun::text(text)];
            runs.extend(title.iter().flat_map(|(_, title)| notes_of(&title.runs)));
            runs.extend(notes_of(&paragraph.runs));
            return self.push_heading(level, runs, paragraph.text_boxes);
        }
        let is_styled = paragraph.heading.is_some();
        let is_short = text.chars().count() <= MAX_ARTICLE_CHARS;
        let title_marks = title_marks(&after, is_styled, is_short);
        let (title, body) = split_runs(&after, title_marks);
        let title_text = clean(&split_lines(&title).join(" "));
        let mut runs = vec![TextRun::text(format!("{label_text} {title_text}").trim_end())];
        runs.extend(notes_of(&title));
        after = body;
        let text_boxes = std::mem::take(&mut paragraph.text_boxes);
        if is_blank(&after) {
            return self.push_heading(level, runs, text_boxes);
        }
        self.push_heading(level, runs, Vec::new());
        trim_start(&mut after);
        let body = WordParagraph { runs: after, heading: None, text_boxes, ..paragraph };
        self.out.push(WordBlock::Paragraph(body));
    }
}

/// Returns the length of the title with which the text of a Điều begins, in characters that are not spaces; 0 if there
/// is no title. The title is the bold beginning, the first line, or the whole text of a short Điều.
fn title_marks(runs: &[TextRun], is_styled: bool, is_short: bool) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let lines = split_lines(runs);
    let whole = count(&lines.concat());
    let filled: Vec<&str> =
        lines.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    let bold = runs
        .iter()
        .take_while(|run| match &run.content {
            RunContent::Text(text) => run.style.bold || count(text) == 0,
            _ => true,
        })
        .map(|run| if let RunContent::Text(text) = &run.content { count(text) } else { 0 })
        .sum::<usize>();
    let is_emphasised = is_styled || bold == whole;
    if let [first, second, ..] = filled.as_slice() {
        let is_apart =
            bold == count(first) || ((is_emphasised || bold == 0) && begins_anew(second));
        if is_apart && !first.ends_with(['.', ';', ':', ',']) {
            return count(first);
        }
    }
    if !is_emphasised && bold > 3 {
        let (title, text) = split_runs(runs, bold);
        let is_title = split_lines(&title).concat().trim_end().ends_with(['.', ':'])
            || begins_anew(split_lines(&text).concat().trim_start());
        if is_title {
            return bold;
        }
    }
    let is_sentence = filled.last().is_some_and(|last| last.ends_with(['.', ';']));
    let is_title = is_short || is_emphasised && !is_sentence && whole <= MAX_TITLE_CHARS;
    if is_title { whole } else { 0 }
}

/// Whether the text begins a sentence or an item. A text that begins with a reference to a Điều does not.
fn begins_anew(text: &str) -> bool {
    let is_reference = read_label(text)
        .is_some_and(|found| found.rank == LabelRank::Article && !found.is_punctuated);
    text.starts_with(|c: char| !c.is_lowercase()) && !is_reference
}

/// Returns the runs that are references to notes, or pictures.
pub fn notes_of(runs: &[TextRun]) -> Vec<TextRun> {
    let kept =
        |run: &&TextRun| matches!(run.content, RunContent::Note(_) | RunContent::Image { .. });
    runs.iter().filter(kept).cloned().collect()
}

/// Splits runs after a number of characters that are not spaces.
fn split_runs(runs: &[TextRun], marks: usize) -> (Vec<TextRun>, Vec<TextRun>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = marks;
    for run in runs {
        match &run.content {
            RunContent::Text(text) if left > 0 => {
                let mut end = 0;
                for (at, c) in text.char_indices() {
                    if left == 0 {
                        break;
                    }
                    end = at + c.len_utf8();
                    // Invisible characters are not counted, because labels are read without them.
                    left -= usize::from(
                        !c.is_whitespace() && !clean(c.encode_utf8(&mut [0; 4])).is_empty(),
                    );
                }
                let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
                for (text, out) in [(head, &mut before), (tail, &mut after)] {
                    if !text.is_empty() {
                        let content = RunContent::Text(text.to_owned());
                        out.push(TextRun { content, style: run.style.clone() });
                    }
                }
            }
            _ if left > 0 => before.push(run.clone()),
            _ => after.push(run.clone()),
        }
    }
    (before, after)
}

/// Removes spaces and line breaks at the beginning.
fn trim_start(runs: &mut Vec<TextRun>) {
    while let Some(run) = runs.first_mut() {
        match &mut run.content {
            RunContent::Text(text) => {
                *text = text.trim_start().to_owned();
                if !text.is_empty() {
                    return;
                }
            }
            RunContent::Break => {}
            _ => return,
        }
        runs.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[(&str, bool)]) -> Vec<(Option<u8>, String)> {
        let runs = pieces.iter().map(|(text, bold)| {
            let mut run = TextRun::text(*text);
            run.style.bold = *bold;
            run
        });
        let paragraph = WordParagraph { runs: runs.collect(), ..WordParagraph::default() };
        let blocks = mark_headings(vec![WordBlock::Paragraph(paragraph)]);
        let paragraphs = blocks.iter().filter_map(paragraph_of);
        paragraphs.map(|paragraph| (paragraph.heading, text_of(paragraph))).collect()
    }

    #[test]
    fn a_short_article_is_a_heading_as_a_whole() {
        let text = " Kiện toàn Tổ công tác chuyển đổi số xã Vân Khê.";
        assert_eq!(
            marked(&[("Điều 1.", true), (text, false)]),
            [(Some(5), format!("Điều 1.{text}"))]
        );
    }

    #[test]
    fn a_long_article_has_its_label_or_its_bold_title_as_heading() {
        let text =
            format!("Tổ công tác gồm {} và các thành viên.", "một tổ phó, ".repeat(20).trim_end());
        for (pieces, heading) in [
            ([("Điều 2.", true), (&format!(" {text}"), false)], "Điều 2."),
            ([("Điều 2. Thành phần", true), (&format!(" {text}"), false)], "Điều 2. Thành phần"),
        ] {
            let expected = [(Some(5), heading.to_owned()), (None, text.clone())];
            assert_eq!(marked(&pieces), expected);
        }
    }
}
