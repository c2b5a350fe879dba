//! Sends messages: JSON to a webhook, and e-mail through Cloudflare's e-mail binding
//! (developers.cloudflare.com/email-service/api/send-emails/workers-api).

use std::time::Duration;

use wasm_bindgen::JsValue;
use worker::{
    Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, SendEmailBuilder,
};

use super::deadline::within;

const DEADLINE: Duration = Duration::from_secs(10);

const BINDING: &str = "DAILY_EMAIL";

/// Posts JSON to a webhook. Redirects are not followed.
///
/// # Errors
/// The webhook did not answer within ten seconds, or its status was not 2xx. The error may be logged: it does not
/// contain the address, which is a secret.
pub async fn post(url: &str, json: &str) -> Result<(), String> {
    let answered = within(DEADLINE, ask(url, json)).await;
    match answered {
        Some(Ok(200..=299)) => Ok(()),
        Some(Ok(status)) => Err(format!("the answer has status {status}")),
        // The runtime's error message is dropped, because it may contain the address.
        Some(Err(_)) => Err("the webhook cannot be reached".to_owned()),
        None => Err(format!("no answer within {DEADLINE:?}")),
    }
}

async fn ask(url: &str, json: &str) -> worker::Result<u16> {
    let headers = Headers::new();
    headers.set("content-type", "application/json; charset=utf-8")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(json)));
    Ok(Fetch::Request(Request::new_with_init(url, &init)?).send().await?.status_code())
}

/// Sends an e-mail in plain text through the binding `DAILY_EMAIL`.
///
/// # Errors
/// The binding is missing, did not answer within ten seconds, or refused the message.
pub async fn send_email(
    env: &Env,
    from: &str,
    to: &[String],
    subject: &str,
    text: &str,
) -> Result<(), String> {
    let binding = env.send_email(BINDING).map_err(|error| error.to_string())?;
    let message =
        SendEmailBuilder::builder_with_str_and_slice(from, to, subject).text(text).build();
    match within(DEADLINE, binding.send_with_builder(&message)).await {
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(String::from(error.message())),
        None => Err(format!("no answer within {DEADLINE:?}")),
    }
}
