//! `cong`, the native tool: installs the toolchain, builds the Worker, runs the portal on this machine with a stand-in
//! for Cloudflare Access, creates, imports, checks and uploads documents, backs up and restores a portal, and verifies
//! exported ledgers. The deployed Worker contains none of this.

#![expect(clippy::disallowed_types, reason = "the native clocks work here")]

mod access;
mod assets;
mod backup;
mod build;
mod check;
mod console;
mod content;
mod dev;
mod folder;
mod help;
mod import;
mod input_hash;
mod interrupt;
mod language;
mod lock;
mod new;
mod process;
mod storage;
mod supervise;
mod toolchain;
mod upload;
mod verify;
mod wrangler;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use language::say;

/// Cổng: a public information portal on Cloudflare Workers.
#[derive(Parser)]
#[command(version, bin_name = "cargo run")]
enum Command {
    /// Install the tools, build the portal, fill local storage with content/, and serve the portal on this machine.
    Dev(dev::DevOptions),
    /// Build the Worker into build/, if its sources have changed.
    Build,
    /// Install the tools for building and serving, inside this folder.
    Setup,
    /// Make documents of saved pages of an old portal, a WordPress export, a feed, or Word files.
    Import(import::ImportCommandOptions),
    /// Verify a downloaded ledger of comments and answers: that no entry was removed or altered.
    Verify(verify::VerifyOptions),
    /// Create a document with all its fields, named after its title.
    New(new::NewOptions),
    /// Check the documents and files of a folder before they are published.
    Check(check::CheckOptions),
    /// Check a folder of documents and files, and upload those that have changed.
    Upload(upload::UploadOptions),
    /// Save in one folder what cannot be rebuilt from other data: articles, files, and what citizens sent.
    Backup(backup::BackupOptions),
    /// Restore a backup into empty storage, without the data that were erased since it was made.
    Restore(backup::restore::RestoreOptions),
    /// List what was withdrawn or erased, without personal data, or erase it again after a restore.
    Erasures(backup::erasures::ErasuresOptions),
    /// Run a command, and end it and all its descendants when standard input closes.
    #[command(hide = true)]
    Supervise {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let outcome = match help::parse() {
        Command::Supervise { command } => return supervise::run(&command),
        Command::Dev(options) => with_root(|root| dev::run(&root, &options)),
        Command::Build => with_root(|root| build::build_with_tools(&root)),
        Command::Import(options) => import::run(options),
        Command::Verify(options) => verify::run(&options),
        Command::New(options) => {
            find_root().and_then(|root| new::run(&root, &options, console::now()))
        }
        Command::Check(options) => {
            find_root().and_then(|root| check::run(&root, &options, console::now()))
        }
        Command::Upload(options) => with_root(|root| upload::run(&root, &options, console::now())),
        Command::Backup(options) => with_root(|root| backup::run(&root, &options, console::now())),
        Command::Restore(options) => {
            with_root(|root| backup::restore::run(&root, &options, console::now()))
        }
        Command::Erasures(options) => {
            with_root(|root| backup::erasures::run(&root, &options, console::now()))
        }
        Command::Setup => with_root(|root| toolchain::install(&root, &|| Ok(()))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<interrupt::Interrupted>() => ExitCode::from(130),
        Err(error) => {
            console::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn with_root(run: impl FnOnce(PathBuf) -> Result<()>) -> Result<()> {
    interrupt::watch_for_interrupts()?;
    run(find_root()?)
}

/// The folder that contains wrangler.toml: the working directory or one above it.
fn find_root() -> Result<PathBuf> {
    let here = std::env::current_dir().with_context(|| {
        say!("Không đọc được thư mục hiện tại", "The current folder cannot be read")
    })?;
    here.ancestors()
        .find(|folder| folder.join("wrangler.toml").is_file())
        .map(PathBuf::from)
        .with_context(|| {
            say!(
                "Thư mục này và các thư mục trên nó không có wrangler.toml: hãy chạy lệnh trong thư mục của cổng",
                "No wrangler.toml in this folder or above it: run cong inside the repository"
            )
        })
}
