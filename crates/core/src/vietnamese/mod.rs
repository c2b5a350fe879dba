//! Vietnamese text and time: normalisation, encodings from before Unicode, removal of accents, slugs, words, dates in
//! Viet Nam's time zone, and working days. This module uses no other module of the package.

pub mod legacy;
mod nfc;
mod text;
mod time;
mod words;
mod working_days;

pub use nfc::nfc;
pub use text::{
    fold, grouped, is_invisible, single_line, slug, truncate_at_word, unix_lines, visible_line,
    without_bidi_controls,
};
pub use time::{Timestamp, WrittenTime, date_of};
pub use words::{Word, begins_plainly, plain_first_letter, word_ranges, words};
pub use working_days::{
    add_days, add_working_days, end_of_holidays_near, last_known_day, next_working_day,
};
