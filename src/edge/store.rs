//! Workers KV: articles, files, derived keys.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt;
use serde::Deserialize;
use worker::kv::{KvError, KvStore};
use worker::web_sys::ReadableStream;
use worker::{ByteStream, Env};

use super::deadline::within;

/// A bulk read takes at most so many keys.
pub const BULK_KEYS: usize = 100;
/// How long a call may take where somebody waits for it with a submission in hand.
const DEADLINE: Duration = Duration::from_secs(5);

/// One KV namespace, for one request.
pub struct Store {
    inner: KvStore,
}

/// Why KV gave no answer. For the log, never for readers.
#[derive(Debug)]
pub struct StoreError(pub String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<KvError> for StoreError {
    fn from(error: KvError) -> Self {
        Self(error.to_string())
    }
}

impl From<worker::Error> for StoreError {
    fn from(error: worker::Error) -> Self {
        Self(error.to_string())
    }
}

/// What an editor may put beside a value: `{"rev": "…"}`.
#[derive(Clone, Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    rev: Option<String>,
}

/// A key as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKey {
    pub name: String,
    pub rev: Option<String>,
}

/// A file's content on its way to the reader.
pub struct StoredFile {
    pub stream: ReadableStream,
    pub rev: Option<String>,
}

impl Store {
    /// # Errors
    /// Where the binding is missing.
    pub fn open(env: &Env, binding: &str) -> Result<Self, StoreError> {
        Ok(Self { inner: env.kv(binding)? })
    }

    pub async fn text(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.inner.get(key).text().await?)
    }

    pub async fn bytes(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.inner.get(key).bytes().await?)
    }

    /// # Errors
    /// KV did not take the value, or not within five seconds; then it may still do.
    pub async fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let write = self.inner.put_bytes(key, value.as_bytes())?.execute();
        Ok(within(DEADLINE, write).await.ok_or_else(too_slow)??)
    }

    /// # Errors
    /// As for `put`.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        Ok(within(DEADLINE, self.inner.delete(key)).await.ok_or_else(too_slow)??)
    }

    /// The names of the first keys that begin so, in byte order; at most 1,000.
    ///
    /// # Errors
    /// KV gave no list, or not within five seconds.
    pub async fn first_keys(&self, prefix: &str, limit: u64) -> Result<Vec<String>, StoreError> {
        let list = self.inner.list().prefix(prefix.to_owned()).limit(limit).execute();
        let list = within(DEADLINE, list).await.ok_or_else(too_slow)??;
        Ok(list.keys.into_iter().map(|key| key.name).collect())
    }

    /// A value as a stream, with its `rev`.
    pub async fn file(&self, key: &str) -> Result<Option<StoredFile>, StoreError> {
        let (stream, metadata) =
            self.inner.get(key).stream_with_metadata::<serde_json::Value>().await?;
        let rev = metadata.and_then(rev_of);
        Ok(stream.map(|stream| StoredFile { stream, rev }))
    }

    /// All keys, in byte order, with their `rev`.
    pub async fn keys(&self) -> Result<Vec<ListedKey>, StoreError> {
        let mut keys = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut list = self.inner.list();
            if let Some(cursor) = cursor.take() {
                list = list.cursor(cursor);
            }
            let page = list.execute().await?;
            keys.extend(
                page.keys
                    .into_iter()
                    .map(|key| ListedKey { name: key.name, rev: key.metadata.and_then(rev_of) }),
            );
            match page.cursor.filter(|cursor| !page.list_complete && !cursor.is_empty()) {
                Some(next) => cursor = Some(next),
                None => return Ok(keys),
            }
        }
    }

    /// The values of at most `BULK_KEYS` keys; a key without one is left out. Read as text, which
    /// is all that bulk reads offer: a byte order mark is dropped, and invalid UTF-8 is replaced.
    pub async fn texts(&self, keys: &[&str]) -> Result<HashMap<String, String>, StoreError> {
        let found = self.inner.get_bulk(keys).text().await?;
        Ok(found.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }
}

fn too_slow() -> StoreError {
    StoreError(format!("no answer within {DEADLINE:?}"))
}

/// Metadata is free text of the editor's; what is not of our shape counts as absent.
fn rev_of(metadata: serde_json::Value) -> Option<String> {
    serde_json::from_value::<Metadata>(metadata).ok()?.rev
}

impl StoredFile {
    /// The whole content, if it is no larger than `limit` bytes. Consumes the stream either way.
    pub async fn read_up_to(self, limit: usize) -> Result<Option<Vec<u8>>, StoreError> {
        let mut stream = ByteStream::from(self.stream);
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            bytes.extend(chunk?);
            if bytes.len() > limit {
                return Ok(None);
            }
        }
        Ok(Some(bytes))
    }
}
