//! Finds the title of a text: the paragraph in the style "Title", the title in the file's properties if the text
//! repeats it, the first heading, or the first lines that stand out.

use std::ops::Range;

use cong_core::markdown_writer::{RunContent, TextRun, is_blank, plain};
use cong_core::vietnamese::{fold, visible_line};

use crate::block::{Alignment, WordBlock, WordParagraph};
use crate::contact::is_contact_line;

/// The number of paragraphs at the top that are searched for a title.
const TOP_PARAGRAPHS: usize = 15;
/// A paragraph with more characters than this belongs to the text; no title is searched for from there on.
const TEXT_CHARS: usize = 250;
const MAX_TITLE_CHARS: usize = 290;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTitle {
    pub title: String,
    pub certainty: TitleCertainty,
    /// The range of the blocks that contain only the title. They can be removed from the text without a loss.
    pub blocks: Range<usize>,
}

impl FoundTitle {
    /// Makes a certain title that is not among the blocks of the text.
    pub fn certain(title: String) -> Self {
        Self { title, certainty: TitleCertainty::Certain, blocks: 0..0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleCertainty {
    Certain,
    /// The title was chosen from the lines at the top.
    Guessed,
    /// The title is the name of the file.
    FileName,
}

/// A paragraph at the top of the text, with its index among the blocks.
struct TopLine<'b> {
    index: usize,
    paragraph: &'b WordParagraph,
    text: String,
}

/// Finds the title. `property` is the title in the file's properties.
pub fn find_title(blocks: &[WordBlock], property: Option<&str>, file_name: &str) -> FoundTitle {
    let lines = top_lines(blocks);
    let found = styled_title(&lines)
        .or_else(|| confirmed_property(&lines, property))
        .or_else(|| first_heading(&lines))
        .or_else(|| outstanding_lines(&lines));
    let Some((title, certainty, used)) = found else {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let title = visible_line(&stem.replace('_', " "));
        return FoundTitle { title, certainty: TitleCertainty::FileName, blocks: 0..0 };
    };
    // A title with a picture, a note or a text box also stays in the text.
    let is_plain = |line: &TopLine<'_>| {
        line.paragraph.text_boxes.is_empty()
            && line
                .paragraph
                .runs
                .iter()
                .all(|run| matches!(run.content, RunContent::Text(_) | RunContent::Break))
    };
    let used = lines.get(used).unwrap_or_default();
    let blocks = match (used.first(), used.last()) {
        (Some(first), Some(last)) if used.iter().all(is_plain) => first.index..last.index + 1,
        _ => 0..0,
    };
    FoundTitle { title, certainty, blocks }
}

type FoundLines = (String, TitleCertainty, Range<usize>);

fn top_lines(blocks: &[WordBlock]) -> Vec<TopLine<'_>> {
    let paragraphs = blocks.iter().enumerate().filter_map(|(index, block)| match block {
        WordBlock::Paragraph(paragraph) if !is_blank(&paragraph.runs) => {
            Some(TopLine { index, paragraph, text: plain(&paragraph.runs) })
        }
        _ => None,
    });
    paragraphs.filter(|line| !line.text.is_empty()).take(TOP_PARAGRAPHS).collect()
}

/// The first paragraph in Word's style "Title".
fn styled_title(lines: &[TopLine<'_>]) -> Option<FoundLines> {
    let at = lines.iter().position(|line| line.paragraph.heading == Some(0))?;
    let line = lines.get(at)?;
    let is_title = line.text.chars().count() > 2;
    is_title.then(|| (shown_text(line), TitleCertainty::Certain, at..at + 1))
}

/// The title in the file's properties, if up to four successive lines at the top have the same text. Otherwise the
/// property is not reliable: Word keeps it when a file is made from an older one.
fn confirmed_property(lines: &[TopLine<'_>], property: Option<&str>) -> Option<FoundLines> {
    let property = visible_line(property?);
    let wanted = fold(&property);
    if wanted.chars().count() < 6 {
        return None;
    }
    for first in 0..lines.len() {
        let mut text = String::new();
        for (last, line) in lines.iter().enumerate().skip(first).take(4) {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(&fold(&line.text));
            if text == wanted {
                return Some((property, TitleCertainty::Certain, first..last + 1));
            }
        }
    }
    None
}

/// The first heading, if only short lines stand above it. A heading in the middle is not the title.
fn first_heading(lines: &[TopLine<'_>]) -> Option<FoundLines> {
    let at = lines.iter().position(|line| line.paragraph.heading.is_some())?;
    let line = lines.get(at)?;
    let above = lines.get(..at)?;
    let is_at_top = at <= 3
        && above.iter().all(|line| line.text.chars().count() < 120 && !is_sentence(&line.text))
        && above.iter().all(|line| !stands_out(line));
    // A numbered heading is a part of the text.
    let is_part = line.paragraph.mark.is_some();
    (is_at_top && !is_part).then(|| (shown_text(line), TitleCertainty::Certain, at..at + 1))
}

/// The first lines at the top that stand out: bold, centred or in capitals, in successive paragraphs.
fn outstanding_lines(lines: &[TopLine<'_>]) -> Option<FoundLines> {
    let end = lines
        .iter()
        .position(|line| line.text.chars().count() > TEXT_CHARS || line.paragraph.mark.is_some());
    let lines = lines.get(..end.unwrap_or(lines.len()))?;
    let first = lines.iter().position(|line| {
        stands_out(line) && !is_letterhead(&line.text) && !is_contact_line(&line.text)
    })?;
    let mut title = String::new();
    let mut last = first;
    for (index, line) in lines.iter().enumerate().skip(first) {
        let follows = index == first
            || lines.get(index - 1).is_some_and(|before| line.index == before.index + 1)
                && line.paragraph.alignment == lines.get(first)?.paragraph.alignment;
        let length = title.chars().count() + line.text.chars().count();
        let is_detail =
            index > first && (line.text.starts_with('(') || is_contact_line(&line.text));
        if is_detail
            || !follows
            || !stands_out(line)
            || is_letterhead(&line.text)
            || length > MAX_TITLE_CHARS
        {
            break;
        }
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(&line.text);
        last = index + 1;
    }
    (title.chars().count() > 5).then_some((title, TitleCertainty::Guessed, first..last))
}

fn shown_text(line: &TopLine<'_>) -> String {
    let label = line.paragraph.mark.as_ref().map_or("", |mark| mark.text.as_str());
    visible_line(&format!("{label}{}", line.text))
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '?']) && text.chars().count() > 60
}

/// Whether a line looks like a title: all bold, or in capitals, or short and centred.
fn stands_out(line: &TopLine<'_>) -> bool {
    let has_letters = |run: &&TextRun| matches!(&run.content, RunContent::Text(text) if text.contains(char::is_alphanumeric));
    let is_bold = line.paragraph.runs.iter().filter(has_letters).all(|run| run.style.bold);
    let is_capitals = line.paragraph.is_capitals
        || line.text.contains(char::is_alphabetic) && !line.text.contains(char::is_lowercase);
    let is_centred = line.paragraph.alignment == Alignment::Center;
    line.text.contains(char::is_alphabetic)
        && (is_bold || is_capitals || is_centred && line.text.chars().count() < 150)
        && !is_sentence(&line.text)
}

/// Whether a line is a part of a letterhead, which stands above the title.
fn is_letterhead(text: &str) -> bool {
    const STARTS: [&str; 9] = [
        "cong hoa xa hoi",
        "doc lap",
        "uy ban nhan dan",
        "ubnd",
        "hoi dong nhan dan",
        "so:",
        "ngay ",
        "kinh gui",
        "microsoft word",
    ];
    let folded = fold(text);
    STARTS.iter().any(|start| folded.starts_with(start))
}
