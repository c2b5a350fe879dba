use std::collections::BTreeMap;

use cong_core::article::ImageSize;
use serde::Deserialize;

/// The dimensions of pictures in pixels, by file name in `FILES`.
pub type Sizes = BTreeMap<String, ImageSize>;

#[derive(Deserialize)]
pub struct PictureRow {
    file: String,
    width: u32,
    height: u32,
}

pub fn by_file(rows: Vec<PictureRow>) -> Sizes {
    let sized = |PictureRow { file, width, height }| (file, ImageSize { width, height });
    rows.into_iter().map(sized).collect()
}
