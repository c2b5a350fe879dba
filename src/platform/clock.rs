//! The clock and the source of random numbers. Each request reads the clock once and passes the time on.

use cong_core::vietnamese::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

/// The current time in whole seconds. The clocks of `std` are not used, because they panic on Wasm.
pub fn now() -> Timestamp {
    Timestamp((js_sys::Date::now() / 1000.0) as i64)
}

/// Returns 122 random bits as 32 hexadecimal digits: the runtime's `crypto.randomUUID()` without its hyphens.
///
/// # Errors
/// The runtime has no `crypto`. This should not happen: every Workers runtime has it.
pub fn random_hex() -> Result<String, JsValue> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into())?;
    let random_uuid = js_sys::Reflect::get(&crypto, &"randomUUID".into())?;
    let uuid = random_uuid.dyn_into::<js_sys::Function>()?.call0(&crypto)?;
    Ok(uuid.as_string().unwrap_or_default().replace('-', ""))
}
