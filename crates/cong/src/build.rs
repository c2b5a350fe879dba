//! Builds the Worker, and the assets that are served beside it, into build/. Steps whose inputs have not
//! changed are skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cong_core::digest::to_hex;
use sha2::{Digest, Sha256};

use crate::assets;
use crate::console::{Outcome, Progress, step};
use crate::language::{cannot_read, say};
use crate::process::{finish, supervised};
use crate::toolchain::{self, WASM_BINDGEN, WORKER_BUILD};

/// The build command of wrangler.toml, which wrangler runs before it serves or deploys. Prints nothing if
/// everything is up to date.
pub fn build_with_tools(root: &Path) -> Result<()> {
    if !toolchain::is_installed(root) {
        toolchain::install(root)?;
    }
    let _lock = toolchain::lock(root)?;
    if !assets::is_current(root)? {
        step(&assets_step(), |progress| assets::build(root, progress))?;
    }
    if !is_current(root, &fingerprint(root)?) {
        step("Worker", |progress| build(root, progress))?;
    }
    Ok(())
}

fn assets_step() -> String {
    say!("giao diện", "appearance")
}

/// The build as steps of `cong dev`, which also report what is up to date.
pub fn build_step(root: &Path) -> Result<()> {
    let _lock = toolchain::lock(root)?;
    step(&assets_step(), |progress| {
        if assets::is_current(root)? {
            return Outcome::skipped(say!("không có gì thay đổi", "unchanged"));
        }
        assets::build(root, progress)
    })?;
    step("Worker", |progress| {
        if is_current(root, &fingerprint(root)?) {
            return Outcome::skipped(say!("không có gì thay đổi", "unchanged"));
        }
        build(root, progress)
    })
}

fn build(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    let fingerprint = fingerprint(root)?;
    let _ = fs::remove_file(stamp(root));
    let program = WORKER_BUILD.program(root, "worker-build");
    let mut command = supervised(root, program, ["--release", "--", "--package", "cong-worker"])?;
    // Otherwise worker-build would download these programs from a site that is not a package registry.
    command.env("WASM_BINDGEN_BIN", WASM_BINDGEN.program(root, "wasm-bindgen"));
    let wasm_opt = root.join("node_modules/.bin/wasm-opt");
    command.env("WASM_OPT_BIN", &wasm_opt);
    command.env("ESBUILD_BIN", root.join("node_modules/.bin/esbuild"));
    finish_step(command, progress)?;
    // worker-build keeps the names of functions, and every isolate would load them.
    let module = root.join("build/index_bg.wasm");
    let mut command = supervised(root, wasm_opt, ["--strip-debug", "--strip-producers"])?;
    command.arg(&module).arg("-o").arg(&module);
    finish_step(command, progress)?;
    fs::write(stamp(root), fingerprint)
        .with_context(|| say!("Không ghi được vào build/", "build/ cannot be written to"))?;
    Outcome::done(say!("đã dựng vào build/", "built into build/"))
}

fn finish_step(command: Command, progress: &mut Progress) -> Result<()> {
    let finished = finish(command, progress)?;
    if finished.success {
        return Ok(());
    }
    eprintln!("{}", finished.transcript.trim_end());
    bail!(say!(
        "Không dựng được Worker; thông báo của trình biên dịch ở ngay trên",
        "The Worker did not build; the compiler's messages are above"
    ))
}

fn stamp(root: &Path) -> PathBuf {
    root.join("build/.inputs")
}

fn is_current(root: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp(root)).is_ok_and(|built| built == fingerprint)
        && root.join("build/index.js").is_file()
        && root.join("build/index_bg.wasm").is_file()
}

/// A hash of all inputs of the Worker.
fn fingerprint(root: &Path) -> Result<String> {
    let mut inputs = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    inputs.push(root.join("package-lock.json"));
    inputs.push(root.join("crates/core/Cargo.toml"));
    for folder in ["styles", "src", "crates/core/src"] {
        collect_files(&root.join(folder), &mut inputs)?;
    }
    hash_files(root, inputs)
}

/// A hash of the files' paths, relative to the root, and of their contents.
pub fn hash_files(root: &Path, mut files: Vec<PathBuf>) -> Result<String> {
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let content = fs::read(&file).with_context(|| cannot_read(&file))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update((content.len() as u64).to_be_bytes());
        hasher.update(content);
    }
    Ok(to_hex(&hasher.finalize()))
}

/// Adds all files in a folder and its subfolders.
pub fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| cannot_read(folder))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
