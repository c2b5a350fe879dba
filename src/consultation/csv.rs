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
}
