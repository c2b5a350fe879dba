//! Converts the parts of WordPress posts that are not HTML: shortcodes (such as `[gallery]`), and blank lines that
//! separate paragraphs.

use cong_core::vietnamese::unix_lines;

/// A text whose shortcodes were replaced or left out, and the names of those left out, without repetitions.
#[derive(Debug, Default)]
pub struct ResolvedShortcodes {
    pub text: String,
    pub left_out: Vec<String>,
}

/// The maximum length of a shortcode, in characters. A longer text in brackets is not a shortcode.
const MAX_CODE: usize = 4_000;

/// Replaces the shortcodes in a text. `picture` returns the address and the description of the attachment with a
/// number.
pub fn resolve(
    text: &str,
    picture: &dyn Fn(&str) -> Option<(String, String)>,
) -> ResolvedShortcodes {
    let mut resolved = ResolvedShortcodes::default();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        resolved.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(code) = Shortcode::at(rest) else {
            resolved.text.push('[');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[code.length..];
        let end = format!("[/{}]", code.name);
        match code.name {
            "caption" | "wp_caption" if !code.is_end => {
                let (inside, after) = rest.split_once(&end).unwrap_or((rest, ""));
                rest = after;
                resolved.text.push_str(&figure(inside, code.attribute("caption")));
            }
            "gallery" => {
                let numbers = code.attribute("ids").unwrap_or_default();
                let pictures: Vec<_> =
                    numbers.split(',').filter_map(|number| picture(number.trim())).collect();
                if pictures.is_empty() {
                    resolved.leave_out("gallery");
                }
                for (address, alt) in pictures {
                    resolved.text.push_str(&format!(
                        "\n\n<figure><img src=\"{}\" alt=\"{}\"></figure>\n\n",
                        quoted(&address),
                        quoted(&alt)
                    ));
                }
            }
            "embed" if !code.is_end => {
                let (inside, after) = rest.split_once(&end).unwrap_or(("", rest));
                rest = after;
                let address = quoted(inside.trim());
                resolved.text.push_str(&format!("\n\n<iframe src=\"{address}\"></iframe>\n\n"));
            }
            "video" | "audio" if !code.is_end => {
                let sources = ["src", "mp4", "m4v", "webm", "mp3", "ogg", "wav"];
                let source =
                    sources.iter().find_map(|name| code.attribute(name)).unwrap_or_default();
                resolved
                    .text
                    .push_str(&format!("\n\n<iframe src=\"{}\"></iframe>\n\n", quoted(source)));
            }
            name if code.is_end || code.attributes.contains('=') || rest.contains(&end) => {
                resolved.leave_out(name)
            }
            _ => resolved.text.push_str(code.whole),
        }
    }
    resolved.text.push_str(rest);
    resolved
}

impl ResolvedShortcodes {
    fn leave_out(&mut self, name: &str) {
        if !self.left_out.iter().any(|known| known == name) {
            self.left_out.push(name.to_owned());
        }
    }
}

struct Shortcode<'a> {
    whole: &'a str,
    name: &'a str,
    attributes: &'a str,
    is_end: bool,
    length: usize,
}

impl<'a> Shortcode<'a> {
    /// The shortcode at the beginning of a text, if there is one.
    fn at(text: &'a str) -> Option<Self> {
        let mut quote = None;
        let mut length = None;
        for (at, c) in text.char_indices().skip(1).take(MAX_CODE) {
            match quote {
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if c == '"' => quote = Some(c),
                None if c == ']' => {
                    length = Some(at + 1);
                    break;
                }
                None if c == '[' => return None,
                None => {}
            }
        }
        let whole = text.get(..length?)?;
        let inside = whole.get(1..whole.len() - 1)?;
        let is_end = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let name = inside.split(char::is_whitespace).next()?;
        let is_name = name.len() >= 2
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
        is_name.then(|| Self {
            whole,
            name,
            attributes: &inside[name.len()..],
            is_end,
            length: whole.len(),
        })
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let (before, after) = self.attributes.split_once(&format!("{name}="))?;
        if before.ends_with(|c: char| !c.is_whitespace()) {
            return None;
        }
        match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split(quote).next(),
            _ => after.split(char::is_whitespace).next(),
        }
    }
}

/// Writes a picture with its caption as HTML.
fn figure(inside: &str, caption: Option<&str>) -> String {
    let end = inside.rfind("</a>").map(|at| at + 4).or_else(|| {
        let image = inside.find("<img")?;
        inside[image..].find('>').map(|at| image + at + 1)
    });
    let (image, text) = inside.split_at(end.unwrap_or(0));
    let text = if text.trim().is_empty() { caption.unwrap_or_default() } else { text };
    format!("\n\n<figure>{image}<figcaption>{text}</figcaption></figure>\n\n")
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// Converts a text written in WordPress's classic editor to HTML: the text between two blank lines becomes a paragraph,
/// and a line end in it becomes a line break.
pub fn paragraphs(text: &str) -> String {
    let text = unix_lines(text);
    if text.contains("<!-- wp:") {
        return text;
    }
    let blocks = [
        "<h",
        "<ul",
        "<ol",
        "<li",
        "<table",
        "<t",
        "<div",
        "<blockquote",
        "<pre",
        "<figure",
        "<iframe",
        "</",
        "<hr",
        "<p",
    ];
    let chunks = text.split("\n\n").map(|chunk| {
        let chunk = chunk.trim();
        let is_block = blocks.iter().any(|start| chunk.to_lowercase().starts_with(start));
        if chunk.is_empty() || is_block {
            chunk.to_owned()
        } else {
            format!("<p>{}</p>", chunk.replace('\n', "<br>"))
        }
    });
    chunks.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> ResolvedShortcodes {
        resolve(text, &|number| (number == "7").then(|| ("/a.jpg".to_owned(), "Ảnh".to_owned())))
    }

    #[test]
    fn captions_and_galleries_become_pictures() {
        let caption = of("[caption id=\"x\" width=\"9\"]<img src=\"a.jpg\" /> Lễ ký[/caption] sau");
        assert_eq!(
            caption.text.trim(),
            "<figure><img src=\"a.jpg\" /><figcaption> Lễ ký</figcaption></figure>\n\n sau"
        );
        assert!(of("[gallery ids=\"7, 8\"]").text.contains("<img src=\"/a.jpg\" alt=\"Ảnh\">"));
        assert_eq!(of("[gallery ids=\"8\"]").left_out, ["gallery"]);
        assert!(of("[embed]https://x.vn/v[/embed]").text.contains("src=\"https://x.vn/v\""));
    }

    #[test]
    fn unknown_codes_go_and_are_listed_and_brackets_stay() {
        let resolved = of("[vc_row width=\"1/2\"]Chữ[/vc_row] và [1], [sic], [a [b]");
        assert_eq!(resolved.text, "Chữ và [1], [sic], [a [b]");
        assert_eq!(resolved.left_out.len(), 1, "{:?}", resolved.left_out);
        assert!(of(&"[".repeat(10_000)).text.len() == 10_000);
    }

    #[test]
    fn blank_lines_are_paragraphs_beside_those_that_are_marked() {
        assert_eq!(
            paragraphs("Một\nhai\n\n<h2>Ba</h2>\n\nBốn"),
            "<p>Một<br>hai</p>\n\n<h2>Ba</h2>\n\n<p>Bốn</p>"
        );
        assert_eq!(paragraphs("<p>Một\nhai</p>\n\nBa"), "<p>Một\nhai</p>\n\n<p>Ba</p>");
        assert_eq!(paragraphs("<!-- wp:x -->Một\n\nhai"), "<!-- wp:x -->Một\n\nhai");
    }
}
