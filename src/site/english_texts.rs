/// The office's texts in English. A text that is not set is `None`; English pages then show the Vietnamese one.
#[derive(Clone, Debug, Default)]
pub struct EnglishTexts {
    pub body_name: Option<String>,
    pub parent_name: Option<String>,
    pub greeting: Option<String>,
    pub address: Option<String>,
    pub responsible: Option<String>,
    pub licence: Option<String>,
}
