//! Ctrl-C and termination signals.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::language::say;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// How often the state of a child and Ctrl-C are polled.
pub const POLL: Duration = Duration::from_millis(50);

/// The error after Ctrl-C or a termination signal, once all children have ended.
#[derive(Debug)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&say!("đã bị ngắt", "interrupted"))
    }
}

impl std::error::Error for Interrupted {}

/// Handles Ctrl-C and termination signals from now on, so that children are ended first.
pub fn watch_for_interrupts() -> Result<()> {
    ctrlc::set_handler(interrupt)
        .with_context(|| say!("Không nhận được tín hiệu của hệ thống", "Signals cannot be handled"))
}

/// Has the same effect as Ctrl-C.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
