//! Classifies the lines at the head of a paper.

use super::kind::kind_of_line;
use super::number::{PlaceAndDate, number_text, read_place_and_date};
use super::writing::{begins_with, compact, is_capitals, is_rule, plain_words};
use crate::contact::is_contact_line;

/// The kind of a line at the head of a paper, with the data in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderLine {
    /// The national title, or the title of the Party or of another organisation in its place.
    NationalTitle,
    Motto,
    Rule,
    /// The text after "Số".
    Number(String),
    PlaceAndDate(PlaceAndDate),
    /// The subject of a letter, after "V/v".
    About(String),
    /// A mark of urgency, secrecy or circulation, such as "HỎA TỐC".
    Mark,
    /// "DỰ THẢO", with or without a version such as "LẦN 2".
    Draft,
    /// Contact details of the body, or its name in English.
    Contact,
    /// The term and session of a council, below its name.
    Session,
    /// The name of the kind, such as "QUYẾT ĐỊNH". The head ends before this line.
    Kind,
    /// "Kính gửi". The head of a letter ends before this line.
    Greeting,
    Other,
}

const MARKS: [&str; 10] = [
    "hoa toc",
    "hoa toc hen gio",
    "khan",
    "thuong khan",
    "mat",
    "toi mat",
    "tuyet mat",
    "ban sao",
    "chi luu hanh noi bo",
    "tai lieu thu hoi",
];

pub fn header_line(line: &str) -> HeaderLine {
    let whole = compact(line);
    let words = plain_words(line);
    if is_national_title(&whole) {
        return HeaderLine::NationalTitle;
    }
    if matches!(whole.as_str(), "doclaptudohanhphuc" | "independencefreedomhappiness") {
        return HeaderLine::Motto;
    }
    if is_rule(line) {
        return HeaderLine::Rule;
    }
    if begins_with(&words, "kinh gui") {
        return HeaderLine::Greeting;
    }
    if let Some(text) = number_text(line) {
        return HeaderLine::Number(text.to_owned());
    }
    if let Some(read) = read_place_and_date(line) {
        return HeaderLine::PlaceAndDate(read);
    }
    if let Some(subject) = about(line) {
        return HeaderLine::About(subject.to_owned());
    }
    if MARKS.contains(&words.as_str()) && is_capitals(line) {
        return HeaderLine::Mark;
    }
    if is_contact_line(line) || is_english(line) {
        return HeaderLine::Contact;
    }
    let is_note = line.starts_with('(') && line.ends_with(')');
    if begins_with(&words, "du thao") && (is_capitals(line) || words.split(' ').count() <= 4) {
        return HeaderLine::Draft;
    }
    if begins_with(&words, "khoa") || begins_with(&words, "ky hop") || words.starts_with("nhiem ky")
    {
        return HeaderLine::Session;
    }
    if kind_of_line(line).is_some() && !is_note {
        return HeaderLine::Kind;
    }
    HeaderLine::Other
}

fn is_national_title(whole: &str) -> bool {
    const TITLES: [&str; 11] = [
        "conghoaxahoichunghiavietnam",
        // Parts of the title, if it is divided between two lines.
        "conghoaxahoi",
        "conghoaxahoichunghia",
        "chunghiavietnam",
        "nuocconghoaxahoichunghiavietnam",
        "chxhcnvietnam",
        "socialistrepublicofvietnam",
        "dangcongsanvietnam",
        "doantncshochiminh",
        "doanthanhniencongsanhochiminh",
        "tongliendoanlaodongvietnam",
    ];
    TITLES.contains(&whole)
}

/// Whether the line is the name of a body in English.
fn is_english(line: &str) -> bool {
    let is_mark = |word: &str| matches!(word, "of" | "the" | "department" | "committee");
    line.is_ascii() && line.to_lowercase().split_whitespace().any(is_mark)
}

/// Returns the subject after "V/v" or "Về việc".
pub fn about(line: &str) -> Option<&str> {
    let words = plain_words(line);
    let is_about = begins_with(&words, "v v") || begins_with(&words, "ve viec");
    if !is_about {
        return None;
    }
    let (first, rest) = line.split_once(' ')?;
    if first.contains('/') {
        return Some(rest.trim_start());
    }
    // The rest of "V / v" or of "Về việc" is skipped.
    let mut rest = rest.trim_start();
    while let Some((word, after)) = rest.split_once(' ') {
        let word = compact(word);
        if !matches!(word.as_str(), "" | "v" | "viec") {
            break;
        }
        rest = after.trim_start();
        if word == "v" || word == "viec" {
            break;
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_header_are_told_apart() {
        for (line, expected) in [
            ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", HeaderLine::NationalTitle),
            ("Độc lập — Tự do — Hạnh phúc", HeaderLine::Motto),
            ("Ðộc lập-Tự do-Hạnh phúc".replace('Ð', "Đ").as_str(), HeaderLine::Motto),
            ("---o0o---", HeaderLine::Rule),
            ("Số: 5/QĐ-UBND", HeaderLine::Number("5/QĐ-UBND".to_owned())),
            ("V/v đối chiếu", HeaderLine::About("đối chiếu".to_owned())),
            ("Về việc đối chiếu", HeaderLine::About("đối chiếu".to_owned())),
            ("HỎA TỐC", HeaderLine::Mark),
            ("DỰ THẢO LẦN 2", HeaderLine::Draft),
            ("KHÓA II, KỲ HỌP THỨ 3", HeaderLine::Session),
            ("QUYẾT ĐỊNH", HeaderLine::Kind),
            ("KÍNH GỬI: Các sở", HeaderLine::Greeting),
            ("SỞ Y TẾ", HeaderLine::Other),
        ] {
            assert_eq!(header_line(line), expected, "{line}");
        }
    }
}
