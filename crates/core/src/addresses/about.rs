//! The article or draft that a submission is about, as it is written in addresses.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Article(String),
    Draft {
        slug: String,
        /// The id of a clause, or an empty text for the whole draft; `None` if the address names neither.
        clause: Option<String>,
    },
}
