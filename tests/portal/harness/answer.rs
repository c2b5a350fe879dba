//! HTTP requests and answers, with the assertions that many tests share.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ureq::http;

use super::turns;

/// A request that is not yet sent. Redirects are not followed.
pub struct Request {
    port: u16,
    builder: http::request::Builder,
    /// The client address that the request reports. By default each request has a different one, so that requests do
    /// not share a rate limit.
    address: String,
    body: Vec<u8>,
}

/// An answer whose body has been read completely.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Request {
    pub fn new(port: u16, method: &str, path: &str) -> Self {
        let uri = format!("http://localhost:{port}{path}");
        static REQUESTS: AtomicU32 = AtomicU32::new(0);
        let number = REQUESTS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Self {
            port,
            builder: http::Request::builder().method(method).uri(uri),
            address: format!("10.{}.{}.{}", number[1], number[2], number[3]),
            body: Vec::new(),
        }
    }

    /// Sets the client address that the request reports.
    pub fn from(self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self }
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        Self { builder: self.builder.header(name, value), ..self }
    }

    /// Makes the Worker's test entry, `tests/faults.mjs`, inject this fault.
    pub fn fault(self, name: &str) -> Self {
        self.header("x-fault", name)
    }

    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Sets the body to a form, encoded as browsers do, but without the header `Origin`, which browsers send.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    #[track_caller]
    pub fn send(self) -> Answer {
        self.try_send().unwrap()
    }

    /// Sends the request. Returns an error if the connection broke.
    pub fn try_send(self) -> Result<Answer, ureq::Error> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let request = self.builder.header("cf-connecting-ip", self.address);
        let request = request.body(self.body).unwrap();
        let _turn = turns::for_request(self.port);
        let response = agent.run(request)?;
        let (parts, mut body) = response.into_parts();
        let bytes = body.with_config().limit(64 * 1024 * 1024).read_to_vec()?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, bytes })
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// Asserts that the answer is a page that browsers and Workers Cache may cache.
    #[track_caller]
    pub fn assert_success_cached(self) -> Self {
        let answer = self.assert_status(200);
        let cache = answer.header("cache-control").unwrap();
        assert!(cache.starts_with("public, max-age="), "{cache}");
        assert!(answer.header("etag").is_some_and(|tag| tag.starts_with('"')));
        answer
    }

    /// Asserts that no cache may store the answer.
    #[track_caller]
    pub fn assert_not_stored(self) -> Self {
        assert_eq!(self.header("cache-control"), Some("no-store"));
        assert_eq!((self.header("etag"), self.header("cache-tag")), (None, None));
        self
    }

    #[track_caller]
    pub fn assert_redirect(self, status: u16, location: &str) -> Self {
        assert_eq!((self.status, self.header("location")), (status, Some(location)));
        self
    }

    /// Asserts that the answer accepts a form. Returns the address to which it redirects.
    #[track_caller]
    pub fn assert_taken(self) -> String {
        let answer = self.assert_status(303).assert_not_stored();
        answer.header("location").unwrap().to_owned()
    }

    #[track_caller]
    pub fn assert_contains(self, text: &str) -> Self {
        assert!(self.text().contains(text), "{text:?} is not in:\n{}", self.text());
        self
    }

    #[track_caller]
    pub fn assert_lacks(self, text: &str) -> Self {
        assert!(!self.text().contains(text), "{text:?} is in:\n{}", self.text());
        self
    }

    /// Asserts that the page has no script element, apart from one block of JSON-LD data.
    #[track_caller]
    pub fn assert_runs_no_script(self) -> Self {
        let page = self.text().to_lowercase();
        let rest = page.replacen("<script type=\"application/ld+json\">", "", 1);
        assert!(!rest.contains("<script"), "{page}");
        self
    }

    #[track_caller]
    pub fn form_token(&self) -> String {
        self.field("ma_phieu")
    }

    /// Returns the value of the first form field with this name.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let text = self.text();
        let (_, rest) = text
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no field {name} in:\n{text}"));
        rest.split('"').next().unwrap().to_owned()
    }
}
