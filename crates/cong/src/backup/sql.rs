//! Writes rows as SQL that all programs between the backup and the database (wrangler, D1, SQLite) read alike.

use std::fmt::Write;

/// The maximum length of a statement, in bytes. D1 allows 100,000.
const MAX_STATEMENT_BYTES: usize = 80_000;
/// The maximum length, in bytes, of each text in the first statement for a row that is too long for one statement.
/// Further statements append the rest of the texts.
const MAX_BYTES_AT_ONCE: usize = 1_000;
/// The maximum length, in bytes, of the piece of text that one further statement appends. A piece written in
/// hexadecimal takes twice as many.
const PIECE_BYTES: usize = 35_000;

/// A value in a column of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    /// A number as SQLite prints it.
    Number(String),
    Text(String),
    /// Bytes, written in hexadecimal.
    Blob(String),
}

/// An SQL expression that returns a column's value as text for [`Value::parse`]: as SQLite's literal, which is exact
/// for every type. The function `quote` cuts a text at its first NUL character, so a text with a NUL is returned as `T`
/// followed by hexadecimal digits.
pub fn expression(column: &str) -> String {
    let column = identifier(column);
    format!(
        "iif(typeof({column}) = 'text' AND instr({column}, char(0)), 'T' || hex({column}), quote({column}))"
    )
}

impl Value {
    /// Parses what [`expression`] returned; `None` if it is malformed.
    pub fn parse(literal: &str) -> Option<Self> {
        let inside = |start: &str| literal.strip_prefix(start)?.strip_suffix('\'');
        if literal == "NULL" {
            Some(Self::Null)
        } else if let Some(text) = inside("'") {
            Some(Self::Text(text.replace("''", "'")))
        } else if let Some(hex) = inside("X'") {
            Some(Self::Blob(hex.to_owned()))
        } else if let Some(hex) = literal.strip_prefix('T') {
            String::from_utf8(bytes_of(hex)?).ok().map(Self::Text)
        } else {
            let is_number = |c: char| c.is_ascii_digit() || "+-.e".contains(c);
            (!literal.is_empty() && literal.chars().all(is_number))
                .then(|| Self::Number(literal.to_owned()))
        }
    }

    /// The value as an SQL literal.
    fn literal(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Number(number) => number.clone(),
            Self::Blob(hex) => format!("X'{hex}'"),
            Self::Text(text) => text_literal(text),
        }
    }
}

/// Writes a text as an SQL literal. Some programs that split or rewrite SQL misread quotes, line breaks, backslashes or
/// semicolons; `wrangler d1 export`, for example, turns a backslash followed by an n into a line break. So a text with
/// anything but letters, digits and harmless punctuation is written in hexadecimal.
pub fn text_literal(text: &str) -> String {
    let is_harmless = |c: char| c.is_alphanumeric() || " .,:_@()-+".contains(c);
    match text.chars().all(is_harmless) {
        true => format!("'{text}'"),
        false => format!("CAST(X'{}' AS TEXT)", hex_of(text.as_bytes())),
    }
}

/// Quotes the name of a table or column.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns the statements that insert a row. `row` has the values in the order of `columns`. If the row is too long for
/// one statement, further statements append the rest of its long texts. They find the row by its rowid; tables without
/// a rowid have no long texts.
pub fn insert(table: &str, columns: &[String], row: &[Value]) -> Vec<String> {
    let table = identifier(table);
    let whole = insert_whole(&table, row);
    if whole.len() <= MAX_STATEMENT_BYTES {
        return vec![whole];
    }
    let mut heads = row.to_vec();
    let mut pieces = Vec::new();
    for (column, head) in columns.iter().zip(&mut heads) {
        let Value::Text(text) = head else { continue };
        if text.len() > MAX_BYTES_AT_ONCE {
            let mut rest = text.split_off(text.floor_char_boundary(MAX_BYTES_AT_ONCE));
            while !rest.is_empty() {
                let after = rest.split_off(rest.floor_char_boundary(PIECE_BYTES));
                pieces.push((column, std::mem::replace(&mut rest, after)));
            }
        }
    }
    let append = |(column, piece): (&String, String)| {
        let (column, piece) = (identifier(column), text_literal(&piece));
        format!(
            "UPDATE {table} SET {column} = {column} || {piece} WHERE rowid = last_insert_rowid();"
        )
    };
    std::iter::once(insert_whole(&table, &heads)).chain(pieces.into_iter().map(append)).collect()
}

fn insert_whole(table: &str, row: &[Value]) -> String {
    let values: Vec<_> = row.iter().map(Value::literal).collect();
    format!("INSERT INTO {table} VALUES ({});", values.join(", "))
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02X}");
        hex
    })
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn literals_that_the_database_returns_are_parsed() {
        for (literal, value) in [
            ("NULL", Value::Null),
            ("-12", Value::Number("-12".into())),
            ("9007199254740993", Value::Number("9007199254740993".into())),
            ("1.0e-07", Value::Number("1.0e-07".into())),
            ("''", text("")),
            ("'It''s ''''; NULL'", text("It's ''; NULL")),
            ("X'00FF'", Value::Blob("00FF".into())),
            ("T610062", text("a\0b")),
        ] {
            assert_eq!(Value::parse(literal), Some(value), "{literal}");
        }
        for no_literal in ["", "'", "abc", "T6", "TFF", "1; DROP"] {
            assert_eq!(Value::parse(no_literal), None, "{no_literal}");
        }
    }

    #[test]
    fn texts_with_special_characters_are_written_in_hexadecimal() {
        assert_eq!(text_literal("Nguyễn Văn A, 1 (x)"), "'Nguyễn Văn A, 1 (x)'");
        for hostile in
            ["'", "a\\nb", "a\nb", "a;b", "\0", "\"", "[", "/*", "\u{9b}", "`", "e\u{301}"]
        {
            let literal = text_literal(hostile);
            let hex = literal.strip_prefix("CAST(X'").unwrap().strip_suffix("' AS TEXT)").unwrap();
            assert_eq!(bytes_of(hex).unwrap(), hostile.as_bytes());
        }
    }

    #[test]
    fn a_long_row_is_divided_into_statements_of_allowed_length() {
        let long = "ế\n".repeat(60_000);
        let columns = ["id", "text", "short"].map(str::to_owned);
        let row = [Value::Number("1".into()), text(&long), text("ngắn")];
        let statements = insert("t", &columns, &row);
        assert!(statements.len() > 5);
        assert!(statements.iter().all(|statement| statement.len() < 100_000));
        let written: Vec<u8> = statements
            .iter()
            .flat_map(|statement| {
                let hex = statement.split("X'").nth(1).unwrap().split('\'').next().unwrap();
                bytes_of(hex).unwrap()
            })
            .collect();
        assert!(written == long.as_bytes());
        assert!(statements[0].starts_with("INSERT INTO \"t\" VALUES (1, CAST(X'"));
        assert!(statements[0].ends_with(", 'ngắn');"));
    }

    #[test]
    fn a_short_row_is_one_statement() {
        let row = [Value::Null, Value::Number("7".into()), text("a")];
        let columns = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(
            insert("x\"y", &columns, &row),
            ["INSERT INTO \"x\"\"y\" VALUES (NULL, 7, 'a');"]
        );
    }
}
