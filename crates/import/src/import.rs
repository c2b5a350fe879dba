//! Imports sources: finds their files, reads each according to its kind, and writes the documents.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::UNIX_EPOCH;

use cong_core::vietnamese::Timestamp;

use super::attachments::FolderIndex;
use super::import_error::ImportError;
use super::import_options::ImportOptions;
use super::imported_document::{ImportedDocument, SourcePlace};
use super::report::{Doubt, Omission, SourceReport, UnreadableReason};
use super::source_content::SourceContent;
use super::source_kind::SourceKind;
use super::{encoding, feed, html, links, output, wordpress};

/// The stack size of the thread that imports, in bytes. It is large because deeply nested pages are read recursively.
const STACK_BYTES: usize = 256 * 1024 * 1024;
/// The maximum size of a saved page or a Word file, in MiB. Larger ones are not read.
const MAX_PAGE_MEBIBYTES: u64 = 64;
/// The maximum size of a WordPress export or a feed, in MiB. Larger ones are not read.
const MAX_EXPORT_MEBIBYTES: u64 = 1024;

/// Imports the sources. Returns the reports on all sources, sorted by name.
///
/// # Errors
/// The content folder cannot be written, or the thread for the import cannot be started.
pub fn import(options: ImportOptions) -> Result<Vec<SourceReport>, ImportError> {
    let worker = thread::Builder::new().stack_size(STACK_BYTES);
    let worker = worker.spawn(move || import_here(&options)).map_err(ImportError::NoThread)?;
    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn import_here(options: &ImportOptions) -> Result<Vec<SourceReport>, ImportError> {
    let mut content = SourceContent::default();
    let mut indexes = Vec::new();
    for source in &options.sources {
        read_source(source, options, &mut indexes, &mut content);
    }
    let SourceContent { mut documents, mut reports } = content;
    links::keep_attachments(&mut documents, &mut reports, &indexes);
    reports.extend(output::write(documents, &indexes, options)?);
    reports.sort_by(|a, b| a.source.cmp(&b.source));
    Ok(reports)
}

fn read_source(
    source: &Path,
    options: &ImportOptions,
    indexes: &mut Vec<FolderIndex>,
    content: &mut SourceContent,
) {
    let root = indexes.len();
    let folder = if source.is_dir() { source } else { source.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (index, paths, problems) = FolderIndex::walk(folder);
    indexes.push(index);
    let paths = if source.is_dir() {
        content.reports.extend(problems.into_iter().map(|problem| {
            let reason = UnreadableReason::Message(problem);
            SourceReport::unreadable(source.display().to_string(), reason)
        }));
        paths
    } else {
        vec![source.file_name().unwrap_or_default().to_string_lossy().into_owned()]
    };
    let is_named = !source.is_dir();
    for path in paths {
        let place = SourcePlace { root, path: path.clone(), ..SourcePlace::default() };
        match read_file(&folder.join(&path), place, options) {
            // A picture in a folder belongs to a page. One that is named as a source is none.
            Ok(SourceContent { documents, reports })
                if is_named && documents.is_empty() && reports.is_empty() =>
            {
                content.reports.push(SourceReport::no_article(path, Omission::UnknownKind));
            }
            Ok(SourceContent { documents, reports }) => {
                content.documents.extend(documents);
                content.reports.extend(reports);
            }
            Err(report) => content.reports.push(*report),
        }
    }
}

fn read_file(
    file: &Path,
    place: SourcePlace,
    options: &ImportOptions,
) -> Result<SourceContent, Box<SourceReport>> {
    let path = place.path.clone();
    let unreadable = |reason| Box::new(SourceReport::unreadable(path.clone(), reason));
    let io_failure = |error: io::Error| unreadable(UnreadableReason::Message(error.to_string()));
    let metadata = fs::metadata(file).map_err(io_failure)?;
    let kind = SourceKind::of(file).map_err(io_failure)?;
    match kind {
        SourceKind::Resource => return Ok(SourceContent::default()),
        SourceKind::Unknown => {
            return Err(Box::new(SourceReport::no_article(path, Omission::UnknownKind)));
        }
        SourceKind::Unread(format) => return Err(unreadable(UnreadableReason::Format(format))),
        _ => {}
    }
    let limit = if kind.is_export() { MAX_EXPORT_MEBIBYTES } else { MAX_PAGE_MEBIBYTES };
    if metadata.len() > limit * 1024 * 1024 {
        return Err(unreadable(UnreadableReason::TooLarge(limit)));
    }
    let bytes = fs::read(file).map_err(io_failure)?;
    let mut content = read_bytes(&bytes, kind, place, options)?;
    let file_time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let file_time = file_time.and_then(|since| i64::try_from(since.as_secs()).ok()).map(Timestamp);
    content.documents.iter_mut().for_each(|document| document.file_time = file_time);
    Ok(content)
}

fn read_bytes(
    bytes: &[u8],
    kind: SourceKind,
    place: SourcePlace,
    options: &ImportOptions,
) -> Result<SourceContent, Box<SourceReport>> {
    if kind == SourceKind::Word {
        return ImportedDocument::of_word(bytes, place, options.word_rules)
            .map(SourceContent::from);
    }
    let decoded = encoding::decode(bytes);
    let mut content = match kind {
        SourceKind::WordPress => wordpress::read(&decoded.text, &place)?,
        SourceKind::Feed => feed::read(&decoded.text, &place)?,
        _ => html::read(&decoded.text, place, options.base_url.as_ref())?.into(),
    };
    if decoded.is_damaged {
        content.documents.iter_mut().for_each(|document| document.report.doubt(Doubt::Damaged));
    }
    Ok(content)
}
