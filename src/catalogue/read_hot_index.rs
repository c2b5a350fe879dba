//! Reads the hot index, which every page needs. An isolate that has read it reuses it for as long as it keeps a page in
//! the page memory.

use std::cell::RefCell;
use std::rc::Rc;

use cong_core::vietnamese::Timestamp;

use super::hot_index::{HOT_INDEX_KEY, HotIndex};
use crate::platform::StoreError;
use crate::web::Portal;

thread_local! {
    /// The hot index that this isolate read last, and the time at which it was read.
    static KEPT: RefCell<Option<(Timestamp, Rc<HotIndex>)>> = const { RefCell::new(None) };
}

/// Returns the hot index. If it cannot be read, logs the failure and returns an empty one, because pages without it are
/// better than no pages.
pub async fn hot_index(portal: &Portal) -> Rc<HotIndex> {
    read_hot_index(portal).await.unwrap_or_else(|error| {
        portal.log_error(&format!("the hot index cannot be read: {error}"));
        Rc::default()
    })
}

/// Returns the hot index if this isolate has it in memory, otherwise an empty one. It never reads KV: error pages for
/// refused requests use this function, and they must be cheap.
pub fn known_hot_index(portal: &Portal) -> Rc<HotIndex> {
    kept(portal).unwrap_or_default()
}

/// Reads the hot index from memory or KV. It is empty before the first run of the sync.
///
/// # Errors
/// KV did not answer, or the stored value is malformed.
pub async fn read_hot_index(portal: &Portal) -> Result<Rc<HotIndex>, StoreError> {
    if let Some(kept) = kept(portal) {
        return Ok(kept);
    }
    let Some(json) = portal.index()?.text(HOT_INDEX_KEY).await? else {
        return Ok(Rc::default());
    };
    let index: HotIndex =
        serde_json::from_str(&json).map_err(|error| StoreError(error.to_string()))?;
    let index = Rc::new(index);
    KEPT.set(Some((portal.now, Rc::clone(&index))));
    Ok(index)
}

fn kept(portal: &Portal) -> Option<Rc<HotIndex>> {
    let seconds = portal.site.page_memory_seconds;
    KEPT.with_borrow(|kept| {
        let (read_at, index) = kept.as_ref()?;
        let is_current = (read_at.0..read_at.0 + seconds).contains(&portal.now.0);
        is_current.then(|| Rc::clone(index))
    })
}
