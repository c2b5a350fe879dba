//! Ctrl-C and termination signals.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::language::say;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// The interval at which the tool checks whether a child process has ended and whether Ctrl-C was pressed.
pub const POLL: Duration = Duration::from_millis(50);

/// The error with which the tool ends after Ctrl-C or a termination signal, once all its child processes have ended.
#[derive(Debug)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&say!("đã bị ngắt", "interrupted"))
    }
}

impl std::error::Error for Interrupted {}

/// Handles Ctrl-C and termination signals from now on, so that child processes are ended before this process ends.
pub fn watch_for_interrupts() -> Result<()> {
    ctrlc::set_handler(interrupt)
        .with_context(|| say!("Không nhận được tín hiệu của hệ thống", "Signals cannot be handled"))
}

/// Interrupts the tool as if Ctrl-C was pressed.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
