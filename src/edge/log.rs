//! The log that operators read. Personal data, receipts and addresses of readers never go there.

use worker::{console_error, console_log};

/// Something failed.
pub fn log_error(message: &str) {
    console_error!("{message}");
}

/// Something was done.
pub fn log_info(message: &str) {
    console_log!("{message}");
}
