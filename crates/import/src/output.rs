//! Writes imported documents and their files into the content folder, and gives each document its slug and old
//! addresses. Existing files are never overwritten.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use cong_core::markdown_writer;

use super::attachments::{FileShelf, FolderIndex};
use super::document::{self, unique_slug};
use super::import_error::ImportError;
use super::import_options::ImportOptions;
use super::imported_document::ImportedDocument;
use super::links::{self, KnownTargets};
use super::report::{Doubt, SourceOutcome, SourceReport, UnreadableReason};
use super::write_file::write_file;

/// Writes the documents in the given order, and returns a report on each.
///
/// # Errors
/// The content folder cannot be written.
pub fn write(
    mut documents: Vec<ImportedDocument>,
    indexes: &[FolderIndex],
    options: &ImportOptions,
) -> Result<Vec<SourceReport>, ImportError> {
    documents.iter_mut().for_each(|document| document::complete(document, &options.defaults));
    let mut reports = Vec::new();
    let mut documents = merge_same(documents, &mut reports);
    let mut taken = HashSet::new();
    let slugs: Vec<String> = documents
        .iter()
        .map(|document| {
            let slug = unique_slug(&document.title, &taken);
            taken.insert(slug.clone());
            slug
        })
        .collect();
    for (report, index) in reports.iter_mut() {
        report.outcome = SourceOutcome::Same { slug: slugs[*index].clone() };
    }
    let mut reports: Vec<SourceReport> = reports.into_iter().map(|(report, _)| report).collect();
    let by_alias = claim_aliases(&mut documents, &slugs);
    let by_path = documents.iter().zip(&slugs).map(|(document, slug)| {
        ((document.place.root, document.place.path.to_lowercase()), slug.clone())
    });
    let by_path: HashMap<_, _> = by_path.collect();
    let mut shelf = FileShelf::new(options.content.join("files"), options.dry_run);
    let articles = options.content.join("articles");
    for (mut document, slug) in documents.into_iter().zip(slugs) {
        let mut targets =
            KnownTargets { indexes, shelf: &mut shelf, by_alias: &by_alias, by_path: &by_path };
        let files = links::resolve_links(&mut document, &slug, &mut targets)?;
        let outcome = match document::write(&mut document, files) {
            Ok(text) => put(&articles, &slug, &text, options.dry_run)?,
            Err(reason) => SourceOutcome::Unreadable { reason: UnreadableReason::Rejected(reason) },
        };
        document.report.outcome = outcome;
        reports.push(document.report);
    }
    Ok(reports)
}

fn put(
    articles: &Path,
    slug: &str,
    text: &str,
    is_dry: bool,
) -> Result<SourceOutcome, ImportError> {
    let slug = slug.to_owned();
    let path = articles.join(format!("{slug}.md"));
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_there(&path) {
        let is_same = fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes());
        return Ok(if is_same {
            SourceOutcome::Unchanged { slug }
        } else {
            SourceOutcome::Kept { slug }
        });
    }
    if is_there(&articles.join(format!("{slug}.json"))) {
        return Ok(SourceOutcome::Kept { slug });
    }
    if !is_dry {
        write_file(&path, text.as_bytes())?;
    }
    Ok(SourceOutcome::Made { slug })
}

/// Merges documents with the same title and text into one document with the old addresses of all. Adds to `same` a
/// report for each dropped document, with the index of the one that was kept.
fn merge_same(
    documents: Vec<ImportedDocument>,
    same: &mut Vec<(SourceReport, usize)>,
) -> Vec<ImportedDocument> {
    let mut kept: Vec<ImportedDocument> = Vec::new();
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for document in documents {
        let key = (document.title.clone(), markdown_writer::write(&document.content));
        match seen.get(&key) {
            Some(&index) => {
                for alias in document.aliases {
                    if !kept[index].aliases.contains(&alias) {
                        kept[index].aliases.push(alias);
                    }
                }
                same.push((SourceReport::new(document.report.source), index));
            }
            None => {
                seen.insert(key, kept.len());
                kept.push(document);
            }
        }
    }
    kept
}

/// Drops each old address that several documents have: the old portal put it on many pages, so it identifies none of
/// them. Returns the slug of the document for each old address that was kept.
fn claim_aliases(documents: &mut [ImportedDocument], slugs: &[String]) -> HashMap<String, String> {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for alias in documents.iter().flat_map(|document| &document.aliases) {
        *claims.entry(alias.clone()).or_default() += 1;
    }
    let mut by_alias = HashMap::new();
    for (document, slug) in documents.iter_mut().zip(slugs) {
        for alias in std::mem::take(&mut document.aliases) {
            if claims.get(&alias).is_some_and(|count| *count > 1) {
                document.report.doubt(Doubt::SharedAlias(alias));
            } else {
                by_alias.insert(alias.clone(), slug.clone());
                document.aliases.push(alias);
            }
        }
    }
    by_alias
}
