//! The rating form as it was sent, and its validation.

use cong_core::vietnamese::single_line;

use crate::web::{FormField, SentFields};

/// The maximum size of the form's body, in bytes. A Vietnamese letter takes up to nine bytes when it is
/// percent-encoded. The limit leaves room for a remark that is too long, so that the form can be shown again with the
/// whole remark.
pub const MAX_RATING_BYTES: usize = 32 * 1024;

/// The field for the remark, of at most 500 characters. The page that shows the field sets the label of the field, in
/// the language of the page.
pub const REMARK: FormField<'_> =
    FormField { max_chars: 500, ..FormField::text("nhan_xet", "", 2) };

#[derive(Debug, PartialEq, Eq)]
pub struct RatingInput {
    /// The button that was pressed: yes (`true`) or no; `None` if the form was sent without a button.
    pub is_useful: Option<bool>,
    /// The remark, with line breaks replaced by blanks; empty if there is none.
    pub remark: String,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Rating {
    pub is_useful: bool,
    pub remark: String,
}

/// Why a rating is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingNotice {
    NoButton,
    TooLong,
    TooMany,
    NotStored,
}

impl RatingNotice {
    pub fn status(self) -> u16 {
        match self {
            Self::NoButton | Self::TooLong => 422,
            Self::TooMany => 429,
            Self::NotStored => 503,
        }
    }
}

impl RatingInput {
    pub fn of(fields: &SentFields) -> Self {
        let is_useful = match fields.get("co_ich") {
            "co" => Some(true),
            "khong" => Some(false),
            _ => None,
        };
        Self { is_useful, remark: single_line(fields.value(&REMARK)) }
    }

    /// Returns the rating, if it is valid.
    ///
    /// # Errors
    /// The first problem: no button was pressed, or the remark is too long.
    pub fn validate(&self) -> Result<Rating, RatingNotice> {
        let is_useful = self.is_useful.ok_or(RatingNotice::NoButton)?;
        if self.remark.chars().count() > REMARK.max_chars {
            return Err(RatingNotice::TooLong);
        }
        Ok(Rating { is_useful, remark: self.remark.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(body: &str) -> RatingInput {
        RatingInput::of(&SentFields::parse(body.as_bytes()))
    }

    fn rating(body: &str) -> Result<Rating, RatingNotice> {
        typed(body).validate()
    }

    #[test]
    fn a_rating_needs_one_of_the_two_buttons_and_no_remark() {
        let expected = |is_useful, remark: &str| Ok(Rating { is_useful, remark: remark.into() });
        assert_eq!(rating("co_ich=co"), expected(true, ""));
        assert_eq!(
            rating("nhan_xet=%20Thi%E1%BA%BFu%0Agi%C3%A1&co_ich=khong"),
            expected(false, "Thiếu giá")
        );
        assert_eq!(rating("nhan_xet=x"), Err(RatingNotice::NoButton));
        assert_eq!(rating("co_ich=maybe"), Err(RatingNotice::NoButton));
    }

    #[test]
    fn a_remark_is_bounded_and_kept_whole_when_it_is_too_long() {
        let body = |length| format!("co_ich=co&nhan_xet={}", "a".repeat(length));
        assert!(rating(&body(REMARK.max_chars)).is_ok());
        assert_eq!(rating(&body(REMARK.max_chars + 1)), Err(RatingNotice::TooLong));
        assert_eq!(typed(&body(600)).remark.len(), 600);
    }
}
