//! The log that operators read. Personal data, receipts and addresses of readers never go there.

use std::cell::RefCell;

use worker::{console_error, console_log};

/// Further messages are dropped: what fails so often fails in other requests too.
const MAX_HELD: usize = 20;

thread_local! {
    static HELD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Something failed. Called with a request in hand only through `Portal`, which knows whether it may.
pub fn error(message: &str) {
    for held in HELD.take() {
        console_error!("earlier: {held}");
    }
    console_error!("{message}");
}

/// Something failed in a request that must log nothing; it is logged before the next error.
pub fn hold(message: &str) {
    HELD.with_borrow_mut(|held| {
        if held.len() < MAX_HELD {
            held.push(message.to_owned());
        }
    });
}

/// Something was done.
pub fn info(message: &str) {
    console_log!("{message}");
}
