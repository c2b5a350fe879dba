//! Writes CSV for spreadsheet programs, in UTF-8. No cell of it is interpreted as a formula.

/// The content type of CSV tables.
pub const CSV: &str = "text/csv; charset=utf-8";

/// The beginning of a table: the byte order mark, by which spreadsheet programs recognise UTF-8, and the row with the
/// names of the columns.
pub fn csv_head<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut head = "\u{FEFF}".to_owned();
    push_csv_row(&mut head, columns);
    head
}

/// Appends a row to a table (RFC 4180).
pub fn push_csv_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (column, cell) in cells.into_iter().enumerate() {
        if column > 0 {
            out.push(',');
        }
        out.push('"');
        push_text(out, cell);
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Appends the text of a cell, which is within quotes. A program that separates cells by `;` or tabs instead of commas
/// takes most of these quotes for ordinary characters, and starts a new cell at every such character and line break
/// within the text. Therefore a `'` is inserted before every possible formula wherever a program may start a cell.
fn push_text(out: &mut String, text: &str) {
    let mut may_begin_cell = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        if may_begin_cell && could_be_formula(rest)
            || at == 0 && rest.starts_with(['\t', '\r', '\n'])
        {
            out.push('\'');
        }
        may_begin_cell = separates_cells(c);
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
}

/// Whether some program may start a new cell after this character: a separator, a line break, or a control character
/// such as a tab.
fn separates_cells(c: char) -> bool {
    matches!(c, ',' | ';' | '\u{2028}' | '\u{2029}') || c.is_control()
}

/// Whether a spreadsheet program might take a cell with this text for a formula (owasp.org, "CSV Injection"). Formulas
/// begin with one of `SIGNS`. Some programs ignore blanks and quotes before the sign, and accept full-width signs. The
/// function reads only up to the next separator, because the text after it is checked separately.
fn could_be_formula(text: &str) -> bool {
    let is_passed_over = |c: char| {
        let is_blank = c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
        c == '"' || is_blank && !separates_cells(c)
    };
    text.trim_start_matches(is_passed_over).starts_with(SIGNS)
}

const SIGNS: [char; 12] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut out = String::new();
        push_csv_row(&mut out, cells.iter().copied());
        out
    }

    #[test]
    fn every_cell_is_quoted_and_keeps_its_line_breaks() {
        assert_eq!(row(&["a", "b \"c\", d\ne", ""]), "\"a\",\"b \"\"c\"\", d\ne\",\"\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{A0}=1",
            "\u{FEFF}=1",
            "＝1",
            "\n=1",
            "=cmd|' /C calc'!A0",
            "=HYPERLINK(\"https://example.com\")",
        ] {
            assert!(row(&[cell]).starts_with("\"'"), "{cell:?}");
        }
        assert!(row(&["Điều 1 = Điều 2"]).starts_with("\"Điều"));
    }

    #[test]
    fn what_follows_a_separator_is_no_formula_either() {
        for (cell, written) in [
            ("x;=1+1;y", "x;'=1+1;y"),
            ("x\";=1+1;\"y", "x\"\";'=1+1;\"\"y"),
            ("x;\"=1", "x;'\"\"=1"),
            ("x; \" =1", "x;' \"\" =1"),
            ("x\t＝1", "x\t'＝1"),
            ("x, +1", "x,' +1"),
            ("x\r\n- y", "x\r\n'- y"),
            ("x;;=1", "x;;'=1"),
            ("10-20; 5 = 5", "10-20; 5 = 5"),
        ] {
            assert_eq!(row(&[cell]), format!("\"{written}\"\r\n"));
        }
    }

    /// Reads a CSV text as a spreadsheet program does, and returns its cells.
    fn read(text: &str, separator: u8, honours_quotes: bool) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .quoting(honours_quotes)
            .from_reader(text.as_bytes())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn no_program_finds_a_formula_and_one_that_separates_by_commas_finds_the_text(
            rows in prop::collection::vec(
                prop::collection::vec(r#"([,;\t\r\n]?[ "'\u{a0}]{0,3}[=+\-@|%＝＋－＠a"]?){0,5}"#, 3),
                1..4,
            )
        ) {
            let mut text = String::new();
            for row in &rows {
                push_csv_row(&mut text, row.iter().map(String::as_str));
            }
            for separator in [b',', b';', b'\t'] {
                for honours_quotes in [true, false] {
                    for cell in read(&text, separator, honours_quotes).concat() {
                        let quotes: &[_] = if honours_quotes { &[] } else { &['"'] };
                        let shown = cell.trim_start_matches(|c: char| c.is_whitespace() || quotes.contains(&c));
                        prop_assert!(!shown.starts_with(SIGNS), "{cell:?} in {text:?}");
                    }
                }
            }
            let plain = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
                rows.iter().map(|row| row.iter().map(|cell| cell.replace('\'', "")).collect()).collect()
            };
            prop_assert_eq!(plain(&read(&text, b',', true)), plain(&rows));
        }
    }
}
