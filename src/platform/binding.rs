//! What wrangler.toml binds to the Worker.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use worker::Env;

use super::thrown;

/// The object of that name, which the platform gives as one of its own.
///
/// # Errors
/// There is none. For the log.
pub fn bound<T: JsCast>(env: &Env, name: &str) -> Result<T, String> {
    let bound = Reflect::get(env.as_ref(), &name.into()).map_err(thrown::message)?;
    if !bound.is_object() {
        return Err(format!("there is no binding {name}"));
    }
    Ok(bound.unchecked_into())
}
