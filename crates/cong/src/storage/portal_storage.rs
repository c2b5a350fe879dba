//! The storage of one portal, local or deployed, and the calls of wrangler that read and write it.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::advice::advice;
use crate::console::Progress;
use crate::language::{cannot_read, say};
use crate::lock::lock;
use crate::process::{Finished, finish, finish_into};
use crate::wrangler;

pub struct Storage<'a> {
    root: &'a Path,
    place: Place<'a>,
    /// The path, without an extension, of the temporary files through which data are passed to and from wrangler. Each
    /// file adds its own extension.
    scratch: PathBuf,
    /// A lock that keeps two processes from using the temporary files and the storage at the same time.
    _lock: File,
}

enum Place<'a> {
    /// Local storage in this folder.
    Local(&'a Path),
    Remote,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    Articles,
    Files,
    Inbox,
}

impl Namespace {
    /// The name of the namespace's binding in wrangler.toml.
    pub fn binding(self) -> &'static str {
        match self {
            Self::Articles => "ARTICLES",
            Self::Files => "FILES",
            Self::Inbox => "INBOX",
        }
    }
}

impl<'a> Storage<'a> {
    /// The storage of the portal on this machine. `root` is the folder of the repository, and `state` the folder that
    /// contains the data of the KV namespaces and databases.
    pub fn local(root: &'a Path, state: &'a Path) -> Result<Self> {
        Self::new(root, Place::Local(state), state)
    }

    pub fn remote(root: &'a Path) -> Result<Self> {
        Self::new(root, Place::Remote, &root.join(".wrangler"))
    }

    fn new(root: &'a Path, place: Place<'a>, folder: &Path) -> Result<Self> {
        let waiting = say!(
            "đang chờ một cong khác làm xong với dữ liệu này",
            "waiting for another cong that is at work on this storage"
        );
        let lock = lock(folder, "cong-upload.lock", &waiting)?;
        Ok(Self { root, place, scratch: folder.join("cong-scratch"), _lock: lock })
    }

    /// The path of a temporary file with the extension `kind`.
    pub fn scratch(&self, kind: &str) -> Scratch {
        Scratch(self.scratch.with_extension(kind))
    }

    pub fn command(&self, args: &[&str], operands: &[&OsStr]) -> Result<Command> {
        let mut command = wrangler::call(self.root, args)?;
        match self.place {
            Place::Local(state) => command.arg("--local").arg("--persist-to").arg(state),
            Place::Remote => command.arg("--remote"),
        };
        command.args(operands);
        command.env("CI", "true");
        // Switches off wrangler's log files: they would contain all that it prints, which may be data that citizens
        // sent.
        command.env("WRANGLER_WRITE_LOGS", "false");
        Ok(command)
    }

    pub fn run(
        &self,
        args: &[&str],
        operands: &[&OsStr],
        what: &str,
        progress: &mut Progress,
    ) -> Result<Finished> {
        self.check(finish(self.command(args, operands)?, progress)?, what)
    }

    /// Runs wrangler and returns its standard output unchanged.
    pub fn printed(
        &self,
        args: &[&str],
        operands: &[&OsStr],
        what: &str,
        progress: &mut Progress,
    ) -> Result<String> {
        let answer = self.scratch("answer");
        let file = answer.create()?;
        let mut finished = finish_into(self.command(args, operands)?, file, progress)?;
        let printed = fs::read_to_string(&answer.0).with_context(|| cannot_read(&answer.0))?;
        if !finished.success {
            finished.transcript.push_str(&error_text(&printed));
        }
        self.check(finished, what)?;
        Ok(printed)
    }

    /// Like `printed`, but parses the output as JSON. Lines before the JSON are skipped.
    pub fn run_for_json<T: serde::de::DeserializeOwned>(
        &self,
        args: &[&str],
        operands: &[&OsStr],
        what: &str,
        progress: &mut Progress,
    ) -> Result<T> {
        let printed = self.printed(args, operands, what, progress)?;
        serde_json::from_str(json_in(&printed)).with_context(|| {
            say!(
                "Không hiểu được câu trả lời của wrangler khi {what}",
                "wrangler's answer cannot be read, to: {what}"
            )
        })
    }

    pub fn check(&self, finished: Finished, what: &str) -> Result<Finished> {
        let advise = |transcript: &str| match self.place {
            Place::Local(_) => None,
            Place::Remote => advice(transcript),
        };
        wrangler::check(finished, what, advise)
    }
}

/// The output from the first line on that begins like JSON.
fn json_in(printed: &str) -> &str {
    let mut rest = printed;
    while !rest.starts_with(['[', '{']) {
        match rest.split_once('\n') {
            Some((_, after)) => rest = after,
            None => return printed,
        }
    }
    rest
}

/// The error message in the output. With `--json`, wrangler prints errors as JSON too.
fn error_text(printed: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json_in(printed)).unwrap_or_default();
    value.pointer("/error/text").and_then(|text| text.as_str()).unwrap_or_default().to_owned()
}

/// Creates a file that only its owner can read.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A temporary file that is deleted when the value is dropped, because it may contain data that citizens sent.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn create(&self) -> Result<File> {
        private_file(&self.0)
            .with_context(|| say!("Không ghi được {0}", "{0} cannot be written", self.0.display()))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_found_after_other_lines() {
        assert_eq!(json_in("A proxy is used.\n\n[\n1]\n"), "[\n1]\n");
        assert_eq!(json_in("{\"a\": \"b\nc\"}"), "{\"a\": \"b\nc\"}");
        assert_eq!(json_in("nothing"), "nothing");
        assert_eq!(error_text("\n{\"error\": {\"text\": \"no such table\"}}\n"), "no such table");
        assert_eq!(error_text("Value not found\n"), "");
    }
}
