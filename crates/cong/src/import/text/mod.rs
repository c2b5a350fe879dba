//! Decodes Vietnamese text from before Unicode: finds the encoding of bytes, and converts text that looks right
//! only in a font of TCVN3 (ABC) or VNI. Independent of pages and documents.

mod encoding;
mod legacy;
mod tally;

pub use encoding::decode;
pub use legacy::{Legacy, is_unicode, repair};
