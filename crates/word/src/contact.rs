//! Recognises lines with an address, a telephone number, an e-mail address, a website or a tax code.

use cong_core::vietnamese::fold;

/// The beginnings of such lines, before a colon or full stop, in lower case and without accents.
const STARTS: [&str; 14] = [
    "dia chi",
    "tru so",
    "so nha",
    "dt",
    "dien thoai",
    "tel",
    "hotline",
    "duong day nong",
    "fax",
    "email",
    "e-mail",
    "thu dien tu",
    "website",
    "ma so thue",
];

/// Whether the line contains contact data.
pub fn is_contact_line(line: &str) -> bool {
    let folded = fold(line);
    let words = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_named = STARTS.iter().any(|start| {
        let rest = words.strip_prefix(start).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '.']))
    });
    is_named
        || ["@", "http", "www."].iter().any(|mark| folded.contains(mark))
        || has_telephone_number(words)
}

/// Whether the line has a group of 9 to 12 digits that begins with 0. A line with a `/` is refused, because it may
/// contain the number of a legal document, such as `15/QĐ-UBND`.
fn has_telephone_number(line: &str) -> bool {
    let is_between = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-');
    let mut groups = line.split(|c: char| !is_between(c));
    !line.contains('/')
        && groups.any(|group| {
            let digits: String = group.chars().filter(char::is_ascii_digit).collect();
            digits.starts_with('0') && (9..=12).contains(&digits.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_lines_are_told_from_names_and_numbers() {
        for line in [
            "Địa chỉ: 17 đường Hùng Vương",
            "ĐT: 0213.385.0000 – Fax: 0213.385.0001",
            "☎ 0213 385 0000",
            "vanthu@sonlam.example.vn",
            "Website: sonlam.example.vn",
        ] {
            assert!(is_contact_line(line), "{line}");
        }
        for line in [
            "SỞ Y TẾ",
            "Số: 15/QĐ-UBND",
            "Trụ sở làm việc xã Vân Khê",
            "Ngày 05 tháng 9 năm 2026",
            "ĐTNCS XÃ VÂN KHÊ",
        ] {
            assert!(!is_contact_line(line), "{line}");
        }
    }
}
