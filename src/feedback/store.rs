//! Storing submissions and finding them again by receipt.

use serde::Deserialize;

use super::form::Submission;
use super::kind::Kind;
use super::receipt::Receipt;
use crate::edge::{Database, DatabaseError, Statement};
use crate::vietnamese::Instant;

/// What the receipt page shows of a submission: nothing of who sent it.
#[derive(Debug)]
pub struct Received {
    pub kind: Kind,
    pub subject: String,
    pub received_at: Instant,
}

#[derive(Deserialize)]
struct Row {
    kind: String,
    subject: String,
    received_at: Instant,
}

/// Stores a submission under its receipt; one that is there already stays as it is.
///
/// # Errors
/// D1 did not answer in time or failed; after a timeout the submission may be stored all the
/// same, and sending it again does no harm.
pub async fn store(
    db: &Database,
    receipt: &Receipt,
    submission: &Submission,
    now: Instant,
) -> Result<(), DatabaseError> {
    let hash = receipt.hash();
    let mut statements = vec![Statement::new(
        "INSERT INTO submission (receipt_hash, kind, about, subject, text, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (receipt_hash) DO NOTHING",
        [
            hash.as_str().into(),
            submission.kind.code().into(),
            submission.about.as_deref().into(),
            submission.subject.as_str().into(),
            submission.text.as_str().into(),
            now.0.into(),
        ],
    )];
    if let Some(identity) = &submission.identity {
        statements.push(Statement::new(
            "INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
             SELECT id, ?2, ?3, ?4, ?5, ?6 FROM submission WHERE receipt_hash = ?1
             ON CONFLICT (submission_id) DO NOTHING",
            [
                hash.as_str().into(),
                identity.name.as_str().into(),
                identity.address.as_str().into(),
                identity.phone.as_str().into(),
                identity.email.as_str().into(),
                now.0.into(),
            ],
        ));
    }
    db.batch(&statements).await?;
    Ok(())
}

/// The submission of a receipt.
///
/// # Errors
/// D1 did not answer in time or failed.
pub async fn find(db: &Database, receipt: &Receipt) -> Result<Option<Received>, DatabaseError> {
    let hash = receipt.hash();
    let rows: Vec<Row> = db
        .rows(Statement::new(
            "SELECT kind, subject, received_at FROM submission WHERE receipt_hash = ?1",
            [hash.as_str().into()],
        ))
        .await?;
    Ok(rows.into_iter().next().map(|row| Received {
        kind: Kind::from_code(&row.kind).unwrap_or(Kind::General),
        subject: row.subject,
        received_at: row.received_at,
    }))
}
