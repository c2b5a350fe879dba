//! The pages for readers that show articles: home, the page of one article, lists, and ratings.

mod article;
mod article_page;
mod english_home;
mod home;
mod lists;
mod neighbour;
mod rating;
mod reading;
mod related;
mod source;
#[cfg(test)]
mod tests;

pub use article::{article, preview};
pub use english_home::english;
pub use home::home;
pub use lists::{articles, category};
pub use neighbour::neighbour;
pub use rating::{RatingInput, receive_rating, thanks};
pub use source::article_source;
