//! The report of an import, as text and as JSON: what became of each source. Everything that is dropped is reported.

use std::fmt::Write as _;

use serde::Serialize;

use crate::language::say;

#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Whether this was a dry run, in which nothing is written.
    pub dry_run: bool,
    pub entries: Vec<Entry>,
}

/// The result for one source, or for one part of an export.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    pub source: String,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Doubtful points that an editor should check.
    pub doubtful: Vec<String>,
    /// Content of the source that is not in the document.
    pub left_out: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Made {
        slug: String,
    },
    Unchanged {
        slug: String,
    },
    /// A different document with the same name exists already and was kept.
    Kept {
        slug: String,
    },
    /// Another source of this run has the same content.
    Same {
        slug: String,
    },
    #[default]
    NoArticle,
    Unreadable {
        reason: String,
    },
}

impl Entry {
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }

    pub fn unreadable(source: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { outcome: Outcome::Unreadable { reason: reason.into() }, ..Self::new(source) }
    }

    pub fn no_article(source: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { left_out: vec![reason.into()], ..Self::new(source) }
    }

    pub fn doubt(&mut self, text: String) {
        if !self.doubtful.contains(&text) {
            self.doubtful.push(text);
        }
    }

    pub fn leave_out(&mut self, text: String) {
        if !self.left_out.contains(&text) {
            self.left_out.push(text);
        }
    }
}

impl Report {
    pub fn unreadable(&self) -> usize {
        self.entries
            .iter()
            .filter(|entry| matches!(entry.outcome, Outcome::Unreadable { .. }))
            .count()
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
        let count = |is: fn(&Outcome) -> bool| {
            self.entries.iter().filter(|entry| is(&entry.outcome)).count()
        };
        let made = count(|outcome| matches!(outcome, Outcome::Made { .. }));
        let unchanged = count(|outcome| matches!(outcome, Outcome::Unchanged { .. }));
        let kept = count(|outcome| matches!(outcome, Outcome::Kept { .. }));
        let none = count(|outcome| matches!(outcome, Outcome::NoArticle | Outcome::Same { .. }));
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

fn line(entry: &Entry, dry_run: bool) -> String {
    let source = &entry.source;
    match &entry.outcome {
        Outcome::Made { slug } if dry_run => say!(
            "+ {source} → sẽ thành articles/{slug}.md",
            "+ {source} → would become articles/{slug}.md"
        ),
        Outcome::Made { slug } => format!("✓ {source} → articles/{slug}.md"),
        Outcome::Unchanged { slug } => say!(
            "· {source}: không đổi, articles/{slug}.md",
            "· {source}: unchanged, articles/{slug}.md"
        ),
        Outcome::Kept { slug } => say!(
            "! {source}: articles/{slug}.md đã có với nội dung khác, được giữ nguyên",
            "! {source}: articles/{slug}.md is there with other content, and was kept"
        ),
        Outcome::Same { slug } => say!(
            "· {source}: cùng nội dung với articles/{slug}.md",
            "· {source}: the same as articles/{slug}.md"
        ),
        Outcome::NoArticle => say!("· {source}: không phải bài viết", "· {source}: no article"),
        Outcome::Unreadable { reason } => {
            say!("✗ {source}: không đọc được: {reason}", "✗ {source}: cannot be read: {reason}")
        }
    }
}
