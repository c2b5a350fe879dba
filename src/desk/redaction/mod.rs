//! Redacts texts before they become public. Finds the sender's name, address, telephone number and e-mail address, and
//! everything that looks like a telephone number, an identity number or an e-mail address. The result is a proposal: an
//! editor reviews it and decides.

mod found;
mod numbers;

pub use found::{Detail, FoundDetail};

use std::ops::Range;

use cong_core::order::sort_by_key;
use cong_core::vietnamese::{Word, word_ranges};

use crate::feedback::{Identity, same_phone};
use numbers::numbers;

pub const BLACKED_OUT: &str = "[…]";

/// Finds the personal details in a text. They are in the order of the text, and do not overlap. The text must be in
/// Unicode normalization form C.
pub fn find(text: &str, sender: Option<&Identity>) -> Vec<FoundDetail> {
    let mut found = emails(text);
    let own_phone = sender.map_or("", |sender| sender.phone.as_str());
    found.extend(numbers(text, |digits| same_phone(own_phone, digits)));
    if let Some(sender) = sender {
        found.extend(names(text, &sender.name));
        found.extend(addresses(text, &sender.address));
    }
    sort_by_key(&mut found, |one| (one.range.start, usize::MAX - one.range.end));
    let mut kept: Vec<FoundDetail> = Vec::new();
    for one in found {
        match kept.last_mut() {
            Some(last) if one.range.start < last.range.end => {
                last.range.end = last.range.end.max(one.range.end);
            }
            _ => kept.push(one),
        }
    }
    kept
}

/// The text with every personal detail replaced by `BLACKED_OUT`.
pub fn redact(text: &str, sender: Option<&Identity>) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut end = 0;
    for FoundDetail { range, .. } in find(text, sender) {
        redacted.push_str(text.get(end..range.start).unwrap_or_default());
        redacted.push_str(BLACKED_OUT);
        end = range.end;
    }
    redacted.push_str(text.get(end..).unwrap_or_default());
    redacted
}

/// Finds e-mail addresses: the characters around an `@` that is followed by a host name with a dot. The pattern also
/// matches some texts that are no addresses: it is better to propose too much than too little.
fn emails(text: &str) -> Vec<FoundDetail> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices(['@', '＠']) {
        let (before, after) = (text.get(..at).unwrap_or_default(), at + sign.len());
        let host = text.get(after..).unwrap_or_default();
        let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let is_of_name = |c: char| is_of_host(c) || matches!(c, '_' | '+' | '%' | '\'');
        let name_start = before.trim_end_matches(is_of_name).len();
        let host_end = host.find(|c| !is_of_host(c)).unwrap_or(host.len());
        let host = host.get(..host_end).unwrap_or_default().trim_end_matches(['.', '-']);
        if name_start < at && host.trim_start_matches('.').contains('.') {
            found
                .push(FoundDetail { detail: Detail::Email, range: name_start..after + host.len() });
        }
    }
    found
}

/// A text, the ranges of its words in bytes, and each word in lower case without accents.
struct PlainWords<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
    plain: Vec<String>,
}

impl<'a> PlainWords<'a> {
    fn of(text: &'a str) -> Self {
        let ranges = word_ranges(text);
        let plain = ranges.iter().map(|range| Word::at(text, range.clone()).plain).collect();
        Self { text, ranges, plain }
    }

    /// Compares the words of this text, from the index `start` on, with the words in `wanted`. Returns how many words
    /// are equal before the first difference. Only white space, commas, full stops, semicolons, hyphens and dashes may
    /// stand between these words; any other character ends the count.
    fn in_common(&self, start: usize, wanted: &[String]) -> usize {
        let ours = self.plain.get(start..).unwrap_or_default();
        let same = ours.iter().zip(wanted).take_while(|(our, other)| our == other).count();
        let joined = self.ranges.get(start..start + same).unwrap_or_default();
        let breaks = joined.iter().zip(joined.iter().skip(1)).position(|(one, next)| {
            let between = self.text.get(one.end..next.start).unwrap_or_default();
            !between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | '-' | '–'))
        });
        breaks.map_or(same, |position| position + 1)
    }

    fn found(&self, detail: Detail, start: usize, count: usize) -> Option<FoundDetail> {
        let first = self.ranges.get(start)?;
        let last = self.ranges.get(start + count.checked_sub(1)?)?;
        Some(FoundDetail { detail, range: first.start..last.end })
    }
}

/// Finds the sender's whole name, with or without accents. A name of one word may also be a common word (`An`,
/// `Hoa`), so it must match exactly and have a capital letter.
fn names(text: &str, name: &str) -> Vec<FoundDetail> {
    let (words, wanted) = (PlainWords::of(text), PlainWords::of(name));
    let starts = (0..words.plain.len()).filter(|&start| match wanted.ranges.as_slice() {
        [] => false,
        [only] => words.ranges.get(start).is_some_and(|range| {
            let own = name.get(only.clone());
            text.get(range.clone()) == own && own.is_some_and(|own| own.to_lowercase() != own)
        }),
        _ => words.in_common(start, &wanted.plain) == wanted.plain.len(),
    });
    starts.filter_map(|start| words.found(Detail::Name, start, wanted.plain.len())).collect()
}

/// Finds the sender's address or its beginning. The match must include everything before the address's first comma, and
/// at least two words, because house number and street identify a person, but the name of the province does not.
fn addresses(text: &str, address: &str) -> Vec<FoundDetail> {
    let (words, wanted) = (PlainWords::of(text), PlainWords::of(address));
    let first_part = address.split(',').next().map_or(0, |part| word_ranges(part).len()).max(2);
    let starts = (0..words.plain.len()).filter_map(|start| {
        let count = words.in_common(start, &wanted.plain);
        (count >= first_part).then_some((start, count))
    });
    starts.filter_map(|(start, count)| words.found(Detail::Address, start, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender() -> Identity {
        Identity {
            name: "Hà Thị Vân".into(),
            address: "Bản Khuổi Tau, xã Cẩm Sơn".into(),
            phone: "0912 345 678".into(),
            email: "van.ha@example.vn".into(),
        }
    }

    fn redacted(text: &str) -> String {
        redact(text, Some(&sender()))
    }

    #[test]
    fn the_senders_own_details_go_however_they_are_written() {
        for (text, expected) in [
            ("Tôi là Hà Thị Vân.", "Tôi là […]."),
            ("toi la HA THI VAN, o ban khuoi tau", "toi la […], o […]"),
            ("Nhà ở Bản Khuổi Tau, xã Cẩm Sơn.", "Nhà ở […]."),
            ("Xã Cẩm Sơn chưa có cầu.", "Xã Cẩm Sơn chưa có cầu."),
            ("Hà Thị Vâng khác, Hà Thị thì không.", "Hà Thị Vâng khác, Hà Thị thì không."),
            ("Gọi +84 912.345.678 hay (0912) 345678", "Gọi […] hay […]"),
            ("thư Van.Ha@Example.vn; cả a_b+c@noi.example.", "thư […]; cả […]."),
        ] {
            assert_eq!(redacted(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_of_one_word_goes_only_as_it_is_written() {
        let an = Identity { name: "An".into(), address: "Huế".into(), ..sender() };
        assert_eq!(
            redact("Tôi là An, ăn cơm ở an xá Huế.", Some(&an)),
            "Tôi là […], ăn cơm ở an xá Huế."
        );
    }

    #[test]
    fn text_without_details_stays_as_it_is() {
        for text in [
            "",
            "Quyết định 1837/QĐ-UBND ngày 05/07/2019, mức 20.000.000 đồng, 12 hộ @ bản trên.",
            "Điều 5. Khoản 2: từ 01-12-2026 đến 31.12.2026",
            "[…] […]",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    /// Personal details are removed whatever surrounds them, and the text around them stays. A second redaction finds
    /// nothing more.
    #[test]
    fn details_go_from_any_surroundings_and_nothing_else_does() {
        let details = [
            "Hà Thị Vân",
            "ha thi van",
            "0912345678",
            "+84 (0)987 654 321",
            "024.3825.1234",
            "an@example.vn",
            "024178006123",
            "012345678",
            "Bản Khuổi Tau",
        ];
        let around = ["", " ", "(", ": ", ", ", "\n", "“", " – ", ".\n", " đồng ", "; ĐT "];
        let close = ["", " ", ")", ".", ", ", "\n", "”", " và ", "?!", ";"];
        for detail in details {
            for before in around {
                for after in close {
                    let text = format!("Kính gửi{before}{detail}{after}");
                    if before.is_empty() && detail.starts_with(char::is_alphabetic) {
                        continue;
                    }
                    let once = redacted(&text);
                    assert_eq!(once, format!("Kính gửi{before}{BLACKED_OUT}{after}"), "{text:?}");
                    assert_eq!(find(&once, Some(&sender())), [], "{text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_found_lies_in_order_on_the_borders_of_characters() {
        let pieces =
            ["Hà", " Thị", " Vân", "0912", " 345", "678", "@x.vn", "đ", "…", "-", "2026", ",", " "];
        let mut seed = 1_u32;
        for _ in 0..5_000 {
            let text: String = (0..8)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    pieces[(seed >> 16) as usize % pieces.len()]
                })
                .collect();
            let mut end = 0;
            for FoundDetail { range, .. } in find(&text, Some(&sender())) {
                assert!(end <= range.start && range.start < range.end, "{text}");
                assert!(text.get(range.clone()).is_some(), "{text}");
                end = range.end;
            }
            let once = redacted(&text);
            assert_eq!(redacted(&once), once, "{text}");
        }
    }
}
