//! The letters of Vietnamese before Unicode: what stands behind text in TCVN3 (ABC) or VNI that was read as
//! ISO 8859-1, and whether what comes out is Vietnamese. Where such text is looked for is left to others.

mod syllables;
pub mod tcvn3;
pub mod vni;

pub use syllables::is_syllable;
