//! Cổng: a public information portal for a Vietnamese public body, in one Cloudflare Worker.
//!
//! This file contains only the functions that the Workers runtime calls. `routes` calls the handler of each address,
//! `web` contains what every request goes through, `platform` wraps the stores and services of Cloudflare, and `layout`
//! contains the page frame (header, navigation, footer). Each of the other modules is one part of the portal, such as
//! `articles`, `feedback` or `desk`.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod articles;
mod catalogue;
pub mod consultations;
pub mod desk;
pub mod feedback;
mod feeds;
mod files;
mod info;
mod layout;
mod platform;
mod routes;
mod scheduled;
pub mod search;
pub mod site;
pub mod web;

use cong_core::addresses::Method;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen_futures::future_to_promise;
use worker::worker_sys::{Context, ScheduledEvent};
use worker::{Env, event, web_sys};

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Returns the response to a request if this isolate keeps the requested page in memory. `worker.mjs` calls this
/// function before `fetch`, so that such a request takes a single call from JavaScript.
#[wasm_bindgen(js_name = fromMemory)]
pub fn from_memory(
    method: &str,
    url: &str,
    if_none_match: Option<String>,
) -> Option<web_sys::Response> {
    web::answer_from_memory(method, url, if_none_match.as_deref())
}

/// Handles the fetch event. The macro `#[event(fetch)]` is not used, because it hides all members of the context except
/// `waitUntil`.
#[wasm_bindgen]
pub fn fetch(request: web_sys::Request, env: Env, context: Context) -> Promise {
    future_to_promise(answer(request, env, context))
}

async fn answer(request: web_sys::Request, env: Env, context: Context) -> Result<JsValue, JsValue> {
    let portal = web::Portal::new(env, Some(context));
    let request = web::Request::new(request);
    let reply = routes::answer(&portal, &request).await;
    let is_head = request.method() == Some(Method::Head);
    let response = reply.into_response(&portal.site, portal.now, is_head)?;
    Ok(web_sys::Response::from(response).into())
}

/// Handles the cron triggers.
#[wasm_bindgen]
pub fn scheduled(event: ScheduledEvent, env: Env, context: Context) -> Promise {
    future_to_promise(async move {
        let cron = event.cron()?;
        scheduled::scheduled(&web::Portal::new(env, Some(context)), &cron).await;
        Ok(JsValue::UNDEFINED)
    })
}
