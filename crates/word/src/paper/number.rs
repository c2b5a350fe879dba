//! Reads the number of a paper ("Số: 27/QĐ-UBND"), and its place and date ("Sơn Lâm, ngày 05 tháng 7 năm 2026").

use cong_core::vietnamese::{Timestamp, WrittenTime, fold};

use super::writing::begins_with;

/// Returns the text after "Số" in a line with the number of a paper. Returns `None` for other lines.
pub fn number_text(line: &str) -> Option<&str> {
    let (count, folded): (usize, String) = (2, line.chars().take(2).collect());
    if fold(&folded) != "so" {
        return None;
    }
    let at = line.char_indices().nth(count).map_or(line.len(), |(at, _)| at);
    let rest = line.get(at..)?;
    let text = rest.trim_start_matches([':', ' ', '.']);
    let is_separate = rest.is_empty() || rest.starts_with([':', ' ', '.', '…', '/']);
    (is_separate && (text.is_empty() || sign(text).is_some())).then_some(text)
}

/// Returns the end of a number from its first `/` or dash, such as `/QĐ-UBND`, if this end has abbreviations.
fn sign(text: &str) -> Option<&str> {
    let at = text.find(['/', '-', '–'])?;
    let before = text.get(..at)?;
    let is_blank = |c: char| c.is_whitespace() || c.is_ascii_digit() || "….xX_".contains(c);
    let is_number = before.chars().all(is_blank)
        || before
            .strip_suffix(|c: char| c.is_alphabetic())
            .is_some_and(|b| b.chars().all(is_blank));
    let sign = text.get(at..)?;
    let has_letter = sign.chars().any(char::is_uppercase);
    (is_number && has_letter).then_some(sign)
}

/// Returns the number without spaces. Returns `None` if a part is blank, or if the text is no number.
pub fn read_number(text: &str) -> Option<String> {
    let mut number = String::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let part: &str = rest
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '&')))
            .next()
            .unwrap_or_default();
        if part.is_empty() {
            return None;
        }
        number.push_str(part);
        rest = rest.get(part.len()..).unwrap_or_default().trim_start();
        let Some(separator) = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '–' | '—'))
        else {
            // A number that ends with a blank, such as `5/__`, is incomplete.
            if rest.starts_with('_') {
                return None;
            }
            break;
        };
        number.push(if separator == '/' { '/' } else { '-' });
        rest = rest.get(separator.len_utf8()..).unwrap_or_default().trim_start();
    }
    let number = number.trim_end_matches(['.', '/', '-']);
    let is_whole = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['/', '-']);
    let has_dots = number.contains("..");
    (is_whole && !has_dots).then(|| number.to_owned())
}

/// The place and the date of a paper. A blank place or date is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceAndDate {
    pub place: Option<String>,
    pub issued_on: Option<Timestamp>,
}

/// Reads a line that consists of a place and a date, or of a date. Returns `None` for other lines.
pub fn read_place_and_date(line: &str) -> Option<PlaceAndDate> {
    let at = find_word(line, "ngay")?;
    let place = line.get(..at)?.trim().trim_end_matches(',').trim_end();
    let date = line.get(at..)?;
    let tail = fold(date);
    let has_month = tail.contains("thang") && tail.contains("nam") || slashed(&tail).is_some();
    let is_short = place.split_whitespace().count() <= 6 && date.split_whitespace().count() <= 9;
    let is_place = place.is_empty() || line.get(..at)?.contains(',') || date.starts_with('n');
    if !has_month || !is_short || !is_place || place.contains([':', '(', ';']) {
        return None;
    }
    // "Sơn Lâm, hồi 16 giờ 30 ngày 8 tháng 8 năm 2026"
    let place = place.split_once(", hồi ").map_or(place, |(place, _)| place);
    let is_named = place.chars().next().is_some_and(char::is_uppercase) && !place.contains('…');
    let place = (is_named && !place.contains("..")).then(|| place.to_owned());
    Some(PlaceAndDate { place, issued_on: read_date(date) })
}

/// Returns the byte position of the word `wanted`, which is in lower case without accents.
fn find_word(line: &str, wanted: &str) -> Option<usize> {
    let mut at = 0;
    for word in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
        if fold(word.trim_end_matches(|c: char| !c.is_alphanumeric())) == wanted {
            return Some(at);
        }
        at += word.len();
    }
    None
}

/// Reads the date after "ngày": `12 tháng 5 năm 2026` or `12/5/2026`. Returns `None` if a part is blank, the day does
/// not exist, or the year is outside 1900 to 2199.
pub fn read_date(text: &str) -> Option<Timestamp> {
    let folded = fold(text);
    let rest = folded.trim().strip_prefix("ngay").unwrap_or(&folded).trim();
    let [day, month, year] = match slashed(rest) {
        Some(parts) => parts,
        None => {
            let (day, rest) = rest.split_once("thang")?;
            let (month, rest) = rest.split_once("nam")?;
            let year: String = rest.trim().chars().take_while(char::is_ascii_digit).collect();
            [day.trim().parse().ok()?, month.trim().parse().ok()?, year.parse().ok()?]
        }
    };
    if !(1900..2200).contains(&year) {
        return None;
    }
    WrittenTime::parse(&format!("{year:04}-{month:02}-{day:02}")).map(WrittenTime::start)
}

/// Returns day, month and year of a date such as `5/7/2026`, `05-07-2026` or `5.7.2026`, at the beginning of the text
/// or after "ngày".
fn slashed(folded: &str) -> Option<[u32; 3]> {
    let text = folded.trim().strip_prefix("ngay").unwrap_or(folded).trim();
    let date = text.split_whitespace().next()?;
    let mut parts = date.trim_end_matches(['.', ',', ';']).split(['/', '-', '.']);
    let parts = [parts.next()?, parts.next()?, parts.next()?].map(str::parse);
    match parts {
        [Ok(day), Ok(month), Ok(year)] => Some([day, month, year]),
        _ => None,
    }
}

/// Reads the day on which a contract or record was made, from a line such as "Hôm nay, ngày 20 tháng 3 năm 2026, …".
pub fn read_day_of_record(line: &str) -> Option<Timestamp> {
    let folded = fold(line);
    if !begins_with(&folded.replace([',', ':'], " "), "hom nay") {
        return None;
    }
    let at = find_word(line, "ngay")?;
    read_date(line.get(at..)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_without_spaces() {
        for (line, number) in [
            ("Số: 96/QĐ-UBND", Some("96/QĐ-UBND")),
            ("Số: 06 / CT - CTUBND", Some("06/CT-CTUBND")),
            ("Số:88/HD-SNNMT", Some("88/HD-SNNMT")),
            ("Số 112-GM/ĐU", Some("112-GM/ĐU")),
            ("Số 12 / 2026 / QĐ - UBND", Some("12/2026/QĐ-UBND")),
            ("Số: 077/2026/TB-SLX-CNSL", Some("077/2026/TB-SLX-CNSL")),
            ("SỐ: 5/QĐ-UBND (bản sao)", Some("5/QĐ-UBND")),
            ("Số:    /QĐ-UBND", None),
            ("Số: ...../2026/NQ-HĐND", None),
            ("Số: …/QĐ-UBND", None),
            ("Số:", None),
        ] {
            let text = number_text(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(read_number(text).as_deref(), number, "{line}");
        }
        for line in ["Số 5 phố Hàng Chè", "Sở Y tế", "Số lượng", "Số hộ/bản"] {
            assert_eq!(number_text(line), None, "{line}");
        }
    }

    #[test]
    fn places_and_dates_are_read_and_blanks_stay_blank() {
        for (line, place, day) in [
            ("Vân Khê, ngày 12 tháng 5 năm 2026", Some("Vân Khê"), Some("2026-05-12")),
            ("Sơn Lâm,ngày 5/7/2026", Some("Sơn Lâm"), Some("2026-07-05")),
            ("Sơn Lâm, ngày  11  tháng  12  năm  2026", Some("Sơn Lâm"), Some("2026-12-11")),
            ("Sơn Lâm, ngày … tháng 10 năm 2026", Some("Sơn Lâm"), None),
            ("……, ngày … tháng … năm 20…", None, None),
            ("Sơn Lâm, ngày 31 tháng 02 năm 2026", Some("Sơn Lâm"), None),
        ] {
            let read = read_place_and_date(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(read.place.as_deref(), place, "{line}");
            let expected = day.and_then(WrittenTime::parse).map(WrittenTime::start);
            assert_eq!(read.issued_on, expected, "{line}");
        }
        assert_eq!(
            read_place_and_date("(Kèm theo Quyết định số 5 ngày 12 tháng 5 năm 2026)"),
            None
        );
        assert!(read_day_of_record("Hôm nay, ngày 20 tháng 3 năm 2026, tại trụ sở").is_some());
    }
}
