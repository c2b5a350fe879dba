//! The plan of an upload: compares each document and file of the folder with what is stored.

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

/// The prefix of the `rev` that an upload writes into the metadata of a key. A value that somebody stored by hand has
/// another `rev` or none, and is overwritten or deleted only with `--force`.
const REV_MARK: &str = "content-";

/// From each key of a namespace to the `rev` in its metadata; `None` if there is no `rev`.
pub type Stored = HashMap<String, Option<String>>;

/// A document or file of the folder.
#[derive(Debug)]
pub struct Item {
    pub key: String,
    pub path: PathBuf,
    /// The size in bytes.
    pub size: u64,
    /// Identifies the content: a hash with the prefix [`REV_MARK`].
    pub rev: String,
    /// The content, if it has been read already.
    bytes: Option<Vec<u8>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    rev: &'a str,
}

impl Item {
    /// The item as a pair to be stored: key, content and metadata.
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

/// The keys that wrangler has listed, each with its `rev`.
pub fn stored(listed: Vec<Listed>) -> Stored {
    let rev = |metadata: Box<RawValue>| {
        let metadata: Value = serde_json::from_str(metadata.get()).ok()?;
        Some(metadata.get("rev")?.as_str()?.to_owned())
    };
    listed.into_iter().map(|key| (key.name, key.metadata.and_then(rev))).collect()
}

/// Makes an item of each document. The contents stay in memory.
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

/// Makes an item of each file. A file is read for its hash, but its content is not kept in memory.
pub fn files(files: Vec<Attachment>) -> Result<Vec<Item>> {
    let item = |Attachment { name: key, path, size }: Attachment| {
        let bytes = fs::read(&path).with_context(|| cannot_read(&path))?;
        Ok(Item { key, path, size, rev: rev(&bytes), bytes: None })
    };
    files.into_par_iter().map(item).collect()
}

/// The `rev` for a content. A hash of 64 bits is enough to tell the versions of one key apart.
pub fn rev(bytes: &[u8]) -> String {
    format!("{REV_MARK}{}", digest::hex(bytes, 8))
}

/// The changes of an upload in one namespace. Keys are in alphabetical order.
#[derive(Debug, Default)]
pub struct Plan {
    pub new: Vec<Item>,
    pub changed: Vec<Item>,
    /// How many items are stored with the same content already.
    pub unchanged: usize,
    /// Items of the folder whose keys have values that somebody stored by hand. Such a value may be newer than the
    /// folder.
    pub put_by_hand: Vec<Item>,
    /// Keys that an earlier upload stored and that are not in the folder any more.
    pub gone: Vec<String>,
    /// Keys with values that somebody stored by hand, and that are not in the folder.
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

    /// Makes the plan overwrite and delete values that somebody stored by hand too. Without this, the plan touches only
    /// values that an earlier upload stored.
    pub fn force(&mut self) {
        self.changed.append(&mut self.put_by_hand);
        self.gone.append(&mut self.only_stored);
        self.changed.sort_by(|a, b| a.key.cmp(&b.key));
        self.gone.sort();
    }

    /// The pairs to be uploaded.
    pub fn due(&self) -> Result<Vec<Pair<'_>>> {
        self.new.iter().chain(&self.changed).map(Item::pair).collect()
    }

    /// How many pairs are to be uploaded.
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

    /// The plan for four documents (new, unchanged, changed, put by hand), with two more keys in storage.
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
    fn what_was_put_by_hand_is_neither_overwritten_nor_taken_down() {
        let plan = plan();
        assert_eq!(keys(&plan.new), ["moi"]);
        assert_eq!(keys(&plan.changed), ["doi"]);
        assert_eq!(plan.unchanged, 1);
        assert_eq!(keys(&plan.put_by_hand), ["sua-tay"]);
        assert_eq!(plan.gone, ["da-xoa"]);
        assert_eq!(plan.only_stored, ["chi-co-tren-cong"]);
    }

    #[test]
    fn unless_it_is_forced() {
        let mut plan = plan();
        plan.force();
        assert_eq!(keys(&plan.changed), ["doi", "sua-tay"]);
        assert_eq!(plan.gone, ["chi-co-tren-cong", "da-xoa"]);
        assert!(plan.put_by_hand.is_empty() && plan.only_stored.is_empty());
    }
}
