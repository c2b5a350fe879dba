//! Writes numbers in the formats of Word's labels.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    Decimal,
    /// A decimal number with at least this many digits.
    Padded(usize),
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// In Vietnamese words: `một`, `hai`.
    Vietnamese,
    /// `1st`, `2nd`.
    Ordinal,
    /// In English words: `One`.
    Cardinal,
    /// In English words: `First`.
    OrdinalText,
    /// `- 1 -`.
    InDash,
    Hexadecimal,
    /// One character for each number, such as `①`: the code points of the character for 1 and of the last character.
    Character(u32, u32),
    /// Chinese numerals: `一`, `二`.
    Ideograph,
    Bullet,
    None,
}

impl NumberFormat {
    /// Returns the format with this name. `sample` shows a custom format: `001, 002, 003, ...`.
    pub fn of(name: &str, sample: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "vietnameseCounting" => Self::Vietnamese,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::Cardinal,
            "ordinalText" => Self::OrdinalText,
            "numberInDash" => Self::InDash,
            "hex" => Self::Hexadecimal,
            "decimalEnclosedCircle" => Self::Character(0x2460, 0x2473),
            "decimalEnclosedParen" => Self::Character(0x2474, 0x2487),
            "decimalEnclosedFullstop" => Self::Character(0x2488, 0x249B),
            "russianLower" => Self::Character(0x430, 0x44F),
            "russianUpper" => Self::Character(0x410, 0x42F),
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "koreanCounting"
            | "ideographDigital" => Self::Ideograph,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => Self::Padded(sample.split(',').next().unwrap_or_default().trim().len()),
            _ => Self::Decimal,
        }
    }

    /// Whether the format writes only decimal digits.
    pub fn has_digits(&self) -> bool {
        matches!(self, Self::Decimal | Self::Padded(_))
    }

    pub fn write(&self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::Padded(digits) => format!("{number:0digits$}", digits = (*digits).min(10)),
            Self::LowerLetter => letters(number),
            Self::UpperLetter => letters(number).to_uppercase(),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Vietnamese => vietnamese(number),
            Self::Ordinal => ordinal(number),
            Self::Cardinal => english(number, false),
            Self::OrdinalText => english(number, true),
            Self::InDash => format!("- {number} -"),
            Self::Hexadecimal => format!("{number:X}"),
            Self::Character(first, last) => {
                let code = first.saturating_add(number).saturating_sub(1);
                let character = char::from_u32(code).filter(|_| number > 0 && code <= *last);
                character.map_or_else(|| number.to_string(), String::from)
            }
            Self::Ideograph => ideographs(number),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// Writes a number in letters, as Word does: `a` to `z` for 1 to 26, `aa` to `zz` for 27 to 52, and so on, with at most
/// 10 letters.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    letter.to_string().repeat(usize::try_from(index / 26 + 1).unwrap_or(1).min(10))
}

fn roman(number: u32) -> String {
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(32_767);
    let mut out = String::new();
    for (value, letters) in steps {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

fn vietnamese(number: u32) -> String {
    const DIGITS: [&str; 10] =
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let digit = |value: u32| DIGITS.get(value as usize).copied().unwrap_or_default();
    match number {
        0..10 => digit(number).to_owned(),
        10 => "mười".to_owned(),
        11..100 => {
            let (tens, ones) = (number / 10, number % 10);
            let tens_text =
                if tens == 1 { "mười".to_owned() } else { format!("{} mươi", digit(tens)) };
            match ones {
                0 => tens_text,
                1 if tens > 1 => format!("{tens_text} mốt"),
                5 => format!("{tens_text} lăm"),
                _ => format!("{tens_text} {}", digit(ones)),
            }
        }
        100..1_000 => match number % 100 {
            0 => format!("{} trăm", digit(number / 100)),
            rest @ 1..10 => format!("{} trăm lẻ {}", digit(number / 100), digit(rest)),
            rest => format!("{} trăm {}", digit(number / 100), vietnamese(rest)),
        },
        _ => number.to_string(),
    }
}

fn ordinal(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// Writes a number up to 99 in English words, and a larger number in digits.
fn english(number: u32, is_ordinal: bool) -> String {
    const CARDINALS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const ORDINALS: [&str; 20] = [
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENS: [&str; 8] = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"];
    let ones = |number: u32| {
        let names = if is_ordinal { ORDINALS } else { CARDINALS };
        names.get(number as usize).copied().unwrap_or_default()
    };
    let tens = TENS.get((number / 10).saturating_sub(2) as usize).copied().unwrap_or_default();
    let written = match number {
        0..20 => ones(number).to_owned(),
        20..100 if number.is_multiple_of(10) => {
            format!("{tens}{}", if is_ordinal { "ieth" } else { "y" })
        }
        20..100 => format!("{tens}y-{}", ones(number % 10)),
        _ => return if is_ordinal { ordinal(number) } else { number.to_string() },
    };
    let mut letters = written.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Writes a number up to 99 in Chinese numerals, and a larger number in digits.
fn ideographs(number: u32) -> String {
    let digit = |value: u32| "〇一二三四五六七八九".chars().nth(value as usize);
    let (tens, ones) = (number / 10, number % 10);
    match number {
        0..10 => digit(number).into_iter().collect(),
        10..100 => {
            let tens_digit = digit(tens).filter(|_| tens > 1);
            let ones_digit = digit(ones).filter(|_| ones > 0);
            tens_digit.into_iter().chain(['十']).chain(ones_digit).collect()
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        assert_eq!([1, 26, 27, 28].map(letters), ["a", "z", "aa", "bb"]);
        assert_eq!([1, 4, 9, 14, 2026].map(roman), ["I", "IV", "IX", "XIV", "MMXXVI"]);
        let expected = ["một", "mười lăm", "hai mươi mốt", "bốn mươi", "một trăm lẻ hai"];
        assert_eq!([1, 15, 21, 40, 102].map(vietnamese), expected);
        assert_eq!([1, 12, 23].map(ordinal), ["1st", "12th", "23rd"]);
        assert_eq!(
            [2, 20, 31].map(|number| english(number, false)),
            ["Two", "Twenty", "Thirty-one"]
        );
        assert_eq!(
            [2, 20, 31].map(|number| english(number, true)),
            ["Second", "Twentieth", "Thirty-first"]
        );
        assert_eq!([3, 10, 24].map(ideographs), ["三", "十", "二十四"]);
        let write = |name: &str, sample: &str| NumberFormat::of(name, sample).write(7);
        assert_eq!(write("decimalZero", ""), "07");
        assert_eq!(write("custom", "001, 002, 003, ..."), "007");
        assert_eq!(write("decimalEnclosedCircle", ""), "⑦");
        assert_eq!(write("numberInDash", ""), "- 7 -");
        assert_eq!(write("none", ""), "");
    }
}
