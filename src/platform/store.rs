//! Workers KV: the stores of articles (`ARTICLES`) and files (`FILES`), the hot index (`INDEX`) and waiting submissions
//! (`INBOX`).

use std::collections::HashMap;
use std::time::Duration;

use js_sys::{Array, JSON, Map, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::ReadableStream;
use worker::{ByteStream, Env};

use super::binding::bound;
use super::bounded_read::read_up_to;
use super::deadline::within;
use super::{byte_stream, thrown};

// These bindings replace the `kv` module of `worker`. That module looks up five methods each time a namespace is
// opened, and converts options and values with serde. These bindings do neither.
#[wasm_bindgen]
extern "C" {
    type Namespace;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Namespace, key: &str, kind: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = get)]
    fn get_many(this: &Namespace, keys: &Array, kind: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getWithMetadata)]
    fn get_with_metadata(this: &Namespace, key: &str, kind: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getWithMetadata)]
    fn get_many_with_metadata(
        this: &Namespace,
        keys: &Array,
        kind: &str,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn put(this: &Namespace, key: &str, value: &Uint8Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn delete(this: &Namespace, key: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn list(this: &Namespace, options: &Object) -> Result<Promise, JsValue>;
}

/// The maximum number of keys in one bulk read.
pub const BULK_KEYS: usize = 100;

/// The deadline of every call to KV.
const DEADLINE: Duration = Duration::from_secs(5);

/// A KV namespace.
pub struct Store(Namespace);

/// A failure of KV, described for the log. Readers never see it.
#[derive(Debug)]
pub struct StoreError(pub String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        Self(thrown::message(thrown))
    }
}

impl From<worker::Error> for StoreError {
    fn from(error: worker::Error) -> Self {
        Self(error.to_string())
    }
}

/// One page of KV's list of all keys, in byte order.
#[derive(Debug)]
pub struct KeyPage {
    /// The keys as a JSON array of `{"name": …, "metadata": …}`, as the runtime gives it. The sync hands the text to
    /// the database, which saves the Worker the CPU time of parsing a thousand keys.
    pub json: String,
    /// The last key of this page; `None` if the page is empty.
    pub last: Option<String>,
    /// The cursor that leads to the next page; `None` on the last page.
    pub next: Option<String>,
}

/// A value and the `rev` in its metadata, which is empty if there is none; `None` for a key without a value. Editors
/// may set a new `rev` (revision) when they upload a new version of a document or file. The sync then notices the
/// change from the list of keys alone, without reading the value.
pub type Revision = Option<(Vec<u8>, String)>;

/// A file as a stream, and the `rev` in its metadata.
pub struct StoredFile {
    pub stream: ReadableStream,
    pub rev: Option<String>,
}

impl Store {
    /// Opens the namespace with this binding.
    ///
    /// # Errors
    /// The binding is missing.
    pub fn open(env: &Env, binding: &str) -> Result<Self, StoreError> {
        bound(env, binding).map(Self).map_err(StoreError)
    }

    /// Reads a value as text. Invalid UTF-8 is replaced, and a byte order mark is dropped.
    ///
    /// # Errors
    /// KV failed, or did not answer within five seconds. This holds for every method of `Store`.
    pub async fn text(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.bytes(key).await?.map(text_of))
    }

    pub async fn bytes(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(bytes_of(&answer(self.0.get(key, "arrayBuffer")).await?))
    }

    /// Writes a value.
    ///
    /// # Errors
    /// KV failed, or did not answer within five seconds. After a timeout the value may still be written.
    pub async fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        answer(self.0.put(key, &Uint8Array::from(value.as_bytes()))).await.map(|_| ())
    }

    /// Deletes a key and its value.
    ///
    /// # Errors
    /// The same as for `put`: after a timeout the key may still be deleted.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        answer(self.0.delete(key)).await.map(|_| ())
    }

    /// Returns the first `limit` keys that begin with `prefix`, in byte order. `limit` is at most 1,000.
    pub async fn first_keys(&self, prefix: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let options = Object::new();
        Reflect::set(&options, &"prefix".into(), &prefix.into())?;
        Reflect::set(&options, &"limit".into(), &limit.into())?;
        let keys: Array = self.listed(&options).await?.1;
        keys.iter().map(|key| name_of(&key)).collect()
    }

    /// Reads a value as a stream, with the `rev` in its metadata.
    pub async fn file(&self, key: &str) -> Result<Option<StoredFile>, StoreError> {
        let found = answer(self.0.get_with_metadata(key, "stream")).await?;
        let rev = rev_of(&found)?;
        let stream = Reflect::get(&found, &"value".into())?.dyn_into().ok();
        Ok(stream.map(|stream| StoredFile { stream, rev }))
    }

    /// Reads the first `bytes` bytes of a value, or all of a value that has fewer.
    pub async fn beginning(&self, key: &str, bytes: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(stream) = self.stream(key).await? else { return Ok(None) };
        Ok(Some(byte_stream::beginning(&stream, bytes).await?))
    }

    /// Whether the key has a value. Does not read the value itself.
    pub async fn has(&self, key: &str) -> Result<bool, StoreError> {
        let Some(stream) = self.stream(key).await? else { return Ok(false) };
        // It does not matter whether cancelling succeeds.
        let _ = JsFuture::from(stream.cancel()).await;
        Ok(true)
    }

    async fn stream(&self, key: &str) -> Result<Option<ReadableStream>, StoreError> {
        Ok(answer(self.0.get(key, "stream")).await?.dyn_into().ok())
    }

    /// Reads a page of the list of all keys: the first page, or the page to which `cursor` leads.
    ///
    /// # Errors
    /// The same as for `text`. KV may also reject a cursor, for example an old one.
    pub async fn key_page(&self, cursor: Option<&str>) -> Result<KeyPage, StoreError> {
        let options = Object::new();
        if let Some(cursor) = cursor {
            Reflect::set(&options, &"cursor".into(), &cursor.into())?;
        }
        let (page, keys) = self.listed(&options).await?;
        let last = keys.at(-1);
        let is_complete = Reflect::get(&page, &"list_complete".into())?.is_truthy();
        let cursor = Reflect::get(&page, &"cursor".into())?.as_string();
        Ok(KeyPage {
            json: JSON::stringify(&keys)?.into(),
            last: if last.is_undefined() { None } else { Some(name_of(&last)?) },
            next: cursor.filter(|cursor| !is_complete && !cursor.is_empty()),
        })
    }

    /// Reads a page of the list of keys that `options` select. Returns the page as the runtime gives it, and the keys
    /// on it.
    async fn listed(&self, options: &Object) -> Result<(JsValue, Array), StoreError> {
        let page = answer(self.0.list(options)).await?;
        let keys = Reflect::get(&page, &"keys".into())?.dyn_into()?;
        Ok((page, keys))
    }

    /// Reads the documents of at most `BULK_KEYS` keys, each with its `rev`. A key that cannot be read is left out. If
    /// the bulk read fails, as it does if one of the values is unreadable, the keys are read one by one.
    pub async fn revisions(&self, keys: &[String]) -> HashMap<String, Revision> {
        let bulk = answer(self.0.get_many_with_metadata(&array(keys), "text")).await;
        let bulk = bulk.ok().and_then(|found| found.dyn_into::<Map>().ok());
        let mut revisions = HashMap::with_capacity(keys.len());
        for key in keys {
            let in_bulk = bulk.as_ref().map(|bulk| bulk.get(&key.into()));
            let revision = match in_bulk.as_ref().and_then(in_bulk_read) {
                Some(revision) => revision,
                None => match self.revision(key).await {
                    Ok(revision) => revision,
                    Err(_) => continue,
                },
            };
            revisions.insert(key.clone(), revision);
        }
        revisions
    }

    async fn revision(&self, key: &str) -> Result<Revision, StoreError> {
        let found = answer(self.0.get_with_metadata(key, "arrayBuffer")).await?;
        let bytes = bytes_of(&Reflect::get(&found, &"value".into())?);
        let rev = rev_of(&found)?.unwrap_or_default();
        Ok(bytes.map(|bytes| (bytes, rev)))
    }

    /// Reads the values of at most `BULK_KEYS` keys. A key without a value is left out. Bulk reads return text only, in
    /// which a byte order mark is dropped and invalid UTF-8 is replaced.
    pub async fn texts(&self, keys: &[&str]) -> Result<HashMap<String, String>, StoreError> {
        let found: Map = answer(self.0.get_many(&array(keys), "text")).await?.dyn_into()?;
        let texts = keys
            .iter()
            .filter_map(|&key| Some((key.to_owned(), found.get(&key.into()).as_string()?)));
        Ok(texts.collect())
    }
}

/// Waits for KV's answer, but no longer than the deadline.
async fn answer(asked: Result<Promise, JsValue>) -> Result<JsValue, StoreError> {
    let answered = within(DEADLINE, JsFuture::from(asked?)).await;
    answered
        .ok_or_else(|| StoreError(format!("no answer within {DEADLINE:?}")))?
        .map_err(Into::into)
}

fn array(keys: &[impl AsRef<str>]) -> Array {
    keys.iter().map(|key| JsValue::from_str(key.as_ref())).collect()
}

fn name_of(key: &JsValue) -> Result<String, StoreError> {
    let name = Reflect::get(key, &"name".into())?.as_string();
    name.ok_or_else(|| StoreError("a key of a list has no name".to_owned()))
}

/// Decodes UTF-8 with the same result as JavaScript. It is done in Rust, because a string decoded by JavaScript would
/// have to be encoded as UTF-8 again to get into Wasm.
fn text_of(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes);
    let text = text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Returns the bytes of a value; `None` for a key without a value.
fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.is_object().then(|| Uint8Array::new(value).to_vec())
}

/// Returns the value and `rev` of one key from the result of a bulk read. Returns `None` if the text contains U+FFFD,
/// which may stand for invalid UTF-8. The caller must then read the value as bytes.
fn in_bulk_read(found: &JsValue) -> Option<Revision> {
    if found.is_null() {
        return Some(None);
    }
    let value = Reflect::get(found, &"value".into()).ok()?;
    if value.is_null() {
        return Some(None);
    }
    let text = value.as_string().filter(|text| !text.contains('\u{FFFD}'))?;
    Some(Some((text.into_bytes(), rev_of(found).ok()?.unwrap_or_default())))
}

/// The `rev` in metadata such as `{"rev": "…"}`. Editors can write any metadata. A `rev` that is no text counts as
/// absent, here as in the SQL of the sync.
fn rev_of(found: &JsValue) -> Result<Option<String>, StoreError> {
    let metadata = Reflect::get(found, &"metadata".into())?;
    if !metadata.is_object() {
        return Ok(None);
    }
    Ok(Reflect::get(&metadata, &"rev".into())?.as_string())
}

impl StoredFile {
    /// Returns the whole content, or `None` if it has more than `limit` bytes. Consumes the stream in both cases.
    pub async fn read_up_to(self, limit: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read_up_to(ByteStream::from(self.stream), limit).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_byte_order_mark_and_signs_for_what_is_not_utf_8() {
        for (bytes, text) in [
            (&b"\xEF\xBB\xBFm\xE1\xBB\x99t"[..], "một"),
            (b"\xEF\xBB\xBF", ""),
            (b"m\xFFt", "m\u{FFFD}t"),
            (b"", ""),
        ] {
            assert_eq!(text_of(bytes.to_vec()), text);
        }
    }
}
