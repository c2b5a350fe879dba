//! Signs editors in: fetches the public keys of the Access team, keeps them in the isolate, and has Web Crypto check
//! the signature of the request's token. The rules for tokens and keys are in the other modules of `desk::access`.

use std::cell::RefCell;
use std::time::Duration;

use cong_core::vietnamese::Timestamp;

use super::key::{Key, parse_keys};
use super::key_memory::{KeyMemory, Lookup};
use super::refusal::{SignInError, TokenRefusal};
use super::token::{Token, presented};
use crate::desk::editor::Editor;
use crate::platform::{fetch_up_to, is_signed, within};
use crate::site::{Access, Site};
use crate::web::Request;

/// The maximum time to wait for the team's keys. After it, fetching them has failed.
const DEADLINE: Duration = Duration::from_secs(3);

/// The maximum size of the team's key set, in bytes. A larger set is refused. A set of two keys with their certificates
/// takes about 6 KB.
const MAX_KEY_SET_BYTES: usize = 64 * 1024;

thread_local! {
    static KEYS: RefCell<KeyMemory> = RefCell::default();
}

/// Finds out which editor sent the request.
///
/// # Errors
/// The request is not signed in. The error says why.
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
    let checked = is_signed(&key.jwk(), token.signed.as_bytes(), &token.signature).await;
    let is_signed = checked.map_err(|error| {
        SignInError::KeysAway(format!("the signature could not be checked: {error:?}"))
    })?;
    if !is_signed {
        return Err(TokenRefusal::Signature.into());
    }
    Ok(token.editor(access, &site.publishers, now)?)
}

/// Returns the team's key with the id `id`, either from the memory of the isolate or by fetching the team's keys.
async fn key(access: &Access, id: &str, now: Timestamp) -> Result<Key, SignInError> {
    let question = match KEYS.with_borrow_mut(|keys| keys.look_up(id, now)) {
        Lookup::Known(key) => return Ok(key),
        Lookup::Unknown => return Err(TokenRefusal::UnknownKey.into()),
        Lookup::AskedTooOften => {
            return Err(SignInError::KeysAway("they were fetched too often".to_owned()));
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
    Ok(parse_keys(&fetch_up_to(url, MAX_KEY_SET_BYTES).await?)?)
}
