//! Vietnamese encodings before Unicode: TCVN3 (ABC) and VNI, which look right only in their own fonts.
//!
//! Text in them is read as ISO 8859-1 first. The encoding is found by the name of the font or by the content; a text
//! in the wrong encoding has few words that are Vietnamese syllables.

mod encoding;
mod syllables;
mod tally;
pub mod tcvn3;
pub mod vni;

pub use encoding::{LegacyEncoding, is_unicode, repair};
pub use syllables::is_syllable;
pub use tally::SyllableTally;
