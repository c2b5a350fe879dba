//! The declaration of a form field. Its limit, its messages and its HTML follow from the declaration.

use std::borrow::Cow;

use cong_core::vietnamese::{grouped, single_line};

/// The longest value of a field that declares no other limit, in characters.
pub const MAX_LINE_CHARS: usize = 200;

/// A field of a form. Forms declare their fields as constants, and fill in texts that depend on the page:
/// `FormField { hint: &hint, ..TEXT }`.
#[derive(Clone, Copy, Debug)]
pub struct FormField<'a> {
    pub name: &'a str,
    /// The number of the group that the field belongs to, if the form repeats a group of fields; otherwise 1.
    pub group: usize,
    pub label: &'a str,
    /// Small print after the label. Empty if there is none, as are the hints.
    pub note: &'a str,
    /// The text between the label and the control.
    pub hint: &'a str,
    /// The id of a hint that several fields share. The form shows it above them.
    pub shared_hint: &'a str,
    pub max_chars: usize,
    /// The message for a required field that was left blank.
    pub missing: &'a str,
    /// Makes the message for a value that is too long, from its length and the limit.
    pub too_long: fn(usize, usize) -> String,
    /// The word before messages, for screen readers.
    pub error: &'a str,
    pub control: FieldControl<'a>,
    /// The values from which to choose. For a line, they are suggestions.
    pub choices: &'a [FieldChoice<'a>],
}

#[derive(Clone, Copy, Debug)]
pub enum FieldControl<'a> {
    /// One line. The strings are the attributes `type` and `autocomplete`.
    Line {
        input_type: &'a str,
        autocomplete: &'a str,
    },
    /// One line with a code in capital letters.
    Code,
    Text {
        rows: u32,
    },
    /// A check box. Its value is empty unless it is checked.
    Tick,
    /// Radio buttons.
    Choices,
    Select,
    /// A field without a control that people see.
    Hidden,
}

/// One of the values from which to choose.
#[derive(Clone, Debug)]
pub struct FieldChoice<'a> {
    pub value: &'a str,
    pub label: Cow<'a, str>,
    /// Small print after the label.
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

    /// A field of one line that browsers do not fill in.
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

    /// Radio buttons.
    pub const fn choices(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Choices)
    }

    pub const fn select(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, FieldControl::Select)
    }

    pub const fn hidden(name: &'a str) -> Self {
        Self::new(name, "", FieldControl::Hidden)
    }

    /// The same field in a group, counted from 1.
    pub const fn in_group(self, group: usize) -> Self {
        Self { group, ..self }
    }

    /// The name and the id of the control. In the second group and later ones it ends with the number of the group:
    /// `noi_dung_2`.
    pub fn id(&self) -> Cow<'a, str> {
        match self.group {
            1 => self.name.into(),
            group => format!("{}_{group}", self.name).into(),
        }
    }

    /// The field with this id, if `fields` declares it.
    pub fn find(fields: &[Self], id: &str) -> Option<Self> {
        let declared = |name: &str| fields.iter().copied().find(|field| field.name == name);
        declared(id).or_else(|| {
            let (name, group) = id.rsplit_once('_')?;
            Some(declared(name)?.in_group(group.parse().ok()?))
        })
    }

    /// Whether people type into the field.
    pub fn is_typed(&self) -> bool {
        matches!(
            self.control,
            FieldControl::Line { .. } | FieldControl::Code | FieldControl::Text { .. }
        )
    }

    /// The typed value as it is checked and stored. A text keeps its line breaks and tabs, but no other control
    /// characters. All other values become one line.
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
