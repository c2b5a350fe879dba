//! The benchmark of the portal, in the real runtime: how fast it is beside its peers, what it bears for
//! long, and how it grows with the number of articles.

#![expect(clippy::disallowed_types, reason = "the native clocks work here")]

mod articles;
mod growth;
mod hammer;
mod load;
mod pinning;
mod runtime;
mod speed;
mod states;
mod words;

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};

/// Measures the portal in the real runtime.
#[derive(Parser)]
#[command(bin_name = "cargo bench --", args_conflicts_with_subcommands = true)]
struct Words {
    #[command(subcommand)]
    benchmark: Option<Benchmark>,
    #[command(flatten)]
    speed: speed::Options,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Benchmark {
    /// Pages beside the same from plain JavaScript and from Hono; this is the default.
    Speed(speed::Options),
    /// Mixed traffic for long; ends with a failure where anything failed or was lost.
    Load(load::Options),
    /// Several numbers of articles beside one another.
    Growth(growth::Options),
}

fn main() -> Result<()> {
    let words = Words::parse();
    build()?;
    match words.benchmark.unwrap_or(Benchmark::Speed(words.speed)) {
        Benchmark::Speed(options) => speed::run(&options),
        Benchmark::Load(options) => load::run(&options),
        Benchmark::Growth(options) => growth::run(&options),
    }
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The native tool, as a command.
pub fn cong() -> Command {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("debug").join("cong");
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

fn build() -> Result<()> {
    let tool = ["build", "--quiet", "--locked", "--bin", "cong"];
    let status = Command::new(env!("CARGO")).args(tool).current_dir(root()).status()?;
    ensure!(status.success(), "cargo build failed; its message is above");
    for step in ["setup", "build"] {
        let status = cong().arg(step).stdin(Stdio::null()).status()?;
        ensure!(status.success(), "cong {step} failed; its message is above");
    }
    Ok(())
}
