//! Rows for spreadsheets, in UTF-8: what a program opens as a table, and no cell of it as a formula.

/// Tells spreadsheet programs that the file is UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Appends a row (RFC 4180).
pub fn push_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (column, cell) in cells.into_iter().enumerate() {
        if column > 0 {
            out.push(',');
        }
        out.push('"');
        if could_be_formula(cell) {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet program might compute the cell (owasp.org, "CSV Injection"); blanks before do not
/// keep all of them from it, nor do the signs' full-width forms. A `'` in front does.
fn could_be_formula(cell: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
    cell.starts_with(['\t', '\r', '\n'])
        || cell
            .trim_start_matches(is_blank)
            .starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut out = String::new();
        push_row(&mut out, cells.iter().copied());
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

    /// Reads rows as RFC 4180 says, every cell within quotes.
    fn read(text: &str) -> Vec<Vec<String>> {
        let rows = text.strip_suffix("\"\r\n").unwrap().split("\"\r\n\"");
        let cells = rows.map(|row| row.strip_prefix('"').unwrap_or(row).split("\",\""));
        cells.map(|cells| cells.map(|cell| cell.replace("\"\"", "\"")).collect()).collect()
    }

    proptest! {
        #[test]
        fn a_row_is_read_as_it_was_written_but_for_the_sign_that_keeps_formulas_out(
            cells in prop::collection::vec(r#"[=+\-@|%＝＋ \t\r\n'"a,;]{0,3}[^"]{0,8}"#, 1..5)
        ) {
            // Where quotes touch the separators this plain reader would take one for the other.
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('"', "x\"x")).collect();
            let mut row = String::new();
            push_row(&mut row, cells.iter().map(String::as_str));
            let rows = read(&row);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].len(), cells.len());
            for (read, written) in rows[0].iter().zip(&cells) {
                let shown = read.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
                prop_assert!(!shown.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']));
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| read != written).unwrap_or(read), written);
            }
        }
    }
}
