use futures_util::StreamExt;
use worker::ByteStream;

/// Reads a stream to its end. As soon as the stream exceeds `limit` bytes, returns `None` and does not read the rest.
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
