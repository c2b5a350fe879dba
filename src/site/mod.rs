//! The settings and texts of the office, and the texts of the page frame (header, navigation, footer). Settings are
//! read from wrangler.toml, once in each isolate.

mod english_texts;
mod office;
mod read_settings;
mod settings;
mod texts;

pub use office::{Office, Said};
pub use read_settings::read_settings;
pub use settings::{Access, Site};
#[cfg(test)]
pub use texts::all_texts;
pub use texts::{ENGLISH, Language, RatingTexts, Texts, VIETNAMESE, labels};
