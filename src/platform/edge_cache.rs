//! Purges Workers Cache, which is in front of the Worker. The `worker` crate has no binding for it. Under
//! `wrangler dev` there is no such cache, and nothing to purge.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use super::thrown;

/// The largest number of tags in one purge.
pub const TAGS_OF_A_PURGE: usize = 100;

/// Workers Cache, in front of the Worker.
pub struct EdgeCache(JsValue);

/// The pages that the cache has to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purge<'a> {
    Everything,
    /// Pages with any of these tags, at most `TAGS_OF_A_PURGE`.
    Tagged(&'a [String]),
}

impl EdgeCache {
    /// The cache in the context of an event, if there is one.
    pub fn of(context: &JsValue) -> Option<Self> {
        let cache = Reflect::get(context, &"cache".into()).ok()?;
        cache.is_object().then_some(Self(cache))
    }

    /// # Errors
    /// The cache refused the purge, for example because it allows only five purges a minute. For the log.
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
