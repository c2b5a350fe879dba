//! The problems of a submitted form. Checks the fields, and collects messages for the sender about those that are
//! invalid.

use super::declaration::FormField;

/// A problem of a form: the message that tells the sender what to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The id of the field with the problem; `None` if the problem is one of the whole form.
    pub field: Option<String>,
    pub message: String,
}

/// The problems of a form, in the order in which its fields were checked. There are none if the form is valid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormProblems(Vec<FieldProblem>);

impl FormProblems {
    pub fn of_field(field: &FormField<'_>, message: impl Into<String>) -> Self {
        let mut problems = Self::default();
        problems.add(field, message);
        problems
    }

    pub fn of_form(message: impl Into<String>) -> Self {
        Self(vec![FieldProblem { field: None, message: message.into() }])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldProblem> {
        self.0.iter()
    }

    /// The message about the first problem of a field; `None` if it has none.
    pub fn of(&self, field: &FormField<'_>) -> Option<&str> {
        let id = field.id();
        let found = self.iter().find(|problem| problem.field.as_deref() == Some(id.as_ref()));
        found.map(|problem| problem.message.as_str())
    }

    pub fn add(&mut self, field: &FormField<'_>, message: impl Into<String>) {
        let field = Some(field.id().into_owned());
        self.0.push(FieldProblem { field, message: message.into() });
    }

    /// Adds a problem of a field if the condition `is_met` does not hold, unless the field has a problem already.
    pub fn require(&mut self, field: &FormField<'_>, is_met: bool, message: impl Into<String>) {
        if !is_met && self.of(field).is_none() {
            self.add(field, message);
        }
    }

    /// Cleans a typed value, checks it, and returns the clean value.
    pub fn read(&mut self, field: &FormField<'_>, typed: &str, is_required: bool) -> String {
        let text = field.clean(typed);
        self.check(field, &text, is_required);
        text
    }

    /// Checks a value that was cleaned before. Adds a problem if it is too long, or if it is empty and `is_required`.
    pub fn check(&mut self, field: &FormField<'_>, text: &str, is_required: bool) {
        let chars = text.chars().count();
        self.require(field, !is_required || chars > 0, field.missing);
        if chars > field.max_chars {
            self.add(field, (field.too_long)(chars, field.max_chars));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_their_problems_collected() {
        let line =
            |name| FormField { missing: "Thiếu.", max_chars: 5, ..FormField::line(name, "") };
        let mut problems = FormProblems::default();
        assert_eq!(problems.read(&line("a"), " Sở \n đđ ", true), "Sở đđ");
        assert_eq!(problems.read(&line("b"), "", false), "");
        assert!(problems.is_empty());
        problems.read(&line("c"), " \n", true);
        problems.read(&line("d").in_group(2), "123456", false);
        problems.require(&line("c"), false, "Chưa đúng.");
        let found: Vec<_> = problems.iter().map(|p| (p.field.as_deref(), &*p.message)).collect();
        let long = "Phần này dài 6 ký tự; hãy rút xuống còn 5.";
        assert_eq!(found, [(Some("c"), "Thiếu."), (Some("d_2"), long)]);
    }
}
