//! Forms: the declaration of their fields, the checks that every submitted form passes, the problems of the fields, and
//! the HTML of fields and problems.

mod check;
mod declaration;
mod fields;
mod markup;
mod origin;
mod problems;

pub use check::{
    Checked, ForgedToken, FormRefusal, FormRules, check_form, with_retry_hint, without_token,
};
pub use declaration::{FieldChoice, FormField};
pub use fields::{SentFields, TooLongField};
pub use problems::{FieldProblem, FormProblems};
