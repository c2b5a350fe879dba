//! Reads signatures: for whom a person signs (TM., KT., TL., TUQ., Q.), the person's position, and the name without
//! ranks and degrees.

use cong_core::article::DocumentSigner;

use super::bodies::begins_body;
use super::names::NameWriter;
use super::writing::{begins_with_any, compact, is_capitals, is_rule, plain_words, with_capital};

/// The first words of positions, in lower case and without accents.
const POSITIONS: [&str; 52] = [
    "chu tich",
    "pho",
    "giam doc",
    "tong giam doc",
    "truong",
    "chanh",
    "hieu truong",
    "bi thu",
    "vien truong",
    "vien pho",
    "cuc truong",
    "chi cuc truong",
    "tong cuc truong",
    "vu truong",
    "bo truong",
    "thu truong",
    "thu tuong",
    "doi truong",
    "tram truong",
    "to truong",
    "thu ky",
    "tham phan",
    "chu nhiem",
    "chi huy",
    "chinh uy",
    "ke toan",
    "thu quy",
    "nhan vien",
    "chu toa",
    "chu tri",
    "hat truong",
    "don truong",
    "kiem sat vien",
    "tu lenh",
    "uy vien",
    "q",
    "p",
    "quyen",
    "tong",
    "nguoi",
    "thanh tra vien",
    "chuyen vien",
    "can bo",
    "dai bieu",
    "hoi truong",
    "cua hang",
    "quan doc",
    "dieu phoi",
    "thuong truc",
    "cong chung vien",
    "thanh vien",
    "chap hanh vien",
];

/// The abbreviations that say for whom a person signs.
const CAPACITIES: [&str; 6] = ["tm", "kt", "tl", "tuq", "tung", "thuaquyen"];

/// Notes in the place of a signature or stamp.
const NOTES: [&str; 16] = [
    "da ky",
    "ky ten",
    "ky so",
    "ky boi",
    "nguoi ky",
    "ngay ky",
    "ky ngay",
    "thoi gian ky",
    "co quan",
    "email",
    "chu ky",
    "da dong dau",
    "ky ghi ro",
    "dong dau",
    "signature",
    "valid",
];

/// Ranks, degrees and forms of address before a name.
const RANKS: [&str; 32] = [
    "ts", "ths", "pgs", "gs", "bs", "ks", "kts", "cn", "ds", "bscki", "bsckii", "bscki", "nsut",
    "nsnd", "ngut", "ngnd", "ttut", "luatsu", "ls", "dscki", "dsckii", "thsbs", "tsbs", "pgsts",
    "gsts", "ttnd", "ong", "ba", "dc", "dongchi", "bsck2", "bsck1",
];
/// Ranks and professions of two words before a name.
const MILITARY: [&str; 17] = [
    "y si",
    "duoc si",
    "ky su",
    "dieu duong",
    "dai tuong",
    "thuong tuong",
    "trung tuong",
    "thieu tuong",
    "dai ta",
    "thuong ta",
    "trung ta",
    "thieu ta",
    "dai uy",
    "thuong uy",
    "trung uy",
    "thieu uy",
    "bac si",
];

/// Whether a line says for whom a person signs: "KT. CHỦ TỊCH", "T/M BAN CHẤP HÀNH".
pub fn is_capacity(line: &str) -> bool {
    split_capacity(line).is_some()
}

/// Splits a line into the abbreviation of a capacity and the rest.
fn split_capacity(line: &str) -> Option<(String, &str)> {
    let end = line.find([' ', '.']).filter(|at| *at > 0)?;
    let first = line.get(..end)?;
    let sign = compact(first);
    let is_sign = CAPACITIES.contains(&sign.as_str()) || sign == "q";
    let rest = line.get(end..)?.trim_start_matches(['.', ' ']);
    if !is_sign || !is_capitals(&format!("{first}{first}")) || !rest.starts_with(char::is_uppercase)
    {
        return None;
    }
    // `T/M` is written without a full stop.
    let mark = if first.contains('/') { "" } else { "." };
    Some((format!("{first}{mark}"), rest))
}

pub fn is_position(line: &str) -> bool {
    begins_with_any(&plain_words(line), &POSITIONS)
}

/// Whether the line is a note in the place of a signature or stamp, such as "(Đã ký)".
pub fn is_note(line: &str) -> bool {
    line.starts_with(['(', '['])
        || begins_with_any(&plain_words(line), &NOTES)
        || is_rule(line)
        || line.chars().all(|c| !c.is_alphanumeric())
}

/// Returns the text after the note in a line such as "(Đã ký) Lò Thị Ngân", and other lines unchanged.
fn after_note(line: &str) -> &str {
    let rest = line.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    rest.map(|(_, rest)| rest.trim_start()).filter(|rest| !rest.is_empty()).unwrap_or(line)
}

/// Returns the name, without ranks and degrees, if the line is the name of a person.
pub fn person_name(line: &str) -> Option<String> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    loop {
        let two: String =
            words.iter().take(2).map(|word| plain_words(word)).collect::<Vec<_>>().join(" ");
        let first = words.first().copied()?;
        let bare = compact(first);
        if MILITARY.contains(&two.as_str()) {
            words.drain(..2);
        } else if RANKS.contains(&bare.as_str()) && (first.contains('.') || !is_plain_name(first)) {
            words.remove(0);
        } else if let Some((rank, rest)) = first.rsplit_once('.')
            && RANKS.contains(&compact(rank).as_str())
            && !rest.is_empty()
        {
            // "TS.Ngô" without a space.
            words.remove(0);
            words.insert(0, rest);
        } else if matches!(first, "-" | "–" | ",") {
            words.remove(0);
        } else {
            break;
        }
    }
    let is_upper = is_capitals(&words.concat());
    let is_name = (2..=6).contains(&words.len())
        && words.iter().all(|word| is_plain_name(word) || (is_upper && is_capital_word(word)));
    if !is_name || is_position_or_body(&words.join(" "), is_upper) {
        return None;
    }
    let name = |word: &&str| match is_upper {
        true => with_capital(&word.to_lowercase()),
        false => (*word).to_owned(),
    };
    Some(words.iter().map(name).collect::<Vec<_>>().join(" "))
}

/// Whether the text is no name, but a position, a body or another known line. A text that begins like a body is a body
/// only in capitals, because the name "Đoàn Thị Sở" begins so too.
fn is_position_or_body(text: &str, is_upper: bool) -> bool {
    let words = plain_words(text);
    is_upper && (is_position(text) || begins_body(&words))
        || begins_with_any(
            &words,
            &["noi nhan", "nhu tren", "kinh gui", "phu luc", "ban sao", "sao y"],
        )
}

/// Whether the word is written as in a person's name: one capital, then small letters.
fn is_plain_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && letters.filter(|c| c.is_uppercase()).count()
            <= usize::from(word.contains(['’', '\'', '-']))
}

fn is_capital_word(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'))
}

/// Reads the signature in the lines of one column. Returns `None` if the lines have neither a capacity nor a position.
pub fn read_signer(lines: &[String], names: &NameWriter<'_>) -> Option<DocumentSigner> {
    let lines: Vec<&str> = lines.iter().map(|line| after_note(line)).collect();
    let lines: Vec<&str> = lines.into_iter().filter(|line| !is_note(line)).collect();
    let named = lines.iter().rposition(|line| person_name(line).is_some());
    let name = named.and_then(|at| lines.get(at)).and_then(|line| person_name(line));
    let above = lines.get(..named.unwrap_or(lines.len())).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    for line in above {
        let is_new = is_capacity(line)
            || is_position(line)
            || begins_body(&plain_words(line))
            || plain_words(line).starts_with("dai dien");
        match parts.last_mut() {
            Some(last) if !is_new || last.ends_with([',', '-']) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => parts.push((*line).to_owned()),
        }
    }
    let mut capacity: Vec<String> = Vec::new();
    let mut position: Vec<String> = Vec::new();
    let count = parts.len();
    for (index, part) in parts.iter().enumerate() {
        if let Some((sign, rest)) = split_capacity(part) {
            if compact(&sign) == "q" {
                capacity.push(sign);
                position.push(names.write(rest));
            } else {
                capacity.push(format!("{sign} {}", names.write(rest)));
            }
            continue;
        }
        let is_principal = index + 1 < count && !is_position_only(part) && position.is_empty();
        let written = names.write(part);
        if is_principal { capacity.push(written) } else { position.push(written) }
    }
    let text = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
    let signer = DocumentSigner { capacity: text(capacity), position: text(position), name };
    let is_known = signer.position.is_some() || signer.capacity.is_some();
    is_known.then_some(signer)
}

/// Whether the line is the position of the signer, and not a person or body for whom the signer acts.
fn is_position_only(line: &str) -> bool {
    is_position(line) && !plain_words(line).starts_with("nguoi")
}

#[cfg(test)]
mod tests {
    use super::super::spelling::Spelling;
    use super::*;

    fn read(lines: &[&str]) -> [Option<String>; 3] {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let spelling = Spelling::default();
        let signer = read_signer(&lines, &NameWriter::new(&spelling, None)).unwrap_or_default();
        [signer.capacity, signer.position, signer.name]
    }

    #[test]
    fn signatures_are_read_in_parts() {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        for (lines, expected) in [
            (
                &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Ngân"][..],
                ["TM. Ủy ban nhân dân, KT. Chủ tịch", "Phó Chủ tịch", "Lò Thị Ngân"],
            ),
            (&["Q. GIÁM ĐỐC", "Quách Thị Đượm"], ["Q.", "Giám đốc", "Quách Thị Đượm"]),
            (
                &["T/M BAN CHẤP HÀNH", "BÍ THƯ", "Chẻo A Phẩu"],
                ["T/M Ban Chấp hành", "Bí thư", "Chẻo A Phẩu"],
            ),
            (&["GIÁM ĐỐC", "(Đã ký)", "TS. Ngô Bá Thiệu"], ["", "Giám đốc", "Ngô Bá Thiệu"]),
            (
                &["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH", "Cầm Thị Hiên"],
                ["TUQ. Chủ tịch", "Giám đốc Sở Văn hóa, Thể thao và Du lịch", "Cầm Thị Hiên"],
            ),
            (
                &["SỞ TƯ PHÁP", "GIÁM ĐỐC", "LÂM THỊ HƯỞNG"],
                ["Sở Tư pháp", "Giám đốc", "Lâm Thị Hưởng"],
            ),
            (&["CHỦ TỊCH"], ["", "Chủ tịch", ""]),
            (&["Nguyễn Văn Ba"], ["", "", ""]),
        ] {
            assert_eq!(read(lines), expected.map(some), "{lines:?}");
        }
    }

    #[test]
    fn names_lose_ranks_and_degrees() {
        for line in ["Đại tá Ninh Công Hiểu", "PGS. TS. Ninh Công Hiểu", "BSCKII. Ninh Công Hiểu"]
        {
            assert_eq!(person_name(line).as_deref(), Some("Ninh Công Hiểu"), "{line}");
        }
        for line in ["CHỦ TỊCH", "Nơi nhận:", "Lưu: VT.", "Sơn Lâm, ngày 5", "Như Điều 3;"]
        {
            assert_eq!(person_name(line), None, "{line}");
        }
    }
}
