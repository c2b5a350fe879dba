//! `cong import`: makes documents and files from saved pages of an old portal, a WordPress export, a feed, or
//! Word files. It only reads and writes folders; `cong upload` puts the result on a portal.

mod addresses;
mod attachments;
mod blocks;
mod dates;
mod document;
mod docx;
mod draft;
mod feed;
mod grid;
mod html;
mod kind;
mod links;
mod markdown;
mod output;
mod report;
mod shortcodes;
mod text;
mod wordpress;
mod xml;

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, ensure};
use clap::Args;
use cong_core::vietnamese::Timestamp;
use url::Url;

use crate::language::say;
use attachments::Disk;
use document::Defaults;
use draft::{Draft, Place};
use kind::Kind;
use report::{Entry, Report};

/// The stack size in bytes. Deeply nested pages are read by recursive functions.
const STACK_BYTES: usize = 256 * 1024 * 1024;
/// Larger pages and Word files (in bytes) are not read; exports may be larger.
const MAX_PAGE_BYTES: u64 = 64 * 1024 * 1024;
const MAX_EXPORT_BYTES: u64 = 1024 * 1024 * 1024;

#[derive(Args)]
pub struct Options {
    /// Folders and files: saved pages (*.html, in any Vietnamese encoding), a WordPress export (*.xml), an
    /// RSS or Atom feed, Word files (*.docx). What they are is found from their content.
    #[arg(required = true, value_name = "FOLDER|FILE")]
    sources: Vec<PathBuf>,
    /// The folder that gets articles/ and files/.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// The address of the old portal, where the sources are a copy of it as wget makes them: old
    /// addresses are made from the names of the files.
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
    /// The author of documents whose source names none.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The category of documents whose source names none.
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// Mark every document as a draft.
    #[arg(long)]
    draft: bool,
    /// Write nothing; only say what would be made.
    #[arg(long)]
    dry_run: bool,
    /// Write the report into a file too: as JSON if its name ends in .json.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Imports the sources, and prints what became of each.
///
/// # Errors
/// The content folder cannot be written, or something could not be read.
pub fn run(options: Options) -> Result<()> {
    let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || import(&options));
    let worker = worker.context("A thread cannot be started")?;
    match worker.join() {
        Ok(outcome) => outcome,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn import(options: &Options) -> Result<()> {
    let mut drafts = Vec::new();
    let mut entries = Vec::new();
    let mut disks = Vec::new();
    for source in &options.sources {
        read_source(source, options, &mut disks, &mut drafts, &mut entries);
    }
    links::keep_attachments(&mut drafts, &mut entries, &disks);
    let defaults = Defaults {
        author: options.author.clone(),
        category: options.category.clone(),
        is_draft: options.draft,
    };
    entries.extend(output::write(drafts, &disks, &options.content, &defaults, options.dry_run)?);
    entries.sort_by(|a, b| a.source.cmp(&b.source));
    let report = Report { dry_run: options.dry_run, entries };
    let text = report.text();
    stdout().write_all(text.as_bytes()).context("The report cannot be printed")?;
    if let Some(path) = &options.report {
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let written = if is_json { serde_json::to_string_pretty(&report)? } else { text };
        fs::write(path, written)
            .with_context(|| say!("không ghi được {}", "{} cannot be written", path.display()))?;
    }
    let unreadable = report.unreadable();
    ensure!(
        unreadable == 0,
        say!("Có {unreadable} nguồn không đọc được.", "{unreadable} sources could not be read.")
    );
    Ok(())
}

fn read_source(
    source: &Path,
    options: &Options,
    disks: &mut Vec<Disk>,
    drafts: &mut Vec<Draft>,
    entries: &mut Vec<Entry>,
) {
    let root = disks.len();
    let folder = if source.is_dir() { source } else { source.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (disk, paths, problems) = Disk::walk(folder);
    disks.push(disk);
    let paths = if source.is_dir() {
        entries.extend(
            problems
                .into_iter()
                .map(|problem| Entry::unreadable(source.display().to_string(), problem)),
        );
        paths
    } else {
        vec![source.file_name().unwrap_or_default().to_string_lossy().into_owned()]
    };
    for path in paths {
        let place = Place { root, path: path.clone(), ..Place::default() };
        match read_file(&folder.join(&path), place, options) {
            Ok(Read { drafts: found, entries: others }) => {
                drafts.extend(found);
                entries.extend(others);
            }
            Err(entry) => entries.push(*entry),
        }
    }
}

/// The drafts and report entries from one file.
#[derive(Default)]
pub struct Read {
    pub drafts: Vec<Draft>,
    pub entries: Vec<Entry>,
}

fn read_file(file: &Path, place: Place, options: &Options) -> Result<Read, Box<Entry>> {
    let path = place.path.clone();
    let unreadable = |reason: String| Box::new(Entry::unreadable(path.clone(), reason));
    let metadata = fs::metadata(file).map_err(|error| unreadable(error.to_string()))?;
    let kind = Kind::of(file).map_err(|error| unreadable(error.to_string()))?;
    let limit = if kind.is_export() { MAX_EXPORT_BYTES } else { MAX_PAGE_BYTES };
    if kind == Kind::Resource {
        return Ok(Read::default());
    }
    if kind == Kind::Unknown {
        let reason =
            say!("tệp thuộc loại không nhập được", "a file of a kind that cannot be imported");
        return Err(Box::new(Entry::no_article(path, reason)));
    }
    if metadata.len() > limit {
        let megabytes = limit / 1024 / 1024;
        return Err(unreadable(say!("lớn hơn {megabytes} MiB", "larger than {megabytes} MiB")));
    }
    let bytes = fs::read(file).map_err(|error| unreadable(error.to_string()))?;
    let file_time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let file_time = file_time.and_then(|since| i64::try_from(since.as_secs()).ok()).map(Timestamp);
    let mut read = match kind {
        Kind::Word => docx::read(&bytes, place)
            .map(|draft| Read { drafts: vec![draft], ..Read::default() })?,
        _ => {
            let decoded = text::decode(&bytes);
            let mut read = match kind {
                Kind::WordPress => wordpress::read(&decoded.text, &place)?,
                Kind::Feed => feed::read(&decoded.text, &place)?,
                _ => {
                    let draft = html::read(&decoded.text, place, options.base_url.as_ref())?;
                    Read { drafts: vec![draft], ..Read::default() }
                }
            };
            if decoded.is_damaged {
                let doubt = say!(
                    "có chỗ không đọc được mã chữ, thay bằng �",
                    "some bytes mean nothing in its encoding, and became �"
                );
                read.drafts.iter_mut().for_each(|draft| draft.entry.doubt(doubt.clone()));
            }
            read
        }
    };
    read.drafts.iter_mut().for_each(|draft| draft.file_time = file_time);
    Ok(read)
}
