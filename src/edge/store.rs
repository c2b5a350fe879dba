//! Workers KV: articles, files, derived keys.

use std::collections::HashMap;
use std::time::Duration;

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::kv::{KvError, KvStore};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::ReadableStream;
use worker::{ByteStream, Env};

use super::bounded::read_up_to;
use super::byte_stream;
use super::deadline::within;

/// A bulk read takes at most so many keys.
pub const BULK_KEYS: usize = 100;
/// How long a call may take where somebody waits for it.
const DEADLINE: Duration = Duration::from_secs(5);

/// One KV namespace, for one request.
pub struct Store {
    inner: KvStore,
    binding: JsValue,
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

/// A page of the list of all keys, in byte order.
#[derive(Debug)]
pub struct KeyPage {
    /// A JSON array of `{"name": …, "metadata": …}`, as the runtime gives it: the database compares it with
    /// what it knows, which spares the Worker's CPU time a thousand keys.
    pub json: String,
    /// The last of them, if there are any.
    pub last: Option<String>,
    /// Where the next page begins, unless this is the last one.
    pub next: Option<String>,
}

/// A value with the `rev` that was put beside it; `None` for a key without a value.
pub type Revision = Option<(Vec<u8>, String)>;

/// A file's content on its way to the reader.
pub struct StoredFile {
    pub stream: ReadableStream,
    pub rev: Option<String>,
}

impl Store {
    /// # Errors
    /// Where the binding is missing.
    pub fn open(env: &Env, binding: &str) -> Result<Self, StoreError> {
        Ok(Self { inner: env.kv(binding)?, binding: get(env.as_ref(), binding)? })
    }

    pub async fn text(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(within(DEADLINE, self.inner.get(key).text()).await.ok_or_else(too_slow)??)
    }

    pub async fn bytes(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(within(DEADLINE, self.inner.get(key).bytes()).await.ok_or_else(too_slow)??)
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
        let read = self.inner.get(key);
        let read = within(DEADLINE, read.stream_with_metadata::<serde_json::Value>()).await;
        let (stream, metadata) = read.ok_or_else(too_slow)??;
        let rev = metadata.and_then(rev_of);
        Ok(stream.map(|stream| StoredFile { stream, rev }))
    }

    /// So many bytes of the beginning of a value, or all of a shorter one.
    ///
    /// # Errors
    /// KV did not answer.
    pub async fn beginning(&self, key: &str, bytes: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(stream) = self.inner.get(key).stream().await? else { return Ok(None) };
        Ok(Some(byte_stream::beginning(&stream, bytes).await?))
    }

    /// Whether there is a value; none of it is read.
    ///
    /// # Errors
    /// KV did not answer.
    pub async fn has(&self, key: &str) -> Result<bool, StoreError> {
        let Some(stream) = self.inner.get(key).stream().await? else { return Ok(false) };
        // What comes of it is of no use to anybody.
        let _ = JsFuture::from(stream.cancel()).await;
        Ok(true)
    }

    /// A page of the list of all keys, from its beginning or where an earlier page says.
    ///
    /// # Errors
    /// KV gave no list, for one because it no longer knows the cursor.
    pub async fn key_page(&self, cursor: Option<&str>) -> Result<KeyPage, StoreError> {
        let options = Object::new();
        if let Some(cursor) = cursor {
            Reflect::set(&options, &"cursor".into(), &cursor.into()).map_err(from_js)?;
        }
        let list: Function = get(&self.binding, "list")?.dyn_into().map_err(from_js)?;
        let promise: Promise =
            list.call1(&self.binding, &options).map_err(from_js)?.dyn_into().map_err(from_js)?;
        let page = JsFuture::from(promise).await.map_err(from_js)?;
        let keys: Array = get(&page, "keys")?.dyn_into().map_err(from_js)?;
        let last = keys.at(-1);
        let is_complete = get(&page, "list_complete")?.is_truthy();
        let cursor = get(&page, "cursor")?.as_string().filter(|cursor| !cursor.is_empty());
        Ok(KeyPage {
            json: JSON::stringify(&keys).map_err(from_js)?.into(),
            last: if last.is_undefined() { None } else { get(&last, "name")?.as_string() },
            next: cursor.filter(|_| !is_complete),
        })
    }

    /// The documents of at most `BULK_KEYS` keys, each with its `rev`; a key that could not be read is left
    /// out. One that cannot be read makes a bulk read fail as a whole, and then each is read by itself.
    pub async fn revisions(&self, keys: &[String]) -> HashMap<String, Revision> {
        let bulk = self.inner.get_bulk(keys).text_with_metadata::<serde_json::Value>().await;
        let mut revisions = HashMap::with_capacity(keys.len());
        for key in keys {
            let in_bulk = bulk.as_ref().ok().and_then(|found| found.get(key));
            let revision = match in_bulk {
                // What is not UTF-8 comes out of a bulk read with U+FFFD in its place.
                Some((Some(text), metadata)) if !text.contains('\u{FFFD}') => {
                    let rev = metadata.clone().and_then(rev_of).unwrap_or_default();
                    Some((text.clone().into_bytes(), rev))
                }
                Some((None, _)) => None,
                _ => match self.revision(key).await {
                    Ok(revision) => revision,
                    Err(_) => continue,
                },
            };
            revisions.insert(key.clone(), revision);
        }
        revisions
    }

    async fn revision(&self, key: &str) -> Result<Revision, StoreError> {
        let (bytes, metadata) =
            self.inner.get(key).bytes_with_metadata::<serde_json::Value>().await?;
        Ok(bytes.map(|bytes| (bytes, metadata.and_then(rev_of).unwrap_or_default())))
    }

    /// The values of at most `BULK_KEYS` keys; a key without one is left out. Read as text, which
    /// is all that bulk reads offer: a byte order mark is dropped, and invalid UTF-8 is replaced.
    pub async fn texts(&self, keys: &[&str]) -> Result<HashMap<String, String>, StoreError> {
        let found =
            within(DEADLINE, self.inner.get_bulk(keys).text()).await.ok_or_else(too_slow)??;
        Ok(found.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, StoreError> {
    Reflect::get(object, &name.into()).map_err(from_js)
}

fn from_js(error: JsValue) -> StoreError {
    StoreError(format!("{error:?}"))
}

fn too_slow() -> StoreError {
    StoreError(format!("no answer within {DEADLINE:?}"))
}

/// The `rev` of metadata such as `{"rev": "…"}`. They are the editor's own: what is of another shape counts as
/// absent, here as in the SQL of the sync.
fn rev_of(metadata: serde_json::Value) -> Option<String> {
    metadata.get("rev")?.as_str().map(str::to_owned)
}

impl StoredFile {
    /// The whole content, if it is no larger than `limit` bytes. Consumes the stream either way.
    pub async fn read_up_to(self, limit: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read_up_to(ByteStream::from(self.stream), limit).await?)
    }
}
