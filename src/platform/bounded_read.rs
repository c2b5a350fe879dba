//! Reading what may be longer than it should be.

use futures_util::StreamExt;
use worker::ByteStream;

/// The whole of a stream, if it has at most `limit` bytes. What comes after them is not waited for.
///
/// # Errors
/// The stream broke off.
pub async fn read_up_to(mut stream: ByteStream, limit: usize) -> worker::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        bytes.extend(chunk?);
        if bytes.len() > limit {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}
