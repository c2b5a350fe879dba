//! Deserialises the rows of a database. The JSON is parsed into a table of cells by one parser for all row types. If
//! serde derived a JSON parser for each of a hundred row types, each would add several kilobytes of Wasm.

use std::fmt;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};

/// Reads rows from a JSON text: an array of objects that have the same columns in the same order. Columns are matched
/// by field name, without aliases. A field without a column needs `#[serde(default)]`, even if it is an `Option`.
///
/// # Errors
/// The text is not such JSON, or a row does not match `T`.
pub fn parse<T: DeserializeOwned>(json: &str) -> Result<Vec<T>, String> {
    let Table { columns, rows } = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut parsed = Vec::with_capacity(rows.len());
    for cells in rows {
        let row = Row { columns: &columns, cells };
        parsed.push(T::deserialize(row).map_err(|error| error.to_string())?);
    }
    Ok(parsed)
}

#[derive(Default)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// A value of one column in one row. Blobs are not supported, because the portal stores none.
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(TableVisitor)
    }
}

struct TableVisitor;

impl<'de> Visitor<'de> for TableVisitor {
    type Value = Table;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Table, A::Error> {
        let mut table = Table::default();
        while seq.next_element_seed(RowSeed(&mut table))?.is_some() {}
        Ok(table)
    }
}

/// Reads one row of the JSON text and adds it to the table.
struct RowSeed<'a>(&'a mut Table);

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Table { columns, rows } = self.0;
        let mut cells = Vec::with_capacity(columns.len());
        while let Some((column, cell)) = map.next_entry::<&str, Cell>()? {
            match columns.get(cells.len()) {
                Some(known) if known == column => {}
                None if rows.is_empty() => columns.push(column.to_owned()),
                _ => return Err(serde::de::Error::custom("rows with different columns")),
            }
            cells.push(cell);
        }
        if cells.len() < columns.len() {
            return Err(serde::de::Error::custom("rows with different columns"));
        }
        rows.push(cells);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Integer(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Cell, E> {
        i64::try_from(number).map(Cell::Integer).map_err(E::custom)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }
}

impl<'de> Deserializer<'de> for Cell {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Integer(number) => visitor.visit_i64(number),
            Self::Real(number) => visitor.visit_f64(number),
            Self::Text(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            cell => visitor.visit_some(cell),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = match self {
            Self::Text(text) => text,
            _ => return Err(serde::de::Error::custom("a name was to be there")),
        };
        text.into_deserializer().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// One row of a table. A struct reads its fields by name, so the order of the columns does not matter.
struct Row<'a> {
    columns: &'a [String],
    cells: Vec<Cell>,
}

impl<'de> Deserializer<'de> for Row<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Fields { row: self, fields: fields.iter() })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Columns { names: self.columns.iter(), cells: self.cells.into_iter() })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
    }
}

/// The cells for the fields of a struct, in the order of the fields. For a field without a column, the result is
/// `None`; serde then uses the field's default.
struct Fields<'a> {
    row: Row<'a>,
    fields: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(field) = self.fields.next() else { return Ok(None) };
        match self.row.take(field) {
            Some(cell) => seed.deserialize(cell).map(Some),
            None => Ok(None),
        }
    }
}

impl Row<'_> {
    fn take(&mut self, field: &str) -> Option<Cell> {
        let index = self.columns.iter().position(|column| column == field)?;
        Some(std::mem::replace(self.cells.get_mut(index)?, Cell::Null))
    }
}

/// A row as a map of columns, for types that serde does not read as plain structs, such as those with
/// `#[serde(flatten)]`.
struct Columns<'a> {
    names: std::slice::Iter<'a, String>,
    cells: std::vec::IntoIter<Cell>,
}

impl<'de> MapAccess<'de> for Columns<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let name: StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.cells.next().unwrap_or(Cell::Null))
    }
}

#[cfg(test)]
mod tests {
    use cong_core::vietnamese::Timestamp;
    use serde::de::IgnoredAny;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Open,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        at: Timestamp,
        #[serde(default)]
        missing: u32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct All {
        name: String,
        note: Option<String>,
        share: f64,
        kind: Kind,
        count: Option<u8>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Composed {
        name: String,
        #[serde(flatten)]
        inner: Inner,
    }

    const JSON: &str = r#"[
        {"at": 7, "name": "một\n\"hai\"", "count": 255, "note": null, "kind": "open", "share": 1},
        {"at": -7, "name": "ba", "count": null, "note": "x", "kind": "open", "share": 0.5}
    ]"#;

    #[test]
    fn fields_are_found_by_name_whatever_the_order_and_whatever_else_is_there() {
        let rows: Vec<All> = parse(JSON).unwrap();
        let [first, second] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(
            (first.name.as_str(), &first.note, first.count),
            ("một\n\"hai\"", &None, Some(255))
        );
        assert_eq!((second.note.as_deref(), second.share, second.count), (Some("x"), 0.5, None));
        assert_eq!((first.share, &first.kind), (1.0, &Kind::Open));
    }

    #[test]
    fn what_is_no_column_has_its_default_or_is_an_error() {
        let rows: Vec<Inner> = parse(JSON).unwrap();
        assert_eq!(rows[1], Inner { at: Timestamp(-7), missing: 0 });
        assert!(parse::<All>(r#"[{"name": "x"}]"#).is_err());
    }

    #[test]
    fn a_type_made_of_others_is_read_too() {
        let rows: Vec<Composed> = parse(JSON).unwrap();
        let inner = Inner { at: Timestamp(7), missing: 0 };
        assert_eq!(rows[0], Composed { name: "một\n\"hai\"".to_owned(), inner });
    }

    #[test]
    fn rows_can_be_counted_without_being_read() {
        assert_eq!(parse::<IgnoredAny>(JSON).unwrap().len(), 2);
        assert_eq!(parse::<All>("[]").unwrap(), []);
    }

    #[test]
    fn another_shape_is_an_error_and_no_panic() {
        for (json, what) in [
            ("", "no JSON"),
            ("{}", "no rows"),
            ("[1]", "no row"),
            (r#"[{"at": "x"}]"#, "a text for a number"),
            (r#"[{"at": 1}, {"at": 1, "b": 2}]"#, "a column more"),
            (r#"[{"at": 1}, {"b": 2}]"#, "another column"),
            (r#"[{"at": 1, "b": 2}, {"at": 1}]"#, "a column less"),
            (r#"[{"at": [1]}]"#, "a list"),
            (r#"[{"at": 9223372036854775808}]"#, "a number that is too large"),
        ] {
            assert!(parse::<Inner>(json).is_err(), "{what}");
        }
    }
}
