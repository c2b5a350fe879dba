//! Reads the head of a paper: national title, issuing body, number, place and date, and the subject of a letter.

use std::collections::HashSet;

use super::header_lines::{HeaderLine, header_line};
use super::lines::{LineReader, PaperLine, paragraph_of};
use super::number::{PlaceAndDate, read_number};
use super::writing::{begins_with_any, is_capitals, plain_words};
use crate::block::{WordBlock, WordParagraph};

/// The head is searched for in this number of blocks at the beginning.
const MAX_HEAD_BLOCKS: usize = 60;
/// A line with more characters belongs to the text, not to the head.
const MAX_HEAD_CHARS: usize = 160;

const MAX_BODY_LINES: usize = 12;
const MAX_NUMBERS: usize = 4;
const MAX_SUBJECT_BYTES: usize = 1_000;

/// The data in the head of a paper.
#[derive(Debug, Default)]
pub struct PaperHeader {
    pub has_national_title: bool,
    /// The distinct numbers that are filled in, at most [`MAX_NUMBERS`].
    pub numbers: Vec<String>,
    pub has_blank_number: bool,
    pub place: Option<String>,
    /// Whether there is a line for place and date, with or without blanks.
    pub has_date_line: bool,
    pub issued_on: Option<cong_core::vietnamese::Timestamp>,
    /// The lines that name the issuing bodies.
    pub bodies: Vec<PaperLine>,
    /// The subject of a letter.
    pub about: Option<String>,
    pub is_draft: bool,
    /// Whether the head has contact details or the English name of a body. The article does not keep these lines.
    pub has_contact: bool,
    /// Lines without a field, such as "HỎA TỐC". They stay in the text.
    pub kept: Vec<String>,
    /// Paragraphs with the pictures of the head.
    pub pictures: Vec<WordParagraph>,
    /// The number of blocks that belong to the head.
    pub end: usize,
}

impl PaperHeader {
    /// Reads the head at the beginning of a file, and the same data in page headers and footers (`margins`). Returns
    /// `None` if the file is no official paper.
    pub fn find(blocks: &[WordBlock], margins: &[Vec<WordBlock>]) -> Option<Self> {
        let mut header = Self::default();
        header.read(blocks);
        for margin in margins {
            header.add_margin(margin);
        }
        let is_numbered = !header.numbers.is_empty() || header.has_blank_number;
        let is_paper = header.has_national_title
            || (is_numbered && header.has_date_line && !header.bodies.is_empty());
        is_paper.then_some(header)
    }

    fn read(&mut self, blocks: &[WordBlock]) {
        for (index, block) in blocks.iter().enumerate().take(MAX_HEAD_BLOCKS) {
            let lines = LineReader::read(block);
            let is_table = matches!(block, WordBlock::Table(_));
            if !self.continues(&lines, is_table) {
                break;
            }
            self.add(lines);
            if let Some(paragraph) = paragraph_of(block) {
                self.pictures.extend(picture_of(paragraph));
            } else {
                collect_pictures(block, &mut self.pictures);
            }
            self.end = index + 1;
        }
    }

    /// Whether a block with these lines still belongs to the head.
    fn continues(&self, lines: &[PaperLine], is_table: bool) -> bool {
        let is_numbered = !self.numbers.is_empty() || self.has_blank_number;
        let is_complete = self.has_national_title && self.has_date_line && is_numbered;
        if is_table {
            return lines.iter().any(|line| is_of_header(&header_line(&line.text)));
        }
        lines.iter().all(|line| match header_line(&line.text) {
            HeaderLine::Kind | HeaderLine::Greeting => false,
            HeaderLine::Other => {
                line.text.chars().count() <= MAX_HEAD_CHARS
                    && !begins_text(&line.text)
                    && (!is_complete || line.column > 0)
            }
            _ => true,
        })
    }

    fn add(&mut self, lines: Vec<PaperLine>) {
        let national: HashSet<usize> = lines
            .iter()
            .filter(|line| {
                let read = header_line(&line.text);
                line.column > 0 && matches!(read, HeaderLine::NationalTitle | HeaderLine::Motto)
            })
            .map(|line| line.column)
            .collect();
        let stamps: HashSet<usize> = lines
            .iter()
            .filter(|line| line.cell > 0 && begins_stamp(&line.text))
            .map(|line| line.cell)
            .collect();
        // The column of the subject that the next lines can continue.
        let mut open_subject = None;
        // The column of an address that the next lines can continue.
        let mut open_contact = None;
        for line in lines {
            if stamps.contains(&line.cell) || is_of_stamp(&line.text) {
                continue;
            }
            let continues = open_subject == Some(line.column);
            match header_line(&line.text) {
                HeaderLine::NationalTitle => self.has_national_title = true,
                HeaderLine::Number(text) => self.add_number(&text),
                HeaderLine::PlaceAndDate(read) => self.add_date(read),
                HeaderLine::About(subject) if subject.len() <= MAX_SUBJECT_BYTES => {
                    self.about.get_or_insert(subject);
                    open_subject = Some(line.column);
                    continue;
                }
                HeaderLine::Motto
                | HeaderLine::Rule
                | HeaderLine::Session
                | HeaderLine::About(_) => {}
                HeaderLine::Contact => {
                    self.has_contact = true;
                    open_contact = Some(line.column).filter(|column| *column > 0);
                }
                HeaderLine::Mark => self.kept.push(line.text),
                HeaderLine::Draft => {
                    self.is_draft = true;
                    self.kept.push(line.text);
                }
                HeaderLine::Other | HeaderLine::Kind | HeaderLine::Greeting => {
                    if continues {
                        let about = self.about.as_mut();
                        let has_room = |about: &&mut String| {
                            about.len() + line.text.len() <= MAX_SUBJECT_BYTES
                        };
                        if let Some(about) = about.filter(has_room) {
                            about.push(' ');
                            about.push_str(&line.text);
                        }
                        continue;
                    }
                    if line.text.starts_with('(') {
                        self.kept.push(line.text);
                    } else if open_contact == Some(line.column) && !is_capitals(&line.text) {
                        continue;
                    } else if !national.contains(&line.column)
                        && self.bodies.len() < MAX_BODY_LINES
                        && line.text.chars().count() <= MAX_HEAD_CHARS
                    {
                        self.bodies.push(line);
                    }
                }
            }
            open_subject = open_subject.filter(|_| !continues);
        }
    }

    fn add_number(&mut self, text: &str) {
        match read_number(text) {
            Some(number) if self.numbers.contains(&number) => {}
            Some(number) if self.numbers.len() < MAX_NUMBERS => self.numbers.push(number),
            Some(_) => {}
            None => self.has_blank_number = true,
        }
    }

    fn add_date(&mut self, read: PlaceAndDate) {
        self.has_date_line = true;
        self.place = self.place.take().or(read.place);
        self.issued_on = self.issued_on.or(read.issued_on);
    }

    /// Adds the data of a page header or footer that the head in the text lacks. A page header with the national title
    /// is read as a head.
    fn add_margin(&mut self, margin: &[WordBlock]) {
        let mut found = Self::default();
        for block in margin {
            found.add(LineReader::read(block));
        }
        let has_number = !found.numbers.is_empty() || found.has_blank_number;
        if !self.has_national_title && found.has_national_title {
            self.has_national_title = true;
            self.bodies.splice(0..0, found.bodies);
            self.about = self.about.take().or(found.about);
            self.kept.extend(found.kept);
        }
        if self.numbers.is_empty() && has_number {
            self.numbers = found.numbers;
            self.has_blank_number |= found.has_blank_number;
        }
        if !self.has_date_line && found.has_date_line {
            self.has_date_line = true;
            self.place = self.place.take().or(found.place);
            self.issued_on = found.issued_on;
        }
        self.is_draft |= found.is_draft;
    }
}

/// Whether a line of this kind occurs only at the head of a paper.
fn is_of_header(line: &HeaderLine) -> bool {
    matches!(
        line,
        HeaderLine::NationalTitle
            | HeaderLine::Motto
            | HeaderLine::Number(_)
            | HeaderLine::PlaceAndDate(_)
    )
}

/// Whether the cell or text box with this line is a stamp for incoming papers, such as "CÔNG VĂN ĐẾN".
fn begins_stamp(line: &str) -> bool {
    const LINES: [&str; 5] = ["den", "cong van den", "van ban den", "so den", "ngay den"];
    LINES.contains(&plain_words(line).as_str()) || is_of_stamp(line)
}

/// Whether the line belongs to a stamp for incoming papers, or to the picture of a digital signature.
fn is_of_stamp(line: &str) -> bool {
    const STARTS: [&str; 8] = [
        "cong van den",
        "so den",
        "ngay den",
        "nguoi ky",
        "ky boi",
        "thoi gian ky",
        "email",
        "ngay ky",
    ];
    begins_with_any(&plain_words(line), &STARTS)
}

/// Whether the line begins the text of a paper.
fn begins_text(line: &str) -> bool {
    const STARTS: [&str; 7] =
        ["can cu", "thuc hien", "xet", "theo de nghi", "dieu 1", "chuong i", "phan thu nhat"];
    begins_with_any(&plain_words(line), &STARTS)
}

/// The pictures of a paragraph, as a paragraph of their own.
pub fn picture_of(paragraph: &WordParagraph) -> Option<WordParagraph> {
    use cong_core::markdown_writer::RunContent;
    let is_picture = |content: &RunContent| matches!(content, RunContent::Image { .. });
    let runs: Vec<_> =
        paragraph.runs.iter().filter(|run| is_picture(&run.content)).cloned().collect();
    (!runs.is_empty()).then(|| WordParagraph { runs, ..WordParagraph::default() })
}

/// Collects the pictures of a table or of text boxes, as paragraphs of their own.
pub fn collect_pictures(block: &WordBlock, out: &mut Vec<WordParagraph>) {
    match block {
        WordBlock::Paragraph(paragraph) => {
            out.extend(picture_of(paragraph));
            let inner = paragraph.text_boxes.iter().flatten();
            inner.for_each(|block| collect_pictures(block, out));
        }
        WordBlock::Table(table) => {
            let inner = table.rows.iter().flatten().flat_map(|cell| &cell.blocks);
            inner.for_each(|block| collect_pictures(block, out));
        }
    }
}
