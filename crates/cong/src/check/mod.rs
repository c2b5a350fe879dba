//! `cong check`: checks a folder of documents and files before it is published.
//!
//! `studied` contains each document as `cong_core` parses it, `site` knows which addresses a portal with this folder
//! would have, and the other modules find problems with both.

mod aliases;
mod body;
mod causes;
mod fields;
mod finding;
mod links;
mod office;
mod remnants;
mod report;
mod site;
mod studied;
mod words;

use std::collections::HashSet;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::time;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use cong_core::vietnamese::Timestamp;
use rayon::prelude::*;

pub use causes::message;
pub use fields::AUTHOR_PLACEHOLDER;
pub use finding::{Finding, Severity};
pub use office::Office;
pub use report::text;

use crate::folder::{Attachment, Folder, Misfit, Reason};
use crate::language::{cannot_read, say};
use finding::MAX_FINDINGS;
use report::Summary;
use site::Site;
use studied::Studied;

#[derive(Args)]
pub struct CheckOptions {
    /// Print only the problems in these files; links are still checked against the whole folder.
    files: Vec<PathBuf>,
    /// The folder with articles/ and files/ [default: content/ of the repository].
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// How the results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// Checks the folder and prints the findings.
///
/// # Errors
/// A file or folder cannot be read, or the printed findings contain errors.
pub fn run(root: &Path, options: &CheckOptions, now: Timestamp) -> Result<()> {
    let started = time::Instant::now();
    let content = content_folder(root, options.content.as_deref());
    let folder = Folder::read(&content)?;
    let wanted = wanted(&options.files, &folder)?;
    let findings = check(&folder, &Office::read(root)?, now);
    let findings: Vec<&Finding> = findings
        .iter()
        .filter(|finding| wanted.as_ref().is_none_or(|paths| paths.contains(&finding.path)))
        .collect();
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let summary = Summary {
        errors,
        warnings: findings.len() - errors,
        documents: folder.documents.len(),
        files: folder.files.len(),
        milliseconds: started.elapsed().as_millis(),
    };
    let text = match options.format {
        Format::Text => report::text(&findings),
        Format::Json => report::json(&findings, &summary)? + "\n",
    };
    stdout()
        .write_all(text.as_bytes())
        .with_context(|| say!("Không in được kết quả", "The findings cannot be printed"))?;
    let line = summary_line(&summary);
    if errors > 0 {
        bail!(line);
    }
    eprintln!("✓ {line}");
    Ok(())
}

/// The folder `given`, or content/ of the repository if it is `None`. The returned path is relative to the working
/// directory where possible.
pub fn content_folder(root: &Path, given: Option<&Path>) -> PathBuf {
    let content = root.join("content");
    let from_here = || {
        let here = std::env::current_dir().ok()?;
        content.strip_prefix(here).ok().map(Path::to_owned)
    };
    given.map(Path::to_owned).or_else(from_here).unwrap_or(content)
}

fn summary_line(summary: &Summary) -> String {
    let Summary { errors, warnings, documents, files, milliseconds } = summary;
    let seconds = *milliseconds as f64 / 1000.0;
    say!(
        "{errors} lỗi, {warnings} cảnh báo trong {documents} bài và {files} tệp ({seconds:.2} s)",
        "{errors} errors, {warnings} warnings in {documents} documents and {files} files ({seconds:.2} s)"
    )
}

/// Those files in the content folder that the command line names; `None` if it names none.
fn wanted(named: &[PathBuf], folder: &Folder) -> Result<Option<HashSet<PathBuf>>> {
    if named.is_empty() {
        return Ok(None);
    }
    let documents = folder.documents.iter().map(|document| &document.path);
    let files = folder.files.iter().map(|file| &file.path);
    let misfits = folder.misfits.iter().map(|misfit| &misfit.path);
    let known: Vec<_> = documents
        .chain(files)
        .chain(misfits)
        .filter_map(|path| Some((path.canonicalize().ok()?, path)))
        .collect();
    let mut wanted = HashSet::new();
    for path in named {
        let whole = path.canonicalize().with_context(|| cannot_read(path))?;
        // A folder on the command line stands for all files in it.
        let inside = known.iter().filter(|(known, _)| known.starts_with(&whole));
        let mut inside = inside.map(|(_, path)| (*path).clone()).peekable();
        if inside.peek().is_none() {
            bail!(say!(
                "{} không nằm trong thư mục nội dung; chỉ thư mục khác bằng --content",
                "{} is not in the folder of documents; name another one with --content",
                path.display()
            ));
        }
        wanted.extend(inside);
    }
    Ok(Some(wanted))
}

/// Checks a folder. Returns all findings, sorted by path and line.
pub fn check(folder: &Folder, office: &Office, now: Timestamp) -> Vec<Finding> {
    let documents = folder.documents.par_iter();
    let studied: Vec<_> = documents.map(|document| Studied::of(document, office)).collect();
    let site = Site::of(folder, &studied, office, now);
    let mut findings = office.findings.clone();
    findings.extend(folder.misfits.iter().map(misfit));
    findings.extend(folder.files.iter().filter(|file| file.size == 0).map(empty));
    findings.par_extend(studied.par_iter().flat_map_iter(|studied| {
        let mut findings: Vec<_> =
            studied.problems.iter().map(|problem| causes::finding(studied, problem)).collect();
        findings.extend(words::findings(studied));
        findings.extend(fields::findings(studied, now));
        findings.extend(body::findings(studied));
        findings.extend(links::findings(studied, &site));
        findings.sort_by_key(|finding| (finding.severity, finding.line, finding.column));
        findings.truncate(MAX_FINDINGS);
        findings
    }));
    findings.extend(aliases::findings(&studied, &site));
    findings.extend(links::unused(folder, &studied, &site));
    findings.par_sort_by(|a, b| {
        (&a.path, a.line, a.column, a.code).cmp(&(&b.path, b.line, b.column, b.code))
    });
    findings
}

fn empty(file: &Attachment) -> Finding {
    let message = say!("tệp rỗng", "the file is empty");
    let hint = say!("chép lại từ bản gốc", "copy it again from the original");
    Finding::of_file(Severity::Warning, "file-empty", &file.path, message).with_hint(hint)
}

fn misfit(misfit: &Misfit) -> Finding {
    let (severity, code) = match &misfit.reason {
        Reason::NoDocument => (Severity::Warning, "no-document"),
        Reason::NoSlug | Reason::NoFileName => (Severity::Error, "file-name"),
        Reason::SameKey(_) => (Severity::Error, "same-name"),
        Reason::TooLarge(_) => (Severity::Error, "too-large"),
    };
    let finding = Finding::of_file(severity, code, &misfit.path, misfit.reason.to_string());
    match &misfit.reason {
        Reason::NoDocument => finding.with_hint(say!(
            "chuyển tệp vào files/, hoặc ra khỏi thư mục",
            "move it to files/, or out of the folder"
        )),
        Reason::NoSlug | Reason::NoFileName | Reason::SameKey(_) => {
            finding.with_hint(say!("đổi tên tệp", "rename the file"))
        }
        Reason::TooLarge(_) => finding.with_hint(say!(
            "nén nhỏ hơn, hoặc đăng ở nơi khác rồi liên kết tới",
            "make it smaller, or publish it elsewhere and link to it"
        )),
    }
}
