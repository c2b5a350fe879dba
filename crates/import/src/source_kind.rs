//! Detects the kind of a source (saved page, WordPress export, feed or Word file) from its content.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::encoding;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    Page,
    WordPress,
    Feed,
    Word,
    /// A file that pages use: a picture, attachment, style sheet or script. It is copied if an article refers to it.
    Resource,
    Unknown,
}

/// How many bytes at the beginning of a file are read to detect its kind.
const START: u64 = 8 * 1024;

const RESOURCES: &str = "\
    css js json map ico woff woff2 ttf otf eot svg jpg jpeg png gif webp bmp avif tif pdf doc \
    xls xlsx ppt pptx rar zip 7z rtf odt ods odp mp3 mp4 webm swf csv txt axd cur wav ogg epub \
    dwg";

impl SourceKind {
    /// Detects the kind of a file from its first bytes and its name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut start = Vec::new();
        File::open(path)?.take(START).read_to_end(&mut start)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        Ok(Self::of_start(&start, &name))
    }

    fn of_start(start: &[u8], name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if start.starts_with(b"PK\x03\x04") {
            return if extension == "docx" || extension == "docm" {
                Self::Word
            } else {
                Self::Resource
            };
        }
        // While a file is open, Word keeps a lock file beside it, whose name begins with `~$`.
        if start.is_empty() || name.starts_with("~$") {
            return if start.is_empty() && matches!(extension, "html" | "htm") {
                Self::Page
            } else {
                Self::Resource
            };
        }
        let text = encoding::decode(start).text.to_lowercase();
        let text = text.trim_start();
        let is_xml = text.starts_with("<?xml")
            || text.starts_with("<rss")
            || text.starts_with("<feed")
            || text.starts_with("<rdf");
        if is_xml && !text.contains("<html") {
            if text.contains("wordpress.org/export/") || text.contains("<wp:wxr_version") {
                return Self::WordPress;
            }
            if ["<rss", "<feed", "<rdf:rdf"].iter().any(|root| text.contains(root)) {
                return Self::Feed;
            }
        }
        let is_page = ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title"]
            .iter()
            .any(|mark| text.contains(mark));
        if is_page && !matches!(extension, "js" | "css" | "svg" | "json") {
            return Self::Page;
        }
        if RESOURCES.split(' ').any(|known| known == extension)
            || name.contains('@')
            || name.contains('?')
        {
            return Self::Resource;
        }
        if matches!(extension, "html" | "htm" | "xhtml") && text.contains('<') {
            return Self::Page;
        }
        Self::Unknown
    }

    pub fn is_export(self) -> bool {
        matches!(self, Self::WordPress | Self::Feed)
    }
}

#[cfg(test)]
mod tests {
    use super::SourceKind;

    #[test]
    fn the_content_says_what_a_file_is() {
        for (start, name, expected) in [
            ("<!DOCTYPE html><html>", "tin.aspx@ItemID=7", SourceKind::Page),
            ("\u{FEFF}<html>", "a.txt", SourceKind::Page),
            ("<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>", "a.html", SourceKind::Page),
            (
                "<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'>",
                "a.xml",
                SourceKind::WordPress,
            ),
            ("<?xml version='1.0'?><rss version='2.0'>", "a", SourceKind::Feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", "a.xml", SourceKind::Feed),
            ("PK\u{3}\u{4}", "a.docx", SourceKind::Word),
            ("PK\u{3}\u{4}", "a.zip", SourceKind::Resource),
            ("%PDF", "a.pdf", SourceKind::Resource),
            ("var a = '<html>'", "a.js", SourceKind::Resource),
            ("MZ", "a.exe", SourceKind::Unknown),
        ] {
            assert_eq!(SourceKind::of_start(start.as_bytes(), name), expected, "{name}");
        }
    }
}
