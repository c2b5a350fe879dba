//! One submission with all its data, such as its text, its sender, its answer and its audit trail.

use cong_core::periods::DueDate;
use cong_core::submission::{Receipt, SubmissionKind};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::list_store::due_of;
use super::suspicion::Suspected;
use crate::consultations;
use crate::consultations::SentComment;
use crate::desk::trail::{AuditLine, trail_statement};
use crate::feedback::{Identity, SentAnswer, SubmissionState};
use crate::platform::{Database, DatabaseError, Statement};

pub struct Dossier {
    pub id: i64,
    /// The hash of the receipt code. If the submission is still in `INBOX` too, it is the key there.
    pub receipt_hash: String,
    pub kind: SubmissionKind,
    /// The slug of the article or draft that the submission is about.
    pub about: Option<String>,
    pub subject: String,
    pub text: String,
    pub received_at: Timestamp,
    /// The due date of the answer; `None` if no answer period applies, as for comments on a draft, which are answered
    /// together with the draft's other comments.
    pub due: Option<DueDate>,
    pub state: SubmissionState,
    pub suspected: Option<Suspected>,
    pub passed_to: Option<String>,
    pub answer: Option<SentAnswer>,
    pub released: Option<Released>,
    /// The sender's identity; `None` if the sender gave none, or it was erased.
    pub identity: Option<Identity>,
    /// The comments on a draft in this submission; empty if it is a submission of another kind.
    pub comments: Vec<SentComment>,
    /// Whether a comment of this submission is public, or the answers of its draft are released (even if they are not
    /// public yet). To mark such a submission as spam, or as no spam, then changes public pages.
    pub is_public_with_draft: bool,
    /// Whether the answers of the draft are released, although a comment of this submission has no decision or no
    /// public text.
    pub lacks_released_answer: bool,
    /// The audit trail. It is never empty: its first line was written when the submission was stored.
    pub trail: Vec<AuditLine>,
}

/// The public version of a question with its answer.
pub struct Released {
    pub subject: String,
    pub text: String,
    pub answer: String,
    /// The category of the question; empty if it has none.
    pub category: String,
    pub released_at: Timestamp,
}

/// Why a submission cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerClosed {
    /// The submission contains comments on a draft. These are answered on the desk's page of the comments on that
    /// draft.
    WithItsDraft,
    Withdrawn,
    /// The question is released with its answer. An editor must take the release back before changing the answer.
    Released,
}

impl Dossier {
    /// The version of the submission: the id of the last line of its audit trail. By it, an editor's form notices
    /// changes that others made after it was opened.
    pub fn version(&self) -> i64 {
        self.trail.last().map_or(0, |line| line.id)
    }

    /// The lines of the audit trail that were written after `version`.
    pub fn trail_since(&self, version: i64) -> Vec<AuditLine> {
        self.trail.iter().filter(|line| line.id > version).cloned().collect()
    }

    pub fn is_identity_erased(&self) -> bool {
        self.trail.iter().any(|line| line.what == "identity erased")
    }

    pub fn is_withdrawn(&self) -> bool {
        self.state == SubmissionState::Withdrawn
    }

    pub fn is_draft_comment(&self) -> bool {
        self.kind == SubmissionKind::DraftComment
    }

    /// Checks that the submission can be answered.
    ///
    /// # Errors
    /// The reason why the submission cannot be answered.
    pub fn takes_answer(&self) -> Result<(), AnswerClosed> {
        if self.is_withdrawn() {
            Err(AnswerClosed::Withdrawn)
        } else if self.is_draft_comment() {
            Err(AnswerClosed::WithItsDraft)
        } else if self.released.is_some() {
            Err(AnswerClosed::Released)
        } else {
            Ok(())
        }
    }

    /// Whether the submission can be released with its answer: it has been answered, and does not consist of comments
    /// on a draft.
    pub fn can_be_released(&self) -> bool {
        !self.is_draft_comment() && self.state == SubmissionState::Answered
    }
}

#[derive(Deserialize)]
struct DossierRow {
    id: i64,
    receipt_hash: String,
    kind: String,
    about: Option<String>,
    subject: String,
    text: String,
    received_at: Timestamp,
    answer_days: Option<u32>,
    answer_counts: Option<String>,
    suspicion: Option<String>,
    state: String,
    passed_to: Option<String>,
    answer: Option<String>,
    answered_at: Option<Timestamp>,
    name: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    released_subject: Option<String>,
    released_text: Option<String>,
    released_answer: Option<String>,
    category: Option<String>,
    released_at: Option<Timestamp>,
    is_public_with_draft: u8,
    lacks_released_answer: u8,
}

/// Reads the submission with the id `id`; `None` if there is none. Comments on a draft have their answers only if these
/// are public at `now`.
pub async fn read(
    db: &Database,
    id: i64,
    now: Timestamp,
) -> Result<Option<Dossier>, DatabaseError> {
    // Submission and audit trail are read in one transaction, so that the version matches the data that is shown.
    let results = db
        .batch(&[
            Statement::new(
                "SELECT s.id, receipt_hash, kind, about, s.subject, s.text, received_at, answer_days, answer_counts,
                        suspicion, state, passed_to, s.answer, answered_at, name, address, phone, email,
                        r.subject AS released_subject, r.text AS released_text,
                        r.answer AS released_answer, r.category, r.released_at,
                        is_public_with_draft, lacks_released_answer
                 FROM submission_listed AS s LEFT JOIN identity AS i ON i.submission_id = s.id
                      LEFT JOIN released AS r ON r.submission_id = s.id
                 WHERE s.id = ?1",
                [id.into()],
            ),
            trail_statement(id, 0),
        ])
        .await?;
    let [rows, trail] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let Some(row) = rows.parse::<DossierRow>()?.into_iter().next() else { return Ok(None) };
    let trail = trail.parse()?;
    let comments = match row.kind == SubmissionKind::DraftComment.code() {
        true => consultations::sent_comments(db, &row.receipt_hash, now).await?,
        false => Vec::new(),
    };
    Ok(Some(row.dossier(comments, trail)))
}

impl DossierRow {
    fn dossier(self, comments: Vec<SentComment>, trail: Vec<AuditLine>) -> Dossier {
        let released = match (self.released_subject, self.released_text, self.released_answer) {
            (Some(subject), Some(text), Some(answer)) => Some(Released {
                subject,
                text,
                answer,
                category: self.category.unwrap_or_default(),
                released_at: self.released_at.unwrap_or(self.received_at),
            }),
            _ => None,
        };
        let identity = match (self.name, self.address, self.phone, self.email) {
            (Some(name), Some(address), Some(phone), Some(email)) => {
                Some(Identity { name, address, phone, email })
            }
            _ => None,
        };
        let answered_at = self.answered_at.unwrap_or(self.received_at);
        Dossier {
            id: self.id,
            receipt_hash: self.receipt_hash,
            kind: SubmissionKind::from_code(&self.kind).unwrap_or(SubmissionKind::General),
            about: self.about,
            subject: self.subject,
            text: self.text,
            received_at: self.received_at,
            due: due_of(self.received_at, self.answer_days, self.answer_counts.as_deref()),
            state: SubmissionState::from_code(&self.state).unwrap_or(SubmissionState::Received),
            suspected: self.suspicion.as_deref().and_then(Suspected::from_code),
            passed_to: self.passed_to,
            answer: self.answer.map(|text| SentAnswer { text, at: answered_at }),
            released,
            identity,
            comments,
            is_public_with_draft: self.is_public_with_draft == 1,
            lacks_released_answer: self.lacks_released_answer == 1,
            trail,
        }
    }
}

#[derive(Deserialize)]
struct IdRow {
    id: i64,
}

/// The id of the submission with this receipt; `None` if there is none.
pub async fn id_of_receipt(db: &Database, receipt: &Receipt) -> Result<Option<i64>, DatabaseError> {
    let hash = receipt.hash();
    let sql = "SELECT id FROM submission WHERE receipt_hash = ?1";
    let rows: Vec<IdRow> = db.rows(Statement::new(sql, [hash.as_str().into()])).await?;
    Ok(rows.into_iter().next().map(|row| row.id))
}

#[derive(Deserialize)]
struct KnownCategoryRow {
    category: String,
}

/// Reads the categories of all released questions, at most 200.
pub async fn known_categories(db: &Database) -> Result<Vec<String>, DatabaseError> {
    let sql =
        "SELECT DISTINCT category FROM released WHERE category <> '' ORDER BY category LIMIT 200";
    let rows: Vec<KnownCategoryRow> = db.rows(Statement::new(sql, [])).await?;
    Ok(rows.into_iter().map(|row| row.category).collect())
}
