//! The fields of a document in either form: a tree of values with their positions. `toml_form` and `json_form`
//! build it, and `fields` reads it.

use super::problem::{Kind, Place};

/// A value and its position.
#[derive(Clone, Debug)]
pub struct Node {
    pub place: Place,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    /// A date or time in TOML, as written. JSON has no such type.
    Time(String),
    Boolean(bool),
    List(Vec<Node>),
    Table(Table),
    /// A type of value that no field takes.
    Other,
}

pub type Table = Vec<Entry>;

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    /// The position of the key.
    pub place: Place,
    pub node: Node,
}

impl Value {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Time(_) => Kind::Time,
            Self::Boolean(_) => Kind::Boolean,
            Self::List(_) => Kind::List,
            Self::Table(_) => Kind::Table,
            Self::Other => Kind::Other,
        }
    }
}

/// Finds a value by the path that problems use. List items are counted from 1, as in `attachments[2].file`.
pub fn find<'a>(table: &'a Table, path: &str) -> Option<&'a Node> {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (key, number) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
        Some((key, number)) => (key, Some(number.parse::<usize>().ok()?)),
        None => (step, None),
    };
    let node = &table.iter().find(|entry| entry.key == key)?.node;
    let node = match (number, &node.value) {
        (None, _) => node,
        (Some(number), Value::List(items)) => items.get(number.checked_sub(1)?)?,
        _ => return None,
    };
    match (rest, &node.value) {
        (None, _) => Some(node),
        (Some(rest), Value::Table(table)) => find(table, rest),
        _ => None,
    }
}
