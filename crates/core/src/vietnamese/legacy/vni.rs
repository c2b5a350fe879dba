//! VNI for Windows: a Vietnamese encoding that writes an accented letter as two characters: the base letter, then one
//! character that stands for all its accents. The exceptions are `i` with a tone mark, `ỵ`, `đ`, `ơ` and `ư`, which are
//! single characters.

/// Decodes VNI text that was read as ISO 8859-1. Characters that have no meaning in VNI stay as they are.
pub fn decode(text: &str) -> String {
    read(text, Some).unwrap_or_default()
}

/// Decodes a word of VNI text that was read as ISO 8859-1; `None` if one of its characters is not a letter.
pub fn word(text: &str) -> Option<String> {
    read(text, |c| c.is_ascii_alphabetic().then_some(c))
}

fn read(text: &str, other: impl Fn(char) -> Option<char>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let known = single(c);
        match chars.peek().and_then(|&mark| with_mark(known.unwrap_or(c), mark)) {
            Some(letter) => {
                out.push(letter);
                chars.next();
            }
            None => out.push(known.or_else(|| other(c))?),
        }
    }
    Some(out)
}

/// Decodes an accented letter that VNI writes as a single character; `None` for any other character.
fn single(c: char) -> Option<char> {
    Some(match c {
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'í' => 'í',
        'ì' => 'ì',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        'Í' => 'Í',
        'Ì' => 'Ì',
        'Æ' => 'Ỉ',
        'Ó' => 'Ĩ',
        'Ò' => 'Ị',
        'Î' => 'Ỵ',
        _ => return None,
    })
}

/// Decodes a base letter followed by `mark`, the character for its accents, in upper or lower case. Returns `None` if
/// the two do not form a letter.
fn with_mark(base: char, mark: char) -> Option<char> {
    let mark = mark.to_lowercase().next()?;
    let letters = match base.to_lowercase().next()? {
        'a' => "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ",
        'e' => "ùéøèûẻõẽïẹâêáếàềåểãễäệ",
        'o' => "ùóøòûỏõõïọâôáốàồåổãỗäộ",
        'ơ' => "ùớøờûởõỡïợ",
        'u' => "ùúøùûủõũïụ",
        'ư' => "ùứøừûửõữïự",
        'y' => "ùýøỳûỷõỹ",
        _ => return None,
    };
    let (marks, composed) = (letters.chars().step_by(2), letters.chars().skip(1).step_by(2));
    let (_, found) = marks.zip(composed).find(|(known, _)| *known == mark)?;
    if base.is_uppercase() { found.to_uppercase().next() } else { Some(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_read_in_both_cases() {
        let written = "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä ñ eù eø eû eõ eï eâ eá eà eå eã eä \
                       í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï \
                       ö öù öø öû öõ öï yù yø yû yõ î";
        let expected = "á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ đ é è ẻ ẽ ẹ ê ế ề ể ễ ệ \
                        í ì ỉ ĩ ị ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ ú ù ủ ũ ụ \
                        ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ";
        assert_eq!(decode(written), expected);
        assert_eq!(decode(&written.to_uppercase()), expected.to_uppercase());
    }

    #[test]
    fn a_word_is_read_only_where_every_character_is_a_letter_of_it() {
        assert_eq!(word("Vieät").as_deref(), Some("Việt"));
        for other in ["été", "Việt", "nhaân.", "2026"] {
            assert_eq!(word(other), None, "{other}");
        }
    }

    #[test]
    fn a_capital_may_have_its_mark_in_lower_case() {
        assert_eq!(decode("UÛy ban nhaân daân tænh; AÙnh, Aùnh"), "Ủy ban nhân dân tỉnh; Ánh, Ánh");
    }
}
