//! The fields of the desk's forms, each with label, hint and error message, and the messages above a form that is
//! shown again.

use maud::{Markup, html};

use super::trail::changed_meanwhile;
use crate::desk::checks::DeskFieldProblem;
use crate::desk::trail::AuditLine;
use crate::web::FormFields;

/// The field with the version that a form changes.
pub const VERSION: &str = "phien_ban";

/// The version that the form changes; 0, which is older than any version, if it is missing.
pub fn version_of(fields: &FormFields) -> i64 {
    fields.get(VERSION).parse().unwrap_or_default()
}

/// The reasons for showing a form again; empty for a form that is shown for the first time.
#[derive(Default)]
pub struct FormErrors {
    pub problems: Vec<DeskFieldProblem>,
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

    fn problem(&self, field: &str) -> Option<&str> {
        let problem = self.problems.iter().find(|problem| problem.field == field);
        problem.map(|problem| problem.message.as_str())
    }

    /// The messages at the head of the page.
    pub fn head(&self) -> Markup {
        html! {
            @if !self.changed.is_empty() { (changed_meanwhile(&self.changed)) }
            @if !self.problems.is_empty() {
                section class="problems" role="alert" aria-labelledby="can_sua" {
                    h2 id="can_sua" { "Chưa lưu được: còn " (self.problems.len()) " chỗ cần sửa" }
                    ul {
                        @for problem in &self.problems {
                            li { a href=(format!("#{}", problem.field)) { (problem.message) } }
                        }
                    }
                }
            }
        }
    }
}

/// A field of a form. Its name is also its id.
#[derive(Clone, Copy)]
pub struct DeskField<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// Empty if there is no hint.
    pub hint: &'a str,
    pub value: &'a str,
}

impl DeskField<'_> {
    fn wrapped(self, again: &FormErrors, control: &Markup) -> Markup {
        let problem = again.problem(self.name);
        html! {
            div class={ "field" @if problem.is_some() { " has-problem" } } {
                label for=(self.name) { (self.label) }
                @if !self.hint.is_empty() { p class="hint" id={ (self.name) "_goi_y" } { (self.hint) } }
                @if let Some(problem) = problem { (message(self.name, problem)) }
                (control)
            }
        }
    }

    /// The ids for the attribute `aria-describedby`.
    fn described_by(self, again: &FormErrors) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}_goi_y", self.name));
        let problem = again.problem(self.name).map(|_| format!("{}_loi", self.name));
        let ids: Vec<_> = hint.into_iter().chain(problem).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// A field of one line. `known` are suggestions; other values are allowed.
    pub fn line(self, again: &FormErrors, known: &[String]) -> Markup {
        let list = (!known.is_empty()).then(|| format!("{}_da_co", self.name));
        let control = html! {
            input type="text" id=(self.name) name=(self.name) value=(self.value) list=[list.as_deref()]
                autocomplete="off" aria-invalid=[again.problem(self.name).map(|_| "true")]
                aria-describedby=[self.described_by(again)];
            @if let Some(list) = &list {
                datalist id=(list) { @for value in known { option value=(value) {} } }
            }
        };
        self.wrapped(again, &control)
    }

    /// A field of several lines.
    pub fn text(self, again: &FormErrors, rows: u32) -> Markup {
        let control = html! {
            textarea id=(self.name) name=(self.name) rows=(rows)
                aria-invalid=[again.problem(self.name).map(|_| "true")]
                aria-describedby=[self.described_by(again)] {
                // Browsers drop a line break right after the start tag.
                "\n" (self.value)
            }
        };
        self.wrapped(again, &control)
    }

    /// A check box. It is checked unless `value` is empty.
    pub fn tick(self, again: &FormErrors) -> Markup {
        let problem = again.problem(self.name);
        html! {
            div class={ "choice" @if problem.is_some() { " has-problem" } } {
                @if let Some(problem) = problem { (message(self.name, problem)) }
                input type="checkbox" id=(self.name) name=(self.name) value="co" checked[!self.value.is_empty()]
                    aria-invalid=[problem.map(|_| "true")] aria-describedby=[self.described_by(again)];
                label for=(self.name) { (self.label) }
            }
        }
    }
}

fn message(name: &str, problem: &str) -> Markup {
    html! {
        p class="problem" id={ (name) "_loi" } { span class="visually-hidden" { "Lỗi: " } (problem) }
    }
}
