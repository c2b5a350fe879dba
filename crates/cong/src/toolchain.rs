//! Installs the tools for building and serving, in pinned versions, into folders of the repository that git ignores. A
//! marker file is written after each tool is installed, so an interrupted installation is noticed and repeated.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cong_core::digest;

use crate::console::{Outcome, Progress, step, together};
use crate::language::{cannot_read, say};
use crate::lock;
use crate::process::{finish, supervised};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The package of wasm-bindgen's program. The program works only with the crate of the same version, so its version
/// must be that of the crate in Cargo.toml.
const BINDGEN: &str = "wasm-bindgen-cli";
const BINDGEN_VERSION: &str = "0.2.129";

fn bindgen_folder(root: &Path) -> PathBuf {
    tools(root).join(format!("{BINDGEN}-{BINDGEN_VERSION}"))
}

pub fn wasm_bindgen(root: &Path) -> PathBuf {
    bindgen_folder(root).join("bin/wasm-bindgen")
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

/// Installs the tools that are missing, and runs `meanwhile` at the same time, as soon as the compiler can make Wasm.
pub fn install(root: &Path, meanwhile: &(dyn Fn() -> Result<()> + Sync)) -> Result<()> {
    let _lock = lock(root)?;
    step(&say!("đích wasm", "wasm target"), |progress| wasm_target(root, progress))?;
    let npm = || step(&npm_step(), |progress| npm_packages(root, progress));
    let bindgen = || step(BINDGEN, |progress| install_bindgen(root, progress));
    together(&[&npm, &bindgen, meanwhile])?;
    let _ = fs::remove_dir_all(tools(root).join("target"));
    Ok(())
}

/// Installs wrangler if it is missing, for commands that use only the storage and need no other tool.
pub fn install_wrangler(root: &Path) -> Result<()> {
    if root.join("node_modules/.bin/wrangler").exists() {
        return Ok(());
    }
    let _lock = lock(root)?;
    step(&npm_step(), |progress| npm_packages(root, progress))
}

fn npm_step() -> String {
    say!("các gói npm", "npm packages")
}

/// Whether all tools are installed. Prints nothing.
pub fn is_installed(root: &Path) -> bool {
    marker_matches(root, "npm", &npm_fingerprint(root).unwrap_or_default())
        && marker_matches(root, BINDGEN, BINDGEN_VERSION)
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

fn install_bindgen(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    if marker_matches(root, BINDGEN, BINDGEN_VERSION) && wasm_bindgen(root).is_file() {
        return Outcome::skipped(say!(
            "đã có {BINDGEN_VERSION}",
            "{BINDGEN_VERSION} there already"
        ));
    }
    remove_marker(root, BINDGEN);
    // `nice` gives way to the compilation of the Worker at the same time, which takes longer and ends with a part that
    // uses only one core.
    let args = ["cargo", "install", "--debug", "--locked", "--force"];
    let mut command = supervised(root, "nice", args)?;
    command.arg(format!("{BINDGEN}@{BINDGEN_VERSION}")).args(["--bin", "wasm-bindgen"]);
    command.arg("--root").arg(bindgen_folder(root));
    // Without debug information and the package's other programs, the compilation takes four fifths of the time.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    // This folder is kept until all tools are installed, so that an interrupted installation can be continued.
    command.env("CARGO_TARGET_DIR", tools(root).join("target"));
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "{}\n  {}",
            say!(
                "cargo không cài được {BINDGEN} {BINDGEN_VERSION}. Nếu do mất mạng thì chạy lại: phần đã dựng được giữ nguyên",
                "cargo could not install {BINDGEN} {BINDGEN_VERSION}. If the network failed, run this again: finished parts are kept"
            ),
            finished.last_lines(8)
        );
    }
    write_marker(root, BINDGEN, BINDGEN_VERSION)?;
    Outcome::done(say!(
        "đã cài {BINDGEN_VERSION} vào .tools/",
        "{BINDGEN_VERSION} installed into .tools/"
    ))
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
