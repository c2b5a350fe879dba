//! The log that operators read. Personal data, receipts and addresses of readers never go there.

use worker::{console_error, console_log};

/// Something failed. Called with a request in hand only through `Portal`, which knows whether it may.
pub fn error(message: &str) {
    console_error!("{message}");
}

/// Something was done.
pub fn info(message: &str) {
    console_log!("{message}");
}
