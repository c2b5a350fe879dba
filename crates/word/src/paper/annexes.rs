//! Turns the titles of annexes ("PHỤ LỤC I") and of attached documents ("QUY CHẾ …, ban hành kèm theo Quyết định số …")
//! into headings.

use std::collections::VecDeque;

use cong_core::markdown_writer::TextRun;

use super::header_lines::{HeaderLine, header_line};
use super::headings::notes_of;
use super::kind::{begins_attached, kind_of_line};
use super::labels::{LabelRank, read_label};
use super::lines::{LineReader, clean, is_bold, paragraph_of, split_lines, text_of};
use super::writing::{begins_with, is_capitals, plain_words};
use crate::block::{Alignment, WordBlock, WordParagraph};

/// The maximum number of paragraphs of the title of an annex.
const MAX_TITLE_PARAGRAPHS: usize = 8;
const MAX_TITLE_CHARS: usize = 300;

/// Turns the titles of annexes and attached documents into headings. `blocks` are the blocks after the signature.
/// Blocks with the national title, which an attached document may repeat, are moved to `taken`.
pub fn mark_annexes(blocks: Vec<WordBlock>, taken: &mut Vec<WordBlock>) -> Vec<WordBlock> {
    let mut left: VecDeque<_> = blocks.into();
    let mut out = Vec::new();
    let mut is_start = true;
    while let Some(block) = left.pop_front() {
        let lines = if is_start { LineReader::read(&block) } else { Vec::new() };
        if lines.iter().any(|line| is_head(&line.text)) {
            taken.push(block);
            continue;
        }
        let WordBlock::Paragraph(paragraph) = block else {
            is_start = false;
            out.push(block);
            continue;
        };
        let text = text_of(&paragraph);
        if text.is_empty() {
            out.push(WordBlock::Paragraph(paragraph));
        } else if is_annex(&paragraph, &text) || is_attached(&paragraph, &left, is_start) {
            out.push(WordBlock::Paragraph(with_title(paragraph, text, &mut left)));
            is_start = false;
        } else {
            // The name of the issuing body may be repeated above an attached document.
            is_start &= is_capitals(&text);
            out.push(WordBlock::Paragraph(paragraph));
        }
    }
    out
}

/// Whether the paragraph begins an annex: "PHỤ LỤC", "Phụ lục II", "PHỤ LỤC 1: MỨC CHI".
pub fn is_annex(paragraph: &WordParagraph, text: &str) -> bool {
    let first = split_lines(&paragraph.runs).into_iter().map(|line| clean(&line));
    let first = first.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
    let words = plain_words(&first);
    if !begins_with(&words, "phu luc") || text.chars().count() > MAX_TITLE_CHARS {
        return false;
    }
    let rest = words.strip_prefix("phu luc").unwrap_or_default().trim();
    let number = rest.strip_prefix("so ").unwrap_or(rest).split(' ').next().unwrap_or_default();
    let is_number = number.is_empty()
        || number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'))
        || (number.len() == 1 && is_capitals(&first));
    let is_alone = rest.is_empty() || !rest.contains(' ') || rest.starts_with("so ");
    let is_titled = first.contains(['.', ':', '-', '–']) || is_capitals(&first);
    let is_in_line = is_capitals(&first) && !begins_with(rest, "kem theo");
    let is_label = (is_number && (is_alone || is_titled)) || is_in_line;
    is_label && is_set_off(paragraph, &first) && !text.ends_with([';', '.'])
}

/// Whether the paragraph is the first line of the title of an attached document. Either a note in or below the title
/// names the paper to which the document is attached, or the document follows the signature and the line is the name of
/// a kind, such as "QUY CHẾ".
fn is_attached(paragraph: &WordParagraph, left: &VecDeque<WordBlock>, is_start: bool) -> bool {
    let lines = split_lines(&paragraph.runs);
    let first = lines.iter().map(|line| clean(line)).find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    if !is_set_off(paragraph, &first) || !begins_attached(&first) {
        return false;
    }
    let is_whole = kind_of_line(&first).is_some_and(|(_, rest)| rest.is_empty());
    (is_start && is_whole) || has_note(left) || is_note(&text_of(paragraph))
}

/// Whether a note such as "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)" follows the title.
fn has_note(left: &VecDeque<WordBlock>) -> bool {
    let next = left.iter().take(MAX_TITLE_PARAGRAPHS);
    for block in next {
        let Some(paragraph) = paragraph_of(block) else { return false };
        let text = text_of(paragraph);
        if is_note(&text) {
            return true;
        }
        if !text.is_empty() && !is_set_off(paragraph, &text) {
            return false;
        }
    }
    false
}

fn is_note(text: &str) -> bool {
    let words = plain_words(text);
    let at_start = ["kem theo", "ban hanh kem theo", "duoc ban hanh kem theo", "dinh kem"];
    at_start.iter().any(|start| begins_with(&words, start))
        || (text.starts_with('(') && words.contains("kem theo"))
}

fn is_set_off(paragraph: &WordParagraph, text: &str) -> bool {
    paragraph.alignment == Alignment::Center
        || is_bold(paragraph)
        || paragraph.starts_page
        || is_capitals(text)
}

fn is_head(text: &str) -> bool {
    matches!(header_line(text), HeaderLine::NationalTitle | HeaderLine::Motto | HeaderLine::Rule)
}

/// Makes a heading of the first paragraph of a title and the paragraphs of the title below it. The title ends before
/// the note or the text.
fn with_title(
    paragraph: WordParagraph,
    mut text: String,
    left: &mut VecDeque<WordBlock>,
) -> WordParagraph {
    let mut runs = vec![TextRun::text("")];
    runs.extend(notes_of(&paragraph.runs));
    for _ in 0..MAX_TITLE_PARAGRAPHS {
        let Some(next) = left.front().and_then(paragraph_of) else { break };
        let line = text_of(next);
        let is_part = read_label(&line).is_some_and(|label| {
            label.is_punctuated || matches!(label.rank, LabelRank::Chapter | LabelRank::Part)
        });
        let is_title = !line.is_empty()
            && (next.alignment == Alignment::Center || is_bold(next))
            && next.heading.is_none_or(|_| !is_part)
            && !is_part
            && !line.starts_with('(')
            && !is_note(&line)
            && !is_head(&line)
            && text.chars().count() + line.chars().count() <= MAX_TITLE_CHARS
            && !line.ends_with(':');
        if !is_title {
            break;
        }
        text = format!("{text} {line}");
        runs.extend(notes_of(&next.runs));
        left.pop_front();
    }
    if let Some(first) = runs.first_mut() {
        *first = TextRun::text(text);
    }
    let WordParagraph { starts_page, text_boxes, .. } = paragraph;
    WordParagraph { runs, heading: Some(1), starts_page, text_boxes, ..WordParagraph::default() }
}
