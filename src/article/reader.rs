//! A table of fields being read: each kind of value is checked as it is taken out, and every problem is noted
//! with its line and field.

use super::links::{is_file_name, is_language_tag};
use super::node::{Node, Table, Value};
use super::problem::Problem;
use super::{Category, is_slug};
use crate::vietnamese::{Instant, Written, nfc, single_line, slug};

pub const MAX_TITLE_CHARS: usize = 300;
pub const MAX_LINE_CHARS: usize = 500;
/// A list (of attachments, changes, aliases) longer than this is a mistake.
const MAX_ITEMS: usize = 200;

/// A table being read: what was asked for is taken out, what is left in the end is unknown.
pub struct Fields<'a> {
    /// Of the table itself, empty for the document.
    path: &'a str,
    line: usize,
    table: Table,
    known: Vec<&'static str>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// The document's own table.
    pub fn of_document(table: Table, problems: &'a mut Vec<Problem>) -> Self {
        Self { path: "", line: 1, table, known: Vec::new(), problems }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn error(&mut self, line: usize, key: &str, message: impl Into<String>) {
        let path = self.path_of(key);
        self.problems.push(Problem::error(line, Some(&path), message));
    }

    fn wrong_kind(&mut self, key: &str, wanted: &str, node: &Node) {
        let message = format!("phải là {wanted}, không phải {}", node.value.kind());
        self.error(node.line, key, message);
    }

    /// Takes the field out. A key given twice, which only JSON allows, is an error.
    fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let (mut found, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.table).into_iter().partition(|entry| entry.key == key);
        self.table = rest;
        if let Some(second) = found.get(1) {
            let line = second.line;
            self.error(line, key, "trường này đã có ở trên");
        }
        (!found.is_empty()).then(|| found.swap_remove(0).node)
    }

    /// A text on one line, in normal form C; blank counts as absent.
    pub fn line(&mut self, key: &'static str, max_chars: usize) -> Option<String> {
        let node = self.take(key)?;
        self.line_of(key, node, max_chars).filter(|text| !text.is_empty())
    }

    fn line_of(&mut self, key: &str, node: Node, max_chars: usize) -> Option<String> {
        let Value::Text(text) = &node.value else {
            self.wrong_kind(key, "chuỗi ký tự trong dấu nháy", &node);
            return None;
        };
        let text = single_line(&nfc(text));
        let length = text.chars().count();
        if length > max_chars {
            let message = format!("dài {length} ký tự, tối đa {max_chars}");
            self.error(node.line, key, message);
            return None;
        }
        Some(text)
    }

    pub fn required_line(&mut self, key: &'static str, max_chars: usize) -> Option<String> {
        let Some(node) = self.take(key) else { return self.missing(key) };
        let at = node.line;
        let text = self.line_of(key, node, max_chars)?;
        if text.is_empty() {
            self.error(at, key, "không được để trống");
            return None;
        }
        Some(text)
    }

    fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.error(self.line, key, "bắt buộc phải có");
        None
    }

    fn written(&mut self, key: &'static str) -> Option<Written> {
        let node = self.take(key)?;
        let (Value::Time(text) | Value::Text(text)) = &node.value else {
            self.wrong_kind(key, "thời điểm", &node);
            return None;
        };
        let written = Written::parse(text);
        if written.is_none() {
            let message =
                "không phải thời điểm; viết như 2019-07-05T09:30:33+07:00 hoặc 2019-07-05";
            self.error(node.line, key, message);
        }
        written
    }

    pub fn time(&mut self, key: &'static str) -> Option<Instant> {
        self.written(key).map(Written::start)
    }

    fn required_written(&mut self, key: &'static str) -> Option<Written> {
        if !self.table.iter().any(|entry| entry.key == key) {
            self.known.push(key);
            return self.missing(key);
        }
        self.written(key)
    }

    pub fn required_time(&mut self, key: &'static str) -> Option<Instant> {
        self.required_written(key).map(Written::start)
    }

    /// What must be given, to its last second.
    pub fn required_end(&mut self, key: &'static str) -> Option<Instant> {
        self.required_written(key).map(Written::end)
    }

    /// A period from the first second of `from` (or a default) to the last second of `until`.
    pub fn period(
        &mut self,
        from: &'static str,
        until: &'static str,
        default_from: Option<Instant>,
    ) -> (Option<Instant>, Option<Instant>) {
        let start = self.time(from).or(default_from);
        let line = self.line_of_key(until);
        let Some(end) = self.required_end(until) else { return (start, None) };
        if start.is_some_and(|start| start >= end) {
            self.error(line, until, format!("phải sau thời điểm “{from}”"));
            return (start, None);
        }
        (start, Some(end))
    }

    pub fn flag(&mut self, key: &'static str) -> bool {
        let Some(node) = self.take(key) else { return false };
        let Value::Boolean(flag) = node.value else {
            self.wrong_kind(key, "true hoặc false", &node);
            return false;
        };
        flag
    }

    /// A table under a key.
    pub fn group<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.group_of(&self.path_of(key), node, read)
    }

    fn group_of<T>(
        &mut self,
        path: &str,
        node: Node,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let Node { line, value } = node;
        let Value::Table(table) = value else {
            let message = format!("phải là nhóm trường, không phải {}", value.kind());
            self.problems.push(Problem::error(line, Some(path), message));
            return None;
        };
        let mut fields =
            Fields { path, line, table, known: Vec::new(), problems: &mut *self.problems };
        let group = read(&mut fields);
        fields.finish();
        group
    }

    fn items(&mut self, key: &'static str) -> Vec<Node> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match node.value {
            Value::List(items) if items.len() <= MAX_ITEMS => items,
            Value::List(items) => {
                let message = format!("có {} mục, tối đa {MAX_ITEMS}", items.len());
                self.error(node.line, key, message);
                Vec::new()
            }
            _ => {
                self.wrong_kind(key, "danh sách", &node);
                Vec::new()
            }
        }
    }

    /// A list of tables, like `[[attachments]]`.
    pub fn groups<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
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
        let line = self.line_of_key("category");
        let name = self.line("category", MAX_TITLE_CHARS)?;
        let slug: String = slug(&name).chars().take(super::MAX_SLUG_CHARS).collect();
        if slug.is_empty() {
            self.error(line, "category", "phải có ít nhất một chữ cái hoặc chữ số");
            return None;
        }
        Some(Category { name, slug })
    }

    pub fn language(&mut self) -> Option<String> {
        let line = self.line_of_key("lang");
        let tag = self.line("lang", MAX_LINE_CHARS)?;
        if !is_language_tag(&tag) {
            self.error(line, "lang", "không phải mã ngôn ngữ; viết như vi, en hoặc hmn");
            return None;
        }
        Some(tag)
    }

    pub fn slug(&mut self, key: &'static str) -> Option<String> {
        let line = self.line_of_key(key);
        let text = self.line(key, MAX_LINE_CHARS)?;
        if !is_slug(&text) {
            self.error(line, key, "phải là tên bài: chỉ gồm a-z, 0-9 và dấu -");
            return None;
        }
        Some(text)
    }

    pub fn file_name(&mut self) -> Option<String> {
        let line = self.line_of_key("file");
        let name = self.required_line("file", MAX_LINE_CHARS)?;
        if !is_file_name(&name) {
            self.error(line, "file", "phải là tên tệp, không có dấu / và không phải địa chỉ");
            return None;
        }
        Some(name)
    }

    pub fn aliases(&mut self) -> Vec<String> {
        let items = self.items("aliases");
        items
            .into_iter()
            .filter_map(|node| {
                let line = node.line;
                let alias = self.line_of("aliases", node, MAX_LINE_CHARS)?;
                if !alias.starts_with('/') && !is_slug(&alias) {
                    self.error(line, "aliases", "phải là tên bài cũ hoặc đường dẫn bắt đầu bằng /");
                    return None;
                }
                Some(alias)
            })
            .collect()
    }

    pub fn body(&mut self) -> Option<String> {
        let Some(node) = self.take("body") else { return self.missing("body") };
        let Value::Text(text) = &node.value else {
            self.wrong_kind("body", "chuỗi ký tự", &node);
            return None;
        };
        Some(nfc(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned())
    }

    pub fn line_of_key(&self, key: &str) -> usize {
        self.table.iter().find(|entry| entry.key == key).map_or(self.line, |entry| entry.node.line)
    }

    /// Warns of each field that nobody asked for.
    pub fn finish(self) {
        for entry in &self.table {
            let key = single_line(&entry.key);
            let mut message = "không có trường này".to_owned();
            if let Some(near) = self.known.iter().find(|known| differs_by_one(known, &key)) {
                message.push_str(&format!("; có phải “{near}”?"));
            }
            let path = self.path_of(&key);
            self.problems.push(Problem::warning(entry.line, Some(&path), message));
        }
    }
}

/// Whether one letter was left out, added or mistyped, or the case is wrong.
fn differs_by_one(known: &str, written: &str) -> bool {
    if known.eq_ignore_ascii_case(written) {
        return true;
    }
    let same_start = known.chars().zip(written.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str, skip: usize| text.chars().skip(skip).collect::<String>();
    [(1, 1), (1, 0), (0, 1)].iter().any(|(of_known, of_written)| {
        rest(known, same_start + of_known) == rest(written, same_start + of_written)
    })
}
