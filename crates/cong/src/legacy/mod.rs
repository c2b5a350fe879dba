//! Vietnamese encodings before Unicode: decodes text in TCVN3 (ABC) or VNI that was read as ISO 8859-1, and
//! tells whether a word is a Vietnamese syllable. Finding such text is left to the callers.

mod syllables;
pub mod tcvn3;
pub mod vni;

pub use syllables::is_syllable;
