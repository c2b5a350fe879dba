//! What citizens sent, for editors: the list, one with everything about it, and the steps of handling it. The rules
//! are the database's own triggers; how it looks is left to `pages`.

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
