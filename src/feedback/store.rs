//! Submissions in `DB`: stores each exactly once, reads one by its receipt, withdraws and erases.

use cong_core::digest;
use cong_core::periods::{CountedDays, DueDate, due_date};
use cong_core::submission::{Receipt, ReceiptAction, SubmissionKind};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::folded::folded_words;
use super::record::Record;
use super::state::SubmissionState;
use crate::platform::{Database, DatabaseError, Statement};

/// What the receipt page shows about a submission: its kind, subject, state and answer. It contains nothing of the
/// sender's identity.
#[derive(Clone, Debug)]
pub struct Received {
    pub kind: SubmissionKind,
    /// The slug of the article or draft that the submission is about.
    pub about: Option<String>,
    pub subject: String,
    pub received_at: Timestamp,
    pub state: SubmissionState,
    pub passed_to: Option<String>,
    /// The day by which an answer is due; `None` for a kind without an answer period.
    pub due: Option<DueDate>,
    pub answer: Option<SentAnswer>,
    pub has_identity: bool,
    /// Whether the sender gave a telephone number or an e-mail address, which the sender must then type to withdraw the
    /// submission.
    pub has_contact: bool,
}

#[derive(Clone, Debug)]
pub struct SentAnswer {
    pub text: String,
    pub at: Timestamp,
}

#[derive(Deserialize)]
struct ReceivedRow {
    kind: String,
    about: Option<String>,
    subject: String,
    received_at: Timestamp,
    answer_days: Option<u32>,
    answer_counts: Option<String>,
    state: String,
    passed_to: Option<String>,
    answer: Option<String>,
    answered_at: Option<Timestamp>,
    answered_with_draft: u8,
    has_identity: u8,
    has_contact: u8,
}

#[derive(Deserialize)]
struct ContactRow {
    phone: String,
    email: String,
}

const INSERT_SUBMISSIONS: &str = "
    INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at,
                            answer_days, answer_counts, suspicion, capacity, is_named)
    SELECT r.value ->> 'receipt_hash', r.value ->> 'kind', r.value ->> 'about',
           r.value ->> 'subject', r.value ->> 'text', r.value ->> 'text_hash',
           r.value ->> 'received_at', r.value ->> 'answer_days', r.value ->> 'answer_counts',
           r.value ->> 'suspicion', r.value ->> 'capacity', r.value ->> 'is_named'
    FROM json_each(?1) AS r WHERE true
    ON CONFLICT (receipt_hash) DO UPDATE SET received_at = excluded.received_at
    WHERE excluded.received_at < received_at";

const INSERT_IDENTITIES: &str = "
    INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
    SELECT s.id, r.value ->> '$.identity.name', r.value ->> '$.identity.address',
           r.value ->> '$.identity.phone', r.value ->> '$.identity.email', s.received_at
    FROM json_each(?1) AS r JOIN submission AS s ON s.receipt_hash = r.value ->> 'receipt_hash'
    WHERE r.value -> 'identity' <> 'null'
    ON CONFLICT (submission_id) DO NOTHING";

/// SQL that inserts the comments of the records `?1`. A record may lack the salt of the sender's name: when
/// `cong restore` puts a submission back into `INBOX` from a backup, it removes the salt if the sender's identity was
/// erased after the backup. Its comments then get a random salt, because without one the ledger would get no entry
/// about the removed name when a comment is withdrawn.
const INSERT_COMMENTS: &str = "
    INSERT INTO comment (submission_id, position, slug, clause, clause_title, text, text_salt,
                         name_salt)
    SELECT s.id, c.key + 1, s.about, c.value ->> 'clause', c.value ->> 'title', c.value ->> 'text',
           c.value ->> 'text_salt', coalesce(r.value ->> 'name_salt', lower(hex(randomblob(16))))
    FROM json_each(?1) AS r JOIN submission AS s ON s.receipt_hash = r.value ->> 'receipt_hash',
         json_each(r.value, '$.comments') AS c
    WHERE s.kind = 'gop-y-du-thao' AND s.state <> 'withdrawn'
    ON CONFLICT (submission_id, position) DO NOTHING";

/// SQL that fills in the ledger entries that a trigger has created for the comments of the records `?1`.
const WRITE_ENTRIES: &str = "
    UPDATE ledger SET content = c.value ->> 'content', leaf = c.value ->> 'leaf'
    FROM json_each(?1) AS r JOIN submission AS s ON s.receipt_hash = r.value ->> 'receipt_hash',
         json_each(r.value, '$.comments') AS c
         JOIN comment ON submission_id = s.id AND comment.position = c.key + 1
    WHERE ledger.comment_id = comment.id AND ledger.kind = 'comment' AND ledger.leaf IS NULL
        AND comment.text_salt = c.value ->> 'text_salt'";

/// SQL that stores the search words `?2` of the records `?1`, in the same order. A submission with an erased comment is
/// skipped, because its words would bring back the erased text.
const KEEP_WORDS: &str = "
    UPDATE submission SET folded = ?2 ->> r.key FROM json_each(?1) AS r
    WHERE submission.receipt_hash = r.value ->> 'receipt_hash' AND folded IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM comment AS c WHERE c.submission_id = submission.id AND c.text IS NULL
        )";

/// Stores submissions. If the submission of a receipt is stored already, it stays unchanged, except that it gets the
/// earlier of the two times of arrival. A submission that was withdrawn or erased does not come back.
///
/// # Errors
/// D1 did not answer in time or failed. After a timeout the submissions may still be stored. Storing them again does no
/// harm.
pub async fn store(db: &Database, records: &[Record]) -> Result<(), DatabaseError> {
    let json = serde_json::to_string(records)?;
    let words: Vec<String> = records.iter().map(folded_words).collect();
    let words = serde_json::to_string(&words)?;
    db.batch(&[
        Statement::new(INSERT_SUBMISSIONS, [json.as_str().into()]),
        Statement::new(INSERT_IDENTITIES, [json.as_str().into()]),
        Statement::new(INSERT_COMMENTS, [json.as_str().into()]),
        Statement::new(WRITE_ENTRIES, [json.as_str().into()]),
        Statement::new(KEEP_WORDS, [json.as_str().into(), words.as_str().into()]),
    ])
    .await?;
    Ok(())
}

/// Reads the submission with this receipt, as its sender may see it at `now`; `None` if `DB` does not have it.
pub async fn find(
    db: &Database,
    receipt: &Receipt,
    now: Timestamp,
) -> Result<Option<Received>, DatabaseError> {
    let hash = receipt.hash();
    let rows: Vec<ReceivedRow> = db
        .rows(Statement::new(
            "SELECT kind, about, subject, received_at, answer_days, answer_counts, state, passed_to,
                    CASE state WHEN 'answered' THEN answer END AS answer, answered_at,
                    kind = 'gop-y-du-thao' AND suspicion IS NOT 'confirmed' AND EXISTS (
                        SELECT 1 FROM answers_released WHERE slug = about AND released_at <= ?2
                    ) AND NOT EXISTS (
                        SELECT 1 FROM comment AS c
                        WHERE c.submission_id = submission.id AND c.text IS NOT NULL AND c.decision IS NULL
                    ) AS answered_with_draft,
                    submission_id IS NOT NULL AS has_identity,
                    coalesce(phone <> '' OR email <> '', 0) AS has_contact
             FROM submission LEFT JOIN identity ON submission_id = id WHERE receipt_hash = ?1",
            [hash.as_str().into(), now.0.into()],
        ))
        .await?;
    Ok(rows.into_iter().next().map(received))
}

fn received(row: ReceivedRow) -> Received {
    // The answers to comments on a draft are released together, which does not change the state of each submission. So
    // a submission counts as answered once the answers to its draft are released.
    let state = match SubmissionState::from_code(&row.state).unwrap_or(SubmissionState::Received) {
        SubmissionState::Withdrawn => SubmissionState::Withdrawn,
        _ if row.answered_with_draft == 1 => SubmissionState::Answered,
        state => state,
    };
    Received {
        kind: SubmissionKind::from_code(&row.kind).unwrap_or(SubmissionKind::General),
        about: row.about,
        subject: row.subject,
        received_at: row.received_at,
        state,
        passed_to: row.passed_to,
        due: due(row.received_at, row.answer_days, row.answer_counts.as_deref()),
        answer: row
            .answer
            .map(|text| SentAnswer { text, at: row.answered_at.unwrap_or(row.received_at) }),
        has_identity: row.has_identity == 1,
        has_contact: row.has_contact == 1,
    }
}

fn due(received_at: Timestamp, days: Option<u32>, counts: Option<&str>) -> Option<DueDate> {
    Some(due_date(received_at, days?, CountedDays::from_code(counts?)?))
}

/// What the receipt page shows about a submission that is still in `INBOX`.
pub fn as_received(record: &Record) -> Received {
    let identity = record.identity.as_ref();
    Received {
        kind: SubmissionKind::from_code(&record.kind).unwrap_or(SubmissionKind::General),
        about: record.about.clone(),
        subject: record.subject.clone(),
        received_at: record.received_at,
        state: SubmissionState::Received,
        passed_to: None,
        due: due(record.received_at, record.answer_days, record.answer_counts.as_deref()),
        answer: None,
        has_identity: identity.is_some(),
        has_contact: identity.is_some_and(|i| !i.phone.is_empty() || !i.email.is_empty()),
    }
}

/// Whether the sender gave the telephone number or e-mail address `contact` with the submission.
pub async fn knows_contact(
    db: &Database,
    receipt: &Receipt,
    contact: &str,
) -> Result<bool, DatabaseError> {
    let hash = receipt.hash();
    let rows: Vec<ContactRow> = db
        .rows(Statement::new(
            "SELECT phone, email FROM identity
             WHERE submission_id = (SELECT id FROM submission WHERE receipt_hash = ?1)",
            [hash.as_str().into()],
        ))
        .await?;
    let matches =
        |row: &ContactRow| same_email(&row.email, contact) || same_phone(&row.phone, contact);
    Ok(rows.iter().any(matches))
}

fn same_email(given: &str, typed: &str) -> bool {
    let [given, typed] = [given, typed].map(|address| address.trim().to_lowercase());
    !given.is_empty() && digest::are_equal(&given, &typed)
}

/// Whether two telephone numbers are the same, regardless of how they are written.
pub fn same_phone(given: &str, typed: &str) -> bool {
    let (given, typed) = (national_number(given), national_number(typed));
    !given.is_empty() && digest::are_equal(&given, &typed)
}

/// The digits of a telephone number without leading zeros. The country code 84 is left out too, if the number is
/// written internationally. Returns all digits if nothing else remains.
fn national_number(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let (international, rest) = match digits.strip_prefix("00") {
        Some(rest) => (true, rest),
        None => (phone.trim_start().starts_with('+') || digits.len() > 10, digits.as_str()),
    };
    let national = rest.strip_prefix("84").filter(|_| international).unwrap_or(rest);
    match national.trim_start_matches('0') {
        "" => digits,
        national => national.to_owned(),
    }
}

/// Withdraws a submission, or erases the identity of its sender, immediately and for good. A tombstone records the
/// erasure without the erased data.
pub async fn carry_out(
    db: &Database,
    receipt: &Receipt,
    action: ReceiptAction,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let hash = receipt.hash();
    let what = match action {
        ReceiptAction::Withdraw => "submission",
        ReceiptAction::EraseIdentity => "identity",
    };
    db.batch(&[Statement::new(
        "INSERT INTO tombstone (receipt_hash, what, at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
        [hash.as_str().into(), what.into(), now.0.into()],
    )])
    .await?;
    Ok(())
}

/// Erases the identities of senders whose retention period began before `before`. The period begins with the answer to
/// the submission or, for comments, with the answers to the draft. For a submission that looks like spam, it begins
/// with its arrival. A call erases at most 500 identities; further calls erase the rest. Nothing is erased if `now` is
/// a week or more ahead of the database's clock, because an erasure cannot be undone.
pub async fn erase_identities(
    db: &Database,
    before: Timestamp,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.batch(&[Statement::new(
        "INSERT INTO tombstone (receipt_hash, what, at, who)
         SELECT receipt_hash, 'identity', ?2, 'portal'
         FROM identity JOIN submission ON id = submission_id
         WHERE kept_from < ?1 AND ?2 < unixepoch() + 604800 LIMIT 500",
        [before.0.into(), now.0.into()],
    )])
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_the_same_however_it_is_written() {
        for written in [
            "0912 345 678",
            "+84 912 345 678",
            "84912345678",
            "0084 912 345 678",
            "+84 (0)912.345.678",
        ] {
            assert!(same_phone("0912345678", written), "{written}");
        }
        assert!(same_phone("0000000000", "0000 000 000"));
        assert!(same_phone("(0202) 3555 110", "+84 202 3555 110"));
        assert!(!same_phone("0912345678", "0912345679"));
        assert!(!same_phone("", "") && !same_phone("0912345678", ""));
    }

    #[test]
    fn an_address_is_the_same_in_any_case() {
        assert!(same_email("An@example.vn", " an@Example.vn "));
        assert!(!same_email("", "") && !same_email("an@example.vn", "binh@example.vn"));
    }
}
