//! The consultation on a draft, as its document describes it. `crate::consultation` computes whether it is open or
//! closed.

use crate::vietnamese::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    pub opens: Timestamp,
    /// The last second in which comments are accepted.
    pub closes: Timestamp,
    /// The name of the office's unit (department) that compiles the comments.
    pub unit: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// The slug of the article with the legal document that was issued after the consultation.
    pub issued: Option<String>,
    /// The extensions of the deadline `closes`, in order.
    pub extended: Vec<DeadlineExtension>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineExtension {
    /// The previous deadline: the last second in which comments would have been accepted.
    pub from: Timestamp,
    /// When the extension was announced.
    pub on: Timestamp,
    pub note: Option<String>,
}

impl Consultation {
    /// The next moment after `now` at which pages about the consultation change although the document has not: the
    /// first second in which it is open, the first in which it is closed, and, while it is open, each midnight in Viet
    /// Nam, because the pages show how many days remain.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        if now < self.opens {
            Some(self.opens)
        } else if now <= self.closes {
            Some(Timestamp(self.closes.0.saturating_add(1)).min(now.next_midnight()))
        } else {
            None
        }
    }

    /// The extensions, each with the deadline that it set.
    pub fn extensions(&self) -> impl Iterator<Item = (&DeadlineExtension, Timestamp)> {
        let later = self.extended.iter().skip(1).map(|extension| extension.from);
        self.extended.iter().zip(later.chain([self.closes]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::WrittenTime;

    fn at(text: &str) -> Timestamp {
        WrittenTime::parse(text).unwrap().start()
    }

    fn extended(from: &str) -> DeadlineExtension {
        DeadlineExtension { from: at(from), on: at(from), note: None }
    }

    fn consultation() -> Consultation {
        Consultation {
            opens: at("2026-12-01T08:00"),
            closes: at("2026-12-31T17:00"),
            unit: "Ban Tư vấn".into(),
            email: None,
            phone: None,
            address: None,
            issued: None,
            extended: vec![extended("2026-12-21T17:00"), extended("2026-12-24T17:00")],
        }
    }

    #[test]
    fn next_change_is_opening_midnight_or_closing() {
        for (now, next) in [
            ("2026-11-30T12:00:00", Some("2026-12-01T08:00:00")),
            ("2026-12-01T07:59:59", Some("2026-12-01T08:00:00")),
            ("2026-12-01T08:00:00", Some("2026-12-02T00:00:00")),
            ("2026-12-01T23:59:59", Some("2026-12-02T00:00:00")),
            ("2026-12-02T00:00:00", Some("2026-12-03T00:00:00")),
            ("2026-12-31T00:00:00", Some("2026-12-31T17:00:01")),
            ("2026-12-31T17:00:00", Some("2026-12-31T17:00:01")),
            ("2026-12-31T17:00:01", None),
        ] {
            assert_eq!(consultation().next_change(at(now)), next.map(at), "{now}");
        }
    }

    #[test]
    fn extensions_end_at_the_following_deadline() {
        let consultation = consultation();
        let until: Vec<_> = consultation.extensions().map(|(_, until)| until).collect();
        assert_eq!(until, [at("2026-12-24T17:00"), at("2026-12-31T17:00")]);
    }
}
