//! A Worker that runs on a folder of stores, and control over these; see runtime.mjs, stores.mjs and
//! counting.mjs.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::articles::Generated;
use crate::{cong, root};

/// Loading and indexing take their time in one request.
const PATIENCE: Duration = Duration::from_secs(600);
/// The portal as built, and what stands around it here.
const PORTAL_MODULES: [&str; 5] = [
    "src/worker.mjs",
    "build/index.js",
    "build/index_bg.wasm",
    "benches/portal/replacing.mjs",
    "benches/portal/stores.mjs",
];
/// The entrypoint of the portal.
pub const DEFAULT: &str = "default";
/// Of control over the stores.
pub const CONTROL: &str = "Control";

/// A Worker to be run.
#[derive(Clone, Serialize)]
pub struct Worker {
    main: String,
    /// Files by the names of their modules, both below the repository.
    modules: BTreeMap<String, PathBuf>,
    /// As NAME:VALUE, where they are other than in wrangler.toml.
    settings: Vec<String>,
    entrypoints: Vec<String>,
}

impl Worker {
    /// With one module and no entrypoints yet.
    pub fn from_file(main: &str, file: PathBuf) -> Self {
        let worker = Self {
            main: main.to_owned(),
            modules: BTreeMap::new(),
            settings: Vec::new(),
            entrypoints: Vec::new(),
        };
        worker.with_module(main, file)
    }

    /// The portal, counting what it asks of its stores.
    pub fn counting(settings: &[&str]) -> Self {
        Self::portal("benches/portal/counting.mjs", settings)
    }

    /// The portal, telling of each answer what it asked of D1.
    pub fn recording(settings: &[&str]) -> Self {
        Self::portal("benches/portal/speed/recording.mjs", settings)
    }

    /// The portal as it is deployed.
    pub fn plain(settings: &[&str]) -> Self {
        Self::portal("benches/portal/plain.mjs", settings)
    }

    fn portal(main: &str, settings: &[&str]) -> Self {
        let mut worker = Self::from_file(main, main.into()).with_entrypoints(&[DEFAULT, CONTROL]);
        for module in PORTAL_MODULES {
            worker = worker.with_module(module, module.into());
        }
        worker.settings = settings.iter().map(|&setting| setting.to_owned()).collect();
        worker
    }

    /// Adds a module: its name and its file, each below the repository.
    pub fn with_module(mut self, name: &str, file: PathBuf) -> Self {
        self.modules.insert(name.to_owned(), file);
        self
    }

    pub fn with_entrypoints(mut self, names: &[&str]) -> Self {
        self.entrypoints.extend(names.iter().map(|&name| name.to_owned()));
        self
    }
}

/// Ends with this process, however that ends: its standard input closes then.
pub struct Runtime {
    process: Child,
    workerd: u32,
    /// By entrypoint.
    addresses: HashMap<String, String>,
    agent: ureq::Agent,
}

/// What runtime.mjs is told.
#[derive(Serialize)]
struct Task<'a> {
    folder: &'a Path,
    #[serde(flatten)]
    worker: &'a Worker,
}

/// What some work asked of the stores, as counting.mjs counts it.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Operations {
    pub kv_reads: u32,
    pub kv_lists: u32,
    pub kv_writes: u32,
    pub d1_trips: u32,
    /// Within the database; the clock there has whole milliseconds, so only averages mean something.
    pub d1_ms: f64,
    pub rows_read: u32,
    pub rows_written: u32,
    /// Without waiting for stores; likewise in whole milliseconds.
    pub worker_ms: f64,
}

/// One request or one run of the sync.
#[derive(Clone, Copy)]
pub struct Sample {
    pub elapsed: Duration,
    /// Of the answer's body.
    pub bytes: usize,
    pub operations: Operations,
}

#[derive(Deserialize)]
struct SqlAnswer<T> {
    results: Vec<T>,
    size: u64,
}

impl Runtime {
    /// Stores that are not there yet are made, empty.
    pub fn start(folder: &Path, worker: &Worker) -> Result<Self> {
        let mut command = cong();
        command.args(["supervise", "--", "node", "benches/portal/runtime.mjs"]);
        command.arg(serde_json::to_string(&Task { folder, worker })?);
        let tools = root().join("node_modules/.bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path)))?;
        command.env("PATH", path);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdout = process.stdout.take().context("the runtime has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let addresses = serde_json::from_str(&line).context("the runtime did not start")?;
        let workerd = workerd_below(process.id())?;
        let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
        Ok(Self { process, workerd, addresses, agent })
    }

    /// Where an entrypoint answers.
    pub fn address(&self, entrypoint: &str) -> Result<SocketAddr> {
        let url = self.url(entrypoint)?;
        url.trim_start_matches("http://").parse().with_context(|| url.to_owned())
    }

    fn url(&self, entrypoint: &str) -> Result<&str> {
        self.addresses.get(entrypoint).map(String::as_str).context("no such entrypoint")
    }

    /// Loads a page, over a connection that is kept.
    pub fn get(&self, path: &str) -> Result<Sample> {
        let url = format!("{}{path}", self.url(DEFAULT)?);
        let started = Instant::now();
        let mut response = self.agent.get(&url).call().with_context(|| path.to_owned())?;
        let bytes = response.body_mut().read_to_vec()?.len();
        let elapsed = started.elapsed();
        let header =
            response.headers().get("x-operations").context("no operations were counted")?;
        Ok(Sample { elapsed, bytes, operations: serde_json::from_slice(header.as_bytes())? })
    }

    /// The text of an answer.
    pub fn text(&self, path: &str, headers: &[(&str, &str)]) -> Result<String> {
        let mut request = self.agent.get(format!("{}{path}", self.url(DEFAULT)?));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().with_context(|| path.to_owned())?;
        Ok(response.body_mut().read_to_string()?)
    }

    /// One run of the sync, as its cron trigger starts it.
    pub fn sync(&self) -> Result<Sample> {
        let started = Instant::now();
        let answer = self.control("/sync", "")?;
        let elapsed = started.elapsed();
        Ok(Sample { elapsed, bytes: 0, operations: serde_json::from_str(&answer)? })
    }

    /// Puts articles into KV.
    pub fn put(&self, articles: &[Generated]) -> Result<()> {
        self.control("/articles", &serde_json::to_string(articles)?).map(|_| ())
    }

    /// A value in KV.
    pub fn value(&self, binding: &str, key: &str) -> Result<String> {
        self.control(&format!("/value/{binding}"), key)
    }

    /// What a cron trigger starts.
    pub fn scheduled(&self, cron: &str) -> Result<()> {
        self.control("/scheduled", cron).map(|_| ())
    }

    /// The rows of one query to the catalogue.
    pub fn rows<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>> {
        self.rows_of("CATALOGUE", sql)
    }

    /// The rows of one query to a database.
    pub fn rows_of<T: DeserializeOwned>(&self, database: &str, sql: &str) -> Result<Vec<T>> {
        let answer = self.control(&format!("/sql/{database}"), sql)?;
        Ok(serde_json::from_str::<SqlAnswer<T>>(&answer)?.results)
    }

    /// The only row.
    pub fn row<T: DeserializeOwned>(&self, sql: &str) -> Result<T> {
        let mut rows = self.rows(sql)?;
        ensure!(rows.len() == 1, "{} rows: {sql}", rows.len());
        rows.pop().context("no row")
    }

    /// Of the catalogue.
    pub fn bytes(&self) -> Result<u64> {
        let answer = self.control("/sql/CATALOGUE", "SELECT 1")?;
        Ok(serde_json::from_str::<SqlAnswer<serde_json::Value>>(&answer)?.size)
    }

    /// The process of the runtime itself, among those that serve here.
    pub fn workerd(&self) -> u32 {
        self.workerd
    }

    fn control(&self, path: &str, body: &str) -> Result<String> {
        let url = format!("{}{path}", self.url(CONTROL)?);
        let mut response = self.agent.post(&url).send(body).with_context(|| path.to_owned())?;
        Ok(response.body_mut().read_to_string()?)
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// The process of the runtime itself among the descendants of another.
fn workerd_below(ancestor: u32) -> Result<u32> {
    let output = Command::new("ps").args(["-A", "-o", "pid=,ppid=,comm="]).output()?;
    let table = String::from_utf8(output.stdout)?;
    let process = |line| {
        let mut fields = str::split_whitespace(line);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?, fields.next()?))
    };
    let processes: Vec<(u32, u32, &str)> = table.lines().filter_map(process).collect();
    let mut family = vec![ancestor];
    while let Some(parent) = family.pop() {
        for (pid, _, name) in processes.iter().filter(|(_, ppid, _)| *ppid == parent) {
            if name.ends_with("workerd") {
                return Ok(*pid);
            }
            family.push(*pid);
        }
    }
    bail!("no workerd runs below process {ancestor}")
}
