//! Calls wrangler, which runs the portal on local storage.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::console::Progress;
use crate::input_hash::collect_files;
use crate::language::say;
use crate::process::{Finished, finish, supervised};

/// wrangler, with the local storage that it works on.
pub struct Wrangler {
    pub root: PathBuf,
    /// The folder of local storage (wrangler's `--persist-to`).
    pub state: PathBuf,
}

impl Wrangler {
    /// A command that calls wrangler with these arguments on this local storage. The caller can add more arguments.
    pub fn command(&self, args: &[&str]) -> Result<Command> {
        let mut command = call(&self.root, args)?;
        command.arg("--persist-to").arg(&self.state);
        Ok(command)
    }

    fn run(&self, args: &[&str], what: &str, progress: &mut Progress) -> Result<Finished> {
        let mut command = self.command(args)?;
        command.arg("--local").env("CI", "true");
        check(finish(command, progress)?, what, |_| None)
    }

    /// The path of the file in which the step `name` of `cong dev` records a hash of its inputs. The file is in the
    /// folder of local storage.
    pub fn stamp(&self, name: &str) -> PathBuf {
        self.state.join(format!("cong-{name}"))
    }

    pub fn stamp_matches(&self, name: &str, fingerprint: &str) -> bool {
        std::fs::read_to_string(self.stamp(name)).is_ok_and(|written| written == fingerprint)
    }
}

/// A command that calls the wrangler that is installed in the repository.
pub fn call(root: &Path, args: &[&str]) -> Result<Command> {
    let mut command = supervised(root, root.join("node_modules/.bin/wrangler"), args)?;
    command.env("WRANGLER_SEND_METRICS", "false");
    command.env("WRANGLER_LOG_PATH", root.join(".wrangler/logs"));
    Ok(command)
}

/// Returns `finished` if the call succeeded. Otherwise the error says what could not be done, gives advice if the cause
/// can be recognised, and ends with wrangler's last lines.
pub fn check(
    finished: Finished,
    what: &str,
    advice: impl Fn(&str) -> Option<String>,
) -> Result<Finished> {
    if !finished.success {
        let failure = say!("wrangler không {what} được", "wrangler could not {what}");
        let advice = advice(&finished.transcript).map(|advice| format!("\n  {advice}"));
        let advice = advice.unwrap_or_default();
        let reason = match finished.last_lines(12) {
            silence if silence.is_empty() => {
                say!("wrangler không nói lý do.", "wrangler gave no reason.")
            }
            lines => lines,
        };
        bail!("{failure}:{advice}\n  {reason}");
    }
    Ok(finished)
}

/// Applies all migrations to both local databases. Returns the number of databases.
pub fn migrate(wrangler: &Wrangler, progress: &mut Progress) -> Result<usize> {
    let databases = ["DB", "CATALOGUE"];
    for database in databases {
        let args = ["d1", "migrations", "apply", database];
        let what = say!("cập nhật lược đồ của {database}", "apply the migrations of {database}");
        wrangler.run(&args, &what, progress)?;
    }
    Ok(databases.len())
}

pub fn migrations(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect_files(&root.join("migrations"), &mut files)?;
    Ok(files)
}
