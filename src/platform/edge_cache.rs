//! Purges Workers Cache, which is in front of the Worker. The `worker` crate has no binding for it. Under
//! `wrangler dev` there is no such cache, and nothing to purge.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use super::thrown;

/// The maximum number of cache tags in one purge.
pub const TAGS_OF_A_PURGE: usize = 100;

pub struct EdgeCache(JsValue);

/// Says which pages Workers Cache is to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purge<'a> {
    Everything,
    /// The pages with any of these cache tags, at most `TAGS_OF_A_PURGE`.
    Tagged(&'a [String]),
}

impl EdgeCache {
    /// Returns the cache from the context of an event, if there is a cache.
    pub fn of(context: &JsValue) -> Option<Self> {
        let cache = Reflect::get(context, &"cache".into()).ok()?;
        cache.is_object().then_some(Self(cache))
    }

    /// Has the cache forget pages.
    ///
    /// # Errors
    /// The cache refused the purge, for example because it allows only five purges a minute. The error is for the log.
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
