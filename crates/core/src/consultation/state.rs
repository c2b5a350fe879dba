use crate::article::Consultation;
use crate::vietnamese::Timestamp;

/// The state of a consultation. It is computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsultationState {
    NotYetOpen,
    Open,
    /// No longer open; the answers to the comments are not public yet.
    Closed,
    /// No longer open; the answers to the comments are public.
    Answered,
    /// No longer open; the legal document for which the draft was made has been issued, whether or not there are
    /// answers.
    Issued,
}

impl ConsultationState {
    /// The state at `now`. `answered_at` is the time from which the answers are public. It is `None` if they are not
    /// released, or if the caller does not need to tell `Answered` from `Closed`.
    pub fn at(consultation: &Consultation, answered_at: Option<Timestamp>, now: Timestamp) -> Self {
        if now < consultation.opens {
            Self::NotYetOpen
        } else if now <= consultation.closes {
            Self::Open
        } else if consultation.issued.is_some() {
            Self::Issued
        } else if answered_at.is_some_and(|at| at <= now) {
            Self::Answered
        } else {
            Self::Closed
        }
    }
}

/// The number of calendar days in Viet Nam from today to the last day of the consultation: 0 on that day, negative
/// afterwards.
pub fn days_left(closes: Timestamp, now: Timestamp) -> i64 {
    (closes.day() - now.day()).num_days()
}

#[cfg(test)]
mod tests {
    use super::ConsultationState::{Answered, Closed, Issued, NotYetOpen, Open};
    use super::*;
    use crate::vietnamese::WrittenTime;

    fn states(issued: bool, answered_at: Option<i64>, moments: &[i64]) -> Vec<ConsultationState> {
        let consultation = Consultation {
            opens: Timestamp(100),
            closes: Timestamp(200),
            unit: "Ban Tư vấn".into(),
            email: None,
            phone: None,
            address: None,
            issued: issued.then(|| "quyet-dinh".to_owned()),
            extended: Vec::new(),
        };
        let at =
            |&now| ConsultationState::at(&consultation, answered_at.map(Timestamp), Timestamp(now));
        moments.iter().map(at).collect()
    }

    #[test]
    fn consultation_is_open_including_first_and_last_second() {
        assert_eq!(states(false, None, &[99, 100, 200, 201]), [NotYetOpen, Open, Open, Closed]);
    }

    #[test]
    fn consultation_is_answered_after_closing_and_release() {
        assert_eq!(states(false, Some(300), &[201, 299, 300]), [Closed, Closed, Answered]);
        assert_eq!(
            states(false, Some(50), &[99, 100, 200, 201]),
            [NotYetOpen, Open, Open, Answered]
        );
    }

    #[test]
    fn issued_is_the_final_state() {
        for answered_at in [None, Some(50), Some(300)] {
            assert_eq!(
                states(true, answered_at, &[99, 100, 200, 201, 300]),
                [NotYetOpen, Open, Open, Issued, Issued]
            );
        }
    }

    #[test]
    fn days_left_are_calendar_days_in_viet_nam() {
        let left = |closes: &str, now: &str| {
            let at = |text: &str| WrittenTime::parse(text).unwrap().start();
            days_left(at(closes), at(now))
        };
        let closes = "2026-12-21T00:00:01+07:00";
        assert_eq!(left(closes, "2026-12-19T16:59:59Z"), 2);
        assert_eq!(left(closes, "2026-12-19T17:00:00Z"), 1);
        assert_eq!(left(closes, "2026-12-20T16:59:59Z"), 1);
        assert_eq!(left(closes, "2026-12-20T17:00:00Z"), 0);
        assert_eq!(left(closes, "2026-12-21T17:00:00Z"), -1);
    }
}
