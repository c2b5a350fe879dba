//! The fields of a document, whichever form it has: a tree of values that know their places.
//! Filled by `toml_form` and `json_form`, read by `fields`.

use super::problem::{Kind, Place};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    pub place: Place,
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

/// The value at a path as problems name it, with items counted from 1: `attachments[2].file`.
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
