//! The version that a form of the desk changes, and the messages above a form that is shown again.

use maud::{Markup, html};

use super::trail::changed_meanwhile;
use crate::desk::trail::AuditLine;
use crate::web::{FormField, FormProblems, SentFields};

/// The version that a form changes.
pub const VERSION: FormField<'_> = FormField::hidden("phien_ban");

/// The version that the form changes; 0, which is older than any version, if it is missing.
pub fn version_of(fields: &SentFields) -> i64 {
    fields.value(&VERSION).parse().unwrap_or_default()
}

/// The hidden field with the version that a form changes.
pub fn version_field(version: i64) -> Markup {
    VERSION.show(&FormProblems::default(), &version.to_string())
}

/// The messages about invalid fields; nothing if there are none.
pub fn problem_summary(problems: &FormProblems) -> Markup {
    problems.summary(&format!("Chưa lưu được: còn {} chỗ cần sửa", problems.len()))
}

/// The reasons for showing a form again; empty for a form that is shown for the first time.
#[derive(Default)]
pub struct FormErrors {
    pub problems: FormProblems,
    /// What somebody else has changed since the form was loaded.
    pub changed: Vec<AuditLine>,
}

impl FormErrors {
    /// Whether there is no reason against carrying the form out.
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

    /// The messages at the head of the page.
    pub fn head(&self) -> Markup {
        html! {
            @if !self.changed.is_empty() { (changed_meanwhile(&self.changed)) }
            (problem_summary(&self.problems))
        }
    }
}
