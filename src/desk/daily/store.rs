//! The daily message to editors: when it is due, and the counts in it. The message contains no other data of
//! submissions, because it leaves the portal.

use cong_core::vietnamese::Timestamp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::desk::today::feedback_today;
use crate::platform::{Database, DatabaseError, Statement};

/// The time of day from which the daily message is sent, in seconds since midnight in Viet Nam: seven o'clock, before
/// work begins.
pub const SENT_FROM: i64 = 7 * 3_600;

const DAY: i64 = 86_400;

/// The maximum number of attempts to send the message of one day by one channel. If all fail, no message is sent that
/// day.
const MAX_TRIES: i64 = 3;

/// A way by which the daily message reaches editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Webhook,
    Email,
}

impl Channel {
    pub fn code(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Email => "email",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DailyCounts {
    /// How many submissions were received between seven o'clock yesterday and seven o'clock today, including spam.
    pub new: usize,
    pub overdue: usize,
    /// How many submissions are due today or within the next `SOON_DAYS` days.
    pub due_soon: usize,
    /// How many submissions look like spam and were not reviewed yet.
    pub flagged: usize,
    /// How many submissions still wait in `INBOX` to be stored in the database. Their senders have receipts.
    pub waiting: usize,
}

impl DailyCounts {
    /// Whether there is nothing to report, so that no message is sent: all counts except `flagged` are zero.
    pub fn is_quiet(&self) -> bool {
        [self.new, self.overdue, self.due_soon, self.waiting] == [0; 4]
    }
}

#[derive(Deserialize)]
struct NewRow {
    new: usize,
}

/// Whether it is late enough in the day to send the daily message.
pub fn is_due(now: Timestamp) -> bool {
    now.seconds_of_day() >= SENT_FROM
}

/// Begins an attempt to send the message of the day `now` by a channel. Returns false if the message was already sent
/// by this channel, or if all attempts are used up.
///
/// The caller must call `note_told` after sending. Without that call the next run tries again, so a run that is cut off
/// loses nothing.
///
/// The database stores the day of the last attempt. Any other day counts as a new day, even an earlier one. If only
/// later days counted, a clock that once ran ahead would stop the messages for a while.
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

/// Records that the message of the day `now` was sent by a channel.
///
/// # Errors
/// The database did not answer. The next run then sends the message again, unless all attempts are used up.
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

/// Reads the counts for today's message. The caller passes `waiting`, how many submissions wait in `INBOX`.
pub async fn counts(
    db: &Database,
    waiting: usize,
    now: Timestamp,
) -> Result<DailyCounts, DatabaseError> {
    let until = now.0 - now.seconds_of_day() + SENT_FROM;
    let sql = "SELECT count(*) AS new FROM submission WHERE received_at >= ?1 AND received_at < ?2";
    let new: Vec<NewRow> =
        db.rows(Statement::new(sql, [(until - DAY).into(), until.into()])).await?;
    let feedback = feedback_today(db, now).await?;
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
    use cong_core::vietnamese::WrittenTime;

    use super::*;

    #[test]
    fn it_is_due_from_seven_in_the_morning_in_viet_nam() {
        let due = |time: &str| is_due(WrittenTime::parse(time).unwrap().start());
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
