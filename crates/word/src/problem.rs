//! Why a Word file cannot be read, and what of it an article cannot hold, with Vietnamese messages.

use std::error::Error;
use std::fmt;

use crate::package::MAX_UNPACKED_MEBIBYTES;
use crate::xml::XmlError;

/// The reason why a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordError {
    /// The file is no ZIP archive, or a damaged one; the text is that of the ZIP reader.
    Archive(String),
    TooManyParts,
    /// The file unpacks to more than this number of MiB.
    TooLarge(u64),
    NoMainPart,
    Xml(XmlError),
}

impl From<XmlError> for WordError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl WordError {
    pub(crate) const TOO_LARGE: Self = Self::TooLarge(MAX_UNPACKED_MEBIBYTES);
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

/// A part of a Word file that an article cannot hold, or only in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordOmission {
    /// The text that track changes has deleted.
    DeletedText,
    HiddenText,
    /// A formula, of which the letters are left.
    Formula,
    /// A character of a font with symbols of its own.
    Symbol,
    /// A text box, whose text follows the paragraph that holds it.
    TextBox,
    /// A drawing or an embedded object.
    Drawing,
    /// A picture that cannot be read: the name of its part.
    Picture(String),
    /// A part inserted from another file.
    InsertedPart,
    /// Merged cells of a table, whose content is repeated or left blank.
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
