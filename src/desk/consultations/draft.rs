//! One draft at the desk: its document, and what its comments still lack.

use cong_core::addresses::MissingPart;
use cong_core::article::Article;
use cong_core::consultation::Clause;
use cong_core::order::sort_by_key;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::desk::trail::AuditLine;
use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of comments that the preview lists as lacking a decision or a public text. The counts include
/// all.
const MAX_NAMED: i64 = 100;

/// A draft as editors see it, with counts of its comments that have no decision or no public text. Visitors may be
/// unable to see the draft yet.
pub struct DeskDraft {
    pub slug: String,
    /// The article of the draft; `None` if its document is missing or broken.
    pub article: Option<Article>,
    /// The clauses of the draft, in the order of the document. Empty if `article` is `None`.
    pub clauses: Vec<Clause>,
    pub facts: Facts,
}

/// What the database knows about a draft: how many comments it has and what they lack, when its answers become public,
/// and its audit trail (who did what and when).
pub struct Facts {
    /// How many submissions about the draft were received, including withdrawn ones.
    pub received: u32,
    pub withdrawn: u32,
    /// The time from which the answers are public, which may be in the future; `None` if they are not released.
    pub released_at: Option<Timestamp>,
    /// The counts of comments, for each clause. The function `facts` returns them in the order in which the first
    /// comments on the clauses arrived, and `DeskDraft::new` sorts them as in the document.
    pub counts: Vec<DeskClauseCount>,
    /// The audit trail of the draft itself, for example the releases of its answers. Its submissions have audit trails
    /// of their own.
    pub trail: Vec<AuditLine>,
    /// The id of the newest line in the audit trails of all submissions about the draft; 0 if there are none.
    pub version: i64,
}

/// How many comments there are on one clause, and how many of them have no decision (`undecided`) or no public text
/// (`unreleased`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeskClauseCount {
    /// The id of the heading of the clause. `title` is the text that the heading had when one of the comments was sent.
    /// Both are empty for comments on the whole draft.
    pub clause: String,
    pub title: String,
    pub comments: u32,
    pub undecided: u32,
    pub unreleased: u32,
}

impl DeskClauseCount {
    /// How many comments on the clause lack `what` (a decision or a public text). If `what` is `None`, how many there
    /// are.
    pub fn lacking(&self, what: Option<MissingPart>) -> u32 {
        match what {
            None => self.comments,
            Some(MissingPart::Decision) => self.undecided,
            Some(MissingPart::PublicText) => self.unreleased,
        }
    }
}

impl Facts {
    /// How many comments on the draft lack `what` (a decision or a public text). If `what` is `None`, how many there
    /// are.
    pub fn lacking(&self, what: Option<MissingPart>) -> u32 {
        self.counts.iter().map(|count| count.lacking(what)).sum()
    }

    /// Whether every comment has a decision and a public text.
    pub fn is_complete(&self) -> bool {
        MissingPart::ALL.into_iter().all(|what| self.lacking(Some(what)) == 0)
    }
}

impl DeskDraft {
    /// Makes a draft whose counts are sorted as in the document: comments on the whole draft come first, and clauses
    /// that are no longer in the document come last.
    pub fn new(
        slug: &str,
        article: Option<Article>,
        clauses: Vec<Clause>,
        mut facts: Facts,
    ) -> Self {
        sort_by_key(&mut facts.counts, |count| match count.clause.as_str() {
            "" => 0,
            id => clauses.iter().position(|one| one.id == id).map_or(usize::MAX, |place| place + 1),
        });
        Self { slug: slug.to_owned(), article, clauses, facts }
    }

    /// The title of the draft, or its slug if the document cannot be read.
    pub fn title(&self) -> &str {
        self.article.as_ref().map_or(&self.slug, |article| &article.title)
    }
}

#[derive(Deserialize)]
struct DraftTallyRow {
    received: u32,
    withdrawn: u32,
}

#[derive(Deserialize)]
struct ReleaseRow {
    released_at: Timestamp,
}

#[derive(Deserialize)]
struct VersionRow {
    version: i64,
}

/// Reads what the database knows about the draft with the slug `slug`.
pub async fn facts(db: &Database, slug: &str) -> Result<Facts, DatabaseError> {
    let results = db
        .batch(&[
            Statement::new(
                "SELECT received, withdrawn FROM consultation WHERE slug = ?1",
                [slug.into()],
            ),
            Statement::new(
                "SELECT released_at FROM answers_released WHERE slug = ?1",
                [slug.into()],
            ),
            Statement::new(
                "SELECT clause, max(clause_title) AS title, count(*) AS comments,
                        sum(decision IS NULL) AS undecided, sum(public_text IS NULL) AS unreleased
                 FROM visible_comment WHERE slug = ?1 GROUP BY clause ORDER BY min(id)",
                [slug.into()],
            ),
            Statement::new(
                "SELECT id, at, what, who FROM consultation_audit WHERE slug = ?1 ORDER BY id",
                [slug.into()],
            ),
            Statement::new(
                "SELECT coalesce(max(audit.id), 0) AS version
                 FROM submission AS s JOIN audit ON audit.submission_id = s.id
                 WHERE kind = 'gop-y-du-thao' AND about = ?1",
                [slug.into()],
            ),
        ])
        .await?;
    let [tally, release, counts, trail, version] = results.as_slice() else {
        return Err(DatabaseError::unexpected());
    };
    let tally = tally.parse::<DraftTallyRow>()?.into_iter().next();
    let version = version.parse::<VersionRow>()?.into_iter().next();
    Ok(Facts {
        received: tally.as_ref().map_or(0, |row| row.received),
        withdrawn: tally.as_ref().map_or(0, |row| row.withdrawn),
        released_at: release.parse::<ReleaseRow>()?.into_iter().next().map(|row| row.released_at),
        counts: counts.parse()?,
        trail: trail.parse()?,
        version: version.map_or(0, |row| row.version),
    })
}

/// A comment that has no decision or no public text, so that the answers cannot be released.
#[derive(Clone, Debug, Deserialize)]
pub struct IncompleteComment {
    pub id: i64,
    pub clause: String,
    pub clause_title: String,
    /// 1 if the comment has no decision, otherwise 0. `is_unreleased` is 1 if the comment has no public text, otherwise
    /// 0.
    pub is_undecided: u8,
    pub is_unreleased: u8,
}

/// Reads the incomplete comments of a draft, oldest first, at most `MAX_NAMED`.
pub async fn missing(db: &Database, slug: &str) -> Result<Vec<IncompleteComment>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT id, clause, clause_title, decision IS NULL AS is_undecided,
                public_text IS NULL AS is_unreleased
         FROM visible_comment WHERE slug = ?1 AND (decision IS NULL OR public_text IS NULL)
         ORDER BY id LIMIT ?2",
        [slug.into(), MAX_NAMED.into()],
    ))
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(clauses: &[&str]) -> Vec<String> {
        let clause = |id: &&str| Clause { id: (*id).into(), title: (*id).into(), level: 2 };
        let count = |id: &str| DeskClauseCount {
            clause: id.into(),
            title: id.into(),
            comments: 1,
            undecided: 0,
            unreleased: 0,
        };
        let counts = ["dieu-9", "dieu-2", "", "da-bo", "dieu-1"].map(count).into();
        let facts = Facts {
            received: 5,
            withdrawn: 0,
            released_at: None,
            counts,
            trail: Vec::new(),
            version: 0,
        };
        let draft = DeskDraft::new("x", None, clauses.iter().map(clause).collect(), facts);
        draft.facts.counts.into_iter().map(|count| count.clause).collect()
    }

    #[test]
    fn clauses_are_in_the_order_of_the_document_and_else_of_their_coming() {
        let ordered = draft(&["dieu-1", "dieu-2", "dieu-9"]);
        assert_eq!(ordered, ["", "dieu-1", "dieu-2", "dieu-9", "da-bo"]);
        assert_eq!(draft(&[]), ["", "dieu-9", "dieu-2", "da-bo", "dieu-1"]);
    }
}
