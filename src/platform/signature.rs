//! Verifies digital signatures with Web Crypto.

use js_sys::{JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{CryptoKey, WorkerGlobalScope};

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// Whether `signature` is the signature of `text` with the RSA key that `jwk` describes as JSON (RS256, RFC 7518).
///
/// # Errors
/// The runtime does not accept the key.
pub async fn is_signed(jwk: &str, text: &[u8], signature: &[u8]) -> Result<bool, JsValue> {
    let subtle = js_sys::global().unchecked_into::<WorkerGlobalScope>().crypto()?.subtle();
    let algorithm = format!(r#"{{"name":"{ALGORITHM}","hash":"SHA-256"}}"#);
    let imported = subtle.import_key_with_object(
        "jwk",
        &object(jwk)?,
        &object(&algorithm)?,
        false,
        &JSON::parse(r#"["verify"]"#)?,
    )?;
    let imported: CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let verified = subtle.verify_with_str_and_js_u8_array_and_js_u8_array(
        ALGORITHM,
        &imported,
        &Uint8Array::from(signature),
        &Uint8Array::from(text),
    )?;
    // Any result other than `true` counts as an invalid signature.
    Ok(JsFuture::from(verified).await?.as_bool() == Some(true))
}

fn object(json: &str) -> Result<Object, JsValue> {
    Ok(JSON::parse(json)?.unchecked_into())
}
