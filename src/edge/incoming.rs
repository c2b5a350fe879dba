//! A request as the rest of the code sees it.

use worker::ByteStream;
use worker::web_sys;

use super::bounded::read_up_to;

/// One request. Its body is read at most once, and never beyond a limit.
pub struct Incoming {
    inner: web_sys::Request,
    url: String,
}

/// Why a body was not read.
#[derive(Debug)]
pub enum BodyError {
    TooLarge,
    Failed(String),
}

impl Incoming {
    pub fn new(inner: web_sys::Request) -> Self {
        Self { url: inner.url(), inner }
    }

    pub fn method(&self) -> String {
        self.inner.method()
    }

    /// The path as received, percent-encoded.
    pub fn path(&self) -> &str {
        self.split_url().1
    }

    /// The query as received, without the question mark; empty where there is none.
    pub fn query(&self) -> &str {
        self.split_url().2
    }

    /// The host that was asked, with its port where that is not the scheme's own.
    pub fn host(&self) -> &str {
        self.split_url().0
    }

    /// Path and query as received.
    pub fn address(&self) -> &str {
        path_and_query(&self.url)
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.inner.headers().get(name).ok().flatten()
    }

    /// The body, if it has at most `limit` bytes. What is announced as larger is not read at all.
    ///
    /// # Errors
    /// The body is larger, or broke off.
    pub async fn body(&self, limit: usize) -> Result<Vec<u8>, BodyError> {
        let announced = self.header("content-length").and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > limit as u64) {
            return Err(BodyError::TooLarge);
        }
        let Some(stream) = self.inner.body() else { return Ok(Vec::new()) };
        match read_up_to(ByteStream::from(stream), limit).await {
            Ok(body) => body.ok_or(BodyError::TooLarge),
            Err(error) => Err(BodyError::Failed(error.to_string())),
        }
    }

    fn split_url(&self) -> (&str, &str, &str) {
        let (host, rest) = split(&self.url);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        (host, path, query)
    }
}

/// Path and query of a URL as received; an empty query has its question mark.
pub fn path_and_query(url: &str) -> &str {
    split(url).1
}

/// The host, and what comes after it up to a fragment. The runtime gives URLs in their serialised form, so the first
/// slash after the scheme ends the host. Every hit in memory comes by here: a single character is found sooner than
/// a text.
fn split(url: &str) -> (&str, &str) {
    let after_scheme = url.split_once(':').map_or(url, |(_, rest)| rest);
    let after_scheme = after_scheme.strip_prefix("//").unwrap_or(after_scheme);
    let without_fragment = after_scheme.split('#').next().unwrap_or_default();
    let path_at = without_fragment.find('/').unwrap_or(without_fragment.len());
    without_fragment.split_at_checked(path_at).unwrap_or_default()
}
