//! The fields of a document, whichever form it has: a tree of values that know their lines.
//! Filled by `toml_form` and `json_form`, read by `fields`.

/// A value and the line it stands on, counted from 1.
#[derive(Clone, Debug)]
pub struct Node {
    pub line: usize,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    /// A TOML date or time, as written; JSON has only text for it.
    Time(String),
    Boolean(bool),
    List(Vec<Node>),
    Table(Table),
    /// A kind of value that no field takes.
    Other,
}

pub type Table = Vec<Entry>;

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    /// Where the key stands.
    pub line: usize,
    pub node: Node,
}

impl Value {
    /// What an editor calls this kind of value.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "chuỗi ký tự",
            Self::Time(_) => "thời điểm",
            Self::Boolean(_) => "true hoặc false",
            Self::List(_) => "danh sách",
            Self::Table(_) => "nhóm trường",
            Self::Other => "số hoặc giá trị rỗng",
        }
    }
}
