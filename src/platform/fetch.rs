use worker::{CacheMode, Fetch, Request, RequestInit, RequestRedirect};

use super::bounded_read::read_up_to;

/// Sends a GET request to another service, and returns the body of the answer, if it has at most `limit` bytes. The
/// request bypasses caches and follows no redirects.
///
/// # Errors
/// There was no answer, its status is not 200, or its body has more than `limit` bytes. The error is for the log.
pub async fn fetch_up_to(url: &str, limit: usize) -> Result<Vec<u8>, String> {
    answer(url, limit).await.map_err(|error| error.to_string())?
}

async fn answer(url: &str, limit: usize) -> worker::Result<Result<Vec<u8>, String>> {
    let mut init = RequestInit::new();
    init.with_redirect(RequestRedirect::Manual).with_cache(CacheMode::NoStore);
    let mut response = Fetch::Request(Request::new_with_init(url, &init)?).send().await?;
    if response.status_code() != 200 {
        return Ok(Err(format!("the answer has status {}", response.status_code())));
    }
    let body = read_up_to(response.stream()?, limit).await?;
    Ok(body.ok_or_else(|| format!("the answer has more than {limit} bytes")))
}
