//! Builds the Worker, and the assets that are served beside it, into build/. A step is skipped if its inputs have not
//! changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::assets;
use crate::console::{Outcome, Progress, step};
use crate::input_hash::{collect_files, hash_files};
use crate::language::say;
use crate::process::{finish, supervised};
use crate::toolchain::{self, WASM_BINDGEN, WORKER_BUILD};

/// Builds the Worker and the assets, and installs the tools for it if they are missing. This is the build command in
/// wrangler.toml: wrangler runs it before it serves or deploys. Prints nothing if nothing has changed.
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

/// Builds the assets and the Worker as two steps of `cong dev`. A step for which nothing has changed is printed too.
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
    let program = WORKER_BUILD.program(root);
    let mut command = supervised(root, program, ["--release", "--", "--package", "cong-worker"])?;
    // Names wasm-bindgen and wasm-opt to worker-build, which would otherwise download them from a site that is not a
    // package registry.
    command.env("WASM_BINDGEN_BIN", WASM_BINDGEN.program(root));
    let wasm_opt = root.join("node_modules/.bin/wasm-opt");
    command.env("WASM_OPT_BIN", &wasm_opt);
    command.env("ESBUILD_BIN", root.join("node_modules/.bin/esbuild"));
    finish_step(command, progress)?;
    // Removes the names of functions, which worker-build leaves in the module: every isolate would load them.
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

/// A hash of all files that the Worker is built from.
fn fingerprint(root: &Path) -> Result<String> {
    let mut inputs = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    inputs.push(root.join("package-lock.json"));
    inputs.push(root.join("crates/core/Cargo.toml"));
    for folder in ["styles", "src", "crates/core/src"] {
        collect_files(&root.join(folder), &mut inputs)?;
    }
    hash_files(root, inputs)
}
