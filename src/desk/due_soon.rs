//! From when on a submission is due soon, and a draft closes soon.

/// The number of days before its due date from which a submission is due soon. Also the number of days before its
/// closing date from which a draft closes soon. The desk's first page, its lists and the daily message use this number.
pub const SOON_DAYS: u32 = 5;
