//! Reads the submissions that match a filter, for an export: in batches, sorted by id.

use cong_core::periods::DueDate;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::list_store::{Matching, due_days, due_of, matching};
use crate::platform::{Database, DatabaseError, Statement};

/// The number of submissions in a batch. Each may have about ten pages of text.
const PER_PART: i64 = 500;

/// A submission, as a row of the exported table.
#[derive(Deserialize)]
pub struct Exported {
    pub id: i64,
    pub kind: String,
    pub about: Option<String>,
    pub subject: String,
    /// The text of the submission. For comments on a draft, the texts of all comments, each after the title of its
    /// clause.
    pub text: String,
    pub received_at: Timestamp,
    pub answer_days: Option<u32>,
    pub answer_counts: Option<String>,
    pub state: String,
    pub suspicion: Option<String>,
    pub passed_to: Option<String>,
    pub answer: Option<String>,
    pub answered_at: Option<Timestamp>,
    pub is_released: u8,
    /// The sender's name. The fields `name`, `address`, `phone` and `email` are `None` if the export is one without
    /// senders, or if the identity is not known.
    pub name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl Exported {
    pub fn due(&self) -> Option<DueDate> {
        due_of(self.received_at, self.answer_days, self.answer_counts.as_deref())
    }
}

/// Reads the next batch: the submissions whose ids are above `after`. The batch is empty if there are no more.
pub async fn exported_after(
    db: &Database,
    matching: &Matching,
    after: i64,
    with_senders: bool,
) -> Result<Vec<Exported>, DatabaseError> {
    let more = [after.into(), i64::from(with_senders).into(), PER_PART.into()];
    db.rows(Statement::new(
        concat!(
            due_days!(),
            "SELECT s.id, s.kind, s.about, s.subject,
                    iif(s.kind = 'gop-y-du-thao', coalesce((
                        SELECT group_concat(line, char(10)) FROM (
                            SELECT iif(clause_title = '', 'Toàn bộ dự thảo', clause_title) || ': '
                                   || coalesce(c.text, '(đã xóa)') AS line
                            FROM comment AS c WHERE c.submission_id = s.id ORDER BY position
                        )
                    ), ''), s.text) AS text,
                    s.received_at, s.answer_days, s.answer_counts, s.state, s.suspicion, s.passed_to,
                    s.answer, s.answered_at,
                    EXISTS (SELECT 1 FROM released WHERE submission_id = s.id) AS is_released,
                    i.name, i.address, i.phone, i.email
             FROM (SELECT s.*",
            matching!(),
            "AND s.id > ?9 ORDER BY s.id LIMIT ?11) AS s
             LEFT JOIN identity AS i ON i.submission_id = s.id AND ?10
             ORDER BY s.id"
        ),
        matching.values().into_iter().chain(more),
    ))
    .await
}
