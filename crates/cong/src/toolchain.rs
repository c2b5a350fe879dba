//! Installs the tools for building and serving, in pinned versions, into folders of the repository that git ignores. A
//! marker file is written after each tool is installed, so an interrupted installation is noticed and repeated.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cong_core::digest;

use crate::console::{Outcome, Progress, step};
use crate::language::{cannot_read, say};
use crate::lock;
use crate::process::{finish, supervised};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
pub const WORKER_BUILD: CargoTool =
    CargoTool { name: "worker-build", program: "worker-build", version: "0.8.7" };
/// The program of wasm-bindgen. It works only with the same version of the crate, so this version must be the one in
/// Cargo.toml.
pub const WASM_BINDGEN: CargoTool =
    CargoTool { name: "wasm-bindgen-cli", program: "wasm-bindgen", version: "0.2.129" };

/// A program installed with `cargo install`.
pub struct CargoTool {
    name: &'static str,
    /// The one program of the package that is needed.
    program: &'static str,
    version: &'static str,
}

impl CargoTool {
    fn folder(&self, root: &Path) -> PathBuf {
        tools(root).join(format!("{}-{}", self.name, self.version))
    }

    pub fn program(&self, root: &Path) -> PathBuf {
        self.folder(root).join("bin").join(self.program)
    }
}

fn tools(root: &Path) -> PathBuf {
    root.join(".tools")
}

/// Locks the toolchain, so that a second `cong` waits while the first installs or builds.
pub fn lock(root: &Path) -> Result<File> {
    let waiting = say!(
        "đang chờ một cong khác cài hoặc dựng xong",
        "waiting for another cong that is installing or building"
    );
    lock::lock(&tools(root), "lock", &waiting)
}

pub fn install(root: &Path) -> Result<()> {
    let _lock = lock(root)?;
    step(&say!("đích wasm", "wasm target"), |progress| wasm_target(root, progress))?;
    step(&say!("các gói npm", "npm packages"), |progress| npm_packages(root, progress))?;
    for tool in [&WORKER_BUILD, &WASM_BINDGEN] {
        step(tool.name, |progress| cargo_tool(root, tool, progress))?;
    }
    let _ = fs::remove_dir_all(tools(root).join("target"));
    Ok(())
}

/// Installs wrangler if it is missing, for commands that use only the storage and need no other tool.
pub fn install_wrangler(root: &Path) -> Result<()> {
    if root.join("node_modules/.bin/wrangler").exists() {
        return Ok(());
    }
    let _lock = lock(root)?;
    step(&say!("các gói npm", "npm packages"), |progress| npm_packages(root, progress))
}

/// Whether all tools are installed. Prints nothing.
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
        return Outcome::skipped(say!("đã có", "there already"));
    }
    let command = supervised(root, "rustup", ["target", "add", WASM_TARGET])?;
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "{}\n  {}",
            say!(
                "rustup không thêm được đích {WASM_TARGET}. Đã cài rustup chưa, và có mạng không?",
                "rustup could not add the target {WASM_TARGET}. Is rustup installed, and the network reachable?"
            ),
            finished.last_lines(5)
        );
    }
    Outcome::done(say!("đã cài", "installed"))
}

fn npm_fingerprint(root: &Path) -> Result<String> {
    let lock = fs::read(root.join("package-lock.json"))
        .with_context(|| cannot_read(Path::new("package-lock.json")))?;
    Ok(digest::hex(&lock, 32))
}

fn npm_packages(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    let fingerprint = npm_fingerprint(root)?;
    if marker_matches(root, "npm", &fingerprint) && root.join("node_modules/.bin/wrangler").exists()
    {
        return Outcome::skipped(say!("đã có", "there already"));
    }
    let has_npm = Command::new("npm").arg("--version").output().is_ok();
    if !has_npm {
        bail!(say!(
            "Không có npm. Hãy cài Node.js kèm npm (phiên bản 20 trở lên), rồi chạy lại",
            "npm was not found. Install Node.js with npm (version 20 or newer), then run this again"
        ));
    }
    remove_marker(root, "npm");
    let command = supervised(root, "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!("{}\n  {}", npm_failure(&finished.transcript), finished.last_lines(5));
    }
    write_marker(root, "npm", &fingerprint)?;
    Outcome::done(say!("đã cài vào node_modules/", "installed into node_modules/"))
}

fn npm_failure(transcript: &str) -> String {
    const UNREACHABLE: [&str; 6] =
        ["ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "ENETUNREACH"];
    if UNREACHABLE.iter().any(|code| transcript.contains(code)) {
        say!(
            "npm không kết nối được tới kho gói. Hãy kiểm tra mạng (hoặc proxy), rồi chạy lại",
            "npm could not reach its package registry. Check the network (or the proxy), then run this again"
        )
    } else {
        say!(
            "npm không cài được các gói trong package-lock.json",
            "npm could not install the packages of package-lock.json"
        )
    }
}

fn cargo_tool(root: &Path, tool: &CargoTool, progress: &mut Progress) -> Result<Outcome> {
    let CargoTool { name, program, version } = tool;
    if marker_matches(root, name, version) && tool.folder(root).join("bin").is_dir() {
        return Outcome::skipped(say!("đã có {version}", "{version} there already"));
    }
    remove_marker(root, name);
    let folder = tool.folder(root);
    let mut command = supervised(root, "cargo", ["install", "--debug", "--locked", "--force"])?;
    command.arg(format!("{name}@{version}")).args(["--bin", program]).arg("--root").arg(&folder);
    // Nobody debugs these programs, and without debug information and other programs they compile in four fifths of the
    // time.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    // All tools are compiled in the same folder, so that an interrupted installation can be continued.
    command.env("CARGO_TARGET_DIR", tools(root).join("target"));
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "{}\n  {}",
            say!(
                "cargo không cài được {name} {version}. Nếu do mất mạng thì chạy lại: phần đã dựng được giữ nguyên",
                "cargo could not install {name} {version}. If the network was away, run this again: what was built is kept"
            ),
            finished.last_lines(8)
        );
    }
    write_marker(root, name, version)?;
    Outcome::done(say!("đã cài {version} vào .tools/", "{version} installed into .tools/"))
}

fn marker(root: &Path, name: &str) -> PathBuf {
    tools(root).join(format!("{name}.installed"))
}

fn marker_matches(root: &Path, name: &str, fingerprint: &str) -> bool {
    fs::read_to_string(marker(root, name)).is_ok_and(|written| written == fingerprint)
}

fn write_marker(root: &Path, name: &str, fingerprint: &str) -> Result<()> {
    fs::write(marker(root, name), fingerprint).with_context(|| {
        say!("Không ghi được vào .tools/", "A marker in .tools/ cannot be written")
    })
}

fn remove_marker(root: &Path, name: &str) {
    let _ = fs::remove_file(marker(root, name));
}
