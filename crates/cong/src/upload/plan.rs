//! The plan of an upload: which documents and files of the folder differ from those that are stored.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use cong_core::digest;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::folder::{Attachment, Document};
use crate::language::cannot_read;
use crate::storage::{Listed, Pair};

/// The prefix of `rev`, the revision that an upload writes into the metadata of a key. A value that somebody stored by
/// hand has a `rev` without this prefix or none, and is overwritten or deleted only with `--force`.
const REV_MARK: &str = "content-";

/// The `rev` in the metadata of each key of a namespace, by key; `None` if a key has no `rev`.
pub type Stored = HashMap<String, Option<String>>;

/// A document or file of the folder.
#[derive(Debug)]
pub struct Item {
    pub key: String,
    pub path: PathBuf,
    /// The size in bytes.
    pub size: u64,
    /// Identifies the content: the prefix [`REV_MARK`], then a hash of the content.
    pub rev: String,
    /// The content, if it is in memory.
    bytes: Option<Vec<u8>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    rev: &'a str,
}

impl Item {
    /// The key, content and metadata to be stored.
    fn pair(&self) -> Result<Pair<'_>> {
        Ok(Pair {
            key: &self.key,
            bytes: self.bytes.as_deref().map(Cow::Borrowed),
            path: &self.path,
            size: self.size,
            metadata: Some(to_raw_value(&Metadata { rev: &self.rev })?),
            expiration: None,
        })
    }
}

/// Returns the `rev` in the metadata of each key, from wrangler's list of keys.
pub fn stored(listed: Vec<Listed>) -> Stored {
    let rev = |metadata: Box<RawValue>| {
        let metadata: Value = serde_json::from_str(metadata.get()).ok()?;
        Some(metadata.get("rev")?.as_str()?.to_owned())
    };
    listed.into_iter().map(|key| (key.name, key.metadata.and_then(rev))).collect()
}

/// Makes an item of each document, with its content.
pub fn documents(documents: Vec<Document>) -> Vec<Item> {
    let item = |Document { slug: key, path, bytes }| Item {
        key,
        path,
        size: bytes.len() as u64,
        rev: rev(&bytes),
        bytes: Some(bytes),
    };
    documents.into_par_iter().map(item).collect()
}

/// Makes an item of each file. The file is read to compute its hash, but its content is not kept in memory.
pub fn files(files: Vec<Attachment>) -> Result<Vec<Item>> {
    let item = |Attachment { name: key, path, size }: Attachment| {
        let bytes = fs::read(&path).with_context(|| cannot_read(&path))?;
        Ok(Item { key, path, size, rev: rev(&bytes), bytes: None })
    };
    files.into_par_iter().map(item).collect()
}

/// The `rev` for a content. A hash of 64 bits suffices to distinguish the versions of one key.
pub fn rev(bytes: &[u8]) -> String {
    format!("{REV_MARK}{}", digest::hex(bytes, 8))
}

/// The changes that an upload would make in one namespace, sorted by key.
#[derive(Debug, Default)]
pub struct Plan {
    pub new: Vec<Item>,
    pub changed: Vec<Item>,
    /// The number of items that are already stored with the same content.
    pub unchanged: usize,
    /// Items of the folder under whose keys somebody stored other values by hand, which may be newer than those in the
    /// folder.
    pub put_by_hand: Vec<Item>,
    /// Keys that an earlier upload stored and that are no longer in the folder.
    pub gone: Vec<String>,
    /// Keys that are not in the folder, with values that somebody stored by hand.
    pub only_stored: Vec<String>,
}

impl Plan {
    pub fn of(items: Vec<Item>, stored: &Stored) -> Self {
        let mut plan = Self::default();
        let here: HashSet<_> = items.iter().map(|item| item.key.clone()).collect();
        for item in items {
            match stored.get(&item.key) {
                None => plan.new.push(item),
                Some(Some(rev)) if *rev == item.rev => plan.unchanged += 1,
                Some(rev) if is_of_an_upload(rev) => plan.changed.push(item),
                Some(_) => plan.put_by_hand.push(item),
            }
        }
        for (key, rev) in stored.iter().filter(|(key, _)| !here.contains(*key)) {
            let names = if is_of_an_upload(rev) { &mut plan.gone } else { &mut plan.only_stored };
            names.push(key.clone());
        }
        for items in [&mut plan.new, &mut plan.changed, &mut plan.put_by_hand] {
            items.sort_by(|a, b| a.key.cmp(&b.key));
        }
        plan.gone.sort();
        plan.only_stored.sort();
        plan
    }

    /// Makes the plan also overwrite and delete values that somebody stored by hand. Otherwise it changes only values
    /// that an earlier upload stored.
    pub fn force(&mut self) {
        self.changed.append(&mut self.put_by_hand);
        self.gone.append(&mut self.only_stored);
        self.changed.sort_by(|a, b| a.key.cmp(&b.key));
        self.gone.sort();
    }

    /// The keys and values to upload, for the items that are new or changed.
    pub fn due(&self) -> Result<Vec<Pair<'_>>> {
        self.new.iter().chain(&self.changed).map(Item::pair).collect()
    }

    /// The number of items that are new or changed.
    pub fn count_due(&self) -> usize {
        self.new.len() + self.changed.len()
    }
}

fn is_of_an_upload(rev: &Option<String>) -> bool {
    rev.as_ref().is_some_and(|rev| rev.starts_with(REV_MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(slug: &str, text: &str) -> Document {
        Document { slug: slug.into(), path: slug.into(), bytes: text.into() }
    }

    fn rev_of(text: &str) -> Option<String> {
        Some(documents(vec![document("x", text)]).remove(0).rev)
    }

    fn keys(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| item.key.as_str()).collect()
    }

    /// The plan for four documents: a new one, an unchanged one, a changed one, and one that was stored by hand. Two
    /// more keys are in storage only.
    fn plan() -> Plan {
        let here = ["moi", "nguyen", "doi", "sua-tay"].map(|slug| document(slug, slug));
        let stored = Stored::from([
            ("nguyen".into(), rev_of("nguyen")),
            ("doi".into(), rev_of("before")),
            ("sua-tay".into(), Some("2".into())),
            ("da-xoa".into(), rev_of("da-xoa")),
            ("chi-co-tren-cong".into(), None),
        ]);
        Plan::of(documents(here.into()), &stored)
    }

    #[test]
    fn values_stored_by_hand_are_neither_overwritten_nor_deleted() {
        let plan = plan();
        assert_eq!(keys(&plan.new), ["moi"]);
        assert_eq!(keys(&plan.changed), ["doi"]);
        assert_eq!(plan.unchanged, 1);
        assert_eq!(keys(&plan.put_by_hand), ["sua-tay"]);
        assert_eq!(plan.gone, ["da-xoa"]);
        assert_eq!(plan.only_stored, ["chi-co-tren-cong"]);
    }

    #[test]
    fn values_stored_by_hand_are_overwritten_and_deleted_with_force() {
        let mut plan = plan();
        plan.force();
        assert_eq!(keys(&plan.changed), ["doi", "sua-tay"]);
        assert_eq!(plan.gone, ["chi-co-tren-cong", "da-xoa"]);
        assert!(plan.put_by_hand.is_empty() && plan.only_stored.is_empty());
    }
}
