//! Shows the problems of a document.

use cong_core::article::Severity;
use maud::{Markup, html};

use super::excerpt::ExcerptLine;
use crate::desk::stored_problem::StoredProblem;

pub fn problem_list(problems: &[StoredProblem]) -> Markup {
    html! {
        ul {
            @for problem in problems { li { (problem_text(problem)) } }
        }
    }
}

/// Shows the problems of a document: the line, the field and the message of each, and an excerpt of the lines around
/// it.
pub fn problems_in_place(problems: &[(StoredProblem, Vec<ExcerptLine>)]) -> Markup {
    html! {
        ol {
            @for (problem, lines) in problems {
                li {
                    p { (problem_text(problem)) }
                    @if !lines.is_empty() { (excerpt(problem.line, lines)) }
                }
            }
        }
    }
}

fn problem_text(problem: &StoredProblem) -> Markup {
    html! {
        @if problem.severity == Severity::Warning { "(Nên xem lại) " }
        "Dòng " (problem.line)
        @if let Some(field) = &problem.field { ", trường “" (field) "”" }
        ": " (problem.message)
    }
}

/// Shows `lines`, and emphasises the line number `meant`. Long lines scroll sideways, so the excerpt can be focused by
/// keyboard.
fn excerpt(meant: usize, lines: &[ExcerptLine]) -> Markup {
    html! {
        pre class="desk-excerpt" tabindex="0" role="region" aria-label={ "Quanh dòng " (meant) } {
            @for line in lines {
                @let number = format!("{:>5}  ", line.number);
                @if line.is_meant { mark { (number) (line.text) } } @else { (number) (line.text) }
                "\n"
            }
        }
    }
}
