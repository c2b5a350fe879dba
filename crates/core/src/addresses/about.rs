//! The article or draft that a submission is about, as it is written in addresses.

/// The subject of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Article(String),
    Draft {
        slug: String,
        /// The id of a clause, or empty for the whole draft; `None` if none is chosen.
        clause: Option<String>,
    },
}
