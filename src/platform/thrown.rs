//! What JavaScript threw, in words.

use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};

/// Its message, for the log.
pub fn message(thrown: JsValue) -> String {
    match thrown.dyn_into::<Error>() {
        Ok(error) => error.message().into(),
        Err(other) => format!("{other:?}"),
    }
}
