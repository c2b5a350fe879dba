//! The desk's pages about submissions.

mod answer;
mod erase;
mod list;
mod one;
mod release;
mod table;

pub use answer::{AnswerPage, answer};
pub use erase::{ErasePage, erase};
pub use list::{ListPage, list};
pub use one::{OnePage, one};
pub use release::{ReleaseInput, ReleasePage, Shown, release};
pub use table::{push_row, table_head};
