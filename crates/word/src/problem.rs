//! The reasons why a Word file cannot be read, and the things in it that an article cannot keep. Both have Vietnamese
//! messages.

use std::error::Error;
use std::fmt;

use crate::xml::XmlError;

/// The reason why a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordError {
    /// The file is not a ZIP archive, or is damaged. The text is the message of the ZIP library.
    Archive(String),
    TooManyParts,
    /// The unpacked file is larger than this many MiB.
    TooLarge(u64),
    NoMainPart,
    Xml(XmlError),
}

impl From<XmlError> for WordError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Archive(error) => f.write_str(error),
            Self::TooManyParts => f.write_str("quá nhiều phần"),
            Self::TooLarge(mebibytes) => write!(f, "giải nén ra hơn {mebibytes} MiB"),
            Self::NoMainPart => f.write_str("không có phần nội dung"),
            Self::Xml(error) => error.fmt(f),
        }
    }
}

impl Error for WordError {}

/// Something in a Word file that an article cannot keep, or keeps only in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordOmission {
    /// Text that was deleted while Word was tracking changes.
    DeletedText,
    HiddenText,
    /// A formula. Its characters are kept, its layout is lost.
    Formula,
    /// A character of a symbol font, such as Wingdings. It is left out.
    Symbol,
    /// A text box. Its text is placed after the paragraph that contains it.
    TextBox,
    /// A drawing without pictures and text, or an embedded object.
    Drawing,
    /// A picture that cannot be read. The text is the name of its part in the Word file.
    Picture(String),
    /// Content that Word inserts from another file (`altChunk`).
    InsertedPart,
    /// Merged cells of a table. Their content is repeated in each cell, or stands in the first cell and leaves the
    /// others blank.
    MergedCells,
}

impl fmt::Display for WordOmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DeletedText => "chữ đã xóa khi theo dõi sửa đổi",
            Self::HiddenText => "chữ ẩn",
            Self::Formula => "công thức: chỉ còn chữ",
            Self::Symbol => "ký hiệu của phông chữ đặc biệt",
            Self::TextBox => "khung chữ: nội dung được đặt sau đoạn chứa nó",
            Self::Drawing => "hình vẽ hoặc đối tượng nhúng",
            Self::Picture(name) => return write!(f, "ảnh không đọc được: {name}"),
            Self::InsertedPart => "phần chèn từ tệp khác",
            Self::MergedCells => "ô gộp trong bảng: nội dung được lặp lại hoặc để trống",
        })
    }
}
