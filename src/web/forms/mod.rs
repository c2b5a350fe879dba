//! The checks that every submitted form passes first.

mod check;
mod origin;

pub use check::{Checked, FormRefusal, FormRules, check, with_retry_hint};
