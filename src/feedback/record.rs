//! A submission in the form in which it is stored: as rows of `DB`, or until then as a value in `INBOX`.

use cong_core::consultation::Capacity;
use cong_core::ledger::LedgerEntry;
use cong_core::periods::AnswerPeriod;
use cong_core::signing::SigningKey;
use cong_core::submission::{Receipt, SubmissionKind};
use cong_core::vietnamese::{Timestamp, fold, single_line};
use cong_core::{digest, ledger};
use serde::{Deserialize, Serialize};

use super::comment::DraftComment;
use super::submission::{Identity, Submission};
use crate::consultations::SentComment;

/// One submission, with everything that `DB` stores about it. The field names are the JSON keys that the SQL in `store`
/// reads, and the keys of the values in `INBOX`. After a change, values that an older version of the portal has put
/// into `INBOX` must stay readable.
#[derive(Clone, Serialize, Deserialize)]
pub struct Record {
    pub receipt_hash: String,
    pub kind: String,
    pub about: Option<String>,
    pub subject: String,
    pub text: String,
    pub text_hash: String,
    pub received_at: Timestamp,
    pub answer_days: Option<u32>,
    pub answer_counts: Option<String>,
    pub suspicion: Option<Suspicion>,
    pub identity: Option<Identity>,
    // These fields have values for comments on a draft only.
    pub comments: Vec<CommentRecord>,
    pub capacity: Option<Capacity>,
    pub is_named: bool,
    pub name_salt: Option<String>,
}

/// One comment on a draft, with its ledger entry.
#[derive(Clone, Serialize, Deserialize)]
pub struct CommentRecord {
    pub clause: String,
    pub title: String,
    pub text: String,
    pub text_salt: String,
    /// The text of the ledger entry, from which its hash `leaf` is computed.
    pub content: String,
    pub leaf: String,
}

/// Derives the salts with which the ledger hashes the values of a submission. They depend on the portal's key, the form
/// token and the receipt, so the same submission always gets the same salts. A salt that was deleted cannot be derived
/// again, because the form token is not stored.
#[derive(Clone, Copy)]
pub struct Salts<'a> {
    pub key: &'a SigningKey,
    pub form_token: &'a str,
    pub receipt: &'a Receipt,
}

impl Salts<'_> {
    fn salt(self, field: &str) -> String {
        let receipt = self.receipt.to_string();
        let code = self.key.hmac(&["cong/salt/1", self.form_token, &receipt, field]);
        digest::to_hex(code.iter().take(16))
    }
}

/// A sign of spam in a single submission. The database detects texts that are sent repeatedly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suspicion {
    Honeypot,
}

impl Record {
    pub fn new(
        submission: Submission,
        suspicion: Option<Suspicion>,
        period: Option<&AnswerPeriod>,
        salts: Salts<'_>,
        now: Timestamp,
    ) -> Self {
        let text_hash = match submission.comments.as_slice() {
            [] => text_hash(&submission.text),
            comments => {
                let texts: Vec<_> = comments.iter().map(|comment| comment.text.as_str()).collect();
                text_hash(&texts.join("\n"))
            }
        };
        let name_salt =
            (submission.kind == SubmissionKind::DraftComment).then(|| salts.salt("name"));
        let comments = comment_records(&submission, salts, name_salt.as_deref(), now);
        let Submission { kind, about, subject, text, capacity, is_named, identity, .. } =
            submission;
        Self {
            receipt_hash: salts.receipt.hash(),
            kind: kind.code().to_owned(),
            about,
            subject,
            text_hash,
            text,
            received_at: now,
            answer_days: period.map(|period| period.days),
            answer_counts: period.map(|period| period.counts.code().to_owned()),
            suspicion,
            identity,
            comments,
            capacity,
            is_named,
            name_salt,
        }
    }
}

impl Record {
    /// The comments as the receipt shows them while the submission is still in `INBOX`.
    pub fn sent_comments(&self) -> Vec<SentComment> {
        let sent = |(position, comment): (u32, &CommentRecord)| SentComment {
            position,
            clause: comment.clause.clone(),
            clause_title: comment.title.clone(),
            text: Some(comment.text.clone()),
            decision: None,
            answer: None,
            changed: None,
        };
        (1..).zip(&self.comments).map(sent).collect()
    }
}

fn comment_records(
    submission: &Submission,
    salts: Salts<'_>,
    name_salt: Option<&str>,
    now: Timestamp,
) -> Vec<CommentRecord> {
    let name = submission.identity.as_ref().map(|identity| identity.name.as_str());
    let name = ledger::commitment(
        ledger::LedgerField::Name,
        name_salt.unwrap_or_default(),
        name.unwrap_or_default(),
    );
    let record = |(number, comment): (usize, &DraftComment)| {
        let text_salt = salts.salt(&format!("text {number}"));
        let entry = LedgerEntry::Comment(ledger::CommentEntry {
            draft: submission.about.clone().unwrap_or_default(),
            received: now,
            clause: comment.clause.clone(),
            sender: submission.capacity.unwrap_or_default(),
            text: ledger::commitment(ledger::LedgerField::Text, &text_salt, &comment.text),
            name,
        });
        let content = entry.content();
        CommentRecord {
            clause: comment.clause.clone(),
            title: comment.title.clone(),
            text: comment.text.clone(),
            text_salt,
            leaf: ledger::leaf(&content).to_string(),
            content,
        }
    };
    (1..).zip(&submission.comments).map(record).collect()
}

/// The hash by which the database finds repeated texts. Texts that differ only in case, accents and spacing have the
/// same hash.
fn text_hash(text: &str) -> String {
    digest::hex(fold(&single_line(text)).as_bytes(), 16)
}

/// Shows none of the fields, because personal data must not be logged.
impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Record(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_case_accents_or_spacing_are_equal() {
        assert_eq!(text_hash("Đề nghị  sửa\nđường."), text_hash("de nghi sua duong."));
        assert_ne!(text_hash("Đề nghị sửa đường."), text_hash("Đề nghị sửa cầu."));
    }
}
