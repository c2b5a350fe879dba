//! Cổng: a public information portal for a Vietnamese public body, one Worker.
//!
//! Here are the events of the runtime and nothing else. `routes` is the table of URLs, `handlers`
//! say what each page does, `pages` what it looks like, `web` is what every
//! request goes through, and `platform` are the stores and services of Cloudflare.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod article;
pub mod catalogue;
pub mod consultation;
pub mod desk;
mod digest;
pub mod feedback;
mod feeds;
pub mod form_fields;
mod handlers;
mod host;
mod pages;
pub mod periods;
mod platform;
pub mod routes;
pub mod signing;
pub mod site;
pub mod stylesheet;
mod texts;
pub mod vietnamese;
pub mod web;

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

/// The answer to a request from this isolate's memory, if it is there; `worker.mjs` asks for it before it hands the
/// request to `fetch`. A hit crosses the border to JavaScript once.
#[wasm_bindgen(js_name = fromMemory)]
pub fn from_memory(
    method: &str,
    url: &str,
    if_none_match: Option<String>,
) -> Option<web_sys::Response> {
    web::answer_from_memory(method, url, if_none_match.as_deref())
}

/// The runtime's event. `#[event(fetch)]` would keep back what the context names beside `waitUntil`.
#[wasm_bindgen]
pub fn fetch(request: web_sys::Request, env: Env, context: Context) -> Promise {
    future_to_promise(answer(request, env, context))
}

async fn answer(request: web_sys::Request, env: Env, context: Context) -> Result<JsValue, JsValue> {
    let is_head = request.method() == "HEAD";
    let portal = web::Portal::new(env, Some(context));
    let reply = handlers::answer(&portal, &web::Request::new(request)).await;
    let response = reply.into_response(&portal.site, portal.now, is_head)?;
    Ok(web_sys::Response::from(response).into())
}

/// The runtime's event.
#[wasm_bindgen]
pub fn scheduled(event: ScheduledEvent, env: Env, context: Context) -> Promise {
    future_to_promise(async move {
        let cron = event.cron()?;
        handlers::scheduled(&web::Portal::new(env, Some(context)), &cron).await;
        Ok(JsValue::UNDEFINED)
    })
}
