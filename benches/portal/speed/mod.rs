//! Compares the speed of the portal with that of its peers: plain JavaScript that does the least possible work, and the
//! same pages written with the framework Hono. All are measured in turn in one run, and only ratios are judged, because
//! machines differ and are noisy.

mod contestants;
mod peer_article;
mod recording;
mod report;
mod rows;
mod start;

use std::fs;
use std::io::Write as _;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::hammer::{Load, Target, hammer};
use crate::pinning::{Core, pin};
use crate::root;
use crate::states::{State, folder};
use contestants::Contestants;
use report::Report;
use rows::{Row, rows};
use start::Starter;

/// How long requests are sent to each target before it is measured, so that its code is compiled and its caches are
/// full.
const WARM_UP: Duration = Duration::from_secs(1);

#[derive(Args)]
pub struct Options {
    /// The number of articles. A portal with this number is prepared once and kept in target/bench.
    #[arg(long, default_value_t = 1000)]
    articles: u32,
    /// How many times each page is measured.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long each measurement takes, in seconds.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Measure only rows of the table whose names contain one of these words.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

pub fn run(options: &Options) -> Result<()> {
    ensure!(options.rounds > 0, "the number of rounds must be positive");
    let state = State::prepared(options.articles)?;
    let files = folder().join("speed");
    fs::create_dir_all(&files)?;
    let contestants = Contestants::start(&state, &files)?;
    let starters = contestants.starters(&files)?;
    pin(Core::Asking)?;
    let mut rows = rows(&contestants)?;
    rows.retain(|row| options.wants(row.name));
    let starters = options.wants(report::START).then_some(&starters);
    let mut report = measure(&rows, starters, options)?;
    if options.wants(report::SIZE) {
        report.add_size(gzipped_kb()?);
    }
    drop(contestants);
    state.remove_copies()?;
    report.print();
    Ok(())
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| name.contains(word.as_str()))
    }
}

/// For each round, the measurements of one row of the table: first the portal's, then those of its peers.
pub struct Measured(Vec<Vec<Load>>);

impl Measured {
    fn median(&self, of: impl Fn(&[Load]) -> f64) -> f64 {
        median(self.0.iter().map(|loads| of(loads)))
    }

    /// Measures each of `targets` once: the portal, and the other implementations of the same page. `round` is the number
    /// of the round: which target is measured first changes from round to round.
    fn add(&mut self, round: usize, targets: &[&Target], duration: Duration) -> Result<()> {
        let mut loads = Vec::new();
        for turn in 0..targets.len() {
            let contestant = (turn + round) % targets.len();
            loads.push((contestant, hammer(targets[contestant], duration)?));
        }
        loads.sort_by_key(|(contestant, _)| *contestant);
        self.0.push(loads.into_iter().map(|(_, load)| load).collect());
        Ok(())
    }
}

/// Measures all rows of the table in every round, and how fast the `starters` start if they are given.
fn measure(rows: &[Row], starters: Option<&[Starter; 2]>, options: &Options) -> Result<Report> {
    let targets: Vec<Vec<_>> = rows.iter().map(Row::targets).collect();
    for target in targets.iter().flatten() {
        hammer(target, WARM_UP)?;
    }
    let duration = Duration::from_secs(options.seconds);
    let mut measured: Vec<_> = rows.iter().map(|_| Measured(Vec::new())).collect();
    let mut starts = Vec::new();
    for round in 0..options.rounds {
        eprintln!("… round {} of {}", round + 1, options.rounds);
        for (targets, measured) in targets.iter().zip(&mut measured) {
            measured.add(round, targets, duration)?;
        }
        if let Some([portal, floor]) = starters {
            starts.push([portal.measure()?, floor.measure()?]);
        }
    }
    let mut report = Report::default();
    for (row, measured) in rows.iter().zip(&measured) {
        report.add(row, measured);
    }
    if starters.is_some() {
        report.add_starts(&starts);
    }
    Ok(report)
}

/// The size of the Worker in kB, compressed with gzip, as Cloudflare counts it for its limit.
fn gzipped_kb() -> Result<f64> {
    let wasm = fs::read(root().join("build/index_bg.wasm"))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&wasm)?;
    Ok(gzip.finish()?.len() as f64 / 1e3)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
