//! The fields of a document as a tree of values with their positions. `toml_form` and `json_form` build the tree, and
//! `fields` reads it.

use super::problem::{DocumentPosition, ValueKind};

#[derive(Clone, Debug)]
pub struct FieldNode {
    pub place: DocumentPosition,
    pub value: FieldValue,
}

#[derive(Clone, Debug)]
pub enum FieldValue {
    Text(String),
    /// A date or time in TOML, as written. JSON has no such type.
    Time(String),
    Boolean(bool),
    List(Vec<FieldNode>),
    Table(FieldTable),
    /// A value of a type that no field may have, such as a number.
    Other,
}

pub type FieldTable = Vec<TableEntry>;

#[derive(Clone, Debug)]
pub struct TableEntry {
    pub key: String,
    /// The position of the field's key in TOML form, of its value in JSON form.
    pub place: DocumentPosition,
    pub node: FieldNode,
}

impl FieldValue {
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Text(_) => ValueKind::Text,
            Self::Time(_) => ValueKind::Time,
            Self::Boolean(_) => ValueKind::Boolean,
            Self::List(_) => ValueKind::List,
            Self::Table(_) => ValueKind::Table,
            Self::Other => ValueKind::Other,
        }
    }
}

/// Finds a value by its path, in the notation of `DocumentProblem::field`. List items are counted from 1, as in
/// `attachments[2].file`.
pub fn find<'a>(table: &'a FieldTable, path: &str) -> Option<&'a FieldNode> {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (key, number) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
        Some((key, number)) => (key, Some(number.parse::<usize>().ok()?)),
        None => (step, None),
    };
    let node = &table.iter().find(|entry| entry.key == key)?.node;
    let node = match (number, &node.value) {
        (None, _) => node,
        (Some(number), FieldValue::List(items)) => items.get(number.checked_sub(1)?)?,
        _ => return None,
    };
    match (rest, &node.value) {
        (None, _) => Some(node),
        (Some(rest), FieldValue::Table(table)) => find(table, rest),
        _ => None,
    }
}
