//! Splits headings into number and title: `Điều 5. Hiệu lực` ("Article 5. Entry into force") has the number `Điều 5`
//! and the title `Hiệu lực`. The comparison of two texts ignores numbers, because a clause can keep its text when it
//! gets another number.

/// The words that name a kind of clause and come before its number, such as `điều` ("article"), in lower case. Each has
/// one or two words.
const KINDS: [&str; 14] = [
    "phần",
    "chương",
    "mục",
    "tiểu mục",
    "điều",
    "khoản",
    "điểm",
    "phụ lục",
    "biểu mẫu",
    "mẫu",
    "part",
    "chapter",
    "section",
    "article",
];

/// Words that may stand between the kind of a clause and its number, as in `Phụ lục số 1` ("Appendix number 1") and
/// `Phần thứ nhất` ("Part the first").
const BETWEEN: [&str; 2] = ["số", "thứ"];

const AFTER_NUMBER: [char; 6] = ['.', ':', ')', '-', '–', '—'];

/// Splits a heading into its number, if it has one, and its title. The title may be empty.
pub fn split(heading: &str) -> (Option<&str>, &str) {
    match number_end(heading) {
        Some(end) => {
            let (number, rest) = heading.split_at_checked(end).unwrap_or(("", heading));
            let title = rest.trim_start_matches(|c: char| c == ' ' || AFTER_NUMBER.contains(&c));
            (Some(number), title)
        }
        None => (None, heading),
    }
}

/// The position in bytes at which the number at the beginning of a heading ends, without the punctuation after it;
/// `None` if the heading has no number.
fn number_end(heading: &str) -> Option<usize> {
    let words: Vec<&str> = heading.splitn(5, ' ').collect();
    let kind_words = (1..=2).rev().find(|&count| {
        let kind = words.get(..count).map(|words| words.join(" ").to_lowercase());
        kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
    });
    let at = kind_words.unwrap_or(0);
    let between = words.get(at).map(|word| word.to_lowercase()).filter(|_| kind_words.is_some());
    let between = between.filter(|word| BETWEEN.contains(&word.as_str()));
    let at = at + usize::from(between.is_some());

    let word = words.get(at)?;
    let number = word.trim_end_matches(AFTER_NUMBER);
    // After a word such as `Điều`, a number is expected. Without it, only punctuation tells a number from a word: `I.
    // Chung` begins with a number, `A lô` does not.
    let is_marked = kind_words.is_some() || number.len() < word.len();
    let is_ordinal = between.as_deref() == Some("thứ") && !number.is_empty();
    let before: usize = words.iter().take(at).map(|word| word.len() + 1).sum();
    (is_marked && (is_ordinal || is_number(number))).then_some(before + number.len())
}

/// Whether a word is a number such as `5`, `5a`, `5.1`, `IV`, `b` or `đ`.
fn is_number(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    let is_one_letter = first.is_alphabetic() && letters.next().is_none();
    let is_roman = word.chars().all(|c| "IVXLCDM".contains(c));
    let is_arabic = first.is_ascii_digit()
        && word.chars().all(|c| c.is_alphanumeric() || c == '.')
        && word.len() <= 12;
    is_one_letter || is_roman || is_arabic
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn numbers_are_told_from_titles() {
        for (heading, number, title) in [
            ("Điều 5. Hiệu lực", "Điều 5", "Hiệu lực"),
            ("ĐIỀU 12: Hiệu lực", "ĐIỀU 12", "Hiệu lực"),
            ("Điều 5a", "Điều 5a", ""),
            ("Chương IV – Tổ chức thực hiện", "Chương IV", "Tổ chức thực hiện"),
            ("Chương II", "Chương II", ""),
            ("Tiểu mục 2. Hồ sơ", "Tiểu mục 2", "Hồ sơ"),
            ("Phụ lục số 3 Mẫu đơn", "Phụ lục số 3", "Mẫu đơn"),
            ("Phần thứ nhất. Quy định chung", "Phần thứ nhất", "Quy định chung"),
            ("1.2. Đối tượng", "1.2", "Đối tượng"),
            ("IV. Kinh phí", "IV", "Kinh phí"),
            ("đ) Trường hợp khác", "đ", "Trường hợp khác"),
        ] {
            assert_eq!(split(heading), (Some(number), title));
        }
    }

    #[test]
    fn a_heading_without_a_number_is_all_title() {
        for heading in
            ["Điều khoản thi hành", "Mục đích", "Quy định chung", "A lô", "2027", "Điều", "", "."]
        {
            assert_eq!(split(heading), (None, heading));
        }
    }
}
