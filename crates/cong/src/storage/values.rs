//! Reads and writes values in the KV namespaces.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::parts::{LIMITS, Pair, for_each_part};
use super::portal_storage::{Namespace, Storage};
use crate::console::Progress;
use crate::interrupt::Interrupted;
use crate::language::{cannot_read, say};
use crate::process::finish_into;

/// The maximum number of values that one call of wrangler can read.
pub const MAX_KEYS_AT_ONCE: usize = 100;

/// A key as `wrangler kv key list` prints it.
#[derive(Debug, Deserialize)]
pub struct Listed {
    pub name: String,
    /// When the value expires, in seconds since 1970.
    pub expiration: Option<i64>,
    pub metadata: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Text {
    value: Option<String>,
}

impl Storage<'_> {
    pub fn list(&self, namespace: Namespace, progress: &mut Progress) -> Result<Vec<Listed>> {
        let binding = namespace.binding();
        let what = say!("liệt kê khóa của {binding}", "list the keys of {binding}");
        self.run_for_json(&["kv", "key", "list", "--binding", binding], &[], &what, progress)
    }

    /// Reads at most [`MAX_KEYS_AT_ONCE`] values as text. A value that does not exist is `None`. Bytes that are not
    /// UTF-8 are replaced by U+FFFD. The result lacks keys that have a special meaning in JavaScript objects, such as
    /// `__proto__`.
    pub fn texts(
        &self,
        namespace: Namespace,
        keys: &[&str],
        progress: &mut Progress,
    ) -> Result<HashMap<String, Option<String>>> {
        let binding = namespace.binding();
        let what = say!("đọc từ {binding}", "read from {binding}");
        let wanted = self.scratch("json");
        serde_json::to_writer(wanted.create()?, keys)?;
        let args = ["kv", "bulk", "get", "--binding", binding];
        let answer = self.run_for_json(&args, &[wanted.0.as_ref()], &what, progress);
        drop(wanted);
        match answer {
            Ok(texts) => {
                let texts: HashMap<String, Text> = texts;
                Ok(texts.into_iter().map(|(key, text)| (key, text.value)).collect())
            }
            // The answer may have exceeded its limit of 25 MB, so the values are requested again in two halves.
            Err(error) if keys.len() > 1 && !error.is::<Interrupted>() => {
                let (left, right) = keys.split_at(keys.len() / 2);
                let mut texts = self.texts(namespace, left, progress)?;
                texts.extend(self.texts(namespace, right, progress)?);
                Ok(texts)
            }
            Err(error) => Err(error),
        }
    }

    /// Copies one value unchanged into a file. Returns whether the value exists. The key must not begin with a hyphen,
    /// because wrangler would mistake it for an option.
    pub fn value(
        &self,
        namespace: Namespace,
        key: &str,
        file: File,
        progress: &mut Progress,
    ) -> Result<bool> {
        let binding = namespace.binding();
        let what = say!("đọc từ {binding}", "read from {binding}");
        let mut command = self.command(&["kv", "key", "get", key, "--binding", binding], &[])?;
        // Keeps log messages off standard output, so that it holds only the value.
        command.env("WRANGLER_LOG", "error");
        let written = file.try_clone()?;
        let finished = finish_into(command, file, progress)?;
        if finished.success && written.metadata()?.len() > 0 {
            return Ok(true);
        }
        // An empty output means that the value is empty, or that it was deleted after it was listed.
        let text = self.texts(namespace, &[key], progress)?.remove(key).flatten();
        match text {
            None => Ok(false),
            Some(text) if text.is_empty() && finished.success => Ok(true),
            Some(_) => {
                let mut finished = finished;
                finished.success = false;
                self.check(finished, &what).map(|_| true)
            }
        }
    }

    /// Stores the pairs. Each value is stored together with its metadata or not at all, so if this is interrupted, the
    /// list of keys shows which pairs are still missing.
    pub fn put(&self, namespace: Namespace, pairs: &[Pair], progress: &mut Progress) -> Result<()> {
        let binding = namespace.binding();
        let what = say!("ghi vào {binding}", "write to {binding}");
        let total = pairs.len();
        let mut done = 0;
        let (alone, together): (Vec<&Pair>, Vec<&Pair>) =
            pairs.iter().partition(|pair| pair.goes_alone());
        for pair in alone {
            progress.stage(done, total);
            let path = fs::canonicalize(pair.path).with_context(|| cannot_read(pair.path))?;
            let args = ["kv", "key", "put", pair.key, "--binding", binding];
            let mut operands: Vec<&OsStr> = vec!["--path".as_ref(), path.as_ref()];
            if let Some(metadata) = &pair.metadata {
                operands.extend(["--metadata".as_ref(), OsStr::new(metadata.get())]);
            }
            let expiration = pair.expiration.map(|seconds| seconds.to_string());
            if let Some(expiration) = &expiration {
                operands.extend(["--expiration".as_ref(), OsStr::new(expiration)]);
            }
            self.run(&args, &operands, &what, progress)?;
            done += 1;
        }
        let part = self.scratch("json");
        for_each_part(
            &together,
            LIMITS,
            || part.create(),
            |count| {
                progress.stage(done, total);
                let args = ["kv", "bulk", "put", "--binding", binding];
                self.run(&args, &[part.0.as_ref()], &what, progress)?;
                done += count;
                Ok(())
            },
        )
    }

    pub fn delete(
        &self,
        namespace: Namespace,
        keys: &[String],
        progress: &mut Progress,
    ) -> Result<()> {
        let binding = namespace.binding();
        let list = self.scratch("json");
        serde_json::to_writer(list.create()?, keys)?;
        let what = say!("xóa khỏi {binding}", "delete from {binding}");
        let args = ["kv", "bulk", "delete", "--force", "--binding", binding];
        self.run(&args, &[list.0.as_ref()], &what, progress)?;
        Ok(())
    }
}
