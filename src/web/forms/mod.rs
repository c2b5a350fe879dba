//! The checks that every submitted form passes first.

mod check;
mod fields;
mod origin;

pub use check::{Checked, FormRefusal, FormRules, check_form, with_retry_hint};
pub use fields::{FormFields, TooLongField};
