//! Ratings: the question "Thông tin này có ích không?" under an article. A row for each answer, without data of the
//! person.

use cong_core::vietnamese::{Timestamp, single_line};

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::FormFields;

/// The longest remark, in characters: some sentences.
pub const MAX_REMARK_CHARS: usize = 500;

/// The largest body, in bytes. A Vietnamese letter takes up to nine bytes when it is percent-encoded, and even a remark
/// that is too long should come back complete.
pub const MAX_RATING_BYTES: usize = 32 * 1024;

/// The rating form as it was sent.
#[derive(Debug, PartialEq, Eq)]
pub struct RatingInput {
    /// The button that was pressed: yes or no.
    pub is_useful: Option<bool>,
    /// One line; empty if there is no remark.
    pub remark: String,
}

/// A valid rating of an article.
#[derive(Debug, PartialEq, Eq)]
pub struct Rating {
    pub is_useful: bool,
    /// Empty if there is no remark.
    pub remark: String,
}

/// Why a rating is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingProblem {
    NoButton,
    RemarkTooLong,
}

impl RatingInput {
    pub fn of(fields: &FormFields) -> Self {
        let is_useful = match fields.get("co_ich") {
            "co" => Some(true),
            "khong" => Some(false),
            _ => None,
        };
        Self { is_useful, remark: single_line(fields.get("nhan_xet")) }
    }

    /// The rating, if it is valid.
    ///
    /// # Errors
    /// The first problem.
    pub fn validate(&self) -> Result<Rating, RatingProblem> {
        let is_useful = self.is_useful.ok_or(RatingProblem::NoButton)?;
        if self.remark.chars().count() > MAX_REMARK_CHARS {
            return Err(RatingProblem::RemarkTooLong);
        }
        Ok(Rating { is_useful, remark: self.remark.clone() })
    }
}

pub async fn store_rating(
    db: &Database,
    slug: &str,
    rating: &Rating,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.batch(&[Statement::new(
        "INSERT INTO rating (slug, is_useful, remark, at) VALUES (?1, ?2, ?3, ?4)",
        [
            slug.into(),
            i64::from(rating.is_useful).into(),
            rating.remark.as_str().into(),
            now.0.into(),
        ],
    )])
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(body: &str) -> RatingInput {
        RatingInput::of(&FormFields::parse(body.as_bytes()))
    }

    fn rating(body: &str) -> Result<Rating, RatingProblem> {
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
        assert_eq!(rating("nhan_xet=x"), Err(RatingProblem::NoButton));
        assert_eq!(rating("co_ich=maybe"), Err(RatingProblem::NoButton));
    }

    #[test]
    fn a_remark_is_bounded_and_kept_whole_when_it_is_too_long() {
        let body = |length| format!("co_ich=co&nhan_xet={}", "a".repeat(length));
        assert!(rating(&body(MAX_REMARK_CHARS)).is_ok());
        assert_eq!(rating(&body(MAX_REMARK_CHARS + 1)), Err(RatingProblem::RemarkTooLong));
        assert_eq!(typed(&body(600)).remark.len(), 600);
    }
}
