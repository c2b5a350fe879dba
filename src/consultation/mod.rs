//! Drafts open for comment: their state, which follows from the article and the clock and is
//! never stored.

pub mod comparison;

use crate::article::Consultation;
use crate::vietnamese::Instant;

/// Where a consultation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotYetOpen,
    Open,
    /// Closed, comments are being compiled.
    Closed,
    /// What came of it is issued.
    Issued,
}

impl State {
    pub fn at(consultation: &Consultation, now: Instant) -> Self {
        if now < consultation.opens {
            Self::NotYetOpen
        } else if now <= consultation.closes {
            Self::Open
        } else if consultation.issued.is_some() {
            Self::Issued
        } else {
            Self::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consultation_is_open_from_its_first_second_to_its_last() {
        let mut consultation = Consultation {
            opens: Instant(100),
            closes: Instant(200),
            unit: "Ban Tư vấn".into(),
            email: None,
            phone: None,
            address: None,
            issued: None,
        };
        let states = |consultation: &Consultation| {
            [99, 100, 200, 201].map(|now| State::at(consultation, Instant(now)))
        };
        use State::{Closed, Issued, NotYetOpen, Open};
        assert_eq!(states(&consultation), [NotYetOpen, Open, Open, Closed]);
        consultation.issued = Some("quyet-dinh".into());
        assert_eq!(states(&consultation), [NotYetOpen, Open, Open, Issued]);
    }
}
