//! Converts the problems that `cong_core` finds in a document into findings, each with a code, an English message and a
//! hint.

use cong_core::article::{Cause, DocumentProblem, TomlMistake, ValueKind};
use cong_core::periods::TooShort;

use super::finding::Finding;
use super::studied::Studied;
use crate::language::{Language, say};

/// Makes the finding for a problem, with its position in the document.
pub fn finding(studied: &Studied<'_>, problem: &DocumentProblem) -> Finding {
    let (code, message) = (code(&problem.cause), message(problem));
    let finding = studied.finding(problem.severity, code, &problem.span, message);
    Finding { line: problem.line, hint: hint(&problem.cause), ..finding }
}

/// Describes a problem: the name of the field, if there is one, and then what is wrong with it.
pub fn message(problem: &DocumentProblem) -> String {
    let cause = match Language::current() {
        Language::Vietnamese => problem.cause.to_string(),
        Language::English => english(&problem.cause),
    };
    match &problem.field {
        Some(field) => say!("trường “{field}”: {cause}", "field “{field}”: {cause}"),
        None => cause,
    }
}

fn code(cause: &Cause) -> &'static str {
    match cause {
        Cause::NoSlug => "file-name",
        Cause::TooLarge { .. } => "too-large",
        Cause::Utf16 => "utf-16",
        Cause::NoUtf8 => "no-utf-8",
        Cause::NoFrontMatter | Cause::OpenFrontMatter => "front-matter",
        Cause::Toml { .. } => "toml",
        Cause::Json { .. } | Cause::TooDeep => "json",
        Cause::FieldsTooLarge { .. } => "too-large",
        Cause::TooNested { .. } | Cause::TooManyMarks { .. } => "too-complex",
        Cause::Missing | Cause::MissingWithout(_) | Cause::Blank => "field-missing",
        Cause::Repeated | Cause::ReplacedBy(_) => "field-repeated",
        Cause::Unknown { .. } => "field-unknown",
        Cause::WrongKind { .. } => "field-kind",
        Cause::TooLong { .. } | Cause::TooMany { .. } => "field-length",
        Cause::NoTime => "field-time",
        Cause::NotAfter(_)
        | Cause::NotBefore(_)
        | Cause::ExtensionOutOfOrder
        | Cause::AnnouncedOutOfOrder => "time-order",
        Cause::OpenTooShort(_) => "consultation-period",
        Cause::NoLetter
        | Cause::NoLanguage
        | Cause::NoArticle
        | Cause::NoFileName
        | Cause::NoAddress => "field-value",
        Cause::NothingLeft | Cause::NothingAbove | Cause::OtherColumns => "table-cell",
        Cause::LongRow { .. } | Cause::HeaderCells { .. } | Cause::HeaderIndent => "table-row",
    }
}

fn english(cause: &Cause) -> String {
    match cause {
        Cause::NoSlug => "the name of an article may only have a-z, 0-9 and hyphens".into(),
        Cause::TooLarge { max } => {
            format!("the document is larger than {} MiB", max / 1024 / 1024)
        }
        Cause::Utf16 => "the file is encoded in UTF-16, or is not text".into(),
        Cause::NoUtf8 => "a character is not valid UTF-8".into(),
        Cause::NoFrontMatter => {
            "a document must begin with a line +++ (fields in TOML) or with { (JSON)".into()
        }
        Cause::OpenFrontMatter => "the second line +++ is missing, which ends the fields".into(),
        Cause::Toml { likely, detail } => format!("{} ({detail})", english_mistake(*likely)),
        Cause::Json { detail, .. } => format!("this is not valid JSON ({detail})"),
        Cause::TooDeep => "fields are nested too deep".into(),
        Cause::FieldsTooLarge { max } => {
            format!("the fields other than the text are longer than {} KiB", max / 1024)
        }
        Cause::TooNested { max } => {
            format!("quotations, lists or footnotes are nested more than {max} levels deep")
        }
        Cause::TooManyMarks { max } => {
            format!(
                "the text has too many Markdown characters, lines and table cells: at most {max} are allowed"
            )
        }
        Cause::Missing => "is required".into(),
        Cause::MissingWithout(other) => format!("is required without “{other}”"),
        Cause::Blank => "must not be blank".into(),
        Cause::Repeated => "is repeated: it is in a line above already".into(),
        Cause::ReplacedBy(other) => {
            format!("does not go with “{other}”; the portal takes “{other}” only")
        }
        Cause::Unknown { near: None } => "there is no such field".into(),
        Cause::Unknown { near: Some(near) } => {
            format!("there is no such field; is it “{near}”?")
        }
        Cause::WrongKind { wanted, found } => {
            format!("must be {}, not {}", english_kind(*wanted), english_kind(*found))
        }
        Cause::TooLong { chars, max } => format!("has {chars} characters, at most {max} may be"),
        Cause::TooMany { items, max } => format!("has {items} items, at most {max} may be"),
        Cause::NoTime => "is not a time".into(),
        Cause::NotAfter(other) => format!("must be later than “{other}”"),
        Cause::NotBefore(other) => format!("must be earlier than “{other}”"),
        Cause::ExtensionOutOfOrder => {
            "must be later than “opens”, and than “from” of the previous extension".into()
        }
        Cause::AnnouncedOutOfOrder => "must be later than “on” of the previous extension".into(),
        Cause::OpenTooShort(TooShort { opens, earliest, period }) => {
            let source = period.source.as_ref().map(|source| format!(" by {source}"));
            format!(
                "the draft is open for comment for too short a time: opened at {}, it may close at {} at the earliest ({} \
                 days at least{}, without the day of opening)",
                opens.date_time(),
                earliest.date_time(),
                period.days,
                source.unwrap_or_default()
            )
        }
        Cause::NoLetter => "must have a letter or a digit".into(),
        Cause::NoLanguage => "is not the code of a language".into(),
        Cause::NoArticle => "must be the name of an article: a-z, 0-9 and hyphens".into(),
        Cause::NoFileName => "must be the name of a file, without a slash, not an address".into(),
        Cause::NoAddress => "must be an article's old name, or a path that begins with /".into(),
        Cause::NothingLeft => "|| in the first column: there is no cell on the left".into(),
        Cause::NothingAbove => {
            "^^ in the first row of a table's header or body: there is no cell above".into()
        }
        Cause::OtherColumns => "^^ must cover exactly the columns of the cell above".into(),
        Cause::LongRow { cells, columns } => format!(
            "the row has {cells} cells, the table only {columns} columns: the last cells are not shown"
        ),
        Cause::HeaderCells { cells, columns } => format!(
            "the header row has {cells} cells, the row |---| has {columns}: it is shown as text"
        ),
        Cause::HeaderIndent => {
            "header rows and the row |---| must be indented alike: they are shown as text".into()
        }
    }
}

fn english_mistake(mistake: TomlMistake) -> &'static str {
    match mistake {
        TomlMistake::Repeated => "this field is repeated: it is in a line above already",
        TomlMistake::CurlyQuotes => "use straight quotes \" in place of curly ones “ ”",
        TomlMistake::OpenQuote => "a quote \" is missing",
        TomlMistake::NoEqualsSign => "each line must have the form: name = \"value\"",
        TomlMistake::Other => "this is not valid TOML; texts must be in quotes \"…\"",
    }
}

fn english_kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a text in quotes",
        ValueKind::Time => "a time",
        ValueKind::Boolean => "true or false",
        ValueKind::List => "a list",
        ValueKind::Table => "a group of fields",
        ValueKind::Other => "a number or an empty value",
    }
}

/// Advice on how to solve the problem; `None` if the message itself says it.
fn hint(cause: &Cause) -> Option<String> {
    let (vietnamese, english) = match cause {
        Cause::TooLarge { .. } | Cause::TooManyMarks { .. } => (
            "chia thành nhiều bài, hoặc đưa phần dài vào tệp đính kèm",
            "divide it into several articles, or make the long part an attachment",
        ),
        Cause::Utf16 | Cause::NoUtf8 => (
            "mở bằng trình soạn thảo, chọn “Lưu thành…” với mã UTF-8",
            "open it in an editor and save it as UTF-8",
        ),
        Cause::NoFrontMatter | Cause::OpenFrontMatter => (
            "dòng đầu là +++, rồi các trường, rồi một dòng +++ nữa, rồi nội dung",
            "first a line +++, then the fields, then another line +++, then the text",
        ),
        Cause::Missing => ("thêm dòng: tên = \"giá trị\"", "add a line: name = \"value\""),
        Cause::ReplacedBy(_) => ("xóa trường này", "remove this field"),
        Cause::Unknown { .. } => (
            "các trường có trong docs/editors.vi.md; trường lạ bị bỏ qua",
            "docs/editors.vi.md has all fields; an unknown one is ignored",
        ),
        Cause::NoTime => (
            "viết như 2019-07-05T09:30:33+07:00 hoặc 2019-07-05",
            "write it like 2019-07-05T09:30:33+07:00 or 2019-07-05",
        ),
        Cause::NoLanguage => ("viết như vi, en hoặc hmn", "write it like vi, en or hmn"),
        Cause::NothingLeft | Cause::NothingAbove => (
            "ô trống thì viết | |, có dấu cách ở giữa",
            "write an empty cell as | |, with a space between the pipes",
        ),
        Cause::OtherColumns => (
            "dưới một ô rộng hai cột thì viết | ^^ ||",
            "write | ^^ || below a cell that covers two columns",
        ),
        Cause::LongRow { .. } | Cause::HeaderCells { .. } => (
            "mỗi hàng có số ô như hàng |---|; ô gộp || tính là một ô, dấu | trong chữ thì viết \\|",
            "give each row as many cells as the row |---| has; || counts as a cell, and a pipe in a text is \\|",
        ),
        _ => return None,
    };
    Some(Language::current().choose(vietnamese, english).to_owned())
}
