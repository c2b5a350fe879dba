//! Working days of Vietnamese public bodies: Monday to Friday except public holidays, and Saturdays that are worked in
//! exchange for a longer holiday.
//!
//! Usually in the autumn, the Government decides which days of the next year are exchanged. A developer then adds that
//! year to the table `YEARS`. After the last year of the table, every Monday to Friday counts as a working day.

use chrono::{Datelike, Days, NaiveDate, Weekday};

type MonthDay = (u32, u32);

/// The days of one year on which work differs from the regular week.
struct HolidayYear {
    year: i32,
    /// Days off that fall on a Monday to Friday.
    off: &'static [MonthDay],
    /// Saturdays that are worked in exchange for a day off.
    worked: &'static [MonthDay],
}

/// The public holidays. They follow Bộ luật Lao động số 45/2019/QH14 (the Labour Code), Điều 112; a holiday on a
/// weekend is made up for on the next working day (Điều 111). A comment on each year names the Government's decision
/// about the days of Tết (New Year) and Quốc khánh (National Day), and about exchanged days. Ngày Văn hóa Việt Nam
/// (Culture Day, 24 November, Nghị quyết 80-NQ/TW) is left out until Điều 112 includes it, so that a due date is too
/// early rather than too late.
const YEARS: [HolidayYear; 2] = [
    // Thông báo số 6150/TB-BLĐTBXH ngày 03/12/2024: Friday 2 May exchanged for Saturday 26 April.
    HolidayYear {
        year: 2025,
        off: &[
            (1, 1),
            (1, 27),
            (1, 28),
            (1, 29),
            (1, 30),
            (1, 31),
            (4, 7),
            (4, 30),
            (5, 1),
            (5, 2),
            (9, 1),
            (9, 2),
        ],
        worked: &[(4, 26)],
    },
    // Văn bản số 12729/VPCP-KGVX ngày 25/12/2025: Friday 2 January exchanged for Saturday 10 January.
    // Thông báo của Bộ Nội vụ về nghỉ Tết Âm lịch và Quốc khánh năm 2026: 16 to 20 February; Monday
    // 31 August exchanged for Saturday 22 August. Giỗ Tổ falls on Sunday 26 April.
    HolidayYear {
        year: 2026,
        off: &[
            (1, 1),
            (1, 2),
            (2, 16),
            (2, 17),
            (2, 18),
            (2, 19),
            (2, 20),
            (4, 27),
            (4, 30),
            (5, 1),
            (8, 31),
            (9, 1),
            (9, 2),
        ],
        worked: &[(1, 10), (8, 22)],
    },
];

/// How many days before the last day of the table the portal begins to warn operators and editors.
const HOLIDAY_WARNING_DAYS: u32 = 90;

/// The last day of the table of holidays.
pub fn last_known_day() -> NaiveDate {
    let year = YEARS.iter().map(|year| year.year).max().unwrap_or_default();
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

/// The last day of the table of holidays, if it is past or at most 90 days after `today`; otherwise `None`. Due dates
/// after this day are estimates until a developer adds the next year to the table.
pub fn end_of_holidays_near(today: NaiveDate) -> Option<NaiveDate> {
    let end = last_known_day();
    (add_days(today, HOLIDAY_WARNING_DAYS) >= end).then_some(end)
}

pub fn is_working_day(date: NaiveDate) -> bool {
    let day = (date.month(), date.day());
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    match YEARS.iter().find(|year| year.year == date.year()) {
        Some(year) => year.worked.contains(&day) || (!is_weekend && !year.off.contains(&day)),
        None => !is_weekend,
    }
}

/// The date if it is a working day, otherwise the next working day.
pub fn next_working_day(date: NaiveDate) -> NaiveDate {
    date.iter_days().find(|day| is_working_day(*day)).unwrap_or(date)
}

/// The working day that is `days` working days after the date. The date does not count. If `days` is 0, returns the
/// date.
pub fn add_working_days(date: NaiveDate, days: u32) -> NaiveDate {
    match days.checked_sub(1) {
        None => date,
        Some(before_last) => date
            .iter_days()
            .skip(1)
            .filter(|day| is_working_day(*day))
            .nth(before_last as usize)
            .unwrap_or(date),
    }
}

pub fn add_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(days.into())).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_exception_differs_from_the_regular_week() {
        for year in &YEARS {
            let dates = |days: &[MonthDay]| -> Vec<_> {
                days.iter()
                    .map(|(month, day)| NaiveDate::from_ymd_opt(year.year, *month, *day).unwrap())
                    .collect()
            };
            for off in dates(year.off) {
                assert!(!matches!(off.weekday(), Weekday::Sat | Weekday::Sun), "{off}");
                assert!(!is_working_day(off));
            }
            for worked in dates(year.worked) {
                assert_eq!(worked.weekday(), Weekday::Sat, "{worked}");
                assert!(is_working_day(worked));
            }
        }
    }

    #[test]
    fn add_working_days_skips_holidays_and_counts_exchanged_days() {
        // Friday before Tết; the holidays last until 22 February.
        assert_eq!(add_working_days(date("2026-02-13"), 1), date("2026-02-23"));
        // The exchanged Saturday is worked; the Monday is off.
        assert_eq!(add_working_days(date("2026-08-21"), 1), date("2026-08-22"));
        assert_eq!(add_working_days(date("2026-08-28"), 1), date("2026-09-03"));
        assert_eq!(add_working_days(date("2026-03-02"), 15), date("2026-03-23"));
        assert_eq!(add_working_days(date("2026-03-07"), 1), date("2026-03-09"));
        assert_eq!(add_working_days(date("2026-03-02"), 0), date("2026-03-02"));
    }

    #[test]
    fn regular_week_applies_after_the_table() {
        assert!(last_known_day() < date("2027-02-08"));
        assert!(is_working_day(date("2030-01-01")));
        assert!(!is_working_day(date("2030-01-05")));
    }

    #[test]
    fn next_working_day_skips_days_off() {
        assert_eq!(next_working_day(date("2026-05-01")), date("2026-05-04"));
        assert_eq!(next_working_day(date("2026-05-05")), date("2026-05-05"));
    }

    #[test]
    fn end_of_the_table_is_reported_90_days_ahead() {
        let end = last_known_day();
        let before = |days| end.checked_sub_days(Days::new(days)).unwrap();
        assert_eq!(end_of_holidays_near(before(100)), None);
        assert_eq!(end_of_holidays_near(before(80)), Some(end));
        assert!(end_of_holidays_near(add_days(end, 1)).is_some());
    }

    proptest! {
        #[test]
        fn add_working_days_counts_working_days(
            days_since in 0..4000_u32, count in 1..60_u32
        ) {
            let day = add_days(date("2020-01-01"), days_since);
            let end = add_working_days(day, count);
            let working = (1..).map(|days| add_days(day, days)).take_while(|day| *day <= end);
            prop_assert_eq!(working.filter(|day| is_working_day(*day)).count(), count as usize);
            prop_assert!(is_working_day(end));
        }

        #[test]
        fn next_working_day_is_a_working_day(days_since in 0..4000_u32) {
            let day = add_days(date("2020-01-01"), days_since);
            let next = next_working_day(day);
            prop_assert!(next >= day && next_working_day(next) == next);
            // Tết is the longest break.
            prop_assert!(next <= add_days(day, 14));
        }
    }
}
