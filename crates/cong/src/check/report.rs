//! Prints findings in the manner of a compiler, or as JSON for programs.

use std::io::{IsTerminal, stdout};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use serde::Serialize;

use super::finding::{Excerpt, Finding, Severity};
use crate::language::Language;

/// Writes all findings as text, each with the line of the document that it is about, and a hint.
pub fn text(findings: &[&Finding]) -> String {
    let is_coloured = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
    let language = Language::current();
    let mut text = String::new();
    for finding in findings {
        text.push_str(&renderer.render(&groups(finding, language)));
        text.push_str("\n\n");
    }
    text
}

fn groups(finding: &Finding, language: Language) -> Vec<Group<'_>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(language.choose("lỗi", "error")),
        Severity::Warning => Level::WARNING.with_name(language.choose("cảnh báo", "warning")),
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.code);
    let mut group = placed(title, &finding.path, finding.line, finding.column, &finding.excerpt);
    if let Some(hint) = &finding.hint {
        let level = Level::HELP.with_name(language.choose("gợi ý", "help"));
        group = group.element(level.message(hint.as_str()));
    }
    let mut groups = vec![group];
    if let Some(spot) = &finding.related {
        let level = Level::NOTE.with_name(language.choose("xem thêm", "note"));
        let title = level.secondary_title(language.choose("chỗ kia", "the other place"));
        groups.push(placed(title, &spot.path, spot.line, spot.column, &spot.excerpt));
    }
    groups
}

/// A message, with an excerpt of the document at the place that it is about.
fn placed<'a>(
    title: Title<'a>,
    path: &'a Path,
    line: usize,
    column: usize,
    excerpt: &'a Option<Excerpt>,
) -> Group<'a> {
    let name = path.to_string_lossy();
    // The column must be given separately, because it cannot be computed from the excerpt of a long line.
    let origin = || Origin::path(name.clone()).line(line).char_column(column);
    let Some(Excerpt { text, is_cut, span }) = excerpt else { return title.element(origin()) };
    let annotation = AnnotationKind::Primary.span(span.clone());
    let snippet = Snippet::source(text.as_str()).line_start(line).annotation(annotation);
    if *is_cut {
        title.element(origin()).element(snippet)
    } else {
        title.element(snippet.path(name))
    }
}

#[derive(Debug, Serialize)]
pub struct Summary {
    pub errors: usize,
    pub warnings: usize,
    pub documents: usize,
    pub files: usize,
    pub milliseconds: u128,
}

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<Row<'a>>,
    #[serde(flatten)]
    summary: &'a Summary,
}

#[derive(Serialize)]
struct Row<'a> {
    severity: Severity,
    code: &'static str,
    file: String,
    line: usize,
    column: usize,
    message: &'a str,
    hint: Option<&'a str>,
    related: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
}

/// The findings and the summary as JSON; `docs/operations.md` documents the format.
pub fn json(findings: &[&Finding], summary: &Summary) -> serde_json::Result<String> {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let findings = findings.iter().map(|finding| Row {
        severity: finding.severity,
        code: finding.code,
        file: name(&finding.path),
        line: finding.line,
        column: finding.column,
        message: &finding.message,
        hint: finding.hint.as_deref(),
        related: finding.related.as_ref().map(|spot| Place {
            file: name(&spot.path),
            line: spot.line,
            column: spot.column,
        }),
    });
    serde_json::to_string_pretty(&Report { findings: findings.collect(), summary })
}
