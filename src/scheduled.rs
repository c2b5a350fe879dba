//! The two cron jobs: the sync, and the upkeep of submissions and ledgers.

use cong_core::vietnamese;
use cong_core::vietnamese::Timestamp;

use crate::catalogue::run_sync;
use crate::desk::tell_editors;
use crate::feedback::{MoveError, Moved};
use crate::platform::DatabaseError;
use crate::web::Portal;
use crate::{consultations, feedback};

/// The cron trigger of the sync, as in wrangler.toml. Sync and upkeep have separate triggers, because the platform's
/// limits apply to each run of a trigger.
const SYNC_CRON: &str = "*/2 * * * *";

/// The cron trigger of the upkeep, as in wrangler.toml.
const UPKEEP_CRON: &str = "*/10 * * * *";

/// The time between two runs of the upkeep, in seconds.
const UPKEEP_SECONDS: i64 = 600;

/// The maximum number of batches of ledger entries that one run writes. With more batches, a run could exceed the 50
/// database calls that the free plan allows.
const ENTRY_BATCHES: usize = 3;

/// Runs the job of the cron trigger `cron`. If `cron` is unknown, because the times in wrangler.toml were changed, both
/// jobs run, so that none is left out.
pub async fn scheduled(portal: &Portal, cron: &str) {
    if cron != UPKEEP_CRON {
        run_sync(portal).await;
    }
    if cron != SYNC_CRON {
        upkeep(portal).await;
    }
}

/// Runs the upkeep: moves submissions from INBOX into the database, erases identities at the end of their retention
/// period, writes and seals the ledgers, prepares submissions for search, and sends the daily message to editors. A
/// failure is logged and does not stop the tasks that follow.
async fn upkeep(portal: &Portal) {
    let mut has_moved = false;
    match move_waiting(portal).await {
        Ok(outcome) => {
            has_moved = outcome.moved > 0;
            if outcome.moved > 0 {
                portal.log_info(&format!("{} waiting submissions were moved to D1", outcome.moved));
            }
            if outcome.unreadable > 0 {
                portal.log_error(&format!(
                    "{} keys of INBOX hold no submission and were left there",
                    outcome.unreadable
                ));
            }
            if let Some(refusal) = outcome.refusal {
                portal.log_error(&format!(
                    "{} waiting submissions are refused by D1 and were left in INBOX: {refusal}",
                    outcome.refused
                ));
            }
        }
        Err(error) => {
            portal.log_error(&format!("submissions in INBOX were not moved to D1: {error}"))
        }
    }
    if let Err(error) = erase_identities(portal).await {
        portal.log_error(&format!(
            "identities were not erased after their retention period: {error}"
        ));
    }
    if let Err(error) = keep_records(portal).await {
        portal.log_error(&format!(
            "the ledgers of consultations were not brought up to date: {error}"
        ));
    }
    if let Err(error) = fold_words(portal).await {
        portal.log_error(&format!("the search words of submissions were not made: {error}"));
    }
    // Moving submissions may have used up the calls that the free plan allows in one run. The daily message is then
    // left to a later run.
    if !has_moved {
        tell_editors(portal).await;
    }
    for unread in &portal.site.unread {
        portal.log_error(&format!("a setting is ignored: {unread}"));
    }
    if let Some(warning) = holiday_warning(portal.now) {
        portal.log_error(&warning);
    }
}

/// A warning for operators that the table of public holidays ends soon. It is returned only in the first run of the
/// upkeep on each day, otherwise `None`.
fn holiday_warning(now: Timestamp) -> Option<String> {
    let is_first_run_of_day = now.seconds_of_day() < UPKEEP_SECONDS;
    let known_until =
        vietnamese::end_of_holidays_near(now.day()).filter(|_| is_first_run_of_day)?;
    Some(format!(
        "public holidays are known until {known_until} only; add the next year to \
         crates/core/src/vietnamese/working_days.rs"
    ))
}

async fn move_waiting(portal: &Portal) -> Result<Moved, MoveError> {
    feedback::move_waiting(&portal.inbox()?, &portal.feedback()?).await
}

/// Writes the new entries of all ledgers, and seals the days that are over.
async fn keep_records(portal: &Portal) -> Result<(), DatabaseError> {
    let db = portal.feedback()?;
    for _ in 0..ENTRY_BATCHES {
        if consultations::write_entries(&db, portal.now).await? == 0 {
            break;
        }
    }
    let sealed = consultations::seal_days(&db, portal.now).await?;
    if sealed > 0 {
        portal.log_info(&format!("{sealed} days of ledgers were sealed"));
    }
    Ok(())
}

async fn fold_words(portal: &Portal) -> Result<(), DatabaseError> {
    feedback::fold_stored(&portal.feedback()?).await
}

async fn erase_identities(portal: &Portal) -> Result<(), DatabaseError> {
    let before = portal.now.months_before(portal.site.identity_months);
    feedback::erase_identities(&portal.feedback()?, before, portal.now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_warned_once_a_day_for_ninety_days_before_the_holidays_run_out() {
        let at = |days_left: i64, seconds_of_day: i64| {
            let end = vietnamese::last_known_day().and_hms_opt(0, 0, 0).unwrap().and_utc();
            let midnight = end.timestamp() - 7 * 3600 - days_left * 24 * 3600;
            holiday_warning(Timestamp(midnight + seconds_of_day))
        };
        assert_eq!(at(91, 0), None);
        assert!(at(90, 0).unwrap().contains(&vietnamese::last_known_day().to_string()));
        assert!(at(90, 599).is_some() && at(0, 0).is_some() && at(-40, 0).is_some());
        assert_eq!(at(90, 600), None);
    }

    #[test]
    fn the_triggers_are_those_of_wrangler_toml() {
        let settings = include_str!("../wrangler.toml");
        assert!(settings.contains(&format!("crons = [\"{SYNC_CRON}\", \"{UPKEEP_CRON}\"]")));
    }
}
