//! Signing editors in with the token that Cloudflare Access issued: fetches the team's keys, keeps them in the
//! isolate, and has Web Crypto check signatures. The rules for tokens are in the other modules of `desk::access`.

use std::cell::RefCell;
use std::time::Duration;

use cong_core::vietnamese::Timestamp;
use js_sys::{JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, WorkerGlobalScope};
use worker::wasm_bindgen_futures::JsFuture;
use worker::{CacheMode, Fetch, RequestInit, RequestRedirect};

use super::key::{Key, parse_keys};
use super::key_memory::{KeyMemory, Lookup};
use super::refusal::{SignInError, TokenRefusal};
use super::token::{Token, presented};
use crate::desk::editor::Editor;
use crate::platform::{read_up_to, within};
use crate::site::{Access, Site};
use crate::web::Request;

/// The longest wait for the team's keys.
const DEADLINE: Duration = Duration::from_secs(3);

/// The largest key set that is read, in bytes. A set of two keys with their certificates takes about 6 KB.
const MAX_KEY_SET_BYTES: usize = 64 * 1024;

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

thread_local! {
    static KEYS: RefCell<KeyMemory> = RefCell::default();
}

/// The editor who sent the request.
///
/// # Errors
/// Nobody is signed in, for this reason.
pub async fn sign_in(
    site: &Site,
    now: Timestamp,
    request: &Request,
) -> Result<Editor, SignInError> {
    let access = site.access.as_ref().ok_or(SignInError::NotConfigured)?;
    let assertion = request.header("cf-access-jwt-assertion");
    let token = presented(assertion, request.header("cookie").as_deref());
    let token = token.ok_or(SignInError::NoToken)?;
    let token = Token::parse(&token)?;
    let key = key(access, &token.key_id, now).await?;
    let is_signed = verify(&key, &token).await.map_err(|error| {
        SignInError::KeysAway(format!("the signature could not be checked: {error:?}"))
    })?;
    if !is_signed {
        return Err(TokenRefusal::Signature.into());
    }
    Ok(token.editor(access, &site.publishers, now)?)
}

/// The team's key with this id, from the memory or freshly fetched.
async fn key(access: &Access, id: &str, now: Timestamp) -> Result<Key, SignInError> {
    let question = match KEYS.with_borrow_mut(|keys| keys.look_up(id, now)) {
        Lookup::Known(key) => return Ok(key),
        Lookup::Unknown => return Err(TokenRefusal::UnknownKey.into()),
        Lookup::AskedTooOften => {
            return Err(SignInError::KeysAway("they were asked for too often".to_owned()));
        }
        Lookup::Ask(question) => question,
    };
    let answered = within(DEADLINE, fetch_keys(&access.keys_url())).await;
    match answered.unwrap_or_else(|| Err(format!("no answer within {DEADLINE:?}"))) {
        Ok(set) => KEYS
            .with_borrow_mut(|keys| keys.keep(question, set, id, now))
            .ok_or_else(|| TokenRefusal::UnknownKey.into()),
        Err(error) => {
            KEYS.with_borrow_mut(|keys| keys.fail(id, now)).ok_or(SignInError::KeysAway(error))
        }
    }
}

async fn fetch_keys(url: &str) -> Result<Vec<Key>, String> {
    let json = fetch_bounded(url).await.map_err(|error| error.to_string())??;
    Ok(parse_keys(&json)?)
}

/// The body at an address. The request bypasses caches and follows no redirects.
async fn fetch_bounded(url: &str) -> worker::Result<Result<Vec<u8>, String>> {
    let mut init = RequestInit::new();
    init.with_redirect(RequestRedirect::Manual).with_cache(CacheMode::NoStore);
    let mut response = Fetch::Request(worker::Request::new_with_init(url, &init)?).send().await?;
    if response.status_code() != 200 {
        return Ok(Err(format!("the answer has status {}", response.status_code())));
    }
    let answer = read_up_to(response.stream()?, MAX_KEY_SET_BYTES).await?;
    Ok(answer.ok_or_else(|| format!("the answer has more than {MAX_KEY_SET_BYTES} bytes")))
}

/// Whether the token is signed with the key.
async fn verify(key: &Key, token: &Token<'_>) -> Result<bool, JsValue> {
    let subtle = js_sys::global().unchecked_into::<WorkerGlobalScope>().crypto()?.subtle();
    let algorithm = format!(r#"{{"name":"{ALGORITHM}","hash":"SHA-256"}}"#);
    let imported = subtle.import_key_with_object(
        "jwk",
        &object(&key.jwk())?,
        &object(&algorithm)?,
        false,
        &JSON::parse(r#"["verify"]"#)?,
    )?;
    let imported: CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let verified = subtle.verify_with_str_and_js_u8_array_and_js_u8_array(
        ALGORITHM,
        &imported,
        &Uint8Array::from(token.signature.as_slice()),
        &Uint8Array::from(token.signed.as_bytes()),
    )?;
    // Any other value than `true` counts as an invalid signature.
    Ok(JsFuture::from(verified).await?.as_bool() == Some(true))
}

fn object(json: &str) -> Result<Object, JsValue> {
    Ok(JSON::parse(json)?.unchecked_into())
}
