//! Checks addresses, file names and language tags in documents, and resolves addresses.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The characters that must be encoded in a path segment (RFC 3986, section 3.3), and quotes, as a precaution.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub fn file_url(name: &str) -> String {
    format!("/tep/{}", utf8_percent_encode(name, SEGMENT))
}

/// Returns the address without surrounding white space if it is safe in a link: it is relative, or its scheme is
/// `http`, `https`, `mailto` or `tel`. Returns `None` for others, such as `javascript:` and `data:`.
pub fn safe_link(address: &str) -> Option<&str> {
    // Browsers remove tabs, line breaks and leading control characters before they parse the scheme.
    let address = address.trim_matches(|c: char| c.is_control() || c.is_whitespace());
    if address.chars().any(char::is_control) {
        return None;
    }
    let Some(scheme) = scheme(address) else { return Some(address) };
    let allowed = ["http", "https", "mailto", "tel"];
    allowed.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(address)
}

/// The scheme of an address: the part before the first colon. `None` for a relative address.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    let (scheme, rest) = address.split_at_checked(end)?;
    rest.starts_with(':').then_some(scheme)
}

/// The address of a page, against which the relative addresses in its document are resolved.
#[derive(Clone, Copy, Debug)]
pub struct BaseUrl<'a> {
    /// The scheme and host, without a trailing slash.
    pub site: &'a str,
    /// The path of the page, beginning with a slash.
    pub path: &'a str,
}

impl BaseUrl<'_> {
    /// Resolves an address (RFC 3986, section 5.2), but keeps the segments `.` and `..`, which clients resolve.
    pub fn absolute(self, address: &str) -> String {
        let Self { site, path } = self;
        if scheme(address).is_some() {
            return address.to_owned();
        }
        if address.starts_with("//") {
            return format!("{}:{address}", scheme(site).unwrap_or("https"));
        }
        if address.starts_with('/') {
            return format!("{site}{address}");
        }
        if address.is_empty() || address.starts_with(['?', '#']) {
            return format!("{site}{path}{address}");
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{site}{folder}/{address}")
    }
}

/// The name of the file in `FILES` that an image address refers to. The address is a file name, or `/tep/<name>`;
/// `None` for any other address, such as one on another site.
pub fn image_file(address: &str) -> Option<String> {
    let name = address.strip_prefix("/tep/").unwrap_or(address);
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    (is_file_name(&name) && !name.contains(':')).then(|| name.into_owned())
}

/// Whether the text is a valid name of a file in `FILES`. KV keys have at most 512 bytes.
pub fn is_file_name(name: &str) -> bool {
    (1..=512).contains(&name.len())
        && name != "."
        && name != ".."
        && !name.chars().any(|c| c == '/' || c == '\\' || c.is_control())
}

/// The media type of a recording, by the extension of its file name. `None` for types that browsers do not play.
pub fn audio_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "mp3" => Some("audio/mpeg"),
        "m4a" => Some("audio/mp4"),
        "aac" => Some("audio/aac"),
        "ogg" | "oga" | "opus" => Some("audio/ogg"),
        "flac" => Some("audio/flac"),
        "wav" => Some("audio/wav"),
        _ => None,
    }
}

/// Whether the text is a well-formed language tag (BCP 47). Only the shape is checked, not whether the language
/// exists.
pub fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_links_are_kept() {
        for address in [
            "https://example.vn/a?b=c:d",
            "HTTP://example.vn",
            "mailto:a@example.vn",
            "tel:+84",
            "/bai-viet/x",
            "#dieu-1",
            "bai-khac",
            "?trang=2",
            "/a:b",
            "",
        ] {
            assert_eq!(safe_link(address), Some(address));
        }
    }

    #[test]
    fn script_links_are_refused() {
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "file:///etc/passwd",
            "java\tscript:x",
        ] {
            assert_eq!(safe_link(address), None, "{address}");
        }
    }

    #[test]
    fn addresses_are_resolved_against_the_page() {
        let base = BaseUrl { site: "https://cong.example", path: "/bai-viet/mot" };
        for (address, absolute) in [
            ("https://example.vn/a", "https://example.vn/a"),
            ("mailto:a@example.vn", "mailto:a@example.vn"),
            ("//example.vn/a", "https://example.vn/a"),
            ("/tep/a.pdf", "https://cong.example/tep/a.pdf"),
            ("/a:b", "https://cong.example/a:b"),
            ("hai", "https://cong.example/bai-viet/hai"),
            ("../tin-bai", "https://cong.example/bai-viet/../tin-bai"),
            ("?trang=2", "https://cong.example/bai-viet/mot?trang=2"),
            ("#dieu-1", "https://cong.example/bai-viet/mot#dieu-1"),
            ("", "https://cong.example/bai-viet/mot"),
        ] {
            assert_eq!(base.absolute(address), absolute);
        }
    }

    #[test]
    fn image_file_accepts_only_names_of_files() {
        assert_eq!(image_file("anh.webp").as_deref(), Some("anh.webp"));
        assert_eq!(image_file("/tep/%E1%BA%A3nh%201.webp").as_deref(), Some("ảnh 1.webp"));
        for address in
            ["https://example.vn/a.png", "//example.vn/a.png", "../a.png", "data:x", ".."]
        {
            assert_eq!(image_file(address), None, "{address}");
        }
        assert_eq!(file_url("Dự thảo?.pdf"), "/tep/D%E1%BB%B1%20th%E1%BA%A3o%3F.pdf");
    }

    #[test]
    fn audio_types_follow_the_extension() {
        for (name, expected) in [
            ("bai-doc.mp3", Some("audio/mpeg")),
            ("Bài đọc.M4A", Some("audio/mp4")),
            ("a.b.opus", Some("audio/ogg")),
            ("a.mp4", None),
            ("mp3", None),
        ] {
            assert_eq!(audio_type(name), expected, "{name}");
        }
    }

    #[test]
    fn language_tags_are_checked_for_their_shape() {
        for tag in ["vi", "en", "hmn", "zh-Hans", "en-GB"] {
            assert!(is_language_tag(tag));
        }
        for tag in ["", "v", "vi_VN", "tiếng việt", "vi-", "abcdefghi"] {
            assert!(!is_language_tag(tag));
        }
    }
}
