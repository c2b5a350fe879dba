//! Finds numbers that may identify a person: telephone numbers, and numbers of identity cards. Dates, amounts of
//! money and numbers of legal documents do not count.

use std::ops::Range;

use super::found::{Detail, FoundDetail};

/// Consecutive digits in a text, without any other character between them.
struct Group<'a> {
    digits: &'a str,
    range: Range<usize>,
}

/// Finds the numbers in a text that look like telephone numbers or identity numbers, in the order of the text. `is_own`
/// tells whether digits are the sender's own telephone number, which is found even if it does not look like one.
pub fn numbers(text: &str, is_own: impl Fn(&str) -> bool) -> Vec<FoundDetail> {
    let mut found = Vec::new();
    for run in runs(text) {
        let mut rest = run.as_slice();
        while !rest.is_empty() {
            let (taken, detail) = longest(text, rest, &is_own);
            if let (Some(detail), Some(first), Some(last)) =
                (detail, rest.first(), rest.get(taken - 1))
            {
                let start = with_sign(text, first.range.start);
                found.push(FoundDetail { detail, range: start..last.range.end });
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
    }
    found
}

/// Divides the digits of a text into runs. A run is a sequence of groups with at most two characters between one group
/// and the next, all of them spaces, dots, hyphens or parentheses.
fn runs(text: &str) -> Vec<Vec<Group<'_>>> {
    let mut runs: Vec<Vec<Group<'_>>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let between = text.get(at..start).unwrap_or_default();
        let group = Group { digits: text.get(start..end).unwrap_or_default(), range: start..end };
        let is_joined = between.chars().count() <= 2
            && between.chars().all(|c| matches!(c, ' ' | '\u{A0}' | '.' | '-' | '(' | ')'));
        match runs.last_mut() {
            Some(run) if is_joined => run.push(group),
            _ => runs.push(vec![group]),
        }
        at = end;
    }
    runs
}

/// Finds the longest telephone or identity number that begins with the first of `groups`. Returns the number of groups
/// in it, and its kind. If there is none, the kind is `None`, and the number is how many groups the search must skip:
/// three for a date, otherwise one.
fn longest(
    text: &str,
    groups: &[Group<'_>],
    is_own: &impl Fn(&str) -> bool,
) -> (usize, Option<Detail>) {
    if is_date(groups) {
        return (3, None);
    }
    let is_international = groups.first().is_some_and(|first| {
        text.get(..first.range.start).is_some_and(|before| before.ends_with('+'))
    });
    let mut digits = String::new();
    let mut best = (1, None);
    for (count, group) in (1..).zip(groups) {
        digits.push_str(group.digits);
        if digits.len() > 15 {
            break;
        }
        let detail = match kind(groups.get(..count).unwrap_or_default(), &digits, is_international)
        {
            None if is_own(&digits) => Some(Detail::Phone),
            detail => detail,
        };
        if detail.is_some() {
            best = (count, detail);
        }
    }
    best
}

/// Tells whether groups of digits are a telephone number or an identity number; `None` if they are neither. `digits`
/// are the digits of all groups together, and `is_international` says whether a `+` precedes them. Telephone numbers
/// begin with 0, the country code or `+`. Identity numbers have 9 or 12 digits in one group, or 12 digits in groups of
/// three, beginning with 0.
fn kind(groups: &[Group<'_>], digits: &str, is_international: bool) -> Option<Detail> {
    let is_together = groups.len() == 1;
    let is_in_threes = groups.iter().all(|group| group.digits.len() == 3);
    let is_phone = match digits.len() {
        _ if is_international => digits.len() >= 8,
        10 => digits.starts_with('0'),
        11 => {
            ["01", "02", "849"].iter().any(|start| digits.starts_with(start))
                // In several groups, such a number may also be an amount of money: 84.500.000.000 đồng.
                || (is_together && ["843", "845", "847", "848"].iter().any(|start| digits.starts_with(start)))
        }
        13 | 14 => digits.starts_with("0084"),
        _ => false,
    };
    match digits.len() {
        _ if is_phone => Some(Detail::Phone),
        9 | 12 if is_together => Some(Detail::IdentityNumber),
        12 if is_in_threes && digits.starts_with('0') => Some(Detail::IdentityNumber),
        _ => None,
    }
}

/// Whether the first three groups form a date such as `05-07-2019`.
fn is_date(groups: &[Group<'_>]) -> bool {
    let [day, month, year, ..] = groups else { return false };
    let within = |group: &Group<'_>, chars: Range<usize>, values: Range<u32>| {
        chars.contains(&group.digits.len())
            && group.digits.parse().is_ok_and(|value| values.contains(&value))
    };
    within(day, 1..3, 1..32) && within(month, 1..3, 1..13) && within(year, 4..5, 1900..2101)
}

/// The position in bytes at which a number begins, including a `+` or `(` before its first digit, which is at `start`.
fn with_sign(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let before = before.strip_suffix('(').filter(|_| closes(text, start)).unwrap_or(before);
    before.strip_suffix('+').unwrap_or(before).len()
}

/// Whether the digits that begin at `start` are followed by a closing parenthesis and more digits, as in `(0912) 345
/// 678`.
fn closes(text: &str, start: usize) -> bool {
    let rest = text.get(start..).unwrap_or_default();
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    after.strip_prefix(')').is_some_and(|after| {
        after.trim_start_matches([' ', '.', '-']).starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Detail, &str)> {
        let numbers = numbers(text, |digits| digits == "38251234");
        numbers.into_iter().map(|one| (one.detail, &text[one.range])).collect()
    }

    #[test]
    fn telephone_numbers_are_found_in_every_usual_spelling() {
        for phone in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "091-234-5678",
            "(0202) 3555 110",
            "024 3825 1234",
            "+84 912 345 678",
            "+84(0)912345678",
            "0084912345678",
            "84912345678",
            "84356789012",
            "+33 1 23 45 67 89",
            "3825 1234",
        ] {
            assert_eq!(found(&format!("Gọi {phone}, cảm ơn")), [(Detail::Phone, phone)]);
        }
        let two = found("0912345678-0987654321, 0911222333 / 0911222334");
        assert_eq!(two.len(), 4, "{two:?}");
    }

    #[test]
    fn numbers_of_cards_are_found() {
        for card in ["024178006123", "123456789", "024 178 006 123"] {
            assert_eq!(found(&format!("CCCD:{card}.")), [(Detail::IdentityNumber, card)]);
        }
    }

    #[test]
    fn other_numbers_are_left() {
        for text in [
            "1837/QĐ-UBND ngày 05/07/2019",
            "1.500.000.000 đồng và 20.000 người",
            "từ 01-12-2026 10:30 đến 05.07.2019",
            "năm 2025-2026, Điều 12, 3.456.789",
            "123.456.789 đồng",
            "12345678901234567890",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
