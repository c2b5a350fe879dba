//! The log for operators. Personal data, receipts and network addresses of readers are never logged.

use std::cell::Cell;

use worker::{console_error, console_log};

thread_local! {
    /// The number of failures that were not logged since the last logged error, because their requests must not be
    /// logged.
    static UNLOGGED: Cell<u32> = const { Cell::new(0) };
}

/// Logs a failure. Code that handles a request calls `Portal::log_error` instead, because some requests must not be
/// logged.
pub fn error(message: &str) {
    let unlogged = UNLOGGED.take();
    if unlogged > 0 {
        console_error!(
            "{unlogged} failures were not logged: the addresses of their requests hold receipts or search words"
        );
    }
    console_error!("{message}");
}

/// Counts a failure in a request that must not be logged. The next logged error reports how many there were.
pub fn count_unlogged() {
    UNLOGGED.set(UNLOGGED.get().saturating_add(1));
}

/// Logs an action that was carried out.
pub fn info(message: &str) {
    console_log!("{message}");
}
