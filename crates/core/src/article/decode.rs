//! Decodes the bytes of a document, and separates its front matter and body.

use super::limits::{MAX_DOCUMENT_BYTES, MAX_FIELDS_BYTES};
use super::line_starts::LineStarts;
use super::node::FieldTable;
use super::problem::{Cause, DocumentPosition, DocumentProblem};
use super::{json_form, toml_form};
use crate::vietnamese::unix_lines;

/// Decodes a document. Line ends become `\n`, and a byte order mark is removed.
///
/// # Errors
/// The document is too large, or not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, DocumentProblem> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(DocumentProblem::of_document(Cause::TooLarge { max: MAX_DOCUMENT_BYTES }));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.contains(&0) {
        return Err(DocumentProblem::of_document(Cause::Utf16));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let valid = bytes.get(..at).unwrap_or_default();
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
        DocumentProblem::error(DocumentPosition { line, span: at..at }, None, Cause::NoUtf8)
    })?;
    Ok(unix_lines(text))
}

/// Splits the text of a document into its fields and its Markdown body. In TOML form, the body is the text after the
/// front matter. In JSON form, the body is one of the fields, and the second value is `None`.
pub fn split(text: &str) -> Result<(FieldTable, Option<&str>), DocumentProblem> {
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..).unwrap_or_default();
    if rest.starts_with('{') {
        return Ok((json_form::parse(text)?, None));
    }

    let first_line = rest.lines().next().unwrap_or_default();
    let first_span = start..start + first_line.len();
    let broken =
        |cause| DocumentProblem::error(LineStarts::of(text).place(first_span.clone()), None, cause);
    let Some((_, after)) = rest.split_once('\n').filter(|(line, _)| is_fence(line)) else {
        return Err(broken(Cause::NoFrontMatter));
    };
    let front_matter_start = text.len() - after.len();
    let mut front_matter_end = 0;
    for line in after.split_inclusive('\n') {
        let next = front_matter_end + line.len();
        if is_fence(line) {
            if front_matter_end > MAX_FIELDS_BYTES {
                return Err(broken(Cause::FieldsTooLarge { max: MAX_FIELDS_BYTES }));
            }
            let span = front_matter_start..front_matter_start + front_matter_end;
            return Ok((toml_form::parse(text, span)?, after.get(next..)));
        }
        front_matter_end = next;
    }
    Err(broken(Cause::OpenFrontMatter))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "+++"
}
