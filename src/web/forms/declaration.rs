//! The declaration of a form field. The field's limit, its messages and its HTML all follow from it.

use std::borrow::Cow;

use cong_core::vietnamese::{grouped, single_line};

/// The maximum length of a value, in characters, if the field declares no other.
pub const MAX_LINE_CHARS: usize = 200;

/// A field of a form. Forms declare their fields as constants. Where a text depends on the page, the page fills it in:
/// `FormField { hint: &hint, ..TEXT }`.
#[derive(Clone, Copy, Debug)]
pub struct FormField<'a> {
    pub name: &'a str,
    /// The number of the field's group, counted from 1, if the form repeats a group of fields, such as one group for
    /// each comment. Otherwise it is 1.
    pub group: usize,
    pub label: &'a str,
    /// Small print after the label; may be empty.
    pub note: &'a str,
    /// A text that helps to fill in the field. It is shown between the label and the control; may be empty.
    pub hint: &'a str,
    /// The id of a hint that several fields share, and that the form shows once above them; empty if there is none.
    pub shared_hint: &'a str,
    pub max_chars: usize,
    /// The message for a required field that was left blank.
    pub missing: &'a str,
    /// Makes the message for a value that is too long. The arguments are the length of the value and the limit.
    pub too_long: fn(usize, usize) -> String,
    /// The word before a message, which only screen readers say, such as "Lỗi" ("Error").
    pub error: &'a str,
    pub control: FieldControl<'a>,
    /// The values that can be chosen. For a one-line text field they are suggestions, and other values are allowed.
    pub choices: &'a [FieldChoice<'a>],
}

#[derive(Clone, Copy, Debug)]
pub enum FieldControl<'a> {
    /// One line of text. The strings are the attributes `type` and `autocomplete` of the `input` element.
    Line {
        input_type: &'a str,
        autocomplete: &'a str,
    },
    /// One line for a code, such as a receipt code, which is shown in capital letters.
    Code,
    Text {
        rows: u32,
    },
    /// A check box. Its value is empty if it is not checked.
    Tick,
    /// Radio buttons, one for each of the choices.
    Choices,
    Select,
    Hidden,
}

/// One of the values that can be chosen.
#[derive(Clone, Debug)]
pub struct FieldChoice<'a> {
    pub value: &'a str,
    pub label: Cow<'a, str>,
    /// Small print after the label of the choice; empty if there is none.
    pub note: &'a str,
}

impl<'a> FieldChoice<'a> {
    pub fn new(value: &'a str, label: impl Into<Cow<'a, str>>) -> Self {
        Self { value, label: label.into(), note: "" }
    }
}

impl<'a> FormField<'a> {
    const fn new(name: &'a str, label: &'a str, control: FieldControl<'a>) -> Self {
        Self {
            name,
            group: 1,
            label,
            note: "",
            hint: "",
            shared_hint: "",
            max_chars: MAX_LINE_CHARS,
            missing: "",
            too_long,
            error: "Lỗi",
            control,
            choices: &[],
        }
    }

    /// Declares a field of one line that browsers do not fill in by themselves.
    pub const fn line(name: &'a str, label: &'a str) -> Self {
        Self::input(name, label, "text", "off")
    }

    pub const fn input(
        name: &'a str,
        label: &'a str,
        input_type: &'a str,
        autocomplete: &'a str,
    ) -> Self {
        Self::new(name, label, FieldControl::Line { input_type, autocomplete })
    }

    pub const fn code(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Code)
    }

    pub const fn text(name: &'a str, label: &'a str, rows: u32) -> Self {
        Self::new(name, label, FieldControl::Text { rows })
    }

    pub const fn tick(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Tick)
    }

    /// Declares a field with radio buttons.
    pub const fn choices(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Choices)
    }

    pub const fn select(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Select)
    }

    pub const fn hidden(name: &'a str) -> Self {
        Self::new(name, "", FieldControl::Hidden)
    }

    /// The same field in the group `group`, counted from 1.
    pub const fn in_group(self, group: usize) -> Self {
        Self { group, ..self }
    }

    /// The name of the control, which is also its id. In groups after the first, the number of the group is appended:
    /// `noi_dung_2`.
    pub fn id(&self) -> Cow<'a, str> {
        match self.group {
            1 => self.name.into(),
            group => format!("{}_{group}", self.name).into(),
        }
    }

    /// Finds the field with this id in `fields`; `None` if it is not declared there.
    pub fn find(fields: &[Self], id: &str) -> Option<Self> {
        let declared = |name: &str| fields.iter().copied().find(|field| field.name == name);
        declared(id).or_else(|| {
            let (name, group) = id.rsplit_once('_')?;
            Some(declared(name)?.in_group(group.parse().ok()?))
        })
    }

    /// Whether the field is one into which people type.
    pub fn is_typed(&self) -> bool {
        matches!(
            self.control,
            FieldControl::Line { .. } | FieldControl::Code | FieldControl::Text { .. }
        )
    }

    /// Cleans a typed value before it is checked and stored. A text of several lines keeps its line breaks and tabs,
    /// but no other control characters. All other values become one line.
    pub fn clean(&self, typed: &str) -> String {
        let FieldControl::Text { .. } = self.control else { return single_line(typed) };
        let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        typed.chars().filter(is_kept).collect::<String>().trim().to_owned()
    }
}

fn too_long(chars: usize, max_chars: usize) -> String {
    let (chars, max) = (grouped(chars), grouped(max_chars));
    format!("Phần này dài {chars} ký tự; hãy rút xuống còn {max}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_repeated_groups_are_numbered_from_the_second_on() {
        let fields = [FormField::text("noi_dung", "", 7), FormField::line("so_2", "")];
        for (id, name, group) in [("noi_dung", "noi_dung", 1), ("noi_dung_50", "noi_dung", 50)] {
            let found = FormField::find(&fields, id).unwrap();
            assert_eq!((found.name, found.group, found.id().as_ref()), (name, group, id));
        }
        assert_eq!(FormField::find(&fields, "so_2").unwrap().group, 1);
        for other in ["noi", "noi_dung_", "noi_dung_x", "noi_dung2", "_2", ""] {
            assert!(FormField::find(&fields, other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_text_keeps_its_lines_and_other_values_have_one() {
        let typed = "\u{0} Một\n\n\tHai\u{7} \n";
        assert_eq!(FormField::text("a", "", 2).clean(typed), "Một\n\n\tHai");
        assert_eq!(FormField::line("a", "").clean(typed), "Một Hai");
    }
}
