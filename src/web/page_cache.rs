//! The page memory: finished pages that this isolate keeps as responses of the runtime. Serving one is cheap: the
//! address is looked up as received, no setting is read, and the bytes of the page are not copied from Wasm to
//! JavaScript.

use std::cell::RefCell;
use std::rc::Rc;

use cong_core::vietnamese::Timestamp;
use js_sys::Uint8Array;
use worker::web_sys;
use worker::web_sys::ResponseInit;

use super::cache_policy::CachePolicy;
use super::request::path_and_query;
use super::response::{Body, HTML, Response, matches};
use crate::platform;
use crate::platform::Memory;
use crate::site::Site;

/// The maximum size of all pages in memory together, in bytes.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The maximum size of all search results in memory together, in bytes. It is separate, so that search results never
/// evict pages.
const MAX_SEARCH_BYTES: usize = 2 * 1024 * 1024;

thread_local! {
    static PAGES: RefCell<Memory<Ready>> = RefCell::new(Memory::of_at_most(MAX_BYTES));
    static SEARCHES: RefCell<Memory<Ready>> = RefCell::new(Memory::of_at_most(MAX_SEARCH_BYTES));
}

/// A page in memory, with the status and headers of an answer with the page (`found`, 200) and without (`not_modified`,
/// 304).
struct Ready {
    body: Uint8Array,
    etag: Rc<str>,
    found: ResponseInit,
    not_modified: ResponseInit,
}

/// Answers a request from memory; `None` if this isolate does not keep the requested page.
pub fn answer_from_memory(
    method: &str,
    url: &str,
    if_none_match: Option<&str>,
) -> Option<web_sys::Response> {
    if method != "GET" && method != "HEAD" {
        return None;
    }
    let (address, now) = (path_and_query(url), platform::now());
    [&PAGES, &SEARCHES].into_iter().find_map(|kept| {
        kept.with_borrow(|kept| response(kept.get(address, now)?, method, if_none_match))
    })
}

fn response(page: &Ready, method: &str, if_none_match: Option<&str>) -> Option<web_sys::Response> {
    let response = if if_none_match.is_some_and(|tags| matches(tags, &page.etag)) {
        web_sys::Response::new_with_opt_str_and_init(None, &page.not_modified)
    } else if method == "HEAD" {
        web_sys::Response::new_with_opt_str_and_init(None, &page.found)
    } else {
        web_sys::Response::new_with_opt_buffer_source_and_init(Some(&page.body), &page.found)
    };
    response.ok()
}

/// Keeps a response under `address` for at most `seconds` seconds, if it is a page or search results. If the page
/// changes at a known time, for example when a scheduled article appears, the response is kept for at most half of the
/// time until then. Its headers are computed once, as for a request in the last second that it is kept, so that
/// browsers never keep the page beyond that change.
///
/// # Errors
/// The value of a header is invalid.
pub fn keep(
    address: &str,
    reply: &Response,
    site: &Site,
    now: Timestamp,
    seconds: i64,
) -> worker::Result<()> {
    let (Body::Bytes(bytes), Some(etag), 200, HTML) =
        (&reply.body, &reply.etag, reply.status, reply.content_type.as_str())
    else {
        return Ok(());
    };
    let (kept, changes_at) = match reply.cache {
        CachePolicy::Page { changes_at } => (&PAGES, changes_at),
        CachePolicy::Search { changes_at } => (&SEARCHES, changes_at),
        _ => return Ok(()),
    };
    let left = changes_at.map_or(i64::MAX, |at| at.0.saturating_sub(now.0));
    let seconds = seconds.min(left / 2);
    if seconds < 1 || !reply.headers.is_empty() {
        return Ok(());
    }
    if !kept.with_borrow(|kept| kept.takes(bytes.len())) {
        return Ok(());
    }
    let until = Timestamp(now.0 + seconds);
    let init = |status: u16| -> worker::Result<ResponseInit> {
        let init = ResponseInit::new();
        init.set_status(status);
        init.set_headers(&reply.headers(status, site, until)?.0);
        Ok(init)
    };
    let ready = Ready {
        body: Uint8Array::from(bytes.as_slice()),
        etag: Rc::clone(etag),
        found: init(200)?,
        not_modified: init(304)?,
    };
    kept.with_borrow_mut(|kept| kept.keep(address.to_owned(), ready, bytes.len(), now, until));
    Ok(())
}
