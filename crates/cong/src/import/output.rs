//! Writes drafts as documents into the content folder, with their slugs, old addresses and files. Existing
//! files are never overwritten.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::attachments::{Disk, Shelf};
use super::document::{self, Defaults, unique_slug};
use super::draft::Draft;
use super::links::{self, Targets};
use super::markdown;
use super::report::{Entry, Outcome};
use crate::language::say;

/// Writes the drafts, in order.
///
/// # Errors
/// The content folder cannot be written.
pub fn write(
    mut drafts: Vec<Draft>,
    disks: &[Disk],
    content: &Path,
    defaults: &Defaults,
    is_dry: bool,
) -> Result<Vec<Entry>> {
    drafts.iter_mut().for_each(|draft| document::complete(draft, defaults));
    let mut entries = Vec::new();
    let drafts = merge_same(drafts, &mut entries);
    let mut taken = HashSet::new();
    let slugs: Vec<String> = drafts
        .iter()
        .map(|draft| {
            let slug = unique_slug(&draft.title, &taken);
            taken.insert(slug.clone());
            slug
        })
        .collect();
    for (entry, index) in entries.iter_mut() {
        entry.outcome = Outcome::Same { slug: slugs[*index].clone() };
    }
    let mut entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
    let mut drafts = drafts;
    let by_alias = claim_aliases(&mut drafts, &slugs);
    let by_path = drafts
        .iter()
        .zip(&slugs)
        .map(|(draft, slug)| ((draft.place.root, draft.place.path.to_lowercase()), slug.clone()));
    let by_path: HashMap<_, _> = by_path.collect();
    let mut shelf = Shelf::new(content.join("files"), is_dry);
    let articles = content.join("articles");
    for (mut draft, slug) in drafts.into_iter().zip(slugs) {
        let mut targets =
            Targets { disks, shelf: &mut shelf, by_alias: &by_alias, by_path: &by_path };
        let linked = links::settle(&mut draft, &slug, &mut targets)?;
        let outcome = match document::write(&mut draft, linked) {
            Ok(text) => put(&articles, &slug, &text, is_dry)?,
            Err(reason) => Outcome::Unreadable {
                reason: say!(
                    "cổng không nhận bài này: {reason}",
                    "the portal would not take it: {reason}"
                ),
            },
        };
        draft.entry.outcome = outcome;
        entries.push(draft.entry);
    }
    Ok(entries)
}

fn put(articles: &Path, slug: &str, text: &str, is_dry: bool) -> Result<Outcome> {
    let slug = slug.to_owned();
    let path = articles.join(format!("{slug}.md"));
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_there(&path) {
        let is_same = fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes());
        return Ok(if is_same { Outcome::Unchanged { slug } } else { Outcome::Kept { slug } });
    }
    if is_there(&articles.join(format!("{slug}.json"))) {
        return Ok(Outcome::Kept { slug });
    }
    if !is_dry {
        let problem = || say!("không ghi được {}", "{} cannot be written", path.display());
        fs::create_dir_all(articles).with_context(problem)?;
        fs::write(&path, text).with_context(problem)?;
    }
    Ok(Outcome::Made { slug })
}

/// Merges copies of the same article at several addresses into one document with all aliases. `same` receives
/// an entry for each dropped copy, with the index of the draft that was kept.
fn merge_same(drafts: Vec<Draft>, same: &mut Vec<(Entry, usize)>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for draft in drafts {
        let key = (draft.title.clone(), markdown::write(&draft.body));
        match seen.get(&key) {
            Some(&index) => {
                for alias in draft.aliases {
                    if !kept[index].aliases.contains(&alias) {
                        kept[index].aliases.push(alias);
                    }
                }
                same.push((Entry::new(draft.entry.source), index));
            }
            None => {
                seen.insert(key, kept.len());
                kept.push(draft);
            }
        }
    }
    kept
}

/// Gives each old address to the document that claims it. An address that several claim was on all pages of the
/// old portal, so none of them gets it.
fn claim_aliases(drafts: &mut [Draft], slugs: &[String]) -> HashMap<String, String> {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for alias in drafts.iter().flat_map(|draft| &draft.aliases) {
        *claims.entry(alias.clone()).or_default() += 1;
    }
    let mut by_alias = HashMap::new();
    for (draft, slug) in drafts.iter_mut().zip(slugs) {
        for alias in std::mem::take(&mut draft.aliases) {
            if claims.get(&alias).is_some_and(|count| *count > 1) {
                draft.entry.doubt(say!(
                    "địa chỉ cũ {alias} có ở nhiều bài: bỏ",
                    "several documents claim the old address {alias}: none gets it"
                ));
            } else {
                by_alias.insert(alias.clone(), slug.clone());
                draft.aliases.push(alias);
            }
        }
    }
    by_alias
}
