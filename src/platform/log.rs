//! The log that operators read. Personal data, receipts and addresses of readers never go there.

use std::cell::Cell;

use worker::{console_error, console_log};

thread_local! {
    /// Failures of requests that log nothing, since the last line.
    static UNLOGGED: Cell<u32> = const { Cell::new(0) };
}

/// Something failed. Called with a request in hand only through `Portal`, which knows whether it may.
pub fn error(message: &str) {
    let unlogged = UNLOGGED.take();
    if unlogged > 0 {
        console_error!(
            "{unlogged} failures were not logged: the addresses of their requests hold receipts or search words"
        );
    }
    console_error!("{message}");
}

/// Something failed in a request that logs nothing; only its number is logged, with the next error.
pub fn count_unlogged() {
    UNLOGGED.set(UNLOGGED.get().saturating_add(1));
}

/// Something was done.
pub fn info(message: &str) {
    console_log!("{message}");
}
