//! Cổng: a public information portal for a Vietnamese public body, one Worker.
//!
//! Here are the events of the runtime and nothing else. `routes` is the table of URLs, `handlers`
//! say what each page does, `pages` what it looks like, and `edge` is the platform.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod article;
pub mod catalogue;
pub mod consultation;
pub mod desk;
mod digest;
mod edge;
mod error;
pub mod feedback;
mod feeds;
mod handlers;
mod pages;
pub mod routes;
pub mod signing;
pub mod site;
pub mod stylesheet;
mod texts;
pub mod vietnamese;

use worker::{Context, Env, Response, ScheduleContext, ScheduledEvent, event, web_sys};

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, context: Context) -> worker::Result<Response> {
    let is_head = request.method() == "HEAD";
    let portal = edge::Portal::new(env, Some(context));
    let reply = handlers::answer(&portal, &edge::Incoming::new(request)).await;
    reply.into_response(&portal.site, portal.now, is_head)
}

#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _: ScheduleContext) {
    handlers::scheduled(&edge::Portal::new(env, None), &event.cron()).await;
}
