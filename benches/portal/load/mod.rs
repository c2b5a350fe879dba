//! A load test: sends mixed traffic as fast as the portal answers, samples the memory of the runtime, and checks at the
//! end that every submission with a receipt is in the database.

mod memory;
mod submissions;
mod tally;
mod traffic;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde::Deserialize;

use crate::hammer::CONNECTIONS;
use crate::pinning::{Core, pin};
use crate::root;
use crate::runtime::{DEFAULT, Runtime, Worker};
use crate::states::State;
use memory::Memory;
use tally::Tally;
use traffic::visit;

#[derive(Args)]
pub struct Options {
    /// The number of articles. A portal with this number is prepared once and kept in target/bench.
    #[arg(long, default_value_t = 1000)]
    articles: u32,
    /// How long traffic is sent, in minutes.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
}

pub fn run(options: &Options) -> Result<()> {
    let state = State::prepared(options.articles)?;
    let key = format!("SIGNING_KEY:{}", development_key()?);
    let worker = Worker::plain(&["BASE_URL:http://localhost", &key]);
    pin(Core::Serving)?;
    let portal = Runtime::start(&state.copied("load")?, &worker)?;
    pin(Core::Asking)?;
    let memory = Memory::watch(portal.workerd())?;
    eprintln!("… {CONNECTIONS} connections for {} minutes", options.minutes);
    let started = Instant::now();
    let duration = Duration::from_secs(60 * options.minutes);
    let traffic = visit(portal.address(DEFAULT)?, options.articles, duration)?;
    let seconds = started.elapsed().as_secs_f64();
    let memory = memory.end()?;
    let stored = stored(&portal)?;
    drop(portal);
    state.remove_copies()?;
    print(&traffic, seconds, &memory, stored);
    judge(&traffic, stored)
}

#[derive(Deserialize)]
struct Stored {
    submissions: usize,
}

/// Moves all submissions that wait in `INBOX` into the database. Returns the number of submissions in the database.
fn stored(portal: &Runtime) -> Result<usize> {
    let mut before = None;
    loop {
        portal.scheduled("*/10 * * * *")?;
        let sql = "SELECT count(*) AS submissions FROM submission";
        let counted: Vec<Stored> = portal.rows_of("DB", sql)?;
        let submissions = counted.first().context("no count of submissions")?.submissions;
        if before.replace(submissions) == Some(submissions) {
            return Ok(submissions);
        }
    }
}

fn print(traffic: &Tally, seconds: f64, memory: &memory::Development, stored: usize) {
    println!(
        "\n{:.0} requests a second, {} in all",
        traffic.requests() as f64 / seconds,
        traffic.requests()
    );
    for (status, count) in &traffic.statuses {
        println!("  {status}: {count}");
    }
    println!("{memory}");
    println!("{} receipts given, {stored} submissions stored", traffic.receipts);
}

/// Fails if a request failed or a submission was lost.
fn judge(traffic: &Tally, stored: usize) -> Result<()> {
    let failed = traffic.statuses.iter().find(|(status, _)| **status >= 500);
    if let Some((status, count)) = failed {
        bail!("{count} requests got status {status}");
    }
    ensure!(traffic.receipts == stored, "receipts and submissions differ");
    Ok(())
}

/// The signing key of `cargo run dev`, which is in the repository and accepted only on localhost.
fn development_key() -> Result<String> {
    let settings: toml::Table = std::fs::read_to_string(root().join(".dev.vars"))?.parse()?;
    let key = settings.get("SIGNING_KEY").and_then(toml::Value::as_str);
    Ok(key.context(".dev.vars has no SIGNING_KEY")?.to_owned())
}
