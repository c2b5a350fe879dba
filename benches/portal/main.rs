//! How fast the portal is and what it asks of KV and D1, at several numbers of articles, in the real
//! runtime. Sizes are measured in turns within one run: machines are noisy, and only ratios last.

#![expect(clippy::disallowed_types, reason = "the native clocks work here")]

mod articles;
mod measure;
mod operations;
mod report;
mod runtime;
mod states;
mod words;

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use clap::Parser;

use runtime::Runtime;
use states::State;

/// Measures the portal at several numbers of articles.
#[derive(Parser)]
#[command(bin_name = "cargo bench --")]
struct Options {
    /// Numbers of articles; each is prepared once, and kept in target/bench.
    #[arg(long, value_delimiter = ',', default_value = "100,10000,100000")]
    sizes: Vec<u32>,
    /// How often everything is measured.
    #[arg(long, default_value_t = 100)]
    rounds: usize,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

/// The Worker as deployed, but that it renders every page, and that a machine with other work to do may
/// take its time.
pub const SETTINGS: [&str; 2] = ["PAGE_MEMORY_SECONDS:0", "DATABASE_DEADLINE_MS:60000"];

fn main() -> Result<()> {
    let mut options = Options::parse();
    options.sizes.sort_unstable();
    options.sizes.dedup();
    build()?;
    let states =
        options.sizes.iter().map(|&size| State::prepared(size)).collect::<Result<Vec<_>>>()?;
    let portals = states.iter().map(portal).collect::<Result<Vec<_>>>()?;
    eprintln!("… measuring, {} rounds", options.rounds);
    let measured = measure::measure(&portals, options.rounds)?;
    drop(portals);
    for state in &states {
        state.remove_copy()?;
    }
    report::print(&states, &measured);
    Ok(())
}

/// A portal on a copy of a prepared state, which stays as it is.
fn portal(state: &State) -> Result<Runtime> {
    Runtime::start(&state.copied()?, &SETTINGS)
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The native tool, as a command.
pub fn cong() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cong"));
    command.current_dir(root());
    command
}

fn build() -> Result<()> {
    for step in ["setup", "build"] {
        let status = cong().arg(step).stdin(Stdio::null()).status()?;
        ensure!(status.success(), "cong {step} failed; its message is above");
    }
    Ok(())
}
