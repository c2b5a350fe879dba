//! The editors' side of submissions: the list, one submission with all its data, and the steps of handling it.
//! Triggers in the database enforce the rules; `pages` renders the pages.

mod dossier;
mod export;
mod list;
mod steps;
mod suspicion;

pub use dossier::{AnswerClosed, Dossier, Released, id_of_receipt, known_categories, read};
pub use export::{Exported, exported_after};
pub use list::{List, Listed, Matching, list};
pub use steps::{
    Change, NewRelease, Step, answer, erase_identity, erase_submission, release, take, take_back,
};
pub use suspicion::Suspected;
