//! Measures and cuts streams of bytes. It reads one mebibyte at a time, so a file is never in memory as a whole.

use futures_util::stream;
use futures_util::stream::Stream;
use js_sys::{Array, BigInt, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::{JsFuture, spawn_local};
use worker::web_sys::ReadableStream;

const CHUNK_BYTES: u64 = 1024 * 1024;

/// A reader of a stream that returns as many bytes at once as requested. The runtime's default reader returns four
/// kibibytes at a time, and every read has a cost.
struct Reader(JsValue);

/// Reads a stream to its end and returns its length in bytes.
///
/// # Errors
/// The stream broke off.
pub async fn length(stream: &ReadableStream) -> worker::Result<u64> {
    let reader = Reader::of(stream)?;
    let mut length = 0;
    while let Some(chunk) = reader.next(CHUNK_BYTES).await? {
        length += u64::from(chunk.byte_length());
    }
    Ok(length)
}

/// Reads the first `bytes` bytes of a stream and drops them.
///
/// # Errors
/// The stream broke off, or has fewer bytes.
pub async fn skip(stream: &ReadableStream, bytes: u64) -> worker::Result<()> {
    let reader = Reader::of(stream)?;
    let mut left = bytes;
    while left > 0 {
        let chunk = reader.next(left.min(CHUNK_BYTES)).await?.ok_or_else(too_short)?;
        left = left.saturating_sub(chunk.byte_length().into());
    }
    call(&reader.0, "releaseLock", &[])?;
    Ok(())
}

/// Returns the rest of a stream whose beginning was read. `bytes` is the length of the rest. A partly read stream
/// cannot be the body of a response itself, so it is piped through a new stream, without being buffered here.
///
/// # Errors
/// The stream already has another reader.
pub fn rest(stream: &ReadableStream, bytes: u64) -> worker::Result<ReadableStream> {
    let class: Function =
        Reflect::get(&js_sys::global(), &"FixedLengthStream".into())?.dyn_into()?;
    let pipe = Reflect::construct(&class, &Array::of1(&BigInt::from(bytes)))?;
    let writable = Reflect::get(&pipe, &"writable".into())?;
    let piped: Promise = call(stream, "pipeTo", &[writable])?.unchecked_into();
    spawn_local(async {
        // This fails if the reader disconnects or the file has changed. The response then breaks off.
        let _ = JsFuture::from(piped).await;
    });
    Ok(Reflect::get(&pipe, &"readable".into())?.unchecked_into())
}

/// Returns the first `bytes` bytes of a stream as a new stream, and cancels the old one after them. If the stream has
/// fewer bytes, the new stream ends with an error.
///
/// # Errors
/// The stream already has another reader.
pub fn first(
    stream: &ReadableStream,
    bytes: u64,
) -> worker::Result<impl Stream<Item = worker::Result<Vec<u8>>> + use<>> {
    let reader = Reader::of(stream)?;
    Ok(stream::try_unfold((reader, bytes), |(reader, left)| async move {
        if left == 0 {
            reader.cancel().await?;
            return Ok(None);
        }
        let chunk = reader.next(left.min(CHUNK_BYTES)).await?.ok_or_else(too_short)?;
        let left = left.saturating_sub(chunk.byte_length().into());
        Ok(Some((chunk.to_vec(), (reader, left))))
    }))
}

/// Reads the first `bytes` bytes of a stream, or all of a stream that has fewer.
///
/// # Errors
/// The stream broke off.
pub async fn beginning(stream: &ReadableStream, bytes: u32) -> worker::Result<Vec<u8>> {
    let reader = Reader::of(stream)?;
    let beginning = reader.next(bytes.into()).await?;
    reader.cancel().await?;
    Ok(beginning.map(|beginning| beginning.to_vec()).unwrap_or_default())
}

impl Reader {
    fn of(stream: &ReadableStream) -> worker::Result<Self> {
        let options = Object::new();
        Reflect::set(&options, &"mode".into(), &"byob".into())?;
        Ok(Self(call(stream, "getReader", &[options.into()])?))
    }

    /// Reads `bytes` bytes, or fewer at the end of the stream. Returns `None` after the end.
    async fn next(&self, bytes: u64) -> worker::Result<Option<Uint8Array>> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let buffer = Uint8Array::new_with_length(bytes);
        let read: Promise =
            call(&self.0, "readAtLeast", &[bytes.into(), buffer.into()])?.unchecked_into();
        let read = JsFuture::from(read).await?;
        let chunk: Option<Uint8Array> = Reflect::get(&read, &"value".into())?.dyn_into().ok();
        Ok(chunk.filter(|chunk| chunk.byte_length() > 0))
    }

    async fn cancel(&self) -> worker::Result<()> {
        let cancelled: Promise = call(&self.0, "cancel", &[])?.unchecked_into();
        // The result of cancelling does not matter.
        let _ = JsFuture::from(cancelled).await;
        Ok(())
    }
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> worker::Result<JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    Ok(Reflect::apply(&function, object, &arguments.iter().collect())?)
}

fn too_short() -> worker::Error {
    worker::Error::from("the file is shorter than it was")
}
