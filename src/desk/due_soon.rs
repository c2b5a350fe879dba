/// The number of days before its due date from which a submission counts as due soon, and before its closing date from
/// which a draft counts as closing soon. The desk's first page, its lists and the daily message use this number.
pub const SOON_DAYS: u32 = 5;
