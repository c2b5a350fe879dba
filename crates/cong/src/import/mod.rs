//! `cong import`: makes documents and files from saved pages of an old portal, a WordPress export, a feed, or
//! Word files. It only reads and writes folders; `cong upload` puts the result on a portal.

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
    /// Folders and files: saved pages (*.html, in any Vietnamese encoding), a WordPress export (*.xml), an
    /// RSS or Atom feed, Word files (*.docx, *.docm, *.dotx, *.dotm). What they are is found from their content.
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
    /// Keep all text of Word files in its order: do not recognise the layout of official papers.
    #[arg(long)]
    plain_word: bool,
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

/// Imports the sources, and prints the report on them.
///
/// # Errors
/// The content folder cannot be written, or something could not be read.
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
