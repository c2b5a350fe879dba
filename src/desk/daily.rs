//! The daily message to editors: when it is due, and the counts in it. It holds nothing else of what citizens
//! sent, because it leaves the portal. Its words are left to `pages`, its way to `platform`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::today;
use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

/// From when on it is sent, in seconds of the day in Viet Nam: seven o'clock, before work begins.
pub const SENT_FROM: i64 = 7 * 3_600;
const DAY: i64 = 86_400;
/// How often a day's message is begun for a channel that does not take it.
const MAX_TRIES: i64 = 3;

/// A way to editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Webhook,
    Email,
}

impl Channel {
    /// As in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Email => "email",
        }
    }
}

/// What an editor should know of this morning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DailyCounts {
    /// Received between seven o'clock yesterday and seven o'clock today, spam or not.
    pub new: usize,
    pub overdue: usize,
    /// Due today or within the days that the desk's first page names.
    pub due_soon: usize,
    /// Flagged, and not looked at.
    pub flagged: usize,
    /// Acknowledged, and not in the database yet.
    pub waiting: usize,
}

impl DailyCounts {
    /// Whether there is nothing to tell.
    pub fn is_quiet(&self) -> bool {
        [self.new, self.overdue, self.due_soon, self.waiting] == [0; 4]
    }
}

#[derive(Deserialize)]
struct NewRow {
    new: usize,
}

/// Whether the message of this day may go out by now.
pub fn is_due(now: Timestamp) -> bool {
    now.seconds_of_day() >= SENT_FROM
}

/// Begins this day's message for a channel: whether it has not had it, and has not been tried too often. A channel
/// that is begun and never noted as told is begun again by the next run, so that nothing is lost by a run that
/// breaks off. Another day than the last one begun is a new one: it would be waited for in vain after a clock that
/// ran ahead.
///
/// # Errors
/// The database did not answer.
pub async fn begin(db: &Database, channel: Channel, now: Timestamp) -> Result<bool, DatabaseError> {
    let day = now.day().to_string();
    let sql = "INSERT INTO daily_message (channel, day, tries) VALUES (?1, ?2, 1)
               ON CONFLICT DO UPDATE SET
                   tries = iif(day = excluded.day, tries + 1, 1), is_told = 0, day = excluded.day
               WHERE day <> excluded.day OR (day = excluded.day AND is_told = 0 AND tries < ?3)
               RETURNING channel";
    let values = [channel.code().into(), day.as_str().into(), MAX_TRIES.into()];
    Ok(!db.rows::<IgnoredAny>(Statement::new(sql, values)).await?.is_empty())
}

/// A channel has had this day's message.
///
/// # Errors
/// The database did not answer; then it gets the message again.
pub async fn note_told(
    db: &Database,
    channel: Channel,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let day = now.day().to_string();
    let sql = "UPDATE daily_message SET is_told = 1 WHERE channel = ?1 AND day = ?2";
    db.run(Statement::new(sql, [channel.code().into(), day.as_str().into()])).await?;
    Ok(())
}

/// With how many submissions wait in INBOX.
///
/// # Errors
/// The database did not answer.
pub async fn counts(
    db: &Database,
    waiting: usize,
    now: Timestamp,
) -> Result<DailyCounts, DatabaseError> {
    let until = now.0 - now.seconds_of_day() + SENT_FROM;
    let sql = "SELECT count(*) AS new FROM submission WHERE received_at >= ?1 AND received_at < ?2";
    let new: Vec<NewRow> =
        db.rows(Statement::new(sql, [(until - DAY).into(), until.into()])).await?;
    let feedback = today::feedback(db, now).await?;
    let overdue = feedback.due.iter().filter(|due| due.is_overdue).count();
    Ok(DailyCounts {
        new: new.first().map_or(0, |row| row.new),
        overdue,
        due_soon: feedback.due.len() - overdue,
        flagged: feedback.flagged,
        waiting,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::Written;

    #[test]
    fn it_is_due_from_seven_in_the_morning_in_viet_nam() {
        let due = |time: &str| is_due(Written::parse(time).unwrap().start());
        assert!(!due("2026-11-26T06:59:59+07:00"));
        assert!(due("2026-11-26T00:00:00Z") && due("2026-11-26T23:59:59+07:00"));
    }

    #[test]
    fn a_morning_without_anything_new_or_due_is_quiet() {
        let quiet = DailyCounts { new: 0, overdue: 0, due_soon: 0, flagged: 3, waiting: 0 };
        assert!(quiet.is_quiet());
        assert!(!DailyCounts { overdue: 1, ..quiet.clone() }.is_quiet());
        assert!(!DailyCounts { waiting: 1, ..quiet }.is_quiet());
    }
}
