//! Distributes pairs of key and value over the files that `wrangler kv bulk put` reads. Each such file is called a
//! part.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::language::{cannot_read, say};

#[derive(Clone, Copy)]
pub struct Limits {
    pub pairs: usize,
    /// The maximum size of a part in bytes, including base64 and quoting.
    pub bytes: usize,
}

/// The limits of a part. Cloudflare accepts 10,000 pairs and 100 MB in one request, and wrangler splits only files with
/// more than 1,000 pairs into several requests. The limits here are lower, so that less is sent again after a failure,
/// and more of an upload succeeds before the 1,000 writes a day of the free plan are used up.
pub const LIMITS: Limits = Limits { pairs: 500, bytes: 64_000_000 };

/// The maximum size of a value in a part, in bytes. A larger value is uploaded from a separate file, because JSON's
/// quoting could make it six times as large.
const MAX_BYTES_IN_A_PART: u64 = 10 * 1024 * 1024;

/// A value to be stored under its key.
#[derive(Debug)]
pub struct Pair<'a> {
    pub key: &'a str,
    /// The value, if it is in memory. Otherwise it is read from `path` when it is needed.
    pub bytes: Option<Cow<'a, [u8]>>,
    pub path: &'a Path,
    /// The size in bytes.
    pub size: u64,
    pub metadata: Option<Box<RawValue>>,
    /// When the value expires, in seconds since 1970.
    pub expiration: Option<i64>,
}

impl Pair<'_> {
    /// Whether the value is uploaded from a separate file instead of in a part. Large values are, except those whose
    /// keys begin with a hyphen, because wrangler would mistake such a key for an option.
    pub fn goes_alone(&self) -> bool {
        self.size > MAX_BYTES_IN_A_PART && !self.key.starts_with('-')
    }

    fn encoded(&self) -> Result<Vec<u8>> {
        let bytes = match &self.bytes {
            Some(bytes) => Cow::Borrowed(bytes.as_ref()),
            None => Cow::Owned(fs::read(self.path).with_context(|| cannot_read(self.path))?),
        };
        let encoded;
        let (value, base64) = match std::str::from_utf8(&bytes) {
            Ok(text) => (text, false),
            Err(_) => {
                encoded = BASE64_STANDARD.encode(&bytes);
                (encoded.as_str(), true)
            }
        };
        let (metadata, expiration) = (self.metadata.as_deref(), self.expiration);
        Ok(serde_json::to_vec(&Encoded { key: self.key, value, base64, metadata, expiration })?)
    }
}

/// A pair in the format of `wrangler kv bulk put`.
#[derive(Serialize)]
struct Encoded<'a> {
    key: &'a str,
    value: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    base64: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<i64>,
}

/// Writes the pairs into files made by `create`, one part after another. After each part, calls `send` with the number
/// of its pairs. Keeps at most one value in memory at a time.
pub fn for_each_part(
    pairs: &[&Pair],
    limits: Limits,
    create: impl Fn() -> Result<File>,
    mut send: impl FnMut(usize) -> Result<()>,
) -> Result<()> {
    let cannot_write = || {
        say!("Không ghi được phần sắp đưa lên ra đĩa", "The part to be uploaded cannot be written")
    };
    let mut pairs = pairs.iter().peekable();
    let mut pair = pairs.next().map(|pair| pair.encoded()).transpose()?;
    while let Some(first) = pair {
        let mut part = BufWriter::new(create()?);
        let (mut count, mut bytes) = (1, first.len() + 2);
        part.write_all(b"[").and_then(|()| part.write_all(&first)).with_context(cannot_write)?;
        drop(first);
        pair = None;
        for next in pairs.by_ref() {
            let next = next.encoded()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the parts into which these contents are split.
    fn parts(contents: &[&'static [u8]], limits: Limits) -> Vec<String> {
        let names: Vec<_> = (0..contents.len()).map(|number| format!("bai-{number}")).collect();
        let pair = |(key, bytes): (_, &&'static [u8])| Pair {
            key,
            bytes: Some(Cow::Borrowed(*bytes)),
            path: Path::new(""),
            size: bytes.len() as u64,
            metadata: RawValue::from_string(r#"{"rev": "1"}"#.to_owned()).ok(),
            expiration: None,
        };
        let pairs: Vec<_> = names.iter().map(String::as_str).zip(contents).map(pair).collect();
        let name = format!("cong-parts-{}-{}", std::process::id(), contents.len());
        let path = std::env::temp_dir().join(name);
        let mut parts = Vec::new();
        let create = || Ok(File::create(&path)?);
        for_each_part(&pairs.iter().collect::<Vec<_>>(), limits, create, |count| {
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
    fn parts_keep_the_limits_of_pairs_and_bytes_and_contain_all_pairs() {
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
    fn text_is_sent_as_text_and_other_bytes_as_base64() {
        let part = parts(&["\u{feff}Xin chào\r\n\0".as_bytes(), b"\xff\0"], LIMITS).remove(0);
        let pairs: Vec<serde_json::Value> = serde_json::from_str(&part).unwrap();
        assert_eq!(pairs[0]["value"], "\u{feff}Xin chào\r\n\0");
        assert!(pairs[0].get("base64").is_none());
        assert_eq!(pairs[1]["value"], "/wA=");
        assert_eq!(pairs[1]["base64"], true);
        assert_eq!(pairs[1]["metadata"]["rev"], "1");
    }
}
