//! The report of an import, as text and as JSON, in the user's language.

use std::fmt::Write as _;

use cong_import::{SourceOutcome, SourceReport};
use serde::Serialize;

use super::wording;
use crate::language::say;

#[derive(Serialize)]
pub struct ImportReport {
    /// Whether this was a dry run, in which nothing is written.
    dry_run: bool,
    entries: Vec<ReportEntry>,
}

/// The result of importing one source, or one article of a feed or export.
#[derive(Serialize)]
struct ReportEntry {
    source: String,
    #[serde(flatten)]
    outcome: ReportedOutcome,
    doubtful: Vec<String>,
    left_out: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum ReportedOutcome {
    Made { slug: String },
    Unchanged { slug: String },
    Kept { slug: String },
    Same { slug: String },
    NoArticle,
    Unreadable { reason: String },
}

impl From<SourceReport> for ReportEntry {
    fn from(report: SourceReport) -> Self {
        let outcome = match report.outcome {
            SourceOutcome::Made { slug } => ReportedOutcome::Made { slug },
            SourceOutcome::Unchanged { slug } => ReportedOutcome::Unchanged { slug },
            SourceOutcome::Kept { slug } => ReportedOutcome::Kept { slug },
            SourceOutcome::Same { slug } => ReportedOutcome::Same { slug },
            SourceOutcome::NoArticle => ReportedOutcome::NoArticle,
            SourceOutcome::Unreadable { reason } => {
                ReportedOutcome::Unreadable { reason: wording::unreadable(&reason) }
            }
        };
        Self {
            source: report.source,
            outcome,
            doubtful: report.doubts.iter().map(wording::doubt).collect(),
            left_out: report.omissions.iter().map(wording::omission).collect(),
        }
    }
}

impl ImportReport {
    pub fn new(dry_run: bool, reports: Vec<SourceReport>) -> Self {
        Self { dry_run, entries: reports.into_iter().map(ReportEntry::from).collect() }
    }

    /// How many sources could not be read.
    pub fn unreadable(&self) -> usize {
        self.count(|outcome| matches!(outcome, ReportedOutcome::Unreadable { .. }))
    }

    fn count(&self, is: fn(&ReportedOutcome) -> bool) -> usize {
        self.entries.iter().filter(|entry| is(&entry.outcome)).count()
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}", line(entry, self.dry_run));
            for doubt in &entry.doubtful {
                let _ = writeln!(text, "    ? {doubt}");
            }
            for left in &entry.left_out {
                let _ = writeln!(text, "    − {left}");
            }
        }
        let made = self.count(|outcome| matches!(outcome, ReportedOutcome::Made { .. }));
        let unchanged = self.count(|outcome| matches!(outcome, ReportedOutcome::Unchanged { .. }));
        let kept = self.count(|outcome| matches!(outcome, ReportedOutcome::Kept { .. }));
        let none = self.count(|outcome| {
            matches!(outcome, ReportedOutcome::NoArticle | ReportedOutcome::Same { .. })
        });
        let unreadable = self.unreadable();
        let doubtful = self.entries.iter().filter(|entry| !entry.doubtful.is_empty()).count();
        text.push_str(&say!(
            "{made} bài mới, {unchanged} bài không đổi, {kept} bài đã có và được giữ nguyên; {doubtful} bài cần xem lại (?).\n\
             {none} nguồn không thành bài, {unreadable} nguồn không đọc được.\n",
            "{made} new documents, {unchanged} unchanged, {kept} there already and kept; {doubtful} to be looked at (?).\n\
             {none} sources are no articles, {unreadable} could not be read.\n"
        ));
        if self.dry_run {
            text.push_str(&say!("Chạy thử: chưa ghi gì.\n", "A dry run: nothing was written.\n"));
        }
        text
    }
}

fn line(entry: &ReportEntry, dry_run: bool) -> String {
    let source = &entry.source;
    match &entry.outcome {
        ReportedOutcome::Made { slug } if dry_run => say!(
            "+ {source} → sẽ thành articles/{slug}.md",
            "+ {source} → would become articles/{slug}.md"
        ),
        ReportedOutcome::Made { slug } => format!("✓ {source} → articles/{slug}.md"),
        ReportedOutcome::Unchanged { slug } => say!(
            "· {source}: không đổi, articles/{slug}.md",
            "· {source}: unchanged, articles/{slug}.md"
        ),
        ReportedOutcome::Kept { slug } => say!(
            "! {source}: articles/{slug}.md đã có với nội dung khác, được giữ nguyên",
            "! {source}: articles/{slug}.md is there with other content, and was kept"
        ),
        ReportedOutcome::Same { slug } => say!(
            "· {source}: cùng nội dung với articles/{slug}.md",
            "· {source}: the same as articles/{slug}.md"
        ),
        ReportedOutcome::NoArticle => {
            say!("· {source}: không phải bài viết", "· {source}: no article")
        }
        ReportedOutcome::Unreadable { reason } => {
            say!("✗ {source}: không đọc được: {reason}", "✗ {source}: cannot be read: {reason}")
        }
    }
}
