//! Sends files from KV as a stream. The extension of a file determines its content type, and browsers must not guess
//! another one. Files may not run scripts. Byte ranges are supported, because media players need them.

mod byte_range;

use std::ops::Range;

use cong_core::addresses::Method;
use cong_core::article::audio_type;
use futures_util::StreamExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::platform;
use crate::platform::StoreError;
use crate::web::{Body, CachePolicy, PageError, Portal, Request, Response, etag};
use byte_range::ByteRange;

/// The maximum size, in bytes, of a file that is read whole to compute its ETag from its content. A file with a
/// revision (`rev`) in its metadata of KV gets its ETag from that instead. A larger file without a `rev` is sent
/// without an ETag.
const MAX_HASHED_BYTES: usize = 1024 * 1024;

const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// How a browser is to treat a file: the value of the header `Content-Disposition`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Disposition {
    /// The browser shows the file. Its type cannot contain scripts.
    Inline,
    Download,
}

/// Sends a file, or the byte range of the file that the request asks for.
pub async fn file(portal: &Portal, request: &Request, name: &str) -> Result<Response, PageError> {
    let whole = whole(portal, name).await?;
    // The header `Range` has a meaning for GET only (RFC 9110, section 14.2).
    let range = request.header("range").filter(|_| request.method() == Some(Method::Get));
    let Some(range) = range.as_deref().and_then(ByteRange::parse) else { return Ok(whole) };
    // If the client has a part of another version of the file (`If-Range`), it gets the whole file.
    let has_this = match request.header("if-range") {
        Some(tag) => whole.etag.as_deref() == Some(tag.as_str()),
        None => true,
    };
    if has_this { part(portal, name, whole, range).await } else { Ok(whole) }
}

/// Makes the response with a byte range of the file `name`. KV streams files from their beginning and does not tell
/// their length. A large file is therefore read twice: the first time only to measure it.
async fn part(
    portal: &Portal,
    name: &str,
    whole: Response,
    range: ByteRange,
) -> Result<Response, PageError> {
    let length = match &whole.body {
        Body::Bytes(bytes) => bytes.len() as u64,
        Body::Stream(stream) => platform::length(stream).await.map_err(StoreError::from)?,
        Body::Parts(_) | Body::Empty => return Ok(whole),
    };
    let Some(Range { start, end }) = range.within(length) else {
        return Ok(Response {
            status: 416,
            body: Body::Empty,
            cache: CachePolicy::NoStore,
            etag: None,
            headers: vec![("content-range", format!("bytes */{length}"))],
            ..whole
        });
    };
    let body = match whole.body {
        Body::Bytes(bytes) => {
            let [start, end] = [start, end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
            Body::Bytes(bytes.get(start..end).unwrap_or_default().into())
        }
        _ => {
            let again = portal.files()?.file(name).await?.ok_or(PageError::NOT_FOUND)?.stream;
            platform::skip(&again, start).await.map_err(StoreError::from)?;
            if end == length {
                let rest = platform::rest(&again, end - start).map_err(StoreError::from)?;
                Body::Stream(rest)
            } else {
                let part = platform::first(&again, end - start).map_err(StoreError::from)?;
                Body::Parts(part.boxed_local())
            }
        }
    };
    let mut headers = whole.headers;
    headers.push(("content-range", format!("bytes {start}-{}/{length}", end - 1)));
    Ok(Response { status: 206, body, headers, ..whole })
}

async fn whole(portal: &Portal, name: &str) -> Result<Response, PageError> {
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
                (Body::Bytes(bytes), Some(etag))
            }
            // A larger file is read a second time, so that it is streamed and not kept in memory.
            None => {
                let again = files.file(name).await?.ok_or(PageError::NOT_FOUND)?;
                (Body::Stream(again.stream), None)
            }
        },
    };
    Ok(Response {
        tag: None,
        status: 200,
        body,
        content_type: content_type.to_owned(),
        cache: CachePolicy::File,
        etag,
        headers: vec![
            ("content-security-policy", POLICY.to_owned()),
            ("content-disposition", content_disposition(name, disposition)),
            ("accept-ranges", "bytes".to_owned()),
            // Feed readers show an article's pictures in pages of other origins, so pages of any origin may embed
            // files.
            ("cross-origin-resource-policy", "cross-origin".to_owned()),
        ],
    })
}

/// The content type and the disposition of a file, by the extension of its name. Browsers show only files that cannot
/// run scripts. SVG is for download, but has its own content type, so that pages can embed it as a picture.
fn kind_of(name: &str) -> (&'static str, Disposition) {
    use Disposition::{Download, Inline};
    if let Some(audio) = audio_type(name) {
        return (audio, Inline);
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "png" => ("image/png", Inline),
        "jpg" | "jpeg" => ("image/jpeg", Inline),
        "webp" => ("image/webp", Inline),
        "avif" => ("image/avif", Inline),
        "gif" => ("image/gif", Inline),
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

/// The value of the header `Content-Disposition`, with the file name in UTF-8, percent-encoded (RFC 6266).
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
