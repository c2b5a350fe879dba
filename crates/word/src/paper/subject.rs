//! Reads the title of a paper: the name of the kind, and the subject below the name.

use super::bodies::begins_body;
use super::header_lines::{HeaderLine, about, header_line};
use super::kind::{LETTER, PaperKind, kind_of_line};
use super::lines::{LineReader, PaperLine};
use super::names::NameWriter;
use super::number::read_number;
use super::writing::{begins_with_any, is_capitals, plain_words};
use crate::block::WordBlock;

/// The maximum number of lines of a subject.
const MAX_SUBJECT_LINES: usize = 10;

const MAX_LINE_CHARS: usize = 500;

/// The kind and the subject of a paper.
#[derive(Default)]
pub struct PaperTitle {
    pub kind: Option<&'static PaperKind>,
    /// The lines of the subject, as they are printed.
    subject: Vec<String>,
    /// Whether the kind is bold or centred. If not, the subject need not be either.
    is_set_off: bool,
    /// The number below the kind, as in contracts.
    pub number: Option<String>,
    /// The number of blocks that belong to the title.
    pub end: usize,
}

impl PaperTitle {
    /// Reads the title at the beginning of the blocks after the head.
    pub fn read(blocks: &[WordBlock]) -> Self {
        let mut title = Self::default();
        let mut count = 0;
        let mut was_blank = false;
        for (index, block) in blocks.iter().enumerate() {
            let lines = LineReader::read(block);
            if lines.is_empty() {
                was_blank = title.kind.is_some();
                continue;
            }
            if matches!(block, WordBlock::Table(_)) {
                break;
            }
            let mut has_ended = false;
            for line in &lines {
                has_ended |= !title.add(line, was_blank, &mut count);
                was_blank = false;
                if has_ended {
                    break;
                }
            }
            if has_ended {
                break;
            }
            title.end = index + 1;
        }
        title
    }

    /// Adds a line. Returns whether the title can continue in the next line; a line that ends the title is not added.
    fn add(&mut self, line: &PaperLine, is_after_blank: bool, count: &mut usize) -> bool {
        let text = line.text.as_str();
        if self.kind.is_none() {
            let Some((kind, rest)) = kind_of_line(text) else { return false };
            self.kind = Some(kind);
            self.is_set_off = line.is_centered || line.is_bold;
            self.subject.extend(Some(rest).filter(|rest| !rest.is_empty()));
            *count = self.subject.len();
            return true;
        }
        match header_line(text) {
            // A rule does not end the title.
            HeaderLine::Rule => return true,
            HeaderLine::Number(number) => {
                self.number = self.number.take().or_else(|| read_number(&number));
                return true;
            }
            HeaderLine::Greeting | HeaderLine::PlaceAndDate(_) | HeaderLine::Session => {
                return false;
            }
            _ => {}
        }
        let is_first = *count == 0;
        let fits = line.is_centered
            || line.is_bold
            || (is_first && about(text).is_some())
            || (is_first && !self.is_set_off && !text.ends_with(['.', ':', ';']));
        // "(Thay thế Quy chế ...)" is text below the subject; "(lần 2)" is a part of it.
        let is_long = text.split_whitespace().count() > 3;
        let is_note = text.starts_with('(') && is_long && about(text).is_none();
        let is_over = is_note
            || *count >= MAX_SUBJECT_LINES
            || text.chars().count() > MAX_LINE_CHARS
            || (is_after_blank && !is_first)
            || !fits
            || (!is_first && self.is_authority(text))
            || begins_text(text);
        if is_over {
            return false;
        }
        self.subject.push(text.to_owned());
        *count += 1;
        true
    }

    /// Whether the line names the body or person that decides. Such a line follows the subject.
    fn is_authority(&self, line: &str) -> bool {
        const STARTS: [&str; 18] = [
            "chu tich",
            "uy ban",
            "hoi dong",
            "giam doc",
            "hieu truong",
            "truong",
            "bo truong",
            "chanh",
            "ban thuong vu",
            "ban chap hanh",
            "thu truong",
            "cuc truong",
            "chi cuc truong",
            "thuong truc",
            "vien truong",
            "tong giam doc",
            "thu tuong",
            "chinh phu",
        ];
        let is_other_case =
            is_capitals(line) && self.subject.last().is_some_and(|last| !is_capitals(last));
        let words = plain_words(line);
        let is_named = begins_with_any(&words, &STARTS) && is_capitals(line);
        is_other_case || is_named
    }

    pub fn has_subject(&self) -> bool {
        !self.subject.is_empty()
    }

    /// The title as one sentence in normal case. `letter` is the subject of a letter.
    pub fn write(&self, letter: Option<&str>, names: &NameWriter<'_>) -> Option<String> {
        let name = self.kind.map(|kind| kind.name);
        let lines = if self.has_subject() {
            self.subject.clone()
        } else {
            letter.map(str::to_owned).into_iter().collect()
        };
        let whole = lines.join(" ");
        let whole = without_brackets(&whole);
        let is_about = !self.has_subject() || about(whole).is_some();
        // Consecutive lines in capitals are converted together, because a name can span several lines.
        let parts = lines.chunk_by(|line, next| is_capitals(line) == is_capitals(next));
        let parts = parts.map(|lines| names.write_sentence(&lines.join(" ")));
        let subject = parts.collect::<Vec<_>>().join(" ");
        let subject = without_brackets(&subject);
        let subject = about(subject).unwrap_or(subject);
        let subject = without_capital(subject.trim_end_matches(['.', ';', ',', ' ']));
        if subject.is_empty() {
            return name.map(str::to_owned);
        }
        let name = name.unwrap_or(LETTER);
        Some(match is_about {
            true => format!("{name} về việc {subject}"),
            false => format!("{name} {subject}"),
        })
    }
}

/// Returns the text without the parentheses around it.
fn without_brackets(text: &str) -> &str {
    let inside = text.strip_prefix('(').map(|rest| rest.strip_suffix(')').unwrap_or(rest));
    inside.filter(|inside| !inside.contains('(')).unwrap_or(text)
}

/// Whether the line begins the text of a paper.
fn begins_text(line: &str) -> bool {
    let words = plain_words(line);
    begins_with_any(&words, &["can cu", "dieu 1", "kinh gui", "phan i", "chuong i", "muc luc", "i"])
        || line.starts_with("1.")
}

/// Returns the text with a small first letter, unless the text begins with an abbreviation or the name of a body.
fn without_capital(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let mut letters = first.chars();
    letters.next();
    let is_abbreviation = letters.clone().any(char::is_uppercase);
    let second = text.split_whitespace().nth(1).and_then(|word| word.chars().next());
    let is_body = begins_body(&plain_words(text))
        && (second.is_some_and(char::is_uppercase) || plain_words(text).starts_with("uy ban"));
    if is_abbreviation || is_body {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
