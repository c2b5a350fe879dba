//! A draft put out for comment, as its document says. Where it stands follows from the clock: see
//! `crate::consultation`.

use crate::vietnamese::Timestamp;

/// A draft put out for comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    pub opens: Timestamp,
    /// The last second in which a comment is taken.
    pub closes: Timestamp,
    /// Who compiles the comments.
    pub unit: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// The slug of the article with what was issued in the end.
    pub issued: Option<String>,
    /// How `closes` was moved, in order.
    pub extended: Vec<Extension>,
}

/// One extension of the time in which comments are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The last second in which a comment would have been taken before.
    pub from: Timestamp,
    /// When the extension was announced.
    pub on: Timestamp,
    pub note: Option<String>,
}

impl Consultation {
    /// The next moment after `now` at which what a page says of it changes by the clock alone: the first
    /// second of being open, the first of being closed, and, while it is open, of each day in Viet Nam,
    /// because the days left are counted.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        if now < self.opens {
            Some(self.opens)
        } else if now <= self.closes {
            Some(Timestamp(self.closes.0.saturating_add(1)).min(now.next_midnight()))
        } else {
            None
        }
    }

    /// The extensions, each with the last second in which a comment was taken after it.
    pub fn extensions(&self) -> impl Iterator<Item = (&Extension, Timestamp)> {
        let later = self.extended.iter().skip(1).map(|extension| extension.from);
        self.extended.iter().zip(later.chain([self.closes]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::Written;

    fn at(text: &str) -> Timestamp {
        Written::parse(text).unwrap().start()
    }

    fn extended(from: &str) -> Extension {
        Extension { from: at(from), on: at(from), note: None }
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
    fn it_changes_when_it_opens_at_each_midnight_of_viet_nam_and_when_it_has_closed() {
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
    fn each_extension_is_to_the_next_ones_old_deadline_and_the_last_to_the_deadline_that_holds() {
        let consultation = consultation();
        let until: Vec<_> = consultation.extensions().map(|(_, until)| until).collect();
        assert_eq!(until, [at("2026-12-24T17:00"), at("2026-12-31T17:00")]);
    }
}
