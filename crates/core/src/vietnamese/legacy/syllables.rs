use crate::vietnamese::nfc::{nfc, nfd};

const ONSETS: [&str; 29] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong op ot oc \
    ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi \
    uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp \
    ươt ươu ưt ưu y yêm yên yêng yêt yêu ";
/// The five Vietnamese tone marks as combining characters: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
const STOPS: [&str; 4] = ["c", "ch", "p", "t"];

/// Whether a word is spelt like a Vietnamese syllable. Names from minority languages (`Krông`) are not.
pub fn is_syllable(word: &str) -> bool {
    let mut tones = Vec::new();
    let mut plain = String::new();
    for c in nfd(word).chars().flat_map(char::to_lowercase) {
        if TONES.contains(&c) {
            tones.push(c);
        } else {
            plain.push(c);
        }
    }
    let plain = nfc(&plain);
    // A syllable that ends in a stop consonant has the tone sắc (acute) or nặng (dot below).
    let is_sharp = matches!(tones.first(), Some('\u{301}' | '\u{323}'));
    tones.len() <= 1
        && (is_sharp || !STOPS.iter().any(|stop| plain.ends_with(stop)))
        && ONSETS.iter().filter_map(|onset| plain.strip_prefix(onset)).any(is_rime)
}

fn is_rime(text: &str) -> bool {
    !text.is_empty() && RIMES.contains(&format!(" {text} "))
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn vietnamese_is_told_from_what_it_is_not() {
        let text = "Cộng hòa xã hội chủ nghĩa Việt Nam độc lập tự do hạnh phúc nghiêng gì giữ quyết \
                    quả khuya khuỷu rượu yêu đường uống ương xoong ngoằn thuở huân thoát ý";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
        for word in
            ["", "éi", "héi", "été", "où", "goût", "C«ng", "hoµ", "Krông", "bla", "hôap", "cat"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
