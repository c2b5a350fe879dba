use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::chromium::chromium;
use super::stage::stage;

/// Returns all text of a PDF without spaces, because a PDF contains positions instead of spaces.
fn text_of(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let mut text = String::new();
    for page in document.get_pages().into_values() {
        let fonts = document.get_page_fonts(page).unwrap();
        let mut letters = None;
        for operation in document.get_and_decode_page_content(page).unwrap().operations {
            match (operation.operator.as_str(), operation.operands.as_slice()) {
                ("Tf", [Object::Name(name), ..]) => {
                    letters = fonts.get(name).map(|font| Letters::of(&document, font));
                }
                ("Tj", [shown]) => text.extend(letters.iter().map(|letters| letters.read(shown))),
                ("TJ", [Object::Array(parts)]) => {
                    text.extend(
                        parts
                            .iter()
                            .flat_map(|part| letters.iter().map(|letters| letters.read(part))),
                    );
                }
                _ => {}
            }
        }
    }
    text.replace(char::is_whitespace, "")
}

/// The text for each character code of a font, from the font's `ToUnicode` map.
struct Letters {
    /// The number of bytes in a character code.
    width: usize,
    texts: HashMap<u32, String>,
}

impl Letters {
    fn of(document: &Document, font: &Dictionary) -> Self {
        let width =
            if font.get(b"Subtype").unwrap().as_name().unwrap() == b"Type0" { 2 } else { 1 };
        let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).unwrap();
        let map = String::from_utf8_lossy(&stream.get_plain_content().unwrap()).into_owned();
        let mut texts = HashMap::new();
        let code = |token: &str| u32::from_str_radix(token, 16).unwrap();
        for (kind, entries) in [("bfchar", 2), ("bfrange", 3)] {
            for block in map.split(&format!("begin{kind}")).skip(1) {
                let block = block.split(&format!("end{kind}")).next().unwrap();
                let tokens: Vec<&str> = block.split(['<', '>']).skip(1).step_by(2).collect();
                for entry in tokens.chunks_exact(entries) {
                    let (first, last, text) =
                        (code(entry[0]), code(entry[entries - 2]), entry[entries - 1]);
                    let units: Vec<u16> = text
                        .as_bytes()
                        .chunks_exact(4)
                        .map(|unit| code(str::from_utf8(unit).unwrap()) as u16)
                        .collect();
                    for number in first..=last {
                        let mut units = units.clone();
                        *units.last_mut().unwrap() += u16::try_from(number - first).unwrap();
                        texts.insert(number, String::from_utf16_lossy(&units));
                    }
                }
            }
        }
        Self { width, texts }
    }

    /// Decodes a string of character codes. Other objects of a PDF give an empty text.
    fn read(&self, shown: &Object) -> String {
        let bytes = shown.as_str().unwrap_or_default();
        let codes = bytes
            .chunks_exact(self.width)
            .map(|code| code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)));
        codes.filter_map(|code| self.texts.get(&code)).map(String::as_str).collect()
    }
}

/// Prints a page of the portal `stage()`, and returns its text.
fn printed(path: &str) -> String {
    let mut tab = chromium().tab();
    tab.open(&format!("{}{path}", stage().origin()));
    text_of(&tab.print())
}

#[test]
fn an_article_is_printed_without_navigation() {
    let paper = printed("/bai-viet/van-ban-ban-hanh");
    for text in ["Quyết định dài", "27/QĐ-LHH", "Điều 150. Việc thứ 150", "Hạn thứ 150 là bảy ngày"]
    {
        assert!(paper.contains(&text.replace(' ', "")), "{text:?} is not printed: {paper:.2000}");
    }
    for text in
        ["Trang chủ", "Sơ đồ trang", "Thông tin này có ích không?", "Tin bài mới", "Đi thẳng tới"]
    {
        assert!(!paper.contains(&text.replace(' ', "")), "{text:?} is printed");
    }
}
