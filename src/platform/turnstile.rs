//! Cloudflare Turnstile, a check against robots that an office can switch on. Verifies the token that the browser gets
//! for passing the check (developers.cloudflare.com/turnstile/get-started/server-side-validation).

use std::time::Duration;

use serde::Deserialize;
use wasm_bindgen::JsValue;
use worker::{Fetch, Headers, Method, Request, RequestInit};

use super::deadline::within;

const SITEVERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

const DEADLINE: Duration = Duration::from_secs(5);

/// Why the check against robots does not count as passed.
#[derive(Debug)]
pub enum RobotCheckError {
    /// The token is missing, invalid or expired.
    NotPassed,
    /// The service gave no answer. The value is the cause, for the log.
    Away(String),
}

#[derive(Deserialize)]
struct VerifyOutcome {
    success: bool,
}

/// Verifies a Turnstile token (`response`). If the same `idempotency_key`, a UUID, is sent again, the service gives the
/// same answer again. A form that is sent twice is therefore not refused the second time.
///
/// # Errors
/// The check was not passed (`NotPassed`), or the service gave no answer (`Away`).
pub async fn verify(
    secret: &str,
    response: &str,
    idempotency_key: &str,
) -> Result<(), RobotCheckError> {
    if response.is_empty() {
        return Err(RobotCheckError::NotPassed);
    }
    let answered = within(DEADLINE, ask(secret, response, idempotency_key)).await;
    let outcome = answered
        .unwrap_or_else(|| Err(worker::Error::RustError(format!("no answer within {DEADLINE:?}"))));
    match outcome {
        Ok(VerifyOutcome { success: true }) => Ok(()),
        Ok(VerifyOutcome { success: false }) => Err(RobotCheckError::NotPassed),
        Err(error) => Err(RobotCheckError::Away(error.to_string())),
    }
}

async fn ask(secret: &str, response: &str, idempotency_key: &str) -> worker::Result<VerifyOutcome> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("secret", secret)
        .append_pair("response", response)
        .append_pair("idempotency_key", idempotency_key)
        .finish();
    let headers = Headers::new();
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(&body)));
    let request = Request::new_with_init(SITEVERIFY, &init)?;
    Fetch::Request(request).send().await?.json().await
}
