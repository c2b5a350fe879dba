//! Runs a Worker on stores (KV namespaces and D1 databases) that are kept in a folder, and reads and changes these
//! stores. See runtime.mjs, stores.mjs and counting.mjs.

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

/// The time limit for a request. It is long because storing articles and syncing them can take minutes in one request.
const PATIENCE: Duration = Duration::from_secs(600);
/// The modules of the built portal, and those that the benchmark adds.
const PORTAL_MODULES: [&str; 5] = [
    "src/worker.mjs",
    "build/index.js",
    "build/index_bg.wasm",
    "benches/portal/replacing.mjs",
    "benches/portal/stores.mjs",
];
/// The name of the entrypoint that serves the portal's pages.
pub const DEFAULT: &str = "default";
/// The name of the entrypoint through which the benchmark reads and changes the stores.
pub const CONTROL: &str = "Control";

/// The code and the settings of a Worker that [`Runtime::start`] can run.
#[derive(Clone, Serialize)]
pub struct Worker {
    main: String,
    /// The file of each module, by the module's name. Both are paths relative to the root of the repository.
    modules: BTreeMap<String, PathBuf>,
    /// Settings that differ from wrangler.toml, each as `NAME:VALUE`.
    settings: Vec<String>,
    entrypoints: Vec<String>,
}

impl Worker {
    /// Makes a Worker with one module and no entrypoints.
    pub fn from_file(main: &str, file: PathBuf) -> Self {
        let worker = Self {
            main: main.to_owned(),
            modules: BTreeMap::new(),
            settings: Vec::new(),
            entrypoints: Vec::new(),
        };
        worker.with_module(main, file)
    }

    /// The portal, in a variant that counts the operations on its stores.
    pub fn counting(settings: &[&str]) -> Self {
        Self::portal("benches/portal/counting.mjs", settings)
    }

    /// The portal, in a variant that records its queries to D1.
    pub fn recording(settings: &[&str]) -> Self {
        Self::portal("benches/portal/speed/recording.mjs", settings)
    }

    /// The portal with the Worker that is deployed, which neither counts nor records anything.
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

    /// Adds a module. Its name and file are paths relative to the root of the repository.
    pub fn with_module(mut self, name: &str, file: PathBuf) -> Self {
        self.modules.insert(name.to_owned(), file);
        self
    }

    pub fn with_entrypoints(mut self, names: &[&str]) -> Self {
        self.entrypoints.extend(names.iter().map(|&name| name.to_owned()));
        self
    }
}

/// A running Worker. It ends when this process ends, because that closes its standard input.
pub struct Runtime {
    process: Child,
    workerd: u32,
    /// The address of each entrypoint, by its name.
    addresses: HashMap<String, String>,
    agent: ureq::Agent,
}

/// The configuration that runtime.mjs expects.
#[derive(Serialize)]
struct Task<'a> {
    folder: &'a Path,
    #[serde(flatten)]
    worker: &'a Worker,
}

/// The operations on the stores, as counting.mjs counts them.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Operations {
    pub kv_reads: u32,
    pub kv_lists: u32,
    pub kv_writes: u32,
    pub d1_trips: u32,
    /// The time spent in D1, in milliseconds. It is measured in whole milliseconds, so only averages are meaningful.
    pub d1_ms: f64,
    pub rows_read: u32,
    pub rows_written: u32,
    /// The time that the Worker spent, without the time that it waited for stores, in milliseconds. It is measured in
    /// whole milliseconds.
    pub worker_ms: f64,
}

/// The measurement of one request, or of one run of the sync.
#[derive(Clone, Copy)]
pub struct Sample {
    pub elapsed: Duration,
    /// The length of the answer's body, in bytes.
    pub bytes: usize,
    pub operations: Operations,
}

#[derive(Deserialize)]
struct SqlAnswer<T> {
    results: Vec<T>,
    size: u64,
}

impl Runtime {
    /// Starts the Worker on the stores in `folder`. Missing stores are created empty.
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

    pub fn address(&self, entrypoint: &str) -> Result<SocketAddr> {
        let url = self.url(entrypoint)?;
        url.trim_start_matches("http://").parse().with_context(|| url.to_owned())
    }

    fn url(&self, entrypoint: &str) -> Result<&str> {
        self.addresses.get(entrypoint).map(String::as_str).context("no such entrypoint")
    }

    /// Loads a page on a persistent connection, and measures it.
    pub fn get(&self, path: &str) -> Result<Sample> {
        let url = format!("{}{path}", self.url(DEFAULT)?);
        let started = Instant::now();
        let mut response = self.agent.get(&url).call().with_context(|| path.to_owned())?;
        let bytes = response.body_mut().read_to_vec()?.len();
        let elapsed = started.elapsed();
        let header = response
            .headers()
            .get("x-operations")
            .context("the answer has no header x-operations")?;
        Ok(Sample { elapsed, bytes, operations: serde_json::from_slice(header.as_bytes())? })
    }

    /// Loads a page, and returns the body of the answer.
    pub fn text(&self, path: &str, headers: &[(&str, &str)]) -> Result<String> {
        let mut request = self.agent.get(format!("{}{path}", self.url(DEFAULT)?));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().with_context(|| path.to_owned())?;
        Ok(response.body_mut().read_to_string()?)
    }

    /// Runs the sync once, as the cron trigger does.
    pub fn sync(&self) -> Result<Sample> {
        let started = Instant::now();
        let answer = self.control("/sync", "")?;
        let elapsed = started.elapsed();
        Ok(Sample { elapsed, bytes: 0, operations: serde_json::from_str(&answer)? })
    }

    pub fn put(&self, articles: &[Generated]) -> Result<()> {
        self.control("/articles", &serde_json::to_string(articles)?).map(|_| ())
    }

    /// Returns the value of a key in the KV namespace with this binding.
    pub fn value(&self, binding: &str, key: &str) -> Result<String> {
        self.control(&format!("/value/{binding}"), key)
    }

    /// Runs the jobs of the cron trigger with this schedule.
    pub fn scheduled(&self, cron: &str) -> Result<()> {
        self.control("/scheduled", cron).map(|_| ())
    }

    /// Returns the rows of a query to the catalogue.
    pub fn rows<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>> {
        self.rows_of("CATALOGUE", sql)
    }

    /// Returns the rows of a query to a database.
    pub fn rows_of<T: DeserializeOwned>(&self, database: &str, sql: &str) -> Result<Vec<T>> {
        let answer = self.control(&format!("/sql/{database}"), sql)?;
        Ok(serde_json::from_str::<SqlAnswer<T>>(&answer)?.results)
    }

    /// Returns the only row of a query to the catalogue.
    pub fn row<T: DeserializeOwned>(&self, sql: &str) -> Result<T> {
        let mut rows = self.rows(sql)?;
        ensure!(rows.len() == 1, "{} rows: {sql}", rows.len());
        rows.pop().context("no row")
    }

    /// Returns the size of the catalogue's database, in bytes.
    pub fn bytes(&self) -> Result<u64> {
        let answer = self.control("/sql/CATALOGUE", "SELECT 1")?;
        Ok(serde_json::from_str::<SqlAnswer<serde_json::Value>>(&answer)?.size)
    }

    /// Returns the process id of workerd, the program that runs Workers.
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

/// Finds workerd among the descendants of a process, and returns its process id.
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
