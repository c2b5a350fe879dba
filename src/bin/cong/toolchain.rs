//! The tools that building and serving need, in pinned versions, inside the repository's own
//! ignored folders. A marker is written after each has been installed whole, so an interrupted
//! installation is noticed and redone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::console::{Outcome, Progress, step};
use crate::process::{finish, supervised};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
pub const WORKER_BUILD: CargoTool = CargoTool { name: "worker-build", version: "0.8.7" };
/// The same version as in Cargo.toml: the two understand each other only if they are equal.
pub const WASM_BINDGEN: CargoTool = CargoTool { name: "wasm-bindgen-cli", version: "0.2.129" };

/// A program that `cargo install` builds.
pub struct CargoTool {
    name: &'static str,
    version: &'static str,
}

impl CargoTool {
    fn folder(&self, root: &Path) -> PathBuf {
        tools(root).join(format!("{}-{}", self.name, self.version))
    }

    pub fn program(&self, root: &Path, name: &str) -> PathBuf {
        self.folder(root).join("bin").join(name)
    }
}

fn tools(root: &Path) -> PathBuf {
    root.join(".tools")
}

/// Keeps a second `cong` out until the first is done, across processes.
pub fn lock(root: &Path) -> Result<File> {
    let folder = tools(root);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let file = File::create(folder.join("lock")).context(".tools/lock cannot be made")?;
    if file.try_lock().is_err() {
        eprintln!("… waiting for another cong that is installing or building");
        file.lock().context(".tools/lock cannot be locked")?;
    }
    Ok(file)
}

/// Installs what is missing.
pub fn install(root: &Path) -> Result<()> {
    let _lock = lock(root)?;
    step("wasm target", |progress| wasm_target(root, progress))?;
    step("npm packages", |progress| npm_packages(root, progress))?;
    for tool in [&WORKER_BUILD, &WASM_BINDGEN] {
        step(tool.name, |progress| cargo_tool(root, tool, progress))?;
    }
    let _ = fs::remove_dir_all(tools(root).join("target"));
    Ok(())
}

/// Whether everything is there, without a word printed.
pub fn is_installed(root: &Path) -> bool {
    marker_matches(root, "npm", &npm_fingerprint(root).unwrap_or_default())
        && [&WORKER_BUILD, &WASM_BINDGEN]
            .iter()
            .all(|tool| marker_matches(root, tool.name, tool.version))
        && has_wasm_target()
}

fn has_wasm_target() -> bool {
    let output =
        Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]).output();
    output.is_ok_and(|output| {
        output.status.success()
            && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    })
}

fn wasm_target(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    if has_wasm_target() {
        return Outcome::skipped("there already");
    }
    let command = supervised(root, "rustup", ["target", "add", WASM_TARGET])?;
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "rustup could not add the target {WASM_TARGET}. Is rustup installed, and the network reachable?\n  {}",
            finished.last_lines(5)
        );
    }
    Outcome::done("installed")
}

fn npm_fingerprint(root: &Path) -> Result<String> {
    let lock =
        fs::read(root.join("package-lock.json")).context("package-lock.json cannot be read")?;
    Ok(Sha256::digest(lock).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn npm_packages(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    let fingerprint = npm_fingerprint(root)?;
    if marker_matches(root, "npm", &fingerprint) && root.join("node_modules/.bin/wrangler").exists()
    {
        return Outcome::skipped("there already");
    }
    let has_npm = Command::new("npm").arg("--version").output().is_ok();
    if !has_npm {
        bail!(
            "npm was not found. Install Node.js with npm (version 18 or newer), then run this again"
        );
    }
    remove_marker(root, "npm");
    let command = supervised(root, "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!("{}\n  {}", npm_failure(&finished.transcript), finished.last_lines(5));
    }
    write_marker(root, "npm", &fingerprint)?;
    Outcome::done("installed into node_modules/")
}

fn npm_failure(transcript: &str) -> &'static str {
    const UNREACHABLE: [&str; 6] =
        ["ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "ENETUNREACH"];
    if UNREACHABLE.iter().any(|code| transcript.contains(code)) {
        "npm could not reach its package registry. Check the network (or the proxy), then run this again"
    } else {
        "npm could not install the packages of package-lock.json"
    }
}

fn cargo_tool(root: &Path, tool: &CargoTool, progress: &mut Progress) -> Result<Outcome> {
    let CargoTool { name, version } = tool;
    if marker_matches(root, name, version) && tool.folder(root).join("bin").is_dir() {
        return Outcome::skipped(format!("{version} there already"));
    }
    remove_marker(root, name);
    let folder = tool.folder(root);
    let mut command = supervised(root, "cargo", ["install", "--debug", "--locked", "--force"])?;
    command.arg(format!("{name}@{version}")).arg("--root").arg(&folder);
    // Shared by the tools, and kept where an interrupted build can go on.
    command.env("CARGO_TARGET_DIR", tools(root).join("target"));
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "cargo could not install {name} {version}. If the network was away, run this again: what was built is kept\n  {}",
            finished.last_lines(8)
        );
    }
    write_marker(root, name, version)?;
    Outcome::done(format!("{version} installed into .tools/"))
}

fn marker(root: &Path, name: &str) -> PathBuf {
    tools(root).join(format!("{name}.installed"))
}

fn marker_matches(root: &Path, name: &str, fingerprint: &str) -> bool {
    fs::read_to_string(marker(root, name)).is_ok_and(|written| written == fingerprint)
}

fn write_marker(root: &Path, name: &str, fingerprint: &str) -> Result<()> {
    fs::write(marker(root, name), fingerprint).context("A marker in .tools/ cannot be written")
}

fn remove_marker(root: &Path, name: &str) {
    let _ = fs::remove_file(marker(root, name));
}
