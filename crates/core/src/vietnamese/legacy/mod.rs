//! Vietnamese encodings from before Unicode: TCVN3 (ABC) and VNI. Text in them looks right only in fonts made for them.
//!
//! The functions expect such text decoded as ISO 8859-1. They detect the encoding by the name of the font, or by the
//! content: a text that was decoded with the wrong encoding contains few Vietnamese syllables.

mod encoding;
mod syllables;
mod tally;
pub mod tcvn3;
pub mod vni;

pub use encoding::{LegacyEncoding, is_unicode, repair};
pub use syllables::is_syllable;
pub use tally::SyllableTally;
