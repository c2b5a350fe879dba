//! Points in time, and how they are parsed and formatted: always in Viet Nam's time zone (UTC+7 all year), whatever the
//! time zone of the machine.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

const ZONE_SECONDS: i64 = 7 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;

/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A time as written in a document: with a time of day, or only a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenTime {
    Moment(Timestamp),
    Date(NaiveDate),
}

impl WrittenTime {
    /// Parses `2019-07-05T09:30:33+07:00` and its shorter forms: a space instead of `T`, no seconds, no offset
    /// (which means UTC+7), or only the date. Returns `None` for anything else, and for years outside 1900 to 2200.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
        if !(1900..=2200).contains(&date.year()) {
            return None;
        }
        if rest.is_empty() {
            return Some(Self::Date(date));
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let offset_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (time, offset) = rest.split_at_checked(offset_at)?;
        let time = NaiveTime::parse_from_str(time, "%H:%M:%S%.f")
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
            .ok()?;
        let local = date.and_time(time).and_utc().timestamp();
        Some(Self::Moment(Timestamp(local - offset_seconds(offset)?)))
    }

    /// The time as written; for a date without time of day, its first second in Viet Nam.
    pub fn start(self) -> Timestamp {
        match self {
            Self::Moment(instant) => instant,
            Self::Date(date) => {
                Timestamp(date.and_time(NaiveTime::MIN).and_utc().timestamp() - ZONE_SECONDS)
            }
        }
    }

    /// The time as written; for a date without time of day, its last second in Viet Nam, because a deadline includes
    /// the day that it names.
    pub fn end(self) -> Timestamp {
        match self {
            Self::Moment(instant) => instant,
            Self::Date(_) => Timestamp(self.start().0 + DAY_SECONDS - 1),
        }
    }
}

fn offset_seconds(offset: &str) -> Option<i64> {
    if offset.is_empty() {
        return Some(ZONE_SECONDS);
    }
    if offset.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, hours_minutes) = offset.split_at_checked(1)?;
    let time = NaiveTime::parse_from_str(hours_minutes, "%H:%M").ok()?;
    let seconds = i64::from(time.num_seconds_from_midnight());
    Some(if sign == "-" { -seconds } else { seconds })
}

/// A date as readers see it, with the day first: `25/07/2019`.
pub fn date_of(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

impl Timestamp {
    /// Date and time as readers see them: `05/07/2019 09:30:33`.
    pub fn date_time(self) -> String {
        let local = self.local();
        format!(
            "{:02}/{:02}/{} {:02}:{:02}:{:02}",
            local.day(),
            local.month(),
            local.year(),
            local.hour(),
            local.minute(),
            local.second()
        )
    }

    /// The date as readers see it: `05/07/2019`.
    pub fn date(self) -> String {
        date_of(self.day())
    }

    /// Hour and date, for a sentence about a deadline: `17:00 ngày 15/01/2027`.
    pub fn hour_and_date(self) -> String {
        let local = self.local();
        format!("{:02}:{:02} ngày {}", local.hour(), local.minute(), self.date())
    }

    /// RFC 3339 with Viet Nam's offset: `2019-07-05T09:30:33+07:00`.
    pub fn rfc3339(self) -> String {
        let local = self.local();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+07:00",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second()
        )
    }

    /// RFC 2822 with Viet Nam's offset, for RSS: `Fri, 05 Jul 2019 09:30:33 +0700`.
    pub fn rfc2822(self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let local = self.local();
        format!(
            "{}, {:02} {} {:04} {:02}:{:02}:{:02} +0700",
            local.weekday(),
            local.day(),
            MONTHS.get(local.month0() as usize).copied().unwrap_or_default(),
            local.year(),
            local.hour(),
            local.minute(),
            local.second()
        )
    }

    /// The calendar day in Viet Nam.
    pub fn day(self) -> NaiveDate {
        self.local().date()
    }

    /// The month in Viet Nam, written as year times 100 plus month: 202611.
    pub fn month(self) -> u32 {
        let local = self.local();
        local.year().unsigned_abs() * 100 + local.month()
    }

    /// The first second of a month in Viet Nam. `month` is year times 100 plus month, such as 202611. Returns `None` if
    /// there is no such month.
    pub fn start_of_month(month: u32) -> Option<Self> {
        let year = i32::try_from(month / 100).ok()?;
        NaiveDate::from_ymd_opt(year, month % 100, 1).map(|day| WrittenTime::Date(day).start())
    }

    /// The number of seconds since midnight in Viet Nam.
    pub fn seconds_of_day(self) -> i64 {
        (self.0 + ZONE_SECONDS).rem_euclid(DAY_SECONDS)
    }

    /// The first second of the next day in Viet Nam.
    pub fn next_midnight(self) -> Self {
        Self(self.0.saturating_add(DAY_SECONDS - self.seconds_of_day()))
    }

    /// The last second, in Viet Nam, of the day that is `days` days after the day of this time.
    pub fn end_of_day_after(self, days: u32) -> Self {
        Self(self.next_midnight().0.saturating_add(i64::from(days) * DAY_SECONDS - 1))
    }

    /// The time `months` calendar months earlier, at the same time of day and on the same day of the month, or on the
    /// last day of the month if it is too short.
    pub fn months_before(self, months: u32) -> Self {
        let local = self.local();
        let before = local.checked_sub_months(Months::new(months)).unwrap_or(local);
        Self(before.and_utc().timestamp() - ZONE_SECONDS)
    }

    /// The date and time of day in Viet Nam. For a time outside the range of `chrono`, which no document can contain,
    /// returns the beginning of 1970.
    fn local(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0.saturating_add(ZONE_SECONDS), 0)
            .unwrap_or_default()
            .naive_utc()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        WrittenTime::parse(text).unwrap().start()
    }

    #[test]
    fn times_without_offset_are_utc_plus_7() {
        assert_eq!(moment("2019-07-05 09:30:33"), moment("2019-07-05T09:30:33+07:00"));
        assert_eq!(moment("2019-07-05T02:30:33Z"), moment("2019-07-05T09:30:33+07:00"));
        assert_eq!(moment("2019-07-04T21:30-05:00"), moment("2019-07-05T09:30"));
    }

    #[test]
    fn times_are_formatted_in_utc_plus_7() {
        let late_evening_in_london = moment("2019-07-04T23:30:33+00:00");
        assert_eq!(late_evening_in_london.date_time(), "05/07/2019 06:30:33");
        assert_eq!(late_evening_in_london.date(), "05/07/2019");
        assert_eq!(late_evening_in_london.rfc3339(), "2019-07-05T06:30:33+07:00");
        assert_eq!(late_evening_in_london.rfc2822(), "Fri, 05 Jul 2019 06:30:33 +0700");
        assert_eq!(moment("2027-01-15T17:00").hour_and_date(), "17:00 ngày 15/01/2027");
    }

    #[test]
    fn dates_start_at_midnight_and_end_with_their_last_second() {
        let day = WrittenTime::parse("2026-12-31").unwrap();
        assert_eq!(day.start().date_time(), "31/12/2026 00:00:00");
        assert_eq!(day.end().date_time(), "31/12/2026 23:59:59");
    }

    #[test]
    fn days_end_at_midnight_in_viet_nam() {
        for (at, midnight) in [
            ("2026-12-31T16:59:59Z", "01/01/2027 00:00:00"),
            ("2026-12-31T17:00:00Z", "02/01/2027 00:00:00"),
        ] {
            assert_eq!(moment(at).next_midnight().date_time(), midnight);
        }
        assert_eq!(
            moment("2028-02-28T08:00").end_of_day_after(0).date_time(),
            "28/02/2028 23:59:59"
        );
        assert_eq!(
            moment("2028-02-28T08:00").end_of_day_after(2).date_time(),
            "01/03/2028 23:59:59"
        );
    }

    #[test]
    fn invalid_times_are_refused() {
        for text in [
            "",
            "hôm nay",
            "05/07/2019",
            "2019-02-30",
            "2019-07-05T25:00",
            "2019-07-05T09:30+7",
            "0001-01-01",
            "9999-12-31T23:59:59Z",
            "2019-07-05T09:30:33+07:00x",
            "2019‑07‑05",
        ] {
            assert_eq!(WrittenTime::parse(text), None, "{text}");
        }
    }

    /// Any second of the years that documents may contain.
    fn any_moment() -> impl Strategy<Value = Timestamp> {
        (moment("1900-01-01").0..moment("2200-12-31").0).prop_map(Timestamp)
    }

    proptest! {
        #[test]
        fn rfc_3339_times_survive_a_round_trip(at in any_moment(), offset in -12..=14_i64) {
            prop_assert_eq!(WrittenTime::parse(&at.rfc3339()), Some(WrittenTime::Moment(at)));
            // The same moment with another offset.
            let there = Timestamp(at.0 - ZONE_SECONDS + offset * 3600).rfc3339();
            prop_assume!(("1900".."2201").contains(&&there[..4]));
            let there = there.replace("+07:00", &format!("{offset:+03}:00"));
            prop_assert_eq!(WrittenTime::parse(&there), Some(WrittenTime::Moment(at)), "{}", there);
        }

        #[test]
        fn rfc_3339_times_sort_chronologically(one in any_moment(), other in any_moment()) {
            prop_assert_eq!(one.cmp(&other), one.rfc3339().cmp(&other.rfc3339()));
        }

        #[test]
        fn next_midnight_is_within_one_day(at in any_moment()) {
            let midnight = at.next_midnight();
            prop_assert!((1..=DAY_SECONDS).contains(&(midnight.0 - at.0)));
            prop_assert_eq!(midnight.seconds_of_day(), 0);
            prop_assert_eq!(Timestamp(midnight.0 - 1).day(), at.day());
            prop_assert_eq!(WrittenTime::Date(at.day()).end(), Timestamp(midnight.0 - 1));
            prop_assert_eq!(WrittenTime::Date(at.day()).start(), Timestamp(midnight.0 - DAY_SECONDS));
            prop_assert_eq!(at.end_of_day_after(0), Timestamp(midnight.0 - 1));
        }

        #[test]
        fn months_before_subtracts_calendar_months(at in any_moment(), months in 0..1200_u32) {
            let before = at.months_before(months);
            prop_assert!(before <= at);
            let count = |at: Timestamp| i64::from(at.month() / 100 * 12 + at.month() % 100);
            prop_assert_eq!(count(at) - count(before), i64::from(months));
            prop_assert_eq!(before.seconds_of_day(), at.seconds_of_day());
        }

        #[test]
        fn parsed_times_are_within_1900_to_2200(
            text in r"\PC{0,30}|[ 0-9:TZ+-]{0,30}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{0,12}[Z+-]?[0-9:]{0,6}"
        ) {
            if let Some(written) = WrittenTime::parse(&text) {
                let first = moment("1900-01-01").0 - DAY_SECONDS;
                let last = moment("2200-12-31").0 + 2 * DAY_SECONDS;
                prop_assert!((first..last).contains(&written.start().0), "{text}");
                prop_assert!(written.start() <= written.end());
            }
        }

        #[test]
        fn every_timestamp_can_be_formatted(seconds: i64) {
            let at = Timestamp(seconds);
            let shown = [at.date_time(), at.rfc3339(), at.rfc2822(), at.hour_and_date()];
            prop_assert!(shown.iter().all(|text| !text.is_empty()));
            prop_assert!(at.next_midnight() >= at && at.end_of_day_after(u32::MAX) >= at);
        }
    }
}
