//! A portal that runs on a folder of stores, and its control; see runtime.mjs and counting.mjs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::articles::Generated;
use crate::{cong, root};

/// Loading and indexing take their time in one request.
const PATIENCE: Duration = Duration::from_secs(600);

/// Ends with this process, however that ends: its standard input closes then.
pub struct Runtime {
    process: Child,
    addresses: Addresses,
    agent: ureq::Agent,
}

#[derive(Deserialize)]
struct Addresses {
    portal: String,
    control: String,
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
    pub fn start(folder: &Path, settings: &[&str]) -> Result<Self> {
        let mut command = cong();
        command.args(["supervise", "--", "node", "benches/portal/runtime.mjs"]);
        command.arg(folder).args(settings);
        let tools = root().join("node_modules/.bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path)))?;
        command.env("PATH", path);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdout = process.stdout.take().context("the runtime has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let addresses = serde_json::from_str(&line).context("the runtime did not start")?;
        let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
        Ok(Self { process, addresses, agent })
    }

    /// Loads a page, over a connection that is kept.
    pub fn get(&self, path: &str) -> Result<Sample> {
        let url = format!("{}{path}", self.addresses.portal);
        let started = Instant::now();
        let mut response = self.agent.get(&url).call().with_context(|| path.to_owned())?;
        let bytes = response.body_mut().read_to_vec()?.len();
        let elapsed = started.elapsed();
        let header =
            response.headers().get("x-operations").context("no operations were counted")?;
        Ok(Sample { elapsed, bytes, operations: serde_json::from_slice(header.as_bytes())? })
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

    /// The rows of one query to the catalogue.
    pub fn rows<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>> {
        Ok(serde_json::from_str::<SqlAnswer<T>>(&self.control("/sql", sql)?)?.results)
    }

    /// The only row.
    pub fn row<T: DeserializeOwned>(&self, sql: &str) -> Result<T> {
        let mut rows = self.rows(sql)?;
        ensure!(rows.len() == 1, "{} rows: {sql}", rows.len());
        rows.pop().context("no row")
    }

    /// Of the catalogue.
    pub fn bytes(&self) -> Result<u64> {
        let answer = self.control("/sql", "SELECT 1")?;
        Ok(serde_json::from_str::<SqlAnswer<serde_json::Value>>(&answer)?.size)
    }

    fn control(&self, path: &str, body: &str) -> Result<String> {
        let url = format!("{}{path}", self.addresses.control);
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
