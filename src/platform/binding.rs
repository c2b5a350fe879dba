//! Finds the bindings that wrangler.toml declares: stores, databases and other services.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use worker::Env;

use super::thrown;

/// Returns the binding with the name `name`.
///
/// # Errors
/// The binding is missing.
pub fn bound<T: JsCast>(env: &Env, name: &str) -> Result<T, String> {
    let bound = Reflect::get(env.as_ref(), &name.into()).map_err(thrown::message)?;
    if !bound.is_object() {
        return Err(format!("there is no binding {name}"));
    }
    Ok(bound.unchecked_into())
}
