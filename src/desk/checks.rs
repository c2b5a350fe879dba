//! Validation of the fields of the desk's forms. Each form sets its own limits.

use cong_core::vietnamese::{grouped, single_line};

/// A validation error of one field, with a message for the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskFieldProblem {
    /// The name of the form control, which is also its id.
    pub field: &'static str,
    pub message: String,
}

/// Reads fields and collects their validation errors.
#[derive(Default)]
pub struct Checks {
    pub problems: Vec<DeskFieldProblem>,
}

impl Checks {
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.problems.push(DeskFieldProblem { field, message: message.into() });
    }

    /// Reads a field of one line with at most `max_chars` characters. `missing` is the message for an empty field
    /// that is required; `None` if the field is optional.
    pub fn line(
        &mut self,
        field: &'static str,
        typed: &str,
        missing: Option<&str>,
        max_chars: usize,
    ) -> String {
        self.bounded(field, single_line(typed), missing, max_chars)
    }

    /// Reads a required text. Line breaks and tabs are kept; other control characters are removed.
    pub fn text(
        &mut self,
        field: &'static str,
        typed: &str,
        missing: &str,
        max_chars: usize,
    ) -> String {
        self.bounded(field, cleaned(typed), Some(missing), max_chars)
    }

    fn bounded(
        &mut self,
        field: &'static str,
        text: String,
        missing: Option<&str>,
        max_chars: usize,
    ) -> String {
        let length = text.chars().count();
        if let Some(missing) = missing.filter(|_| text.is_empty()) {
            self.add(field, missing);
        } else if length > max_chars {
            let (length, max) = (grouped(length), grouped(max_chars));
            self.add(field, format!("Phần này dài {length} ký tự; hãy rút xuống còn {max}."));
        }
        text
    }
}

/// The trimmed text with its line breaks and tabs, without other control characters.
pub fn cleaned(typed: &str) -> String {
    let kept: String =
        typed.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cleaned_and_what_is_wrong_is_gathered() {
        let mut checks = Checks::default();
        assert_eq!(checks.line("a", " Sở \n Xây dựng ", Some("Thiếu."), 20), "Sở Xây dựng");
        assert_eq!(checks.text("b", "\u{0}Một\n\nHai \n", "Thiếu.", 20), "Một\n\nHai");
        assert_eq!(checks.line("c", "", None, 20), "");
        assert!(checks.problems.is_empty());
        checks.text("d", " \n", "Thiếu.", 20);
        checks.line("e", "đđđ", None, 2);
        let fields: Vec<_> = checks.problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["d", "e"]);
    }
}
