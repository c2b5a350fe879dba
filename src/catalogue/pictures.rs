//! The sizes of pictures as the catalogue gives them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::article::ImageSize;
use crate::edge::{DatabaseError, Rows};

/// Of pictures by their names in `FILES`.
pub type Sizes = BTreeMap<String, ImageSize>;

#[derive(Deserialize)]
struct PictureRow {
    file: String,
    #[serde(flatten)]
    size: ImageSize,
}

/// # Errors
/// The rows have another form.
pub fn sizes(rows: &Rows) -> Result<Sizes, DatabaseError> {
    let rows = rows.parse::<PictureRow>()?.into_iter();
    Ok(rows.map(|PictureRow { file, size }| (file, size)).collect())
}
