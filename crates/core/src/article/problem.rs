//! Problems in documents: position, field and cause. `Display` writes the cause in Vietnamese, for editors. Code
//! that needs another language matches on `Cause`.

use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};

use crate::periods::TooShort;
use crate::vietnamese::grouped;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentProblem {
    pub severity: Severity,
    /// The line number, counted from 1.
    pub line: usize,
    /// The range in the decoded text of the document, as the function `article::text` returns it, in bytes; empty if
    /// only the line is known.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The field's path, such as `consultation.closes`; `None` if the problem is not about one field.
    pub field: Option<String>,
    #[serde(rename = "message", serialize_with = "as_text")]
    pub cause: Cause,
}

/// The severity of a problem. An article with an error is not shown; one with only warnings is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPosition {
    /// The line number, counted from 1.
    pub line: usize,
    /// The range in the decoded text of the document, as the function `article::text` returns it, in bytes.
    pub span: Range<usize>,
}

/// The cause of an error or warning about a document or one of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The name of the document is not a valid slug.
    NoSlug,
    /// The document has more than `max` bytes.
    TooLarge {
        max: usize,
    },
    Utf16,
    NoUtf8,
    NoFrontMatter,
    OpenFrontMatter,
    Toml {
        likely: TomlMistake,
        /// The parser's message, in English.
        detail: String,
    },
    Json {
        column: usize,
        /// The parser's message, in English.
        detail: String,
    },
    TooDeep,
    /// The fields other than the body take more than `max` bytes.
    FieldsTooLarge {
        max: usize,
    },
    /// Quotations, lists or footnotes in the body are nested more than `max` levels deep.
    TooNested {
        max: usize,
    },
    /// The body has more than `max` marks, as the function `marks` counts them.
    TooManyMarks {
        max: usize,
    },
    Missing,
    /// The field and the named field of the same group are both missing. One of them is required.
    MissingWithout(&'static str),
    Blank,
    Repeated,
    /// The field is ignored, because the named field of the same group says the same in more detail.
    ReplacedBy(&'static str),
    Unknown {
        /// A known field whose name differs from this one only in case or in one letter; `None` if there is none.
        near: Option<&'static str>,
    },
    WrongKind {
        wanted: ValueKind,
        found: ValueKind,
    },
    TooLong {
        chars: usize,
        max: usize,
    },
    TooMany {
        items: usize,
        max: usize,
    },
    NoTime,
    /// The time is not later than the time in this field of the same table.
    NotAfter(&'static str),
    NotBefore(&'static str),
    ExtensionOutOfOrder,
    AnnouncedOutOfOrder,
    OpenTooShort(TooShort),
    /// The name of the category has no letter or digit, so it has no slug.
    NoLetter,
    NoLanguage,
    NoArticle,
    NoFileName,
    NoAddress,
    /// `||` in the first column of a table.
    NothingLeft,
    /// `^^` in the first row of a table's header or body.
    NothingAbove,
    /// `^^` that does not cover the same columns as the cell above.
    OtherColumns,
    /// A row has more cells than its table has columns; the page lacks the last ones.
    LongRow {
        cells: usize,
        columns: usize,
    },
    /// A row above the delimiter row has more or fewer cells, so that it is shown as text.
    HeaderCells {
        cells: usize,
        columns: usize,
    },
    /// The rows above the delimiter row are indented differently, so that they are shown as text.
    HeaderIndent,
}

/// The most probable cause of a TOML syntax error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TomlMistake {
    Repeated,
    CurlyQuotes,
    OpenQuote,
    NoEqualsSign,
    Other,
}

/// The type of a value, named as editors know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Text,
    Time,
    Boolean,
    List,
    Table,
    /// A type that no field may have.
    Other,
}

impl DocumentProblem {
    pub fn error(place: DocumentPosition, field: Option<&str>, cause: Cause) -> Self {
        let DocumentPosition { line, span } = place;
        Self { severity: Severity::Error, line, span, field: field.map(str::to_owned), cause }
    }

    pub fn warning(place: DocumentPosition, field: Option<&str>, cause: Cause) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, field, cause) }
    }

    /// An error in the document as a whole.
    pub fn of_document(cause: Cause) -> Self {
        Self::error(DocumentPosition { line: 1, span: 0..0 }, None, cause)
    }
}

impl std::fmt::Display for DocumentProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "dòng {}", self.line)?;
        if let Some(field) = &self.field {
            write!(f, ", trường “{field}”")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSlug => "tên bài chỉ được gồm a-z, 0-9 và dấu -, dài nhất 120 ký tự",
            Self::TooLarge { max } => {
                return write!(f, "tài liệu lớn hơn {} MiB", max / 1024 / 1024);
            }
            Self::Utf16 => {
                "tệp được lưu bằng mã UTF-16 (hoặc không phải văn bản); hãy lưu lại bằng mã UTF-8"
            }
            Self::NoUtf8 => {
                "có ký tự không phải mã UTF-8 (bảng mã cũ như TCVN3 hay windows-1258?); hãy lưu lại bằng mã UTF-8"
            }
            Self::NoFrontMatter => {
                "tài liệu phải bắt đầu bằng dòng +++ (phần khai báo TOML) hoặc bằng { (dạng JSON)"
            }
            Self::OpenFrontMatter => "thiếu dòng +++ thứ hai để kết thúc phần khai báo",
            Self::Toml { likely, detail } => return write!(f, "{likely} ({detail})"),
            Self::Json { column, detail } => {
                return write!(f, "không đúng cú pháp JSON ở cột {column} ({detail})");
            }
            Self::TooDeep => "các trường lồng nhau quá sâu",
            Self::FieldsTooLarge { max } => {
                return write!(f, "các trường ngoài nội dung dài hơn {} KiB", max / 1024);
            }
            Self::TooNested { max } => {
                return write!(f, "trích dẫn, danh sách hoặc chú thích lồng nhau quá {max} cấp");
            }
            Self::TooManyMarks { max } => {
                return write!(
                    f,
                    "nội dung có quá nhiều dấu Markdown, dòng và ô bảng: tối đa {}",
                    grouped(*max)
                );
            }
            Self::Missing => "bắt buộc phải có",
            Self::MissingWithout(other) => {
                return write!(f, "bắt buộc phải có khi không có “{other}”");
            }
            Self::Blank => "không được để trống",
            Self::Repeated => "trường này đã có ở trên",
            Self::ReplacedBy(other) => {
                return write!(f, "không dùng cùng “{other}”; cổng chỉ lấy “{other}”");
            }
            Self::Unknown { near: None } => "không có trường này",
            Self::Unknown { near: Some(near) } => {
                return write!(f, "không có trường này; có phải “{near}”?");
            }
            Self::WrongKind { wanted, found } => {
                return write!(f, "phải là {wanted}, không phải {found}");
            }
            Self::TooLong { chars, max } => return write!(f, "dài {chars} ký tự, tối đa {max}"),
            Self::TooMany { items, max } => return write!(f, "có {items} mục, tối đa {max}"),
            Self::NoTime => {
                "không phải thời điểm; viết như 2019-07-05T09:30:33+07:00 hoặc 2019-07-05"
            }
            Self::NotAfter(other) => return write!(f, "phải sau thời điểm “{other}”"),
            Self::NotBefore(other) => return write!(f, "phải trước thời điểm “{other}”"),
            Self::ExtensionOutOfOrder => {
                "phải sau thời điểm “opens” và sau “from” của lần gia hạn trước"
            }
            Self::AnnouncedOutOfOrder => "phải sau “on” của lần gia hạn trước",
            Self::OpenTooShort(problem) => return problem.fmt(f),
            Self::NoLetter => "phải có ít nhất một chữ cái hoặc chữ số",
            Self::NoLanguage => "không phải mã ngôn ngữ; viết như vi, en hoặc hmn",
            Self::NoArticle => "phải là tên bài: chỉ gồm a-z, 0-9 và dấu -",
            Self::NoFileName => "phải là tên tệp, không có dấu / và không phải địa chỉ",
            Self::NoAddress => "phải là tên bài cũ hoặc đường dẫn bắt đầu bằng /",
            Self::NothingLeft => "dấu || ở cột đầu: bên trái không có ô nào để gộp vào",
            Self::NothingAbove => {
                "dấu ^^ ở hàng đầu của tiêu đề hoặc thân bảng: phía trên không có ô nào để gộp vào"
            }
            Self::OtherColumns => "dấu ^^ phải nằm đúng các cột của ô phía trên mà nó gộp vào",
            Self::LongRow { cells, columns } => {
                return write!(
                    f,
                    "hàng có {cells} ô, bảng chỉ có {columns} cột: các ô thừa không hiện ra"
                );
            }
            Self::HeaderCells { cells, columns } => {
                return write!(
                    f,
                    "hàng tiêu đề bảng có {cells} ô, hàng |---| có {columns}: hiện ra như chữ thường"
                );
            }
            Self::HeaderIndent => {
                "các hàng tiêu đề bảng và hàng |---| phải thụt vào như nhau: hiện ra như chữ thường"
            }
        })
    }
}

impl std::fmt::Display for TomlMistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Repeated => "trường này đã có ở trên",
            Self::CurlyQuotes => "dùng dấu nháy thẳng \" thay cho dấu nháy cong “ ”",
            Self::OpenQuote => "thiếu một dấu nháy \"",
            Self::NoEqualsSign => "mỗi dòng phải có dạng: tên = \"giá trị\"",
            Self::Other => "không đúng cú pháp TOML; chữ phải đặt trong dấu nháy \"…\"",
        })
    }
}

impl std::fmt::Display for ValueKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "chuỗi ký tự trong dấu nháy",
            Self::Time => "thời điểm",
            Self::Boolean => "true hoặc false",
            Self::List => "danh sách",
            Self::Table => "nhóm trường",
            Self::Other => "số hoặc giá trị rỗng",
        })
    }
}

fn as_text<S: Serializer>(cause: &Cause, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialised_form_of_a_problem_is_stable() {
        let place = DocumentPosition { line: 3, span: 20..30 };
        let problem = DocumentProblem::error(place, Some("updated"), Cause::Blank);
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"severity":"error","line":3,"field":"updated","message":"không được để trống"}"#
        );
    }
}
