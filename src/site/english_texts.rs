//! The office's texts in English.

/// The office's texts in English, as far as they are set.
#[derive(Clone, Debug, Default)]
pub struct EnglishTexts {
    pub body_name: Option<String>,
    pub parent_name: Option<String>,
    pub greeting: Option<String>,
    pub address: Option<String>,
    pub responsible: Option<String>,
    pub licence: Option<String>,
}
