//! The benchmark of the portal in the real runtime: its speed compared with other implementations of the same pages
//! (peers), its behaviour under long load, and how its times grow with the number of articles.

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
    /// The argument `--bench`, which cargo passes to every benchmark. It has no effect.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Benchmark {
    /// Compares the portal's pages with the same pages in plain JavaScript and in Hono. This is the default.
    Speed(speed::Options),
    /// Sends mixed traffic for a long time. Fails if a request fails or a submission is lost.
    Load(load::Options),
    /// Compares the portal's times at several numbers of articles.
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

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

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
