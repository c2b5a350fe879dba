//! `cong import`: makes documents and files from saved pages of an old portal, a WordPress export, a feed, or Word
//! files. It only reads and writes folders; `cong upload` then puts the result on a portal.

mod report;
mod wording;

use std::fs;
use std::io::{Write as _, stdout};
use std::path::PathBuf;

use anyhow::{Context, Error, Result, ensure};
use clap::Args;
use cong_import::{FieldDefaults, ImportError, ImportOptions, LayoutRules};
use url::Url;

use crate::language::say;
use report::ImportReport;

#[derive(Args)]
pub struct ImportCommandOptions {
    /// Folders and files: saved pages (*.html, in any Vietnamese encoding), a WordPress export (*.xml), an RSS or Atom
    /// feed, Word files (*.docx, *.docm, *.dotx, *.dotm). The kind of each is recognised by its content.
    #[arg(required = true, value_name = "FOLDER|FILE")]
    sources: Vec<PathBuf>,
    /// The folder into which articles/ and files/ are written.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// The address of the old portal, if the sources are a copy of it made by wget: the old address of each page is
    /// then derived from the name of its file.
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
    /// The author of documents whose source does not name one.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The category of documents whose source does not name one.
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// Keep all text of Word files in its order: do not recognise the layout of official papers.
    #[arg(long)]
    plain_word: bool,
    /// Mark every document as a draft.
    #[arg(long)]
    draft: bool,
    /// Write nothing; only print what would be made.
    #[arg(long)]
    dry_run: bool,
    /// Also write the report into this file, as JSON if its name ends in .json.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Imports the sources, and prints the report.
///
/// # Errors
/// The content folder cannot be written, or a source could not be read.
pub fn run(options: ImportCommandOptions) -> Result<()> {
    let reports = cong_import::import(ImportOptions {
        sources: options.sources,
        content: options.content,
        base_url: options.base_url,
        defaults: FieldDefaults {
            author: options.author,
            category: options.category,
            is_draft: options.draft,
        },
        word_rules: match options.plain_word {
            true => LayoutRules::None,
            false => LayoutRules::OfficialPapers,
        },
        dry_run: options.dry_run,
    });
    let report = ImportReport::new(options.dry_run, reports.map_err(failure)?);
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

fn failure(error: ImportError) -> Error {
    match error {
        ImportError::NoThread(cause) => Error::new(cause).context("A thread cannot be started"),
        ImportError::Unwritable { path, cause } => Error::new(cause).context(say!(
            "không ghi được {}",
            "{} cannot be written",
            path.display()
        )),
    }
}
