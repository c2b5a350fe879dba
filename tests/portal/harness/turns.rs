//! Local storage is one SQLite file for each database, and wrangler's runtime and the portal's find it
//! locked where they come at the same moment. So a call of wrangler waits until no request is under way
//! at its portal, and keeps new ones waiting.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Held while a request to the portal at this port is under way.
pub fn for_request(port: u16) -> RwLockReadGuard<'static, ()> {
    of(port).read().unwrap_or_else(PoisonError::into_inner)
}

/// Held while wrangler works on the storage of the portal at this port.
pub fn for_wrangler(port: u16) -> RwLockWriteGuard<'static, ()> {
    of(port).write().unwrap_or_else(PoisonError::into_inner)
}

fn of(port: u16) -> &'static RwLock<()> {
    static TURNS: Mutex<Option<HashMap<u16, &'static RwLock<()>>>> = Mutex::new(None);
    let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
    turns.get_or_insert_default().entry(port).or_insert_with(|| Box::leak(Box::default()))
}
