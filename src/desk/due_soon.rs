//! What counts as due soon.

/// The number of days before its due date from which a submission is shown as due soon, and before its closing date
/// from which a draft is shown as closing soon: on the desk's first page, in the daily message, and in the filter.
pub const SOON_DAYS: u32 = 5;
