//! What every form goes through that is sent here, whatever is in it.

use crate::edge::{BodyError, Incoming, Reply};
use crate::error::PageError;

/// The body of a form that was sent from a page of this site.
///
/// # Errors
/// It came from elsewhere, is no form, is larger than `limit` bytes, or broke off.
pub async fn read_form(request: &Incoming, limit: usize) -> Result<Vec<u8>, PageError> {
    if !comes_from_here(request) {
        return Err(PageError::ForeignOrigin);
    }
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(PageError::NotAForm);
    }
    request.body(limit).await.map_err(|error| match error {
        BodyError::TooLarge => PageError::FormTooLarge,
        BodyError::Failed(cause) => PageError::Interrupted(cause),
    })
}

/// Whether the form was sent from a page of this host. A browser that names no origin is believed
/// unless it says that the request crosses sites.
fn comes_from_here(request: &Incoming) -> bool {
    match request.header("origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(_, host)| host == request.host()),
        None => request.header("sec-fetch-site").is_none_or(|site| site == "same-origin"),
    }
}

/// The reply, with the hint that trying again after a minute is worth it, where it says so.
pub fn with_retry_hint(mut reply: Reply) -> Reply {
    if matches!(reply.status, 429 | 503) {
        reply.headers.push(("retry-after", "60".to_owned()));
    }
    reply
}
