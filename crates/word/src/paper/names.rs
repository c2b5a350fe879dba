//! Converts names in capitals to normal case: "ỦY BAN NHÂN DÂN TỈNH SƠN LÂM" becomes "Ủy ban nhân dân tỉnh Sơn Lâm".

use super::name_parts::{DEPARTMENTS, HEADS, LANDMARKS, NAMED, ORDINARY, PARTS, UNITS};
use super::spelling::Spelling;
use super::syllables::{ending, is_abbreviation, is_mark, lowered, placed};
use super::writing::{is_capitals, with_capital};

pub struct NameWriter<'a> {
    spelling: &'a Spelling,
    /// The place at the head of the paper, and its words in lower case.
    place: Option<(String, Vec<String>)>,
}

/// The position within a name. It decides whether the next word has a capital.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameState {
    /// After a fixed part such as "Ủy ban nhân dân": no capital.
    Plain,
    /// The first word after a part such as "Phòng" or "Ban Quản lý": a capital.
    Field,
    /// Inside a list of areas of work, such as "Văn hóa, Thể thao và Du lịch": no capital, except after a comma, a dash
    /// or "và".
    InField,
    /// The first word of the area of work of a department or ministry, after "Sở" or "Bộ": a capital.
    Department,
    /// The first word of the name of a place: a capital.
    AfterUnit,
    /// Inside the name of a place: a capital.
    Place,
}

impl<'a> NameWriter<'a> {
    pub fn new(spelling: &'a Spelling, place: Option<&str>) -> Self {
        let place = place.map(|place| {
            (place.to_owned(), place.split_whitespace().map(lowered).collect::<Vec<_>>())
        });
        Self { spelling, place }
    }

    /// The name in normal case, with its tone marks placed as in `hòa`. A name that is not in capitals keeps its case.
    pub fn write(&self, name: &str) -> String {
        let tokens: Vec<&str> = name.split_whitespace().collect();
        if !is_capitals(name) {
            return tokens.iter().map(|token| placed(token)).collect::<Vec<_>>().join(" ");
        }
        let lower: Vec<String> = tokens.iter().map(|token| lowered(token)).collect();
        let mut out: Vec<String> = Vec::new();
        let mut state = NameState::Field;
        let mut at = 0;
        while let (Some(token), Some(word)) = (tokens.get(at), lower.get(at)) {
            let rest = lower.get(at..).unwrap_or_default();
            if let Some((written, count)) = self.spelled(rest) {
                let last = lower.get(at + count - 1).map(String::as_str).unwrap_or_default();
                state = if is_unit(last) { NameState::AfterUnit } else { NameState::InField };
                out.push(if at == 0 { with_capital(&written) } else { written });
                at += count;
                continue;
            }
            // The next body in a list of bodies begins.
            if state == NameState::Place
                && out.last().is_some_and(|last| last.ends_with(','))
                && (longest(&HEADS, rest).is_some() || longest(&PARTS, rest).is_some())
            {
                state = NameState::Field;
            }
            let is_name = matches!(state, NameState::AfterUnit | NameState::Place);
            let is_field = state == NameState::Department && longest(&DEPARTMENTS, rest).is_some();
            let is_ordinary = !is_name && !is_field;
            if is_ordinary && let Some(word) = ORDINARY.iter().find(|word| is_beginning(rest, word))
            {
                let has_capital = has_capital(word, state, out.last());
                let count = word.split(' ').count();
                let last = tokens.get(at + count - 1).copied().unwrap_or_default();
                let word = if has_capital { with_capital(word) } else { (*word).to_owned() };
                out.push(word + ending(last));
                at += count;
                state = if state == NameState::Plain { state } else { NameState::InField };
                continue;
            }
            if let Some((part, next)) = known_part(rest, at > 0, state) {
                let count = part.split(' ').count();
                let last = tokens.get(at + count - 1).copied().unwrap_or_default();
                state = match part.as_str() {
                    "Sở" | "Bộ" => NameState::Department,
                    _ => next,
                };
                out.push(format!("{part}{}", ending(last)));
                at += count;
                continue;
            }
            let has_capital = has_capital(word, state, out.last());
            out.push(match () {
                () if is_abbreviation(token) => (*token).to_owned(),
                () if has_capital => with_capital(word),
                () => word.clone(),
            });
            state = match state {
                NameState::Department if is_abbreviation(token) => NameState::Place,
                NameState::Field | NameState::Department if !is_joining(word) => NameState::InField,
                NameState::AfterUnit => NameState::Place,
                NameState::Place if matches!(word.as_str(), "-" | "–") => NameState::Field,
                _ if LANDMARKS.contains(&word.as_str()) && has_capital => NameState::AfterUnit,
                same => same,
            };
            at += 1;
        }
        out.join(" ")
    }

    /// Converts a title in capitals to lower case. Names of places, and words that the running text of the paper writes
    /// with capitals, get capitals. Other titles are returned unchanged.
    pub fn write_sentence(&self, text: &str) -> String {
        if !is_capitals(text) {
            return text.to_owned();
        }
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let lower: Vec<String> = tokens.iter().map(|token| lowered(token)).collect();
        let mut out: Vec<String> = Vec::new();
        let mut at = 0;
        let mut is_place = false;
        while let (Some(token), Some(word)) = (tokens.get(at), lower.get(at)) {
            let rest = lower.get(at..).unwrap_or_default();
            if let Some((written, count)) = self.spelled(rest) {
                out.push(written);
                at += count;
                is_place = false;
                continue;
            }
            let unit = UNITS.iter().take(9).find(|unit| is_beginning(rest, unit));
            let is_proper = is_place || self.spelling.is_proper(word);
            out.push(match () {
                () if is_abbreviation(token) => (*token).to_owned(),
                () if is_proper && unit.is_none() => with_capital(word),
                () => word.clone(),
            });
            is_place = unit.is_some() || (is_place && !token.ends_with([',', ';']));
            at += 1;
        }
        out.join(" ")
    }

    /// Finds the spelling of a name that is printed in capitals: that of the longest beginning of `words` that the
    /// running text of the paper contains. The beginning has at least three words, or two that the text writes with
    /// capitals. If there is none, but `words` begin with the name of the place where the paper was signed, the spelling
    /// of that name. Returns the spelling and the number of words.
    fn spelled(&self, words: &[String]) -> Option<(String, usize)> {
        let in_text = (2..=words.len().min(24)).rev().find_map(|count| {
            let wanted = words.get(..count)?;
            let is_word = |word: &String| !word.chars().all(is_mark);
            if !(wanted.first().is_some_and(is_word) && wanted.last().is_some_and(is_word)) {
                return None;
            }
            let bare: Vec<String> =
                wanted.iter().map(|word| word.trim_matches(is_mark).to_owned()).collect();
            let bare: Vec<String> = bare.into_iter().filter(|word| !word.is_empty()).collect();
            let found = self.spelling.find(&bare)?;
            // A beginning such as "Bộ Nội vụ, Bộ" ends inside a second name.
            let last = found.split_whitespace().last().unwrap_or_default();
            let is_cut = count < words.len()
                && last.starts_with(char::is_uppercase)
                && HEADS.contains(&last);
            if is_cut || !found.contains(char::is_uppercase) {
                return None;
            }
            let has_capitals =
                found.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
            if count < 3 && !has_capitals {
                return None;
            }
            let end = ending(wanted.last()?);
            Some((found.split_whitespace().map(placed).collect::<Vec<_>>().join(" ") + end, count))
        });
        in_text.or_else(|| {
            let (place, wanted) = self.place.as_ref()?;
            words.starts_with(wanted).then(|| (place.clone(), wanted.len()))
        })
    }
}

/// Whether a word of a name has a capital. `before` is the word before it.
fn has_capital(word: &str, state: NameState, before: Option<&String>) -> bool {
    let is_after_mark = before.is_some_and(|last| {
        last.ends_with([',', '-', '–']) || (last == "và" && state == NameState::InField)
    });
    let by_state = match state {
        NameState::Field | NameState::Department | NameState::AfterUnit | NameState::Place => true,
        NameState::InField => is_after_mark || LANDMARKS.contains(&word),
        NameState::Plain => LANDMARKS.contains(&word),
    };
    !is_joining(word) && by_state
}

/// Returns the known part of a name with which `words` begins, with its capitals, and the state after this part.
fn known_part(words: &[String], is_inside: bool, state: NameState) -> Option<(String, NameState)> {
    if state == NameState::Department
        && let Some(field) = longest(&DEPARTMENTS, words)
    {
        return Some((field.to_owned(), NameState::Place));
    }
    // After "xã" or "tỉnh", any word is the name of the place.
    if state == NameState::AfterUnit {
        return None;
    }
    let size = |part: Option<&str>| part.map_or(0, |part| part.split(' ').count());
    let (part, head) = (longest(&PARTS, words), longest(&HEADS, words));
    let named = longest(&NAMED, words);
    if size(named) >= size(head).max(size(part)) && named.is_some() {
        return named.map(|named| (named.to_owned(), NameState::Place));
    }
    if state != NameState::Place {
        if size(head) > size(part) {
            return head.map(|head| (head.to_owned(), NameState::Field));
        }
        if let Some(part) = part {
            return Some((part.to_owned(), NameState::Plain));
        }
    }
    let unit = longest(&UNITS, words)?;
    let unit = if is_inside { unit.to_owned() } else { with_capital(unit) };
    Some((unit, NameState::AfterUnit))
}

/// Returns the longest of the parts with which the words begin.
fn longest(parts: &[&'static str], words: &[String]) -> Option<&'static str> {
    let fitting = parts
        .iter()
        .filter(|part| is_beginning(words, part) || is_beginning(words, &part.to_lowercase()));
    fitting.max_by_key(|part| part.split(' ').count()).copied()
}

fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

fn is_joining(word: &str) -> bool {
    matches!(word, "và" | "-" | "–" | "của" | "cho" | "các")
}

fn is_beginning(words: &[String], part: &str) -> bool {
    let mut words = words.iter();
    let mut parts = part.split(' ').peekable();
    while let Some(part) = parts.next() {
        let word = words.next().map(String::as_str);
        let is_last = parts.peek().is_none();
        let word = if is_last { word.map(|w| w.trim_end_matches([',', ';', ':'])) } else { word };
        if word != Some(part) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use cong_core::markdown_writer::TextRun;

    use super::*;
    use crate::block::{WordBlock, WordParagraph};

    fn write(name: &str, text: &str) -> String {
        let runs = vec![TextRun::text(text)];
        let blocks = [WordBlock::Paragraph(WordParagraph { runs, ..WordParagraph::default() })];
        NameWriter::new(&Spelling::of(&blocks), Some("Bản Hạc")).write(name)
    }

    #[test]
    fn names_are_written_by_rules() {
        for (capitals, normal) in [
            ("ỦY BAN NHÂN DÂN TỈNH SƠN LÂM", "Ủy ban nhân dân tỉnh Sơn Lâm"),
            ("UỶ BAN NHÂN DÂN XÃ HOÀ TRẠCH", "Ủy ban nhân dân xã Hòa Trạch"),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
            ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
            ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
            ("UBND XÃ BẢN LẦU", "UBND xã Bản Lầu"),
            ("BCH ĐOÀN XÃ NÀ LỐC", "BCH Đoàn xã Nà Lốc"),
            ("PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
            (
                "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG XÃ XUÂN LỘ",
                "Ban Quản lý dự án đầu tư xây dựng xã Xuân Lộ",
            ),
            ("ỦY BAN MTTQ VIỆT NAM TỈNH SƠN LÂM", "Ủy ban MTTQ Việt Nam tỉnh Sơn Lâm"),
            ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường"),
            ("BỘ NỘI VỤ, BỘ TÀI CHÍNH", "Bộ Nội vụ, Bộ Tài chính"),
            ("TRẠM Y TẾ", "Trạm Y tế"),
            (
                "TRƯỜNG ĐẠI HỌC KHOA HỌC TỰ NHIÊN VÀ CÔNG NGHỆ",
                "Trường Đại học Khoa học Tự nhiên và Công nghệ",
            ),
            ("TỔ CÔNG TÁC CHUYỂN ĐỔI XANH", "Tổ công tác chuyển đổi xanh"),
            ("TRƯỜNG MN HOA BAN", "Trường MN Hoa Ban"),
            ("TRƯỜNG TIỂU HỌC NGUYỄN TRÃI", "Trường Tiểu học Nguyễn Trãi"),
            (
                "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ TÂN LẬP",
                "Trường Tiểu học và Trung học cơ sở Tân Lập",
            ),
            ("HẠT KIỂM LÂM PHÙ YÊN", "Hạt Kiểm lâm Phù Yên"),
            ("TRƯỞNG ĐOÀN", "Trưởng đoàn"),
            ("THƯ KÝ", "Thư ký"),
            ("CHI CỤC TRƯỞNG", "Chi cục trưởng"),
            ("SỞ Y TẾ SƠN LÂM", "Sở Y tế Sơn Lâm"),
            ("SỞ GD&ĐT SƠN LÂM", "Sở GD&ĐT Sơn Lâm"),
            ("TRƯỜNG TH&THCS BẢN HẠC", "Trường TH&THCS Bản Hạc"),
            ("UBND XÃ NÀ PHIÊNG - CÔNG AN XÃ", "UBND xã Nà Phiêng - Công an xã"),
            ("HỘI KHOA HỌC LỊCH SỬ", "Hội Khoa học lịch sử"),
            ("UBND XÃ PHÒNG LŨNG", "UBND xã Phòng Lũng"),
            ("KHU DU LỊCH QUỐC GIA HỒ NẬM CHẢY", "Khu du lịch quốc gia Hồ Nậm Chảy"),
            ("ĐẠI DIỆN BÊN A", "Đại diện bên A"),
            ("Sở Y tế tỉnh Sơn Lâm", "Sở Y tế tỉnh Sơn Lâm"),
            ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ] {
            assert_eq!(write(capitals, ""), normal);
        }
    }

    #[test]
    fn the_spelling_of_the_text_itself_comes_first() {
        let text = "Theo đề nghị của Trường Đại học Nông Lâm Vùng cao, tại xã Vân Khê.";
        let name = "TRƯỜNG ĐẠI HỌC NÔNG LÂM VÙNG CAO";
        assert_eq!(write(name, text), "Trường Đại học Nông Lâm Vùng cao");
    }

    #[test]
    fn words_that_belong_to_two_names_in_the_text_give_no_spelling() {
        let text = "Bộ trưởng Bộ Nội vụ, Bộ trưởng Bộ Tài chính ban hành chế độ phụ cấp.";
        assert_eq!(write("BỘ NỘI VỤ, BỘ TÀI CHÍNH", text), "Bộ Nội vụ, Bộ Tài chính");
    }
}
