//! The texts of the page frame (header, navigation, footer): everything that a page says in addition to its content, in
//! one table for each language. A missing translation does not compile. Pages that exist only in Vietnamese contain
//! their texts themselves.
//!
//! To add a text, add a field in `types.rs` and a line to the tables of both languages. A text with a number or a time
//! in it is a function.

mod english;
mod language;
mod types;
mod vietnamese;

pub use english::ENGLISH;
pub use language::{Language, labels};
#[cfg(test)]
pub use types::all_texts;
pub use types::{RatingTexts, Texts};
pub use vietnamese::VIETNAMESE;
