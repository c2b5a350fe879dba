use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};

/// Returns the message of a thrown JavaScript value, for the log.
pub fn message(thrown: JsValue) -> String {
    match thrown.dyn_into::<Error>() {
        Ok(error) => error.message().into(),
        Err(other) => format!("{other:?}"),
    }
}
