//! Prepared states: KV namespaces and databases with a number of articles that the sync has already processed. Each is
//! made once, kept below target/, and copied for each run. The time of its preparation is kept too, because it is that
//! of a full rebuild of the catalogue.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use cong_core::digest::to_hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::runtime::{Runtime, Worker};
use crate::{articles, root};

/// The settings in which the measured portal differs from a deployed one: it renders every page anew, and queries to
/// databases may take long, because the machine may be busy.
pub const SETTINGS: [&str; 2] = ["PAGE_MEMORY_SECONDS:0", "DATABASE_DEADLINE_MS:60000"];

/// The files and folders from which the local storage of the measured portal (its state: articles and databases) is
/// made. If one has changed, the storage is made again.
const INPUTS: [&str; 8] = [
    "benches/portal/articles.rs",
    "benches/portal/words.rs",
    "benches/portal/runtime.mjs",
    "benches/portal/stores.mjs",
    "migrations",
    "crates/core/src/article",
    "crates/core/src/vietnamese",
    "src/catalogue",
];
/// How many articles one request stores.
const PUT_AT_ONCE: u32 = 500;
/// The setting with which a run of the sync may process ten times as many articles as on the free plan.
const SHARE: &str = "SYNC_SHARE:10";
/// The interval at which progress is printed.
const PROGRESS: Duration = Duration::from_secs(15);

pub struct State {
    pub rebuild: Rebuild,
    folder: PathBuf,
}

/// The cost of a full rebuild of the catalogue.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Rebuild {
    pub articles: u32,
    /// The size of all documents in KV, in bytes.
    pub document_bytes: u64,
    /// The size of the catalogue's database, in bytes.
    pub catalogue_bytes: u64,
    pub runs: u32,
    pub seconds: f64,
    /// The time of the rebuild, without the time that the Worker waited for stores.
    pub worker_seconds: f64,
    pub d1_seconds: f64,
    pub rows_written: u64,
}

#[derive(Deserialize)]
struct Indexed {
    documents: u32,
    due: u32,
}

impl State {
    /// Returns the state with this number of articles. Prepares it if it does not exist.
    pub fn prepared(size: u32) -> Result<Self> {
        let all = folder();
        let folder = all.join(format!("{size}-{}", fingerprint()?));
        if !folder.exists() {
            remove_outdated(&all, size)?;
            let unfinished = all.join(format!("{size}-unfinished"));
            prepare(size, &unfinished)?;
            fs::rename(&unfinished, &folder)?;
        }
        let rebuild = serde_json::from_slice(&fs::read(folder.join("rebuild.json"))?)?;
        Ok(Self { rebuild, folder })
    }

    /// Copies the stores for one run, which may change them.
    pub fn copied(&self, name: &str) -> Result<PathBuf> {
        let copy = self.copies().join(name);
        remove_folder(&copy)?;
        copy_folder(&self.folder.join("stores"), &copy)?;
        Ok(copy)
    }

    pub fn remove_copies(&self) -> Result<()> {
        remove_folder(&self.copies())
    }

    fn copies(&self) -> PathBuf {
        self.folder.with_extension("copies")
    }
}

/// The folder for everything that the benchmark makes.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench")
}

fn prepare(size: u32, folder: &Path) -> Result<()> {
    let stores = folder.join("stores");
    let worker = Worker::counting(&[&SETTINGS[..], &[SHARE]].concat());
    let runtime = Runtime::start(&stores, &worker)?;
    let document_bytes = load(&runtime, size)?;
    let mut rebuild = rebuild(&runtime, size)?;
    rebuild.document_bytes = document_bytes;
    rebuild.catalogue_bytes = runtime.bytes()?;
    drop(runtime);
    fs::write(folder.join("rebuild.json"), serde_json::to_vec(&rebuild)?)?;
    Ok(())
}

/// Stores all articles in KV, and returns their size in bytes.
fn load(runtime: &Runtime, size: u32) -> Result<u64> {
    let mut progress = Progress::new(size, "put into KV");
    let mut bytes = 0;
    for first in (0..size).step_by(PUT_AT_ONCE as usize) {
        let numbers = first..size.min(first + PUT_AT_ONCE);
        let some: Vec<_> = numbers.map(articles::article).collect();
        bytes += some.iter().map(|article| article.document.len() as u64).sum::<u64>();
        runtime.put(&some)?;
        progress.show(first);
    }
    progress.end();
    Ok(bytes)
}

/// Runs the sync until it has processed every article.
fn rebuild(runtime: &Runtime, size: u32) -> Result<Rebuild> {
    let mut progress = Progress::new(size, "indexed");
    let mut rebuild = Rebuild { articles: size, ..Rebuild::default() };
    let mut before = 0;
    loop {
        // Reset the limits of the day, which are not measured.
        runtime.rows::<()>("UPDATE sync SET lists = 0, reads = 0, rows_written = 0")?;
        let run = runtime.sync()?;
        rebuild.runs += 1;
        rebuild.seconds += run.elapsed.as_secs_f64();
        rebuild.worker_seconds += run.operations.worker_ms / 1e3;
        rebuild.d1_seconds += run.operations.d1_ms / 1e3;
        rebuild.rows_written += u64::from(run.operations.rows_written);
        let indexed: Indexed = runtime.row(
            "SELECT (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM due) AS due",
        )?;
        if (indexed.documents, indexed.due) == (size, 0) {
            progress.end();
            return Ok(rebuild);
        }
        ensure!(indexed.documents > before, "the sync makes no progress; its message is above");
        before = indexed.documents;
        progress.show(before);
    }
}

/// Prints the progress of the preparation, at most every `PROGRESS`.
struct Progress {
    of: u32,
    what: &'static str,
    started: Instant,
    shown: Instant,
}

impl Progress {
    fn new(of: u32, what: &'static str) -> Self {
        Self { of, what, started: Instant::now(), shown: Instant::now() }
    }

    fn show(&mut self, done: u32) {
        if self.shown.elapsed() > PROGRESS {
            self.shown = Instant::now();
            eprintln!("… {done} of {} articles {}", self.of, self.what);
        }
    }

    fn end(self) {
        let seconds = self.started.elapsed().as_secs_f32();
        eprintln!("✓ {} articles {} ({seconds:.1} s)", self.of, self.what);
    }
}

fn fingerprint() -> Result<String> {
    let mut hasher = Sha256::new();
    let mut paths: Vec<PathBuf> = INPUTS.iter().map(|input| root().join(input)).collect();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let mut inside: Vec<PathBuf> = entries(&path)?;
            inside.sort();
            paths.extend(inside);
        } else {
            hasher.update(fs::read(&path).with_context(|| path.display().to_string())?);
        }
    }
    Ok(to_hex(hasher.finalize().iter().take(6)))
}

/// Removes states with this number of articles that were made from other inputs or were interrupted.
fn remove_outdated(all: &Path, size: u32) -> Result<()> {
    fs::create_dir_all(all)?;
    for path in entries(all)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(&format!("{size}-")) {
            fs::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    match folder.exists() {
        true => Ok(fs::remove_dir_all(folder)?),
        false => Ok(()),
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for path in entries(from)? {
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &copy)?;
        } else if from.ends_with("blobs") {
            // Values in local KV are files that are written once and later only deleted.
            fs::hard_link(&path, &copy)?;
        } else {
            fs::copy(&path, &copy)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    Ok(entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?)
}
