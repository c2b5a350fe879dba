//! Reads the fields of a table. Each value is checked for its type when it is taken out, and every problem is recorded
//! with its line and field.

use std::ops::Range;

use super::complexity::marks;
use super::limits::MAX_PROBLEMS;
use super::links::{is_file_name, is_language_tag};
use super::model::Category;
use super::node::{FieldNode, FieldTable, FieldValue};
use super::problem::{Cause, DocumentPosition, DocumentProblem, ValueKind};
use super::slug::{MAX_SLUG_CHARS, is_slug};
use super::table_problems::table_problems;
use crate::vietnamese::{Timestamp, WrittenTime, nfc, single_line, slug, unix_lines, visible_line};

pub const MAX_TITLE_CHARS: usize = 300;
pub const MAX_LINE_CHARS: usize = 500;
/// The maximum number of items in a list (attachments, changes, aliases). A longer list is taken for a mistake.
const MAX_ITEMS: usize = 200;

/// A table whose fields are taken out one by one. Those that are left at the end are unknown fields.
pub struct FieldReader<'a> {
    /// The path of the table in the document; empty for the document itself.
    path: &'a str,
    place: DocumentPosition,
    table: FieldTable,
    known: Vec<&'static str>,
    problems: &'a mut Vec<DocumentProblem>,
}

impl<'a> FieldReader<'a> {
    /// Makes a reader of the top-level table of a document.
    pub fn of_document(table: FieldTable, problems: &'a mut Vec<DocumentProblem>) -> Self {
        Self {
            path: "",
            place: DocumentPosition { line: 1, span: 0..0 },
            table,
            known: Vec::new(),
            problems,
        }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn error(&mut self, place: DocumentPosition, key: &str, cause: Cause) {
        let path = self.path_of(key);
        self.problems.push(DocumentProblem::error(place, Some(&path), cause));
    }

    pub fn warning(&mut self, place: DocumentPosition, key: &str, cause: Cause) {
        let path = self.path_of(key);
        self.problems.push(DocumentProblem::warning(place, Some(&path), cause));
    }

    fn wrong_kind(&mut self, key: &str, wanted: ValueKind, node: FieldNode) {
        let found = node.value.kind();
        self.error(node.place, key, Cause::WrongKind { wanted, found });
    }

    /// Takes a field out of the table. A repeated key, which only JSON allows, is an error.
    fn take(&mut self, key: &'static str) -> Option<FieldNode> {
        self.known.push(key);
        let (mut found, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.table).into_iter().partition(|entry| entry.key == key);
        self.table = rest;
        if let Some(second) = found.get(1) {
            let place = second.place.clone();
            self.error(place, key, Cause::Repeated);
        }
        (!found.is_empty()).then(|| found.swap_remove(0).node)
    }

    /// Reads a text and puts it on one line, in normal form C. A blank text counts as absent.
    pub fn line(&mut self, key: &'static str, max_chars: usize) -> Option<String> {
        let node = self.take(key)?;
        self.line_of(key, node, max_chars).filter(|text| !text.is_empty())
    }

    /// Reads a text like [`Self::line`], and leaves out invisible characters. They come with texts that are copied from
    /// word processors, and make texts differ that look the same.
    pub fn visible_line(&mut self, key: &'static str, max_chars: usize) -> Option<String> {
        self.line(key, max_chars).map(|text| visible_line(&text)).filter(|text| !text.is_empty())
    }

    fn line_of(&mut self, key: &str, node: FieldNode, max_chars: usize) -> Option<String> {
        let FieldValue::Text(text) = &node.value else {
            self.wrong_kind(key, ValueKind::Text, node);
            return None;
        };
        let text = single_line(&nfc(text));
        let chars = text.chars().count();
        if chars > max_chars {
            self.error(node.place, key, Cause::TooLong { chars, max: max_chars });
            return None;
        }
        Some(text)
    }

    pub fn required_line(&mut self, key: &'static str, max_chars: usize) -> Option<String> {
        let Some(node) = self.take(key) else { return self.missing(key) };
        let place = node.place.clone();
        let text = self.line_of(key, node, max_chars)?;
        if text.is_empty() {
            self.error(place, key, Cause::Blank);
            return None;
        }
        Some(text)
    }

    fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.error(self.place.clone(), key, Cause::Missing);
        None
    }

    fn written(&mut self, key: &'static str) -> Option<WrittenTime> {
        let node = self.take(key)?;
        let (FieldValue::Time(text) | FieldValue::Text(text)) = &node.value else {
            self.wrong_kind(key, ValueKind::Time, node);
            return None;
        };
        let written = WrittenTime::parse(text);
        if written.is_none() {
            self.error(node.place, key, Cause::NoTime);
        }
        written
    }

    pub fn time(&mut self, key: &'static str) -> Option<Timestamp> {
        self.written(key).map(WrittenTime::start)
    }

    fn required_written(&mut self, key: &'static str) -> Option<WrittenTime> {
        if !self.table.iter().any(|entry| entry.key == key) {
            self.known.push(key);
            return self.missing(key);
        }
        self.written(key)
    }

    pub fn required_time(&mut self, key: &'static str) -> Option<Timestamp> {
        self.required_written(key).map(WrittenTime::start)
    }

    /// Reads a required time. A date without a time of day means the last second of that day.
    pub fn required_end(&mut self, key: &'static str) -> Option<Timestamp> {
        self.required_written(key).map(WrittenTime::end)
    }

    /// Reads the period between the times in the fields `from` and `until`. A date without a time of day means the
    /// first second of the day in `from`, and the last second of the day in `until`. If the field `from` is missing,
    /// the period begins at `default_from`.
    pub fn period(
        &mut self,
        from: &'static str,
        until: &'static str,
        default_from: Option<Timestamp>,
    ) -> (Option<Timestamp>, Option<Timestamp>) {
        let start = self.time(from).or(default_from);
        let place = self.place_of_key(until);
        let Some(end) = self.required_end(until) else { return (start, None) };
        if start.is_some_and(|start| start >= end) {
            self.error(place, until, Cause::NotAfter(from));
            return (start, None);
        }
        (start, Some(end))
    }

    pub fn flag(&mut self, key: &'static str) -> bool {
        let Some(node) = self.take(key) else { return false };
        let FieldValue::Boolean(flag) = node.value else {
            self.wrong_kind(key, ValueKind::Boolean, node);
            return false;
        };
        flag
    }

    /// Reads the table in the field `key` with `read`, then warns about each field of it that `read` did not take.
    pub fn group<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut FieldReader<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.group_of(&self.path_of(key), node, read)
    }

    fn group_of<T>(
        &mut self,
        path: &str,
        node: FieldNode,
        read: impl FnOnce(&mut FieldReader<'_>) -> Option<T>,
    ) -> Option<T> {
        let FieldNode { place, value } = node;
        let FieldValue::Table(table) = value else {
            let cause = Cause::WrongKind { wanted: ValueKind::Table, found: value.kind() };
            self.problems.push(DocumentProblem::error(place, Some(path), cause));
            return None;
        };
        let mut fields =
            FieldReader { path, place, table, known: Vec::new(), problems: &mut *self.problems };
        let group = read(&mut fields);
        fields.finish();
        group
    }

    fn items(&mut self, key: &'static str) -> Vec<FieldNode> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match node.value {
            FieldValue::List(items) if items.len() <= MAX_ITEMS => items,
            FieldValue::List(items) => {
                self.error(node.place, key, Cause::TooMany { items: items.len(), max: MAX_ITEMS });
                Vec::new()
            }
            _ => {
                self.wrong_kind(key, ValueKind::List, node);
                Vec::new()
            }
        }
    }

    /// Reads a list of tables, such as `[[attachments]]`.
    pub fn groups<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut FieldReader<'_>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.items(key).into_iter().enumerate();
        items
            .filter_map(|(index, node)| {
                let path = format!("{}[{}]", self.path_of(key), index + 1);
                self.group_of(&path, node, &mut read)
            })
            .collect()
    }

    pub fn category(&mut self) -> Option<Category> {
        let place = self.place_of_key("category");
        let name = self.line("category", MAX_TITLE_CHARS)?;
        let slug: String = slug(&name).chars().take(MAX_SLUG_CHARS).collect();
        if slug.is_empty() {
            self.error(place, "category", Cause::NoLetter);
            return None;
        }
        Some(Category { name, slug })
    }

    pub fn language(&mut self) -> Option<String> {
        let place = self.place_of_key("lang");
        let tag = self.line("lang", MAX_LINE_CHARS)?;
        if !is_language_tag(&tag) {
            self.error(place, "lang", Cause::NoLanguage);
            return None;
        }
        Some(tag)
    }

    pub fn slug(&mut self, key: &'static str) -> Option<String> {
        let place = self.place_of_key(key);
        let text = self.line(key, MAX_LINE_CHARS)?;
        if !is_slug(&text) {
            self.error(place, key, Cause::NoArticle);
            return None;
        }
        Some(text)
    }

    pub fn file_name(&mut self) -> Option<String> {
        let place = self.place_of_key("file");
        let name = self.required_line("file", MAX_LINE_CHARS)?;
        if !is_file_name(&name) {
            self.error(place, "file", Cause::NoFileName);
            return None;
        }
        Some(name)
    }

    pub fn aliases(&mut self) -> Vec<String> {
        let items = self.items("aliases");
        items
            .into_iter()
            .filter_map(|node| {
                let place = node.place.clone();
                let alias = self.line_of("aliases", node, MAX_LINE_CHARS)?;
                if !alias.starts_with('/') && !is_slug(&alias) {
                    self.error(place, "aliases", Cause::NoAddress);
                    return None;
                }
                Some(alias)
            })
            .collect()
    }

    pub fn body(&mut self) -> Option<String> {
        let Some(node) = self.take("body") else { return self.missing("body") };
        let FieldValue::Text(text) = &node.value else {
            self.wrong_kind("body", ValueKind::Text, node);
            return None;
        };
        let text = unix_lines(text);
        self.markdown(Some("body"), &text, |_| node.place.clone())
    }

    /// Returns the Markdown in normal form C, unless it is too complex to be rendered. `place` converts a range of
    /// `text` into a position in the document.
    pub fn markdown(
        &mut self,
        field: Option<&str>,
        text: &str,
        place: impl Fn(Range<usize>) -> DocumentPosition,
    ) -> Option<String> {
        if let Err((at, cause)) = marks(text) {
            self.problems.push(DocumentProblem::error(place(at..at), field, cause));
            return None;
        }
        let tables = table_problems(text).into_iter();
        self.problems.extend(
            tables.map(|(cause, range)| DocumentProblem::warning(place(range), field, cause)),
        );
        Some(nfc(text).into_owned())
    }

    /// The position of a field's value, or of the whole table if it has no such field.
    pub fn place_of_key(&self, key: &str) -> DocumentPosition {
        let entry = self.table.iter().find(|entry| entry.key == key);
        entry.map_or(&self.place, |entry| &entry.node.place).clone()
    }

    /// Ends the reading of the table. Adds a warning for each field that was not taken, for at most `MAX_PROBLEMS`
    /// fields.
    pub fn finish(self) {
        for entry in self.table.iter().take(MAX_PROBLEMS) {
            let key = single_line(&entry.key);
            let near = self.known.iter().copied().find(|known| differs_by_one(known, &key));
            let path = self.path_of(&key);
            let cause = Cause::Unknown { near };
            self.problems.push(DocumentProblem::warning(entry.place.clone(), Some(&path), cause));
        }
    }
}

/// Whether `written` differs from `known` only in case, or in one letter that is missing, added or wrong.
fn differs_by_one(known: &str, written: &str) -> bool {
    if known.eq_ignore_ascii_case(written) {
        return true;
    }
    // A letter has at most four bytes.
    if written.len() > known.len() + 4 {
        return false;
    }
    let same_start = known.chars().zip(written.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str, skip: usize| text.chars().skip(skip).collect::<String>();
    [(1, 1), (1, 0), (0, 1)].iter().any(|(of_known, of_written)| {
        rest(known, same_start + of_known) == rest(written, same_start + of_written)
    })
}
