//! File locks between processes: a second `cong` waits until the first has finished.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::interrupt::{Interrupted, POLL, is_interrupted};
use crate::language::say;

/// Locks the file `name` in a folder until the returned value is dropped. The folder and the file are created if they
/// are missing. If another process holds the lock, prints the message `waiting` and waits.
///
/// # Errors
/// The file cannot be created or locked, or Ctrl-C was pressed during the wait.
pub fn lock(folder: &Path, name: &str, waiting: &str) -> Result<File> {
    let cannot_write =
        || say!("Không ghi được vào {0}", "{0} cannot be written to", folder.display());
    fs::create_dir_all(folder).with_context(cannot_write)?;
    let file = File::create(folder.join(name)).with_context(cannot_write)?;
    let mut is_waiting = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot_write),
            Err(TryLockError::WouldBlock) => {}
        }
        if !is_waiting {
            eprintln!("… {waiting}");
            is_waiting = true;
        }
        // A blocking call would not notice Ctrl-C.
        if is_interrupted() {
            bail!(Interrupted);
        }
        thread::sleep(POLL);
    }
}
