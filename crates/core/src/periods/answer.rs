//! Answer periods: the time within which the office answers a submission. Each kind of submission (such as a question
//! or an error report) has its own period. It is counted from the day on which the submission was received.

use chrono::NaiveDate;

use crate::codes;
use crate::vietnamese::{self, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedDays {
    Working,
    Calendar,
}

/// An answer period as the office has set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPeriod {
    /// The length of the period, at least 1.
    pub days: u32,
    pub counts: CountedDays,
    /// The legal rule that sets the period, as the page shows it to readers.
    pub source: Option<String>,
}

/// The day by which an answer is due, and the answer period from which this day was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDate {
    pub date: NaiveDate,
    pub days: u32,
    pub counts: CountedDays,
    /// True if the date is after the last day for which public holidays are known.
    pub is_estimate: bool,
}

// The codes of these variants in the database.
codes!(CountedDays { Working = "working", Calendar = "calendar" });

impl AnswerPeriod {
    const MAX_DAYS: u32 = 365;

    /// Parses a setting such as `15 ngày làm việc; Nghị định số …` (15 working days) or `10 ngày; Luật …` (10 days).
    /// The part after `;` becomes `source`.
    pub fn parse(setting: &str) -> Option<Self> {
        let (period, source) = setting.split_once(';').unwrap_or((setting, ""));
        let (days, unit) = period.trim().split_once(' ')?;
        let counts = match unit.trim() {
            "ngày làm việc" => CountedDays::Working,
            "ngày" => CountedDays::Calendar,
            _ => return None,
        };
        let is_number = days.bytes().all(|byte| byte.is_ascii_digit());
        let days = days.parse().ok().filter(|days| (1..=Self::MAX_DAYS).contains(days));
        let days = days.filter(|_| is_number)?;
        let source = Some(source.trim().to_owned()).filter(|source| !source.is_empty());
        Some(Self { days, counts, source })
    }

    /// The period for readers: `15 ngày làm việc` (15 working days).
    pub fn label(&self) -> String {
        match self.counts {
            CountedDays::Working => format!("{} ngày làm việc", self.days),
            CountedDays::Calendar => format!("{} ngày", self.days),
        }
    }
}

/// The last day of the answer period of a submission that was received at `received_at`. The period has `days` days;
/// `counts` says whether all calendar days count, or only working days. The day of receipt does not count (Bộ luật Dân
/// sự 2015, Điều 147). A period of calendar days that ends on a day off is extended to the next working day (Điều 148).
pub fn due_date(received_at: Timestamp, days: u32, counts: CountedDays) -> DueDate {
    let received_on = received_at.day();
    let date = match counts {
        CountedDays::Working => vietnamese::add_working_days(received_on, days),
        CountedDays::Calendar => {
            vietnamese::next_working_day(vietnamese::add_days(received_on, days))
        }
    };
    DueDate { date, days, counts, is_estimate: date > vietnamese::last_known_day() }
}

impl std::fmt::Display for DueDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&vietnamese::date_of(self.date))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vietnamese::WrittenTime;

    fn due(received: &str, days: u32, counts: CountedDays) -> (String, bool) {
        let due = due_date(WrittenTime::parse(received).unwrap().start(), days, counts);
        (due.to_string(), due.is_estimate)
    }

    #[test]
    fn setting_has_days_kind_of_days_and_source() {
        let period = AnswerPeriod::parse("15 ngày làm việc; Quy chế số 12").unwrap();
        assert_eq!((period.days, period.counts), (15, CountedDays::Working));
        assert_eq!(period.source.as_deref(), Some("Quy chế số 12"));
        assert_eq!(period.label(), "15 ngày làm việc");
        assert_eq!(AnswerPeriod::parse("10 ngày").unwrap().counts, CountedDays::Calendar);
        for nonsense in
            ["", "ngày", "0 ngày", "-1 ngày", "+1 ngày", "400 ngày", "15 days", "mười ngày"]
        {
            assert_eq!(AnswerPeriod::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn day_of_receipt_does_not_count() {
        assert_eq!(due("2026-03-02T23:59:59+07:00", 15, CountedDays::Working).0, "23/03/2026");
        assert_eq!(due("2026-03-02T17:00:00Z", 15, CountedDays::Working).0, "24/03/2026");
    }

    #[test]
    fn calendar_periods_are_extended_to_a_working_day() {
        assert_eq!(due("2026-02-03", 15, CountedDays::Calendar).0, "23/02/2026");
        assert_eq!(due("2026-03-02", 15, CountedDays::Calendar).0, "17/03/2026");
    }

    #[test]
    fn dates_after_the_known_holidays_are_estimates() {
        assert_eq!(due("2026-12-20", 15, CountedDays::Working), ("08/01/2027".into(), true));
        assert!(!due("2026-12-01", 5, CountedDays::Working).1);
    }

    proptest! {
        #[test]
        fn settings_survive_a_round_trip(
            days in 1..=AnswerPeriod::MAX_DAYS, is_working: bool, source in "[a-zđ0-9/ -]{0,20}"
        ) {
            let counts = if is_working { CountedDays::Working } else { CountedDays::Calendar };
            let source = Some(source.trim().to_owned()).filter(|source| !source.is_empty());
            let period = AnswerPeriod { days, counts, source };
            let setting = format!("{}; {}", period.label(), period.source.as_deref().unwrap_or_default());
            prop_assert_eq!(AnswerPeriod::parse(&setting), Some(period));
        }

        #[test]
        fn parsed_periods_are_within_the_limits(setting in r"\PC{0,20}|[+-]?[0-9]{1,12} ngày( làm việc)?") {
            if let Some(period) = AnswerPeriod::parse(&setting) {
                prop_assert!((1..=AnswerPeriod::MAX_DAYS).contains(&period.days));
                let digits = setting.trim_start_matches('0');
                prop_assert!(digits.starts_with(&format!("{} ", period.days)), "{setting}");
            }
        }

        #[test]
        fn due_dates_are_working_days_after_the_whole_period(
            received in 1_500_000_000..1_900_000_000_i64, days in 1..60_u32, is_working: bool
        ) {
            let received = Timestamp(received);
            let counts = if is_working { CountedDays::Working } else { CountedDays::Calendar };
            let due = due_date(received, days, counts).date;
            prop_assert_eq!(vietnamese::next_working_day(due), due);
            prop_assert!(due >= vietnamese::add_days(received.day(), days));
            prop_assert!(due <= due_date(received, days + 1, counts).date);
            // The time of day at which the submission was received does not count.
            let at_midnight = Timestamp(received.0 - received.seconds_of_day());
            prop_assert_eq!(due_date(at_midnight, days, counts).date, due);
        }
    }
}
