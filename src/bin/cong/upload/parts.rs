//! Cutting an upload into the files that `wrangler kv bulk put` reads.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Serialize;

use super::plan::Item;
use crate::language::say;

/// How much one part may hold.
#[derive(Clone, Copy)]
pub struct Limits {
    pub pairs: usize,
    /// Of the file, with base64 and quoting.
    pub bytes: usize,
}

/// A request to the platform may have 10,000 pairs and 100 MB, and wrangler makes several of a file with more
/// than 1,000 pairs, but none of one with too many bytes. Half of both: where an upload breaks off, less is
/// sent again, and on the free plan, with its 1,000 writes a day, more of them find room.
pub const LIMITS: Limits = Limits { pairs: 500, bytes: 64_000_000 };

/// An item of more bytes is put by itself, from its own file: quoted it might have six times as many.
pub const MAX_BYTES_IN_A_PART: u64 = 10 * 1024 * 1024;

/// A pair as wrangler reads it.
#[derive(Serialize)]
struct Pair<'a> {
    key: &'a str,
    value: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    base64: bool,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
pub struct Metadata<'a> {
    pub rev: &'a str,
}

/// Writes the items into a file, part by part, and calls for each when it is there, with how many items it
/// has. No more than one item is in memory at a time.
pub fn for_each_part(
    items: &[&Item],
    limits: Limits,
    path: &Path,
    mut send: impl FnMut(usize) -> Result<()>,
) -> Result<()> {
    let cannot_write = || {
        say!("Không ghi được phần sắp đưa lên ra đĩa", "The part to be uploaded cannot be written")
    };
    let mut items = items.iter().peekable();
    let mut pair = items.next().map(|item| encoded(item)).transpose()?;
    while let Some(first) = pair {
        let mut part = BufWriter::new(File::create(path).with_context(cannot_write)?);
        let (mut count, mut bytes) = (1, first.len() + 2);
        part.write_all(b"[").and_then(|()| part.write_all(&first)).with_context(cannot_write)?;
        drop(first);
        pair = None;
        for item in items.by_ref() {
            let next = encoded(item)?;
            if count == limits.pairs || bytes + 1 + next.len() > limits.bytes {
                pair = Some(next);
                break;
            }
            part.write_all(b",").and_then(|()| part.write_all(&next)).with_context(cannot_write)?;
            count += 1;
            bytes += 1 + next.len();
        }
        part.write_all(b"]").and_then(|()| part.flush()).with_context(cannot_write)?;
        drop(part);
        send(count)?;
    }
    Ok(())
}

fn encoded(item: &Item) -> Result<Vec<u8>> {
    let bytes = item.bytes()?;
    let encoded;
    let (value, base64) = match std::str::from_utf8(&bytes) {
        Ok(text) => (text, false),
        Err(_) => {
            encoded = BASE64_STANDARD.encode(&bytes);
            (encoded.as_str(), true)
        }
    };
    let metadata = Metadata { rev: &item.rev };
    Ok(serde_json::to_vec(&Pair { key: &item.key, value, base64, metadata })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Document;
    use crate::upload::plan::documents;

    /// The parts of an upload of these contents, as they would be read.
    fn parts(contents: &[&[u8]], limits: Limits) -> Vec<String> {
        let document = |(position, bytes): (usize, &&[u8])| {
            let slug = format!("bai-{position}");
            Document { path: slug.clone().into(), slug, bytes: bytes.to_vec() }
        };
        let items = documents(contents.iter().enumerate().map(document).collect());
        let name = format!("cong-parts-{}-{}", std::process::id(), contents.len());
        let path = std::env::temp_dir().join(name);
        let mut parts = Vec::new();
        for_each_part(&items.iter().collect::<Vec<_>>(), limits, &path, |count| {
            let text = std::fs::read_to_string(&path)?;
            let pairs: Vec<serde_json::Value> = serde_json::from_str(&text)?;
            assert_eq!(pairs.len(), count);
            parts.push(text);
            Ok(())
        })
        .unwrap();
        std::fs::remove_file(&path).unwrap();
        parts
    }

    #[test]
    fn no_part_has_more_pairs_or_bytes_than_it_may_and_none_is_missing() {
        let contents = vec![&b"\xff\xfe\xfd"[..]; 11];
        let one = parts(&contents[..1], LIMITS)[0].len();
        assert_eq!(parts(&contents, LIMITS).len(), 1);
        let by_pairs = parts(&contents, Limits { pairs: 4, bytes: 1_000_000 });
        let counts = |parts: &[String]| -> Vec<_> {
            parts.iter().map(|part| part.matches("\"key\"").count()).collect()
        };
        assert_eq!(counts(&by_pairs), [4, 4, 3]);
        let limit = 3 * one;
        let by_bytes = parts(&contents, Limits { pairs: 500, bytes: limit });
        assert!(by_bytes.iter().all(|part| part.len() <= limit), "{limit}: {by_bytes:?}");
        assert_eq!(counts(&by_bytes), [3, 3, 3, 2]);
    }

    #[test]
    fn text_stays_text_and_bytes_that_are_none_go_as_base64() {
        let part = parts(&["\u{feff}Xin chào\r\n\0".as_bytes(), b"\xff\0"], LIMITS).remove(0);
        let pairs: Vec<serde_json::Value> = serde_json::from_str(&part).unwrap();
        assert_eq!(pairs[0]["value"], "\u{feff}Xin chào\r\n\0");
        assert!(pairs[0].get("base64").is_none());
        assert_eq!(pairs[1]["value"], "/wA=");
        assert_eq!(pairs[1]["base64"], true);
        assert!(pairs[1]["metadata"]["rev"].as_str().unwrap().starts_with("content-"));
    }
}
