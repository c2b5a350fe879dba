//! Calling wrangler on local storage.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::console::Progress;
use crate::process::{Finished, finish, supervised};

/// wrangler with the storage that it works on.
pub struct Wrangler {
    pub root: PathBuf,
    /// What `--persist-to` takes.
    pub state: PathBuf,
}

impl Wrangler {
    /// A call with these words; further ones can be added.
    pub fn command(&self, args: &[&str]) -> Result<Command> {
        let mut command =
            supervised(&self.root, self.root.join("node_modules/.bin/wrangler"), args)?;
        command.arg("--persist-to").arg(&self.state);
        command.env("WRANGLER_SEND_METRICS", "false");
        command.env("WRANGLER_LOG_PATH", self.root.join(".wrangler/logs"));
        Ok(command)
    }

    /// Runs a call on local storage to its end.
    pub fn run(&self, args: &[&str], what: &str, progress: &mut Progress) -> Result<Finished> {
        let mut command = self.command(args)?;
        command.arg("--local").env("CI", "true");
        let finished = finish(command, progress)?;
        if !finished.success {
            bail!("wrangler could not {what}:\n  {}", finished.last_lines(12));
        }
        Ok(finished)
    }

    /// A file beside the storage that says what was last done to it.
    pub fn stamp(&self, name: &str) -> PathBuf {
        self.state.join(format!("cong-{name}"))
    }

    pub fn stamp_matches(&self, name: &str, fingerprint: &str) -> bool {
        std::fs::read_to_string(self.stamp(name)).is_ok_and(|written| written == fingerprint)
    }
}

/// Brings both local databases to the newest schema.
pub fn migrate(wrangler: &Wrangler, progress: &mut Progress) -> Result<usize> {
    let databases = ["DB", "CATALOGUE"];
    for database in databases {
        let args = ["d1", "migrations", "apply", database];
        wrangler.run(&args, &format!("apply the migrations of {database}"), progress)?;
    }
    Ok(databases.len())
}

/// All files of the migrations.
pub fn migrations(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    crate::build::collect_files(&root.join("migrations"), &mut files)?;
    Ok(files)
}
