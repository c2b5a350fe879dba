//! `cong`, the native tool: installs what is needed, builds the Worker, runs the portal on this
//! machine, and checks exported records. Nothing of it is in the deployed Worker.

#![expect(clippy::disallowed_types, reason = "the native clocks work here")]

mod build;
mod console;
mod content;
mod dev;
mod process;
mod supervise;
mod toolchain;
mod verify;
mod wrangler;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// Cổng: a public information portal on Cloudflare Workers.
#[derive(Parser)]
#[command(version, bin_name = "cargo run")]
enum Command {
    /// Install what is needed, build, fill local storage with content/, and serve the portal.
    Dev(dev::Options),
    /// Build the Worker into build/, if anything it is made of has changed.
    Build,
    /// Install the tools that building and serving need, inside this folder.
    Setup,
    /// Check the downloaded record of a consultation: that nothing in it was dropped or altered.
    Verify(verify::Options),
    /// Run a command, and end it with all its descendants when standard input closes.
    #[command(hide = true)]
    Supervise {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Supervise { command } => return supervise::run(&command),
        Command::Dev(options) => with_root(|root| dev::run(&root, &options)),
        Command::Build => with_root(|root| build::build_with_tools(&root)),
        Command::Verify(options) => verify::run(&options),
        Command::Setup => with_root(|root| toolchain::install(&root)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<process::Interrupted>() => ExitCode::from(130),
        Err(error) => {
            console::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn with_root(run: impl FnOnce(PathBuf) -> Result<()>) -> Result<()> {
    process::watch_for_interrupts()?;
    run(find_root()?)
}

/// The folder of wrangler.toml, at or above the current one.
fn find_root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("The current folder cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("wrangler.toml").is_file())
        .map(PathBuf::from)
        .context("No wrangler.toml in this folder or above it: run cong inside the repository")
}
