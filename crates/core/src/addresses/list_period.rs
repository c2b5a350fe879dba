use crate::vietnamese::Timestamp;

/// The period that a list of articles covers: all time, a year or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListPeriod {
    All,
    Year(u32),
    /// A month, written as year times 100 plus month: 202611.
    Month(u32),
}

impl ListPeriod {
    /// The first and the last month of the period, each written as year times 100 plus month: 202611.
    pub fn months(self) -> (u32, u32) {
        match self {
            Self::All => (0, 999_999),
            Self::Year(year) => (year * 100 + 1, year * 100 + 12),
            Self::Month(month) => (month, month),
        }
    }

    /// The first second of the period. For `All`, a time earlier than any article.
    pub fn start(self) -> Timestamp {
        Timestamp::start_of_month(self.months().0).unwrap_or(Timestamp(i64::MIN >> 10))
    }

    /// The first second after the period.
    pub fn end(self) -> Timestamp {
        end_of_month(self.months().1)
    }
}

fn end_of_month(month: u32) -> Timestamp {
    let next = if month % 100 == 12 { month + 89 } else { month + 1 };
    // The last month of `All` is not a valid month, so a time after all articles is returned. Numbers reach the
    // database as JavaScript numbers, so they must stay below 2^53.
    Timestamp::start_of_month(next).unwrap_or(Timestamp(i64::MAX >> 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_from_its_first_second_in_viet_nam_to_its_last() {
        let month = ListPeriod::Month(202_512);
        assert_eq!(month.start().rfc3339(), "2025-12-01T00:00:00+07:00");
        assert_eq!(month.end().rfc3339(), "2026-01-01T00:00:00+07:00");
        assert_eq!(ListPeriod::Year(2025).start().rfc3339(), "2025-01-01T00:00:00+07:00");
        assert_eq!(ListPeriod::Year(2025).end(), month.end());
        assert!(
            ListPeriod::All.start() < Timestamp(-3_000_000_000)
                && ListPeriod::All.end() > Timestamp(1 << 40)
        );
    }
}
