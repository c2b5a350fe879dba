//! Workers Cache, which stands in front of the Worker, told to forget pages. The `worker` crate has no binding for it.
//! Where there is no such cache, as under `wrangler dev`, there is nothing to forget.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use super::thrown;

/// A call takes at most so many tags.
pub const TAGS: usize = 100;

/// The cache in front of the Worker.
pub struct EdgeCache(JsValue);

/// What the cache is to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purge<'a> {
    Everything,
    /// Pages with any of these tags, at most `TAGS`.
    Tagged(&'a [String]),
}

impl EdgeCache {
    /// The cache that an event's context names, if it names one.
    pub fn of(context: &JsValue) -> Option<Self> {
        let cache = Reflect::get(context, &"cache".into()).ok()?;
        cache.is_object().then_some(Self(cache))
    }

    /// # Errors
    /// The cache did not forget, for one because it was told to too often: five times a minute are allowed. For the
    /// log.
    pub async fn purge(&self, purge: Purge<'_>) -> Result<(), String> {
        self.call(purge).await.map_err(thrown::message)
    }

    async fn call(&self, purge: Purge<'_>) -> Result<(), JsValue> {
        let options = Object::new();
        match purge {
            Purge::Everything => {
                Reflect::set(&options, &"purgeEverything".into(), &JsValue::TRUE)?;
            }
            Purge::Tagged(tags) => {
                let tags: Array = tags.iter().map(|tag| JsValue::from_str(tag)).collect();
                Reflect::set(&options, &"tags".into(), &tags)?;
            }
        }
        let function: Function = Reflect::get(&self.0, &"purge".into())?.dyn_into()?;
        let promise: Promise = function.call1(&self.0, &options)?.dyn_into()?;
        let outcome = JsFuture::from(promise).await?;
        if Reflect::get(&outcome, &"success".into())?.is_truthy() {
            return Ok(());
        }
        Err(JSON::stringify(&outcome)?.into())
    }
}
