//! Makes bodies of responses that are read from the database in parts while they are sent.

use futures_util::future::ready;
use futures_util::stream;
use futures_util::stream::StreamExt;

use super::portal::Portal;
use super::response::Body;
use crate::platform::DatabaseError;

/// Makes a body from a text that `read` returns part by part: for a position, `read` returns the text of the part that
/// begins there, and the position of the next part, or `None` after the last part. `first` is the position of the first
/// part.
///
/// # Errors
/// The first part could not be read. If a later part cannot be read, the error is logged and aborts the response.
pub async fn in_parts<P: 'static>(
    portal: &Portal,
    first: P,
    read: impl AsyncFn(&Portal, P) -> Result<(String, Option<P>), DatabaseError> + 'static,
) -> Result<Body, DatabaseError> {
    let portal = portal.without_response();
    let (text, next) = read(&portal, first).await?;
    let others = stream::try_unfold((next, portal, read), async |(next, portal, read)| {
        let Some(position) = next else { return Ok(None) };
        let (text, next) = read(&portal, position).await.map_err(|error| {
            portal.log_error(&format!("a download broke off: {error}"));
            worker::Error::from("a part of the download could not be read")
        })?;
        Ok(Some((text.into_bytes(), (next, portal, read))))
    });
    let first = stream::once(ready(Ok(text.into_bytes())));
    Ok(Body::Parts(first.chain(others).boxed_local()))
}
