//! Documents and files in KV, local or deployed, as wrangler reads and writes them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::advice::advice;
use super::parts::{LIMITS, MAX_BYTES_IN_A_PART, Metadata, for_each_part};
use super::plan::{Item, Stored};
use crate::console::Progress;
use crate::language::{cannot_read, say};
use crate::lock::lock;
use crate::process::Finished;
use crate::wrangler;

/// The KV namespaces of one portal.
pub struct Storage<'a> {
    root: &'a Path,
    place: Place<'a>,
    /// Where a part is while it is uploaded.
    scratch: PathBuf,
    /// Held so that two uploads do not get into each other's way.
    _lock: File,
}

enum Place<'a> {
    /// In this folder.
    Local(&'a Path),
    Remote,
}

#[derive(Clone, Copy, Debug)]
pub enum Namespace {
    Articles,
    Files,
}

impl Namespace {
    /// Its binding in wrangler.toml.
    fn binding(self) -> &'static str {
        match self {
            Self::Articles => "ARTICLES",
            Self::Files => "FILES",
        }
    }
}

/// A key as `wrangler kv key list` prints it.
#[derive(Deserialize)]
struct Listed {
    name: String,
    metadata: Option<serde_json::Value>,
}

impl<'a> Storage<'a> {
    /// What a portal on this machine shows, kept in the folder.
    pub fn local(root: &'a Path, state: &'a Path) -> Result<Self> {
        Self::new(root, Place::Local(state), state)
    }

    /// What the deployed portal shows.
    pub fn remote(root: &'a Path) -> Result<Self> {
        Self::new(root, Place::Remote, &root.join(".wrangler"))
    }

    fn new(root: &'a Path, place: Place<'a>, folder: &Path) -> Result<Self> {
        let waiting =
            say!("đang chờ một cong khác đưa bài lên xong", "waiting for another upload to end");
        let lock = lock(folder, "cong-upload.lock", &waiting)?;
        Ok(Self { root, place, scratch: folder.join("cong-upload.json"), _lock: lock })
    }

    /// All keys of a namespace.
    pub fn keys(&self, namespace: Namespace, progress: &mut Progress) -> Result<Stored> {
        let binding = namespace.binding();
        let what = say!("liệt kê khóa của {binding}", "list the keys of {binding}");
        let listed =
            self.run(&["kv", "key", "list", "--binding", binding], &[], &what, progress)?;
        // Behind a proxy wrangler says so first.
        let lines = listed.stdout.lines().skip_while(|line| !line.starts_with('['));
        let listed: Vec<Listed> =
            serde_json::from_str(&lines.collect::<String>()).with_context(|| {
                say!(
                    "Không hiểu được danh sách khóa của {binding} mà wrangler in ra",
                    "wrangler's list of the keys of {binding} cannot be read"
                )
            })?;
        let rev = |metadata: serde_json::Value| Some(metadata.get("rev")?.as_str()?.to_owned());
        Ok(listed.into_iter().map(|key| (key.name, key.metadata.and_then(rev))).collect())
    }

    /// Puts the items. An item is stored whole with its `rev` or not at all, so whatever ends this, the next
    /// upload finds what is still to be done.
    pub fn put(
        &self,
        namespace: Namespace,
        items: &[&Item],
        progress: &mut Progress,
    ) -> Result<()> {
        let binding = namespace.binding();
        let what = say!("ghi vào {binding}", "write to {binding}");
        let total = items.len();
        let mut done = 0;
        let (alone, together): (Vec<&Item>, Vec<&Item>) =
            items.iter().partition(|item| goes_alone(item));
        for item in alone {
            progress.stage(done, total);
            let metadata = serde_json::to_string(&Metadata { rev: &item.rev })?;
            let path = fs::canonicalize(&item.path).with_context(|| cannot_read(&item.path))?;
            let args = ["kv", "key", "put", &item.key, "--binding", binding];
            let operands =
                ["--metadata".as_ref(), metadata.as_ref(), "--path".as_ref(), path.as_ref()];
            self.run(&args, &operands, &what, progress)?;
            done += 1;
        }
        let _removed = Removed(&self.scratch);
        for_each_part(&together, LIMITS, &self.scratch, |count| {
            progress.stage(done, total);
            let args = ["kv", "bulk", "put", "--binding", binding];
            self.run(&args, &[self.scratch.as_ref()], &what, progress)?;
            done += count;
            Ok(())
        })
    }

    /// Takes keys down.
    pub fn delete(
        &self,
        namespace: Namespace,
        keys: &[String],
        progress: &mut Progress,
    ) -> Result<()> {
        let binding = namespace.binding();
        let _removed = Removed(&self.scratch);
        fs::write(&self.scratch, serde_json::to_vec(keys)?)?;
        let what = say!("xóa khỏi {binding}", "delete from {binding}");
        let args = ["kv", "bulk", "delete", "--force", "--binding", binding];
        self.run(&args, &[self.scratch.as_ref()], &what, progress)?;
        Ok(())
    }

    fn run(
        &self,
        args: &[&str],
        operands: &[&std::ffi::OsStr],
        what: &str,
        progress: &mut Progress,
    ) -> Result<Finished> {
        let mut command: Command = wrangler::call(self.root, args)?;
        match self.place {
            Place::Local(state) => command.arg("--local").arg("--persist-to").arg(state),
            Place::Remote => command.arg("--remote"),
        };
        command.args(operands);
        let advise = |transcript: &str| match self.place {
            Place::Local(_) => None,
            Place::Remote => advice(transcript),
        };
        wrangler::run(command, what, advise, progress)
    }
}

/// Whether an item is put from its own file, and not in a part. wrangler would take a key that begins with a
/// hyphen for an option.
fn goes_alone(item: &Item) -> bool {
    item.size > MAX_BYTES_IN_A_PART && !item.key.starts_with('-')
}

/// Removes a file when it goes out of scope.
struct Removed<'a>(&'a Path);

impl Drop for Removed<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.0);
    }
}
