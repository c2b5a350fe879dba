//! Filling local KV with the documents and files of a folder: only keys that are absent, or that
//! nobody has edited since they were uploaded.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::build::{collect_files, hash_files};
use crate::console::{Outcome, Progress};
use crate::wrangler::Wrangler;

/// Marks a `rev` as one given by an upload from here; an editor's own upload has another or none.
const REV_MARK: &str = "content-";

/// A pair as `wrangler kv bulk put` reads it.
#[derive(Serialize)]
struct Pair {
    key: String,
    value: String,
    base64: bool,
    metadata: Metadata,
}

#[derive(Serialize, Deserialize)]
struct Metadata {
    rev: String,
}

/// A key as `wrangler kv key list` prints it.
#[derive(Deserialize)]
struct Listed {
    name: String,
    metadata: Option<serde_json::Value>,
}

/// Uploads a folder that has `articles/` and perhaps `files/`.
pub fn upload(wrangler: &Wrangler, folder: &Path, progress: &mut Progress) -> Result<Outcome> {
    let mut all = Vec::new();
    collect_files(folder, &mut all)?;
    let fingerprint = hash_files(folder, all)?;
    if wrangler.stamp_matches("content", &fingerprint) {
        return Outcome::skipped("unchanged");
    }
    let articles = folder_pairs(&folder.join("articles"), slug_of)?;
    let files = folder_pairs(&folder.join("files"), name_of)?;
    let total = articles.len() + files.len();
    let uploaded = put_unedited(wrangler, "ARTICLES", articles, progress)?
        + put_unedited(wrangler, "FILES", files, progress)?;
    fs::write(wrangler.stamp("content"), fingerprint).context("A stamp cannot be written")?;
    Outcome::done(match total - uploaded {
        0 => format!("{total} documents and files uploaded"),
        there => format!("{uploaded} documents and files uploaded, {there} were there"),
    })
}

fn slug_of(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?;
    matches!(extension, "md" | "json").then(|| path.file_stem()?.to_str().map(str::to_owned))?
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name()?.to_str().map(str::to_owned)
}

/// One pair for each file that has a key.
fn folder_pairs(folder: &Path, key_of: impl Fn(&Path) -> Option<String>) -> Result<Vec<Pair>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    if folder.is_dir() {
        collect_files(folder, &mut paths)?;
    }
    paths.sort();
    let pairs = paths.iter().filter_map(|path| Some((path, key_of(path)?)));
    pairs
        .map(|(path, key)| {
            let bytes =
                fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
            let digest: String =
                Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            let metadata = Metadata { rev: format!("{REV_MARK}{digest}") };
            let (value, base64) = match String::from_utf8(bytes) {
                Ok(text) => (text, false),
                Err(error) => (BASE64_STANDARD.encode(error.as_bytes()), true),
            };
            Ok(Pair { key, value, base64, metadata })
        })
        .collect()
}

fn put_unedited(
    wrangler: &Wrangler,
    binding: &str,
    pairs: Vec<Pair>,
    progress: &mut Progress,
) -> Result<usize> {
    if pairs.is_empty() {
        return Ok(0);
    }
    let args = ["kv", "key", "list", "--binding", binding];
    let listed = wrangler.run(&args, &format!("list the keys of {binding}"), progress)?;
    let listed: Vec<Listed> = serde_json::from_str(&listed.stdout)
        .with_context(|| format!("wrangler's list of the keys of {binding} cannot be read"))?;
    let there: HashMap<String, Option<String>> =
        listed.into_iter().map(|key| (key.name, key.metadata.and_then(rev_of))).collect();
    let due: Vec<_> = pairs.into_iter().filter(|pair| is_due(pair, &there)).collect();
    if due.is_empty() {
        return Ok(0);
    }
    let file = wrangler.stamp(&format!("upload-{binding}.json"));
    fs::write(&file, serde_json::to_vec(&due)?).context("The upload cannot be written to disk")?;
    let path = file.to_string_lossy();
    let args = ["kv", "bulk", "put", &path, "--binding", binding];
    wrangler.run(&args, &format!("upload to {binding}"), progress)?;
    fs::remove_file(&file)?;
    Ok(due.len())
}

fn rev_of(metadata: serde_json::Value) -> Option<String> {
    serde_json::from_value::<Metadata>(metadata).ok().map(|metadata| metadata.rev)
}

/// Absent, or uploaded from here before and different since.
fn is_due(pair: &Pair, there: &HashMap<String, Option<String>>) -> bool {
    match there.get(&pair.key) {
        None => true,
        Some(Some(rev)) => rev.starts_with(REV_MARK) && *rev != pair.metadata.rev,
        Some(None) => false,
    }
}
