//! Attachments: streamed from KV, with a type that the browser must not guess, and nothing that
//! could run.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::article::is_file_name;
use crate::edge::{Body, CachePolicy, Portal, Reply, etag};
use crate::error::PageError;

/// A file without a `rev` is read up to this size for an ETag over its content.
const MAX_HASHED_BYTES: usize = 1024 * 1024;
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// How a file is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Disposition {
    /// Shown by the browser: it cannot hold script.
    Inline,
    Download,
}

pub async fn file(portal: &Portal, name: &str) -> Result<Reply, PageError> {
    if !is_file_name(name) {
        return Err(PageError::NOT_FOUND);
    }
    let files = portal.files()?;
    let stored = files.file(name).await?.ok_or(PageError::NOT_FOUND)?;
    let (content_type, disposition) = kind_of(name);
    let (body, etag) = match &stored.rev {
        Some(rev) => {
            let etag = etag(rev.as_bytes());
            (Body::Stream(stored.stream), Some(etag))
        }
        None => match stored.read_up_to(MAX_HASHED_BYTES).await? {
            Some(bytes) => {
                let etag = etag(&bytes);
                (Body::Bytes(bytes.into()), Some(etag))
            }
            // Larger: read again, so that it passes through without being held here.
            None => {
                let again = files.file(name).await?.ok_or(PageError::NOT_FOUND)?;
                (Body::Stream(again.stream), None)
            }
        },
    };
    Ok(Reply {
        status: 200,
        body,
        content_type: content_type.to_owned(),
        cache: CachePolicy::File,
        etag,
        headers: vec![
            ("content-security-policy", POLICY.to_owned()),
            ("content-disposition", content_disposition(name, disposition)),
        ],
    })
}

/// Content type and disposition by the name's extension. Only what cannot run script is shown in
/// place; SVG has its own type, so that it can stand in a page as a picture.
fn kind_of(name: &str) -> (&'static str, Disposition) {
    use Disposition::{Download, Inline};
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "png" => ("image/png", Inline),
        "jpg" | "jpeg" => ("image/jpeg", Inline),
        "webp" => ("image/webp", Inline),
        "avif" => ("image/avif", Inline),
        "gif" => ("image/gif", Inline),
        "mp3" => ("audio/mpeg", Inline),
        "m4a" => ("audio/mp4", Inline),
        "ogg" => ("audio/ogg", Inline),
        "mp4" => ("video/mp4", Inline),
        "webm" => ("video/webm", Inline),
        "txt" => ("text/plain; charset=utf-8", Inline),
        "csv" => ("text/csv; charset=utf-8", Download),
        "svg" => ("image/svg+xml", Download),
        "pdf" => ("application/pdf", Download),
        "doc" => ("application/msword", Download),
        "docx" => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Download)
        }
        "xls" => ("application/vnd.ms-excel", Download),
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Download),
        "ppt" => ("application/vnd.ms-powerpoint", Download),
        "pptx" => {
            ("application/vnd.openxmlformats-officedocument.presentationml.presentation", Download)
        }
        "odt" => ("application/vnd.oasis.opendocument.text", Download),
        "ods" => ("application/vnd.oasis.opendocument.spreadsheet", Download),
        "zip" => ("application/zip", Download),
        _ => ("application/octet-stream", Download),
    }
}

/// The name as RFC 6266 wants it: in UTF-8, percent-encoded.
fn content_disposition(name: &str, disposition: Disposition) -> String {
    let word = match disposition {
        Disposition::Inline => "inline",
        Disposition::Download => "attachment",
    };
    format!("{word}; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_could_run_script_is_a_download() {
        for name in [
            "a.svg",
            "a.html",
            "a.htm",
            "a.xhtml",
            "a.xml",
            "a.js",
            "a.pdf",
            "a.swf",
            "a",
            "a.",
            "a.png.html",
            "A.SVG",
        ] {
            assert_eq!(kind_of(name).1, Disposition::Download, "{name}");
        }
        assert_eq!(kind_of("a.html").0, "application/octet-stream");
    }

    #[test]
    fn pictures_and_plain_text_are_shown_in_place() {
        for name in ["a.png", "a.JPG", "a.b.webp", "a.txt"] {
            assert_eq!(kind_of(name).1, Disposition::Inline, "{name}");
        }
    }

    #[test]
    fn the_name_survives_in_the_header_whatever_letters_it_has() {
        assert_eq!(
            content_disposition("Dự \"1\".pdf", Disposition::Download),
            "attachment; filename*=UTF-8''D%E1%BB%B1%20%221%22%2Epdf"
        );
    }
}
