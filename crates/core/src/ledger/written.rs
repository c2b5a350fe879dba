//! Writes and parses times and days in the ledger, for `serde`. Each time and day has exactly one spelling; others are
//! refused.

/// Times in RFC 3339, with Viet Nam's offset, in whole seconds.
pub mod moment {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::vietnamese::{Timestamp, WrittenTime};

    pub fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&moment.rfc3339())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        WrittenTime::parse(&text)
            .map(WrittenTime::start)
            .filter(|moment| moment.rfc3339() == text)
            .ok_or_else(|| de::Error::custom("not a time like 2026-11-24T09:30:33+07:00"))
    }
}

/// Days, written in the form `2026-11-24`.
pub mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .ok()
            .filter(|day| day.to_string() == text)
            .ok_or_else(|| de::Error::custom("not a date like 2026-11-24"))
    }
}
