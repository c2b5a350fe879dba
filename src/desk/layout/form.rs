//! The hidden field with the version of a submission or draft, by which a form notices changes that others made after
//! it was opened, and the messages above a form that is shown again.

use maud::{Markup, html};

use super::trail::changed_meanwhile;
use crate::desk::trail::AuditLine;
use crate::web::{FormField, FormProblems, SentFields};

/// The hidden field with the version of the submission or draft that the editor saw.
pub const VERSION: FormField<'_> = FormField::hidden("phien_ban");

/// Reads the version in a submitted form. A missing or malformed version is read as 0, which is older than any version.
pub fn version_of(fields: &SentFields) -> i64 {
    fields.value(&VERSION).parse().unwrap_or_default()
}

pub fn version_field(version: i64) -> Markup {
    VERSION.show(&FormProblems::default(), &version.to_string())
}

/// Shows a summary of all invalid fields, or nothing if there are none.
pub fn problem_summary(problems: &FormProblems) -> Markup {
    problems.summary(&format!("Chưa lưu được: còn {} chỗ cần sửa", problems.len()))
}

/// The reasons why a form is shown again. There are none if it is shown for the first time.
#[derive(Default)]
pub struct FormErrors {
    pub problems: FormProblems,
    /// The lines of the audit trail about changes that somebody else has made since the form was opened.
    pub changed: Vec<AuditLine>,
}

impl FormErrors {
    /// Whether there are no reasons to show the form again: no field is invalid, and nobody else has changed anything.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty() && self.changed.is_empty()
    }

    pub fn status(&self) -> u16 {
        match self {
            _ if !self.changed.is_empty() => 409,
            _ if !self.problems.is_empty() => 422,
            _ => 200,
        }
    }

    /// The messages about the reasons, to be shown at the top of the page.
    pub fn head(&self) -> Markup {
        html! {
            @if !self.changed.is_empty() { (changed_meanwhile(&self.changed)) }
            (problem_summary(&self.problems))
        }
    }
}
