//! A submission as it is kept: a row to be in `DB`, or the value of a key in `INBOX` until then.

use serde::{Deserialize, Serialize};

use super::form::{Identity, Submission};
use super::period::AnswerPeriod;
use super::receipt::Receipt;
use crate::digest;
use crate::vietnamese::{Instant, fold, single_line};

/// One submission with all that the database is told of it. Field names are the JSON keys that the
/// SQL in `store` reads; values waiting in `INBOX` have them too, so they do not change lightly.
#[derive(Clone, Serialize, Deserialize)]
pub struct Record {
    pub receipt_hash: String,
    pub kind: String,
    pub about: Option<String>,
    pub subject: String,
    pub text: String,
    pub text_hash: String,
    pub received_at: Instant,
    pub answer_days: Option<u32>,
    pub answer_counts: Option<String>,
    pub suspicion: Option<Suspicion>,
    pub identity: Option<Identity>,
}

/// Why a submission looks like spam by itself; the database finds repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suspicion {
    Honeypot,
}

impl Record {
    pub fn new(
        receipt: &Receipt,
        submission: Submission,
        suspicion: Option<Suspicion>,
        period: Option<&AnswerPeriod>,
        now: Instant,
    ) -> Self {
        let Submission { kind, about, subject, text, identity } = submission;
        Self {
            receipt_hash: receipt.hash(),
            kind: kind.code().to_owned(),
            about,
            subject,
            text_hash: text_hash(&text),
            text,
            received_at: now,
            answer_days: period.map(|period| period.days),
            answer_counts: period.map(|period| period.counts.code().to_owned()),
            suspicion,
            identity,
        }
    }
}

/// The same for texts that differ in nothing but case, accents and spacing.
fn text_hash(text: &str) -> String {
    digest::hex(fold(&single_line(text)).as_bytes(), 16)
}

/// It holds what must not be logged.
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
