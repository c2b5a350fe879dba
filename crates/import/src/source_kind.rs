//! Detects the kind of a source (saved page, WordPress export, feed or Word file) from its content.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::encoding;
use super::report::UnreadFormat;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    Page,
    WordPress,
    Feed,
    Word,
    /// A document in a format that is not read, or an archive.
    Unread(UnreadFormat),
    /// A file that pages use: a picture, attachment, style sheet or script. It is copied if an article refers to it.
    Resource,
    Unknown,
}

/// How many bytes at the beginning of a file are read to detect its kind.
const START: u64 = 8 * 1024;

const RESOURCES: &str = "\
    css js json map ico woff woff2 ttf otf eot svg jpg jpeg png gif webp bmp avif tif pdf \
    xls xlsx ppt pptx rar 7z ods odp mp3 mp4 webm swf csv txt axd cur wav ogg epub \
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
        if let Some(format) = document_format(start, extension).filter(|_| !name.starts_with("~$"))
        {
            return format;
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

    /// Whether a file of this kind is read if it is given, but belongs to a page that links to it.
    pub fn can_be_attached(path: &str) -> bool {
        let path = path.to_lowercase();
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        WORD.contains(&extension) || matches!(extension, "doc" | "dot" | "rtf" | "odt" | "zip")
    }

    pub fn is_export(self) -> bool {
        matches!(self, Self::WordPress | Self::Feed)
    }
}

const WORD: [&str; 4] = ["docx", "docm", "dotx", "dotm"];

/// The kind of a file that is an office document or an archive.
fn document_format(start: &[u8], extension: &str) -> Option<SourceKind> {
    let contains = |text: &str| start.windows(text.len()).any(|window| window == text.as_bytes());
    let unread = |format| Some(SourceKind::Unread(format));
    if start.starts_with(b"PK\x03\x04") {
        return match extension {
            _ if contains("application/vnd.oasis.opendocument.text") => {
                unread(UnreadFormat::OpenDocument)
            }
            known if WORD.contains(&known) => Some(SourceKind::Word),
            "" if contains("word/") => Some(SourceKind::Word),
            "zip" | "" => unread(UnreadFormat::Archive),
            "odt" => unread(UnreadFormat::OpenDocument),
            _ => Some(SourceKind::Resource),
        };
    }
    // Word before 2007, and files of newer versions with a password.
    if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return match extension {
            known if WORD.contains(&known) => Some(SourceKind::Word),
            "doc" | "dot" | "" => unread(UnreadFormat::OldWord),
            _ => Some(SourceKind::Resource),
        };
    }
    match extension {
        _ if start.starts_with(b"{\\rtf") => unread(UnreadFormat::RichText),
        // A page that was saved under the name of a document is read as a page.
        "doc" | "dot" if !contains("<html") && !contains("<HTML") => unread(UnreadFormat::OldWord),
        "rtf" => unread(UnreadFormat::RichText),
        "odt" => unread(UnreadFormat::OpenDocument),
        "zip" => unread(UnreadFormat::Archive),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceKind, UnreadFormat};

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
            ("PK\u{3}\u{4}", "a.dotm", SourceKind::Word),
            ("PK\u{3}\u{4}… word/document.xml", "congvan", SourceKind::Word),
            ("PK\u{3}\u{4}", "a.zip", SourceKind::Unread(UnreadFormat::Archive)),
            ("PK\u{3}\u{4}", "a.odt", SourceKind::Unread(UnreadFormat::OpenDocument)),
            ("PK\u{3}\u{4}", "a.xlsx", SourceKind::Resource),
            ("{\\rtf1", "a.doc", SourceKind::Unread(UnreadFormat::RichText)),
            ("cũ", "a.doc", SourceKind::Unread(UnreadFormat::OldWord)),
            ("<html>", "a.doc", SourceKind::Page),
            ("PK\u{3}\u{4}", "~$a.docx", SourceKind::Resource),
            ("%PDF", "a.pdf", SourceKind::Resource),
            ("var a = '<html>'", "a.js", SourceKind::Resource),
            ("MZ", "a.exe", SourceKind::Unknown),
        ] {
            assert_eq!(SourceKind::of_start(start.as_bytes(), name), expected, "{name}");
        }
        let old = [0xD0, 0xCF, 0x11, 0xE0];
        let of_old = |name: &str| SourceKind::of_start(&old, name);
        assert_eq!(of_old("a.doc"), SourceKind::Unread(UnreadFormat::OldWord));
        assert_eq!((of_old("a.docx"), of_old("a.xls")), (SourceKind::Word, SourceKind::Resource));
    }
}
