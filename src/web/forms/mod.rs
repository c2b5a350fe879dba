//! What every form that is sent here goes through before anything else is done with it.

mod check;
mod origin;

pub use check::{Checked, FormRefusal, FormRules, check, with_retry_hint};
