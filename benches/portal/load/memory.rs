//! Measures the memory of a runtime process at intervals.

use std::fmt;
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

const BETWEEN: Duration = Duration::from_secs(10);
/// The index of the sample after one minute, when caches are full and code is compiled.
const WARM: usize = 6;

/// A thread that samples the memory of a process every ten seconds.
pub struct Memory {
    end: Sender<()>,
    samples: JoinHandle<Result<Vec<u64>>>,
}

/// All samples of the memory of a process, in kB: the first from the start of the measurement, the last from its end.
pub struct Development(Vec<u64>);

impl Memory {
    pub fn watch(pid: u32) -> Result<Self> {
        let mut seen = vec![resident(pid)?];
        let (end, ended) = mpsc::channel();
        let samples = thread::spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(BETWEEN) {
                seen.push(resident(pid)?);
            }
            seen.push(resident(pid)?);
            Ok(seen)
        });
        Ok(Self { end, samples })
    }

    pub fn end(self) -> Result<Development> {
        drop(self.end);
        let samples = self
            .samples
            .join()
            .map_err(|_| anyhow!("the thread that samples the memory panicked"))?;
        samples.map(Development)
    }
}

impl fmt::Display for Development {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mb =
            |kb: Option<&u64>| kb.map_or("–".to_owned(), |kb| format!("{:.0}", *kb as f64 / 1e3));
        let Self(samples) = self;
        write!(
            f,
            "memory of workerd, MB: {} at the start, {} after a minute, {} at the end, {} at most",
            mb(samples.first()),
            mb(samples.get(WARM)),
            mb(samples.last()),
            mb(samples.iter().max()),
        )
    }
}

/// The resident memory of a process, in kB.
fn resident(pid: u32) -> Result<u64> {
    let output = Command::new("ps").args(["-o", "rss=", "-p", &pid.to_string()]).output()?;
    let kb = String::from_utf8_lossy(&output.stdout).trim().parse();
    kb.with_context(|| format!("ps does not report the memory of process {pid}"))
}
