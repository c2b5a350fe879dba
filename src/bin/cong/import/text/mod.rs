//! Vietnamese text as offices kept it before Unicode: which encoding bytes are in, and which letters
//! stand behind characters that only look right in a font of TCVN3 (ABC) or VNI.
//! Knows nothing of pages and documents.

mod encoding;
mod legacy;
mod tally;

pub use encoding::decode;
pub use legacy::{Legacy, is_unicode, repair};
