//! Finds the recipients ("Nơi nhận") and the signatures at the end of a paper, in paragraphs, tables or text boxes.

use std::ops::Range;

use cong_core::article::DocumentSigner;
use cong_core::markdown_writer::TextRun;

use super::annexes::is_annex;
use super::bodies::begins_body;
use super::header::collect_pictures;
use super::lines::{LineReader, PaperLine, paragraph_of, text_of};
use super::names::NameWriter;
use super::signers::{is_capacity, is_note, is_position, person_name, read_signer};
use super::writing::{begins_with, is_capitals, plain_words};
use crate::block::{Alignment, WordBlock, WordParagraph};
use crate::numbering::{MarkKind, ParagraphMark};

/// The name of a signer is searched for in this number of blocks below the position.
const MAX_ROOM: usize = 10;
/// The maximum number of blocks of recipients and signatures.
const MAX_BLOCKS: usize = 200;
/// The maximum length of a line of a signature, in characters. Longer lines are ignored.
const MAX_LINE_CHARS: usize = 200;
/// The maximum number of lines in a table of signatures.
const MAX_LINES: usize = 60;

/// The recipients and signatures of a paper.
#[derive(Debug, Default)]
pub struct PaperSignature {
    /// The range of the blocks with the recipients and signatures.
    pub blocks: Range<usize>,
    pub signers: Vec<DocumentSigner>,
    recipients: Vec<String>,
    pictures: Vec<WordParagraph>,
}

impl PaperSignature {
    /// Finds the first blocks that look like a list of recipients or a signature, and all such blocks that follow them
    /// directly. Returns `None` if no block looks so.
    pub fn find(blocks: &[WordBlock], names: &NameWriter<'_>) -> Option<Self> {
        let mut left_of_name = 0_usize;
        let mut names_below = vec![false; blocks.len()];
        // Blocks are visited from the last to the first, so that each is visited once.
        for (block, is_above_name) in blocks.iter().zip(names_below.iter_mut()).rev() {
            *is_above_name = left_of_name > 0;
            left_of_name = left_of_name.saturating_sub(1);
            let Some(paragraph) = paragraph_of(block) else {
                left_of_name = 0;
                continue;
            };
            let text = text_of(paragraph);
            if !text.is_empty() && person_name(&text).is_some() {
                left_of_name = MAX_ROOM;
            } else if !(text.is_empty() || is_note(&text) || is_position(&text)) {
                left_of_name = 0;
            }
        }
        let start = blocks
            .iter()
            .zip(&names_below)
            .position(|(block, is_above_name)| begins_signature(block, *is_above_name))?;
        let mut reader = RegionReader::default();
        let mut end = start;
        for (index, block) in blocks.iter().enumerate().skip(start).take(MAX_BLOCKS) {
            if index > start && !reader.continues(block) {
                break;
            }
            let is_blank = LineReader::read(block).is_empty();
            reader.add(block);
            if !is_blank {
                end = index + 1;
            }
        }
        let mut pictures = Vec::new();
        let taken = blocks.get(start..end).unwrap_or_default();
        taken.iter().for_each(|block| collect_pictures(block, &mut pictures));
        let columns = reader.columns.iter().map(|(_, lines)| read_signer(lines, names));
        let signers = columns.flatten().collect();
        Some(Self { blocks: start..end, signers, recipients: reader.recipients, pictures })
    }

    pub fn recipients(&self) -> &[String] {
        &self.recipients
    }

    /// Returns the blocks that stay in the text of the article: pictures of stamps, and the recipients as a list.
    pub fn into_blocks(self) -> Vec<WordBlock> {
        let mut out: Vec<_> = self.pictures.into_iter().map(WordBlock::Paragraph).collect();
        let paragraph = |text: String, mark| {
            let runs = vec![TextRun::text(text)];
            WordBlock::Paragraph(WordParagraph { runs, mark, ..WordParagraph::default() })
        };
        if !self.recipients.is_empty() {
            out.push(paragraph("Nơi nhận:".to_owned(), None));
        }
        let mark = ParagraphMark { level: 0, kind: MarkKind::Bullet, text: String::new() };
        out.extend(
            self.recipients.into_iter().map(|text| paragraph(text, Some(Box::new(mark.clone())))),
        );
        out
    }
}

/// Collects the lines of the recipients and of the signatures, column by column.
#[derive(Default)]
struct RegionReader {
    recipients: Vec<String>,
    /// Whether the last line of text belongs to the recipients.
    is_in_recipients: bool,
    has_table: bool,
    /// Whether the next line can continue the last recipient, which began with a dash or bullet and ends with a comma.
    is_item_open: bool,
    /// The lines of the signatures in each column. A column is identified by the number of its block, from 1, and its
    /// number in the block; paragraphs outside tables and text boxes together are the column `(0, 0)`.
    columns: Vec<((usize, usize), Vec<String>)>,
    blocks: usize,
}

impl RegionReader {
    fn add(&mut self, block: &WordBlock) {
        self.blocks += 1;
        self.has_table |= matches!(block, WordBlock::Table(_));
        let lines = LineReader::read(block);
        let is_bullet = paragraph_of(block).is_some_and(has_bullet);
        // The columns of this block that contain recipients.
        let mut open = self.is_in_recipients.then_some(0).into_iter().collect::<Vec<usize>>();
        for line in lines {
            let is_open = open.contains(&line.column);
            // A list of recipients can continue in the next column.
            let goes_on = !open.is_empty() && line.column > 0 && has_dash(&line.text);
            if let Some(rest) = after_recipients(&line.text) {
                open.push(line.column);
                self.is_in_recipients = line.column == 0;
                let parts = rest.split(';').map(recipient);
                self.recipients.extend(parts.filter(|part| !part.is_empty()));
            } else if goes_on || is_open && (is_bullet || is_recipient(&line)) {
                self.add_recipient(&line.text, is_bullet);
            } else if line.text.chars().count() <= MAX_LINE_CHARS {
                let block = if line.column == 0 { 0 } else { self.blocks };
                let key = (block, line.column);
                match self.columns.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, lines)) => lines.push(line.text),
                    None => self.columns.push((key, vec![line.text])),
                }
            }
        }
    }

    /// Adds a recipient, or the rest of the last one: "- Các bộ, cơ quan ngang bộ," and "cơ quan thuộc Chính phủ;".
    fn add_recipient(&mut self, line: &str, is_bullet: bool) {
        let text = recipient(line);
        if text.is_empty() {
            return;
        }
        let is_item = is_bullet || has_dash(line);
        match self.recipients.last_mut().filter(|_| self.is_item_open && !is_item) {
            Some(last) => *last = format!("{last}, {text}"),
            None => self.recipients.push(text),
        }
        self.is_item_open = line.ends_with(',') && (is_item || self.is_item_open);
    }

    /// Whether the block still belongs to the recipients and signatures.
    fn continues(&self, block: &WordBlock) -> bool {
        let lines = LineReader::read(block);
        let Some(paragraph) = paragraph_of(block) else {
            // A table can complete a signature that began in paragraphs. A table after a name or after another table
            // does not: it may be the signature below a certified copy.
            return !self.has_table && self.is_without_name() && is_signature_table(&lines);
        };
        let text = text_of(paragraph);
        if text.is_empty() {
            return !paragraph.starts_page || !paragraph.text_boxes.is_empty();
        }
        if paragraph.starts_page || is_annex(paragraph, &text) {
            return false;
        }
        lines.iter().all(|line| {
            let is_own = |line: &PaperLine| {
                is_capacity(&line.text)
                    || is_note(&line.text)
                    || (is_capitals(&line.text) && is_position(&line.text))
                    || person_name(&line.text).is_some()
            };
            let is_signer = self.is_without_name() && (is_own(line) || is_tail(paragraph, line));
            after_recipients(&line.text).is_some() && self.recipients.is_empty()
                || (self.is_in_recipients && (has_bullet(paragraph) || is_recipient(line)))
                || is_signer
                || is_note(&line.text)
        })
    }

    fn is_without_name(&self) -> bool {
        !self.columns.iter().any(|(_, lines)| lines.iter().any(|line| person_name(line).is_some()))
    }
}

/// Whether the line can continue the name of a body or a position: it is in capitals, and not at the left margin.
fn is_tail(paragraph: &WordParagraph, line: &PaperLine) -> bool {
    is_capitals(&line.text)
        && paragraph.alignment != Alignment::Start
        && !line.text.starts_with("PHỤ LỤC")
}

fn has_bullet(paragraph: &WordParagraph) -> bool {
    matches!(paragraph.mark.as_deref(), Some(ParagraphMark { kind: MarkKind::Bullet, .. }))
}

/// Returns the text after "Nơi nhận:".
fn after_recipients(line: &str) -> Option<&str> {
    let words = plain_words(line);
    let is_start = begins_with(&words, "noi nhan") && line.split_whitespace().count() < 40;
    let rest = line.split_once([':', '：']).map_or("", |(_, rest)| rest);
    (is_start && (line.contains(':') || words == "noi nhan")).then_some(rest)
}

/// Whether a line below "Nơi nhận" names a recipient.
fn is_recipient(line: &PaperLine) -> bool {
    let text = line.text.as_str();
    let words = plain_words(text);
    has_dash(text)
        || begins_with(&words, "luu")
        || (line.column > 0 && !(is_capacity(text) || is_capitals(text) && is_position(text)))
        || (text.ends_with([';', ',']) && text.chars().count() < 120)
}

fn has_dash(line: &str) -> bool {
    line.starts_with(['-', '+', '–', '*', '•'])
}

/// Returns a recipient without the dash before it and the punctuation after it.
fn recipient(text: &str) -> String {
    let text = text.trim_start_matches(['-', '+', '–', '*', '•', ' ']);
    text.trim_end_matches([';', '.', ',', ' ', '|']).to_owned()
}

fn begins_signature(block: &WordBlock, is_above_name: bool) -> bool {
    let lines = LineReader::read(block);
    let Some(paragraph) = paragraph_of(block) else { return is_signature_table(&lines) };
    lines.iter().any(|line| {
        let is_set_off = paragraph.alignment != Alignment::Start
            || line.is_bold
            || line.column > 0
            || lines.len() > 1;
        after_recipients(&line.text).is_some()
            || (is_capacity(&line.text) && is_set_off)
            || (is_above_name
                && is_set_off
                && is_position(&line.text)
                && (is_capitals(&line.text) || is_short_bold(paragraph, line))
                && line.text.chars().count() < 100)
    }) || is_signature_box(&lines)
}

/// Whether the line can be a position that is not in capitals: bold, not at the left margin, and at most five words.
fn is_short_bold(paragraph: &WordParagraph, line: &PaperLine) -> bool {
    let is_short = line.text.split_whitespace().count() <= 5;
    is_short && line.is_bold && paragraph.alignment != Alignment::Start && !line.text.ends_with('.')
}

/// Whether the lines in text boxes begin with a position in capitals and end with a name.
fn is_signature_box(lines: &[PaperLine]) -> bool {
    let is_boxed = |line: &&PaperLine| line.column > 0;
    let first = lines.iter().find(is_boxed);
    let last = lines.iter().rfind(is_boxed);
    first.is_some_and(|line| is_capitals(&line.text) && is_position(&line.text))
        && last.is_some_and(|line| person_name(&line.text).is_some())
}

/// Whether a table with these lines contains recipients or signatures: a column begins with "Nơi nhận" or a capacity,
/// or each column has a position in capitals above a name. The signature below a certified copy does not count.
fn is_signature_table(lines: &[PaperLine]) -> bool {
    if lines.is_empty() || lines.len() > MAX_LINES {
        return false;
    }
    let mut columns: Vec<(usize, Vec<&PaperLine>)> = Vec::new();
    for line in lines {
        match columns.iter_mut().find(|(column, _)| *column == line.column) {
            Some((_, lines)) => lines.push(line),
            None => columns.push((line.column, vec![line])),
        }
    }
    let is_copy = lines.iter().any(|line| plain_words(&line.text).starts_with("sao y"));
    let has_start = columns.iter().any(|(_, lines)| {
        lines
            .first()
            .is_some_and(|line| after_recipients(&line.text).is_some() || is_capacity(&line.text))
    });
    let is_signed_by = |lines: &Vec<&PaperLine>| {
        let is_by_body = lines.get(1).is_some_and(|line| {
            is_capacity(&line.text) || (is_capitals(&line.text) && is_position(&line.text))
        });
        let first = lines.first().is_some_and(|line| {
            let words = plain_words(&line.text);
            let is_body = (begins_body(&words) || words.starts_with("dai dien")) && is_by_body;
            is_capitals(&line.text) && (is_position(&line.text) || is_body)
        });
        let last = lines.last().is_some_and(|line| person_name(&line.text).is_some());
        first && last
    };
    // If another column has a known position, any line in capitals above a name counts as a position.
    let is_set_off = |lines: &Vec<&PaperLine>| {
        lines.split_last().is_some_and(|(last, above)| {
            person_name(&last.text).is_some()
                && above.first().is_some_and(|line| is_capitals(&line.text))
                && above.iter().all(|line| is_capitals(&line.text) || is_note(&line.text))
        })
    };
    let is_signed = columns.iter().any(|(_, lines)| is_signed_by(lines))
        && columns.iter().all(|(_, lines)| is_signed_by(lines) || is_set_off(lines));
    !is_copy && columns.len() <= 4 && (has_start || is_signed)
}
