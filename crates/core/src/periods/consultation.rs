//! The minimum period during which a draft must be open for comment. It is checked whenever a document is parsed, so
//! the pages, the sync and the command-line tool all apply it.

use super::answer::{AnswerPeriod, CountedDays};
use crate::vietnamese::Timestamp;

/// The minimum period during which drafts must be open for comment, as the office has set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinimumPeriod {
    /// The length of the period in calendar days, at least 1.
    pub days: u32,
    /// The legal rule that sets the period, as messages to editors quote it.
    pub source: Option<String>,
}

impl MinimumPeriod {
    /// Parses a setting such as `20 ngày; Luật …` (20 days). The part after `;` becomes `source`.
    pub fn parse(setting: &str) -> Option<Self> {
        match AnswerPeriod::parse(setting)? {
            AnswerPeriod { days, counts: CountedDays::Calendar, source } => {
                Some(Self { days, source })
            }
            _ => None,
        }
    }

    /// The earliest permitted closing time of a draft that opens at `opens`: the last second of a day. The day of
    /// opening does not count (Bộ luật Dân sự 2015, Điều 147), and the last day ends at 24 h in Viet Nam (Điều 148).
    pub fn earliest_closing(&self, opens: Timestamp) -> Timestamp {
        opens.end_of_day_after(self.days)
    }

    /// Returns a problem if the time from `opens` to `closes` (the last second in which the draft is open) is too
    /// short.
    pub fn problem(&self, opens: Timestamp, closes: Timestamp) -> Option<TooShort> {
        let earliest = self.earliest_closing(opens);
        (closes < earliest).then(|| TooShort { opens, earliest, period: self.clone() })
    }
}

/// The problem that a draft is open for comment for less than the minimum period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooShort {
    pub opens: Timestamp,
    /// The earliest permitted closing time of the draft.
    pub earliest: Timestamp,
    pub period: MinimumPeriod,
}

/// Writes the message for the draft's editor.
impl std::fmt::Display for TooShort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let MinimumPeriod { days, source } = &self.period;
        write!(
            f,
            "thời gian lấy ý kiến quá ngắn: mở lúc {} thì sớm nhất đóng lúc {} (ít nhất {days} ngày",
            self.opens.date_time(),
            self.earliest.date_time()
        )?;
        if let Some(source) = source {
            write!(f, " theo {source}")?;
        }
        f.write_str(", không tính ngày mở)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::WrittenTime;

    fn at(text: &str) -> Timestamp {
        WrittenTime::parse(text).unwrap().start()
    }

    fn twenty_days() -> MinimumPeriod {
        MinimumPeriod::parse("20 ngày; Luật X").unwrap()
    }

    #[test]
    fn setting_has_days_and_source() {
        assert_eq!(twenty_days(), MinimumPeriod { days: 20, source: Some("Luật X".into()) });
        assert_eq!(MinimumPeriod::parse("60 ngày").unwrap().source, None);
        for nonsense in ["", "20", "0 ngày", "20 ngày làm việc", "hai mươi ngày; Luật X"]
        {
            assert_eq!(MinimumPeriod::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn earliest_closing_excludes_the_day_of_opening() {
        for (opens, earliest) in [
            ("2026-12-01T00:00:00", "21/12/2026 23:59:59"),
            ("2026-12-01T08:00:00", "21/12/2026 23:59:59"),
            ("2026-12-01T23:59:59", "21/12/2026 23:59:59"),
            // In Viet Nam, this is already the next day.
            ("2026-12-01T17:00:00Z", "22/12/2026 23:59:59"),
            ("2026-02-10T08:00:00", "02/03/2026 23:59:59"),
            ("2028-02-10T08:00:00", "01/03/2028 23:59:59"),
            ("2026-12-31T08:00:00", "20/01/2027 23:59:59"),
        ] {
            assert_eq!(twenty_days().earliest_closing(at(opens)).date_time(), earliest, "{opens}");
        }
    }

    #[test]
    fn period_that_is_one_second_short_is_a_problem() {
        let problem = |closes| {
            twenty_days().problem(at("2026-12-01T08:00"), at(closes)).map(|short| short.to_string())
        };
        assert_eq!(problem("2026-12-21T23:59:59"), None);
        assert_eq!(
            problem("2026-12-21T23:59:58").as_deref(),
            Some(
                "thời gian lấy ý kiến quá ngắn: mở lúc 01/12/2026 08:00:00 thì sớm nhất đóng lúc \
                 21/12/2026 23:59:59 (ít nhất 20 ngày theo Luật X, không tính ngày mở)"
            )
        );
    }
}
