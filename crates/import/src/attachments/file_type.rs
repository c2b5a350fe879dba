//! Detects the type of a file from its bytes, because the extension of its name may be wrong. The name decides only
//! between types whose bytes do not differ.

use std::io::Cursor;

/// The extensions of the types of files that are copied.
const KNOWN: &str = "\
    pdf doc docx xls xlsx ppt pptx rtf odt ods odp rar zip 7z csv txt jpg png gif webp svg bmp \
    tif avif mp3 mp4 webm ogg wav epub dwg xml";

/// The extension of a file name, in its usual spelling; `None` if files of this type are not copied.
pub fn extension_in(name: &str) -> Option<&'static str> {
    let extension = name.rsplit_once('.')?.1.trim().to_ascii_lowercase();
    let extension = match extension.as_str() {
        "jpeg" | "jpe" | "jfif" => "jpg",
        "tiff" => "tif",
        "docm" | "dotx" => "docx",
        "xlsm" => "xlsx",
        "pps" => "ppt",
        "ppsx" => "pptx",
        other => other,
    };
    KNOWN.split(' ').find(|known| *known == extension)
}

/// Whether an address looks like a file rather than a page.
pub fn names_a_file(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let by_query = lower
        .split(['?', '&', '@'])
        .skip(1)
        .any(|part| part.split_once('=').is_some_and(|(_, value)| extension_in(value).is_some()));
    extension_in(path).is_some()
        || by_query
        || ["download", "getfile", "attachment", "viewfile", "/documents/"]
            .iter()
            .any(|mark| lower.contains(mark))
}

/// Returns the extension that fits the bytes of a file. `name` decides between types whose bytes do not differ. Returns
/// `None` for web pages and unknown types.
pub fn extension_of(bytes: &[u8], name: &str) -> Option<&'static str> {
    let named = extension_in(name);
    let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let text =
        String::from_utf8_lossy(start).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
    if ["<!doctype html", "<html", "<head", "<script"].iter().any(|mark| text.starts_with(mark)) {
        return None;
    }
    let by_start: [(&[u8], &str); 13] = [
        (b"%PDF", "pdf"),
        (b"\x89PNG", "png"),
        (b"\xFF\xD8\xFF", "jpg"),
        (b"GIF8", "gif"),
        (b"BM", "bmp"),
        (b"Rar!", "rar"),
        (b"7z\xBC\xAF", "7z"),
        (b"{\\rtf", "rtf"),
        (b"II*\0", "tif"),
        (b"MM\0*", "tif"),
        (b"ID3", "mp3"),
        (b"OggS", "ogg"),
        (b"\x1A\x45\xDF\xA3", "webm"),
    ];
    if let Some((_, extension)) = by_start.into_iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(extension);
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Some("webp"),
            Some(b"WAVE") => Some("wav"),
            _ => named,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return if bytes.get(8..11) == Some(b"avi") { Some("avif") } else { Some("mp4") };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zipped(bytes, named));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return named
            .filter(|named| matches!(*named, "doc" | "xls" | "ppt"))
            .or_else(|| compound(bytes));
    }
    if text.contains("<svg") {
        return Some("svg");
    }
    // Types without a signature are recognised by the name alone.
    named.filter(|named| matches!(*named, "csv" | "txt" | "xml" | "mp3" | "dwg"))
}

/// The extension for a ZIP archive. Word, Excel, PowerPoint, OpenDocument and EPUB files are ZIP archives too. `named`
/// is the extension in the file's name, which tells OpenDocument and EPUB files apart.
fn zipped(bytes: &[u8], named: Option<&'static str>) -> &'static str {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return "zip" };
    let has = |start: &str| archive.file_names().any(|name| name.starts_with(start));
    if has("word/") {
        "docx"
    } else if has("xl/") {
        "xlsx"
    } else if has("ppt/") {
        "pptx"
    } else if has("mimetype") {
        named.filter(|named| matches!(*named, "odt" | "ods" | "odp" | "epub")).unwrap_or("zip")
    } else {
        "zip"
    }
}

/// The extension for a file in the old binary format of Word, Excel and PowerPoint. Each of these programs gives a
/// typical name, in UTF-16, to the stream with its data.
fn compound(bytes: &[u8]) -> Option<&'static str> {
    let streams =
        [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint", "ppt")];
    streams.into_iter().find_map(|(name, extension)| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide).then_some(extension)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        assert_eq!(extension_of(b"%PDF-1.4", "Download.aspx"), Some("pdf"));
        assert_eq!(extension_of(b"\x89PNG\r\n", "anh.jpg"), Some("png"));
        let word: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let word = [b"\xD0\xCF\x11\xE0".as_slice(), &word].concat();
        assert_eq!(extension_of(&word, "Download.aspx?id=7"), Some("doc"));
        assert_eq!(extension_of(&word, "bang.xls"), Some("xls"));
        assert_eq!(extension_of(b"  <!DOCTYPE html><html>404", "a.pdf"), None);
        assert_eq!(extension_of(b"a,b", "a.csv"), Some("csv"));
        assert_eq!(extension_of(b"MZ\x90", "a.exe"), None);
        assert_eq!(extension_of(b"abc", "a.pdf"), None);
    }

    #[test]
    fn addresses_of_files_are_known() {
        for address in [
            "/a/b.PDF",
            "x.docx?v=1",
            "Download.aspx?id=7",
            "/get?file=a.pdf",
            "Download.aspx@id=7",
        ] {
            assert!(names_a_file(address), "{address}");
        }
        for address in ["/SitePages/Tin.aspx?ItemID=7", "tin.html", "/", "mailto:a@b.vn"] {
            assert!(!names_a_file(address), "{address}");
        }
    }
}
