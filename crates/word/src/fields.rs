//! The fields of a Word file: `HYPERLINK`, `PAGEREF`, `IF`, form fields. A field has an instruction, which is not
//! shown, and a result. Fields can be nested, and can span several paragraphs.

use std::collections::HashSet;

use roxmltree::{Document, Node, NodeId};

use crate::xml::{attribute, child, flag, is, value};

/// A field that has begun and has not ended.
#[derive(Default)]
struct OpenField {
    instruction: String,
    has_result: bool,
    /// Whether the result has text.
    has_text: bool,
    /// The text that Word shows for a form field whose result has no text.
    control: Option<String>,
    /// The address of a hyperlink, once its result has begun.
    link: Option<String>,
    /// The index in [`FieldStack::open`] of the innermost field with a link: this field or a field around it.
    linking: Option<usize>,
}

/// The fields around the current position, from the outermost to the innermost.
#[derive(Default)]
pub struct FieldStack {
    open: Vec<OpenField>,
    /// The number of open fields whose result has not begun. Text is shown only while this number is 0.
    without_result: usize,
}

impl FieldStack {
    /// Begins a field. `node` is the element `fldChar` with which the field begins.
    pub fn begin(&mut self, node: Node<'_, '_>) {
        let control = child(node, "ffData").and_then(form_control);
        let linking = self.open.last().and_then(|outer| outer.linking);
        self.open.push(OpenField { control, linking, ..OpenField::default() });
        self.without_result += 1;
    }

    /// Begins a field with this instruction, and the result of the field.
    pub fn begin_simple(&mut self, instruction: &str) {
        let linking = self.open.last().and_then(|outer| outer.linking);
        let instruction = instruction.to_owned();
        self.open.push(OpenField { instruction, linking, ..OpenField::default() });
        self.without_result += 1;
        self.separate();
    }

    /// Begins the result of the innermost field.
    pub fn separate(&mut self) {
        let index = self.open.len().saturating_sub(1);
        if let Some(field) = self.open.last_mut().filter(|field| !field.has_result) {
            field.has_result = true;
            self.without_result -= 1;
            field.link = link_of(&field.instruction);
            if field.link.is_some() {
                field.linking = Some(index);
            }
            field.instruction = String::new();
        }
    }

    /// Ends the innermost field. If it is a form field whose result has no text, returns the text that Word shows.
    pub fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        if !field.has_result {
            self.without_result -= 1;
        }
        field.control.filter(|_| !field.has_text)
    }

    /// Whether text at the current position is shown, and not a part of an instruction.
    pub fn is_shown(&self) -> bool {
        self.without_result == 0
    }

    /// Adds text to the result or to the instruction of the innermost field.
    pub fn take_text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(field) if field.has_result => {
                field.has_text |= !text.trim().is_empty();
                // The result of a field within an instruction is a part of that instruction.
                let mut outer = self.open.iter_mut().rev().skip_while(|field| field.has_result);
                if let Some(outer) = outer.next() {
                    outer.instruction.push_str(text);
                }
            }
            Some(field) => field.instruction.push_str(text),
            None => {}
        }
    }

    /// The address of the hyperlink field around the current position.
    pub fn link(&self) -> Option<&str> {
        self.open.get(self.open.last()?.linking?)?.link.as_deref()
    }
}

/// Returns the text that Word shows for a form field: a check box, or the chosen entry of a drop-down list.
fn form_control(data: Node<'_, '_>) -> Option<String> {
    if let Some(mark) = child(data, "checkBox") {
        let is_checked = flag(mark, "checked").or_else(|| flag(mark, "default"));
        return Some(check_box(is_checked == Some(true)).to_owned());
    }
    let list = child(data, "ddList")?;
    let chosen = value(list, "result").or_else(|| value(list, "default"));
    let chosen: usize = chosen.and_then(|chosen| chosen.parse().ok()).unwrap_or(0);
    let mut entries = list.children().filter(|entry| is(*entry, "listEntry"));
    attribute(entries.nth(chosen)?, "val").map(str::to_owned)
}

pub fn check_box(is_checked: bool) -> &'static str {
    if is_checked { "☒" } else { "☐" }
}

/// The address in the instruction of a hyperlink field: `HYPERLINK "https://…" \l "place"`. A place within the same
/// file is not an address.
fn link_of(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start();
    let (name, rest) = rest.split_at_checked("HYPERLINK".len())?;
    if !name.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let mut arguments = Vec::new();
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        let (argument, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        arguments.push(argument);
        rest = after.trim_start();
    }
    let mut arguments = arguments.into_iter();
    let (mut address, mut place) = (None, None);
    while let Some(argument) = arguments.next() {
        match argument {
            "\\l" => place = arguments.next(),
            "\\o" | "\\t" => {
                arguments.next();
            }
            switch if switch.starts_with('\\') => {}
            text => address = address.or(Some(text)),
        }
    }
    let address = address.filter(|address| !address.is_empty() && !address.starts_with('#'))?;
    Some(match place {
        Some(place) if !address.contains('#') => format!("{address}#{place}"),
        _ => address.to_owned(),
    })
}

/// The beginnings of fields that never end, because the file is damaged. The reader ignores them; otherwise all text
/// after such a beginning would belong to the instruction of the field.
#[derive(Default)]
pub struct UnendedFields {
    /// The indices of the elements that begin such fields, among all `fldChar` elements of the part, in ascending
    /// order.
    positions: Vec<usize>,
    seen: usize,
}

impl UnendedFields {
    pub fn of(text: &str) -> Self {
        let mut open = Vec::new();
        for (index, (at, name)) in text.match_indices("fldCharType").enumerate() {
            let rest = text.get(at + name.len()..).unwrap_or_default();
            let kind = rest.trim_start_matches([' ', '=', '"', '\'']);
            if kind.starts_with("begin") {
                open.push(index);
            } else if kind.starts_with("end") {
                open.pop();
            }
        }
        Self { positions: open, seen: 0 }
    }

    /// Returns the ids of the elements in the next slice of the part that begin a field without an end.
    pub fn in_slice(&mut self, slice: &Document<'_>) -> HashSet<NodeId> {
        if self.positions.is_empty() {
            return HashSet::new();
        }
        let fields: Vec<_> = slice.descendants().filter(|node| is(*node, "fldChar")).collect();
        let first = self.seen;
        self.seen += fields.len();
        let is_unended = |index: usize| self.positions.binary_search(&(first + index)).is_ok();
        let unended = fields.iter().enumerate().filter(|(index, _)| is_unended(*index));
        unended.map(|(_, node)| node.id()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_of_hyperlinks_are_read() {
        for (instruction, expected) in [
            (" HYPERLINK \"https://a.vn/x y\" ", Some("https://a.vn/x y")),
            ("HYPERLINK https://a.vn", Some("https://a.vn")),
            ("hyperlink \"https://a.vn\" \\o \"gợi ý\" \\l \"muc\"", Some("https://a.vn#muc")),
            ("HYPERLINK \\t \"_blank\" \"https://a.vn\"", Some("https://a.vn")),
            ("HYPERLINK \\l \"muc\"", None),
            ("PAGEREF _Toc1 \\h", None),
        ] {
            assert_eq!(link_of(instruction).as_deref(), expected, "{instruction}");
        }
    }

    #[test]
    fn only_fields_that_never_end_are_found() {
        let field = |kind: &str| format!("<w:fldChar w:fldCharType=\"{kind}\"/>");
        let text = ["begin", "begin", "separate", "end"].map(field).concat();
        assert_eq!(UnendedFields::of(&text).positions, [0]);
    }
}
