//! The reasons why a Word file cannot be read, and the things in it that an article cannot keep. Both have Vietnamese
//! messages.

use std::error::Error;
use std::fmt;

use crate::word_count::WordDifference;
use crate::xml::XmlError;

/// The reason why a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordError {
    /// The file is not a ZIP archive, or is damaged. The text is the message of the ZIP library.
    Archive(String),
    /// The file has the format of Word before 2007, or is protected by a password.
    OldOrProtected,
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
            Self::Archive(error) => write!(f, "tệp hỏng hoặc không phải tệp Word ({error})"),
            Self::OldOrProtected => f.write_str(
                "tệp Word kiểu cũ hoặc có mật khẩu: hãy mở bằng Word và lưu thành .docx",
            ),
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
    /// Text that was inserted while Word was tracking changes. It is kept.
    TrackedChanges,
    /// The number of comments in the file. They are left out.
    Comments(usize),
    HiddenText,
    /// A formula. Its characters are kept, its layout is lost.
    Formula,
    /// A character of a symbol font, such as Wingdings, that is not known. It is left out.
    Symbol,
    /// The readings above characters (ruby). They are left out; the characters are kept.
    Ruby,
    /// A text box. Its text is placed after the paragraph that contains it.
    TextBox,
    /// A drawing without pictures and text, or an embedded object.
    Drawing,
    /// A picture that cannot be read. The text is the name of its part in the Word file.
    Picture(String),
    /// Content that Word inserts from another file (`altChunk`).
    InsertedPart,
    /// A page header or footer, which is left out. The value is its text, shortened.
    PageHeader(String),
    /// A table within a cell of a table. Its text is kept in the cell.
    NestedTable,
    /// A heading within a cell of a table. Its text is kept in the cell.
    HeadingInTable,
    /// A table that lays out text in columns. The text is kept, without the table.
    TableTakenApart,
    /// Words of the file that the article lacks, or words of the article that the file lacks, for which no other
    /// omission is the reason.
    Words(WordDifference),
}

impl fmt::Display for WordOmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DeletedText => "chữ đã xóa khi theo dõi sửa đổi",
            Self::TrackedChanges => {
                "tệp còn theo dõi sửa đổi: bài lấy nội dung như khi đã chấp nhận mọi sửa đổi"
            }
            Self::Comments(count) => return write!(f, "{count} nhận xét bên lề"),
            Self::HiddenText => "chữ ẩn",
            Self::Formula => "công thức: viết lại trên một dòng",
            Self::Symbol => "ký hiệu của phông chữ đặc biệt",
            Self::Ruby => "chữ chú âm phía trên chữ",
            Self::TextBox => "khung chữ: nội dung được đặt sau đoạn chứa nó",
            Self::Drawing => "hình vẽ hoặc đối tượng nhúng",
            Self::Picture(name) => return write!(f, "ảnh không đọc được: {name}"),
            Self::InsertedPart => "phần chèn từ tệp khác",
            Self::PageHeader(text) => return write!(f, "đầu trang hoặc chân trang: {text}"),
            Self::NestedTable => "bảng nằm trong ô của bảng khác: chỉ còn chữ",
            Self::HeadingInTable => "đề mục nằm trong ô của bảng: chỉ còn chữ",
            Self::TableTakenApart => "bảng dùng để dàn trang: chỉ còn nội dung",
            Self::Words(WordDifference { in_file, lost, added }) => {
                return write!(
                    f,
                    "số chữ không khớp: tệp có {in_file} chữ, bài thiếu {lost} chữ và thừa {added} chữ; \
                     cần so lại với tệp"
                );
            }
        })
    }
}
