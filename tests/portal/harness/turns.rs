//! Locks that keep wrangler and requests to a portal from running at the same time. Each local database is one SQLite
//! file, which only one process can use at a time. A wrangler command waits until no request to its portal is running,
//! and new requests wait for it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Keeps wrangler waiting while a request to the portal at this port is running.
pub fn for_request(port: u16) -> RwLockReadGuard<'static, ()> {
    of(port).read().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps requests to the portal at this port waiting while wrangler uses its storage.
pub fn for_wrangler(port: u16) -> RwLockWriteGuard<'static, ()> {
    of(port).write().unwrap_or_else(PoisonError::into_inner)
}

fn of(port: u16) -> &'static RwLock<()> {
    static TURNS: Mutex<Option<HashMap<u16, &'static RwLock<()>>>> = Mutex::new(None);
    let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
    turns.get_or_insert_default().entry(port).or_insert_with(|| Box::leak(Box::default()))
}
