//! A response of the portal: status, body, and the headers that every response has.

use std::borrow::Cow;
use std::rc::Rc;

use cong_core::accent::AccentStyle;
use cong_core::digest;
use cong_core::vietnamese::Timestamp;
use futures_util::stream::LocalBoxStream;
use maud::Markup;
use worker::web_sys::ReadableStream;
use worker::{Headers, ResponseBuilder};

use super::cache_policy::CachePolicy;
use crate::site::Site;

/// The Content-Security-Policy of responses that set no other: no scripts, nothing from other sites, no embedding in
/// frames. Pages themselves do not need `connect-src`. It is for tools of browsers: Lighthouse requests `/robots.txt`
/// from within the page.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    media-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const POLICY: &str = "content-security-policy";

/// The value of the header `Strict-Transport-Security`: one year. It has no `includeSubDomains`, because the portal
/// must not decide for other hosts of the domain.
const HSTS: &str = "max-age=31536000";

pub const HTML: &str = "text/html; charset=utf-8";

pub struct Response {
    pub status: u16,
    pub body: Body,
    pub content_type: String,
    pub cache: CachePolicy,
    /// The value of the header `ETag`, including its quotes.
    pub etag: Option<Rc<str>>,
    /// The cache tag of the response, by which Workers Cache can purge it.
    pub tag: Option<String>,
    /// The headers of this response only. Headers that every response has are added when it is sent.
    pub headers: Vec<(&'static str, String)>,
}

pub enum Body {
    Bytes(Vec<u8>),
    Stream(ReadableStream),
    /// A body that is made while it is sent. An error aborts the response, so that the client does not take it for
    /// complete.
    Parts(LocalBoxStream<'static, worker::Result<Vec<u8>>>),
    Empty,
}

impl Response {
    /// A response with an HTML page. It has an ETag if it may be cached.
    pub fn page(status: u16, page: Markup, cache: CachePolicy) -> Self {
        Self::text(status, HTML, page.into_string(), cache)
    }

    /// A response with a text of any type. It has an ETag if it may be cached.
    pub fn text(status: u16, content_type: &str, text: String, cache: CachePolicy) -> Self {
        let body = text.into_bytes();
        let etag = (status == 200 && cache != CachePolicy::NoStore).then(|| quick_etag(&body));
        Self {
            status,
            body: Body::Bytes(body),
            content_type: content_type.to_owned(),
            cache,
            etag,
            tag: None,
            headers: Vec::new(),
        }
    }

    /// A response with a file that browsers save.
    pub fn download(content_type: &str, file_name: &str, body: Body, cache: CachePolicy) -> Self {
        Self {
            status: 200,
            body,
            content_type: content_type.to_owned(),
            cache,
            etag: None,
            tag: None,
            headers: vec![("content-disposition", format!("attachment; filename=\"{file_name}\""))],
        }
    }

    /// A redirect to the address `location` of this site.
    pub fn redirect(status: u16, location: String, cache: CachePolicy) -> Self {
        Self {
            status,
            body: Body::Empty,
            content_type: "text/plain; charset=utf-8".to_owned(),
            cache,
            etag: None,
            tag: None,
            headers: vec![("location", location)],
        }
    }

    /// The same response with the cache policy `NoStore`, for an address that is not canonical.
    pub fn not_stored(self) -> Self {
        Self { cache: CachePolicy::NoStore, etag: None, ..self }
    }

    /// Turns the response into a 304 (Not Modified) if the header `If-None-Match` contains its ETag.
    pub fn unless_matching(self, if_none_match: Option<&str>) -> Self {
        let is_known = match (if_none_match, &self.etag) {
            (Some(tags), Some(etag)) => matches(tags, etag),
            _ => false,
        };
        if is_known && matches!(self.status, 200 | 206) {
            return Self { status: 304, body: Body::Empty, ..self };
        }
        self
    }

    /// Converts the response to one of the runtime. The response to a HEAD request has everything but the body.
    ///
    /// # Errors
    /// The value of a header is invalid. This should not happen: all values are made here or were checked before.
    pub fn into_response(
        self,
        site: &Site,
        now: Timestamp,
        is_head: bool,
    ) -> worker::Result<worker::Response> {
        let headers = self.headers(self.status, site, now)?;
        let builder = ResponseBuilder::new().with_status(self.status).with_headers(headers);
        Ok(match self.body {
            _ if is_head => builder.empty(),
            Body::Bytes(bytes) => builder.fixed(bytes),
            Body::Stream(stream) => builder.stream(stream),
            Body::Parts(parts) => builder.from_stream(parts)?,
            Body::Empty => builder.empty(),
        })
    }

    /// The headers of the response if it is sent with the status `status`, which is 304 if the browser has the page
    /// already.
    ///
    /// # Errors
    /// The value of a header is invalid. This should not happen: all values are made here or were checked before.
    pub fn headers(&self, status: u16, site: &Site, now: Timestamp) -> worker::Result<Headers> {
        let headers = Headers::new();
        headers.set("cache-control", &self.cache.header(now))?;
        if let Some(tag) = self.tag.as_ref().filter(|_| self.cache.is_shared()) {
            headers.set("cache-tag", tag)?;
        }
        headers.set("x-content-type-options", "nosniff")?;
        headers.set("referrer-policy", "same-origin")?;
        // Pages of other sites get no reference to the window of this page, and cannot embed this response.
        headers.set("cross-origin-opener-policy", "same-origin")?;
        headers.set("cross-origin-resource-policy", "same-origin")?;
        if site.is_https() {
            headers.set("strict-transport-security", HSTS)?;
        }
        if status != 304 {
            headers.set("content-type", &self.content_type)?;
        }
        if let Some(etag) = &self.etag {
            headers.set("etag", etag)?;
        }
        let own_policy = self.headers.iter().find(|(name, _)| *name == POLICY);
        let policy = own_policy.map_or(PAGE_POLICY, |(_, policy)| policy);
        headers.set(POLICY, &with_style(policy, site.accent_style.as_ref()))?;
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != POLICY) {
            headers.set(name, value)?;
        }
        Ok(headers)
    }
}

/// Adds the hash of the `style` element with the accent colours to a Content-Security-Policy, if pages have this
/// element and the policy allows stylesheets.
fn with_style<'a>(policy: &'a str, style: Option<&AccentStyle>) -> Cow<'a, str> {
    const STYLES: &str = "style-src 'self'";
    match style {
        None => policy.into(),
        Some(style) => policy.replace(STYLES, &format!("{STYLES} {}", style.source)).into(),
    }
}

/// Whether the header `If-None-Match` names this ETag, by weak comparison (RFC 9110, section 13.1.2).
pub fn matches(if_none_match: &str, etag: &str) -> bool {
    if_none_match
        .split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag == etag)
}

/// Makes a strong ETag with a fast hash, for content whose ETag is computed for each request.
fn quick_etag(content: &[u8]) -> Rc<str> {
    format!("\"{:016x}\"", digest::quick(content)).into()
}

/// Makes a strong ETag from the content: 128 bits of its SHA-256.
pub fn etag(content: &[u8]) -> Rc<str> {
    format!("\"{}\"", digest::hex(content, 16)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Response {
        Response::text(200, HTML, "nội dung".into(), CachePolicy::Page { changes_at: None })
    }

    #[test]
    fn a_matching_tag_in_any_form_is_answered_304_with_the_tag() {
        let tag = reply().etag.unwrap();
        for header in [tag.to_string(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".into()] {
            let answer = reply().unless_matching(Some(&header));
            assert_eq!(answer.status, 304, "{header}");
            assert!(matches!(answer.body, Body::Empty));
            assert_eq!(answer.etag.as_ref(), Some(&tag));
        }
    }

    #[test]
    fn another_tag_or_none_gets_the_page() {
        for header in [None, Some("\"x\""), Some(""), Some("x")] {
            assert_eq!(reply().unless_matching(header).status, 200);
        }
    }

    #[test]
    fn a_policy_with_styles_allows_that_of_the_office_by_its_hash_alone() {
        let style = AccentStyle { css: String::new(), source: "'sha256-x'".to_owned() };
        let policy = with_style(PAGE_POLICY, Some(&style));
        assert!(policy.contains("style-src 'self' 'sha256-x';"), "{policy}");
        assert_eq!(policy.replace(" 'sha256-x'", ""), PAGE_POLICY);
        assert_eq!(with_style(PAGE_POLICY, None), PAGE_POLICY);
        assert_eq!(
            with_style("sandbox; default-src 'none'", Some(&style)),
            "sandbox; default-src 'none'"
        );
    }

    #[test]
    fn what_is_not_stored_has_no_tag() {
        assert!(Response::text(200, HTML, "x".into(), CachePolicy::NoStore).etag.is_none());
        assert!(
            Response::text(404, HTML, "x".into(), CachePolicy::Page { changes_at: None })
                .etag
                .is_none()
        );
    }
}
