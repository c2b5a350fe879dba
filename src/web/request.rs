use cong_core::addresses::Method;
use worker::{ByteStream, web_sys};

use crate::platform::read_up_to;

/// One request. Its body is read at most once, and never beyond a limit.
pub struct Request {
    inner: web_sys::Request,
    url: String,
    method: Option<Method>,
}

#[derive(Debug)]
pub enum BodyError {
    TooLarge,
    Failed(String),
}

impl Request {
    pub fn new(inner: web_sys::Request) -> Self {
        Self { url: inner.url(), method: Method::parse(&inner.method()), inner }
    }

    /// The request's method; `None` for a method that no page accepts.
    pub fn method(&self) -> Option<Method> {
        self.method
    }

    pub fn is_post(&self) -> bool {
        self.method == Some(Method::Post)
    }

    /// The path of the URL as received, percent-encoded.
    pub fn path(&self) -> &str {
        self.split_address().0
    }

    /// The query of the URL as received, without the question mark; empty if there is none.
    pub fn query(&self) -> &str {
        self.split_address().1
    }

    /// The scheme and host of the URL, with the port unless it is the scheme's default.
    pub fn origin(&self) -> &str {
        split(&self.url).0
    }

    /// The path and query of the URL, as received.
    pub fn address(&self) -> &str {
        path_and_query(&self.url)
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.inner.headers().get(name).ok().flatten()
    }

    /// Reads the body, if it has at most `limit` bytes. If the header `Content-Length` says that it has more, it is not
    /// read at all.
    ///
    /// # Errors
    /// The body has more than `limit` bytes, or broke off.
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

    fn split_address(&self) -> (&str, &str) {
        let address = self.address();
        address.split_once('?').unwrap_or((address, ""))
    }
}

/// The path and query of a URL, as received. An empty query keeps its question mark.
pub fn path_and_query(url: &str) -> &str {
    split(url).1
}

/// Splits a URL into its origin, and its path and query. The fragment is dropped. The runtime serialises URLs, so the
/// third slash always ends the host. Every request that the page memory answers runs this code. It searches for single
/// characters, which is faster than searching for strings.
fn split(url: &str) -> (&str, &str) {
    let without_fragment = url.split('#').next().unwrap_or_default();
    let path_at =
        without_fragment.match_indices('/').nth(2).map_or(without_fragment.len(), |(at, _)| at);
    without_fragment.split_at_checked(path_at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_before_its_path() {
        for (url, parts) in [
            ("https://cong.example/a/b?c=/d#e", ("https://cong.example", "/a/b?c=/d")),
            ("http://localhost:8787/", ("http://localhost:8787", "/")),
            ("http://[::1]:8787//a?", ("http://[::1]:8787", "//a?")),
        ] {
            assert_eq!(split(url), parts);
        }
    }
}
