//! Builds the Worker, and the assets that are served beside it, into build/. A step is skipped if its inputs have not
//! changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::assets;
use crate::console::{Outcome, Progress, step};
use crate::input_hash::{collect_files, hash_files};
use crate::language::{cannot_read, say};
use crate::process::{finish, supervised};
use crate::toolchain::{self, WASM_TARGET};

/// Options of wasm-bindgen. The last two make the bindings start a fresh instance of the Wasm module after a panic.
const BINDING_OPTIONS: [&str; 6] = [
    "--target=module",
    "--out-name=index",
    "--no-typescript",
    "--remove-producers-section",
    "--experimental-reset-state-function",
    "--force-enable-abort-handler",
];
const OPTIMISATIONS: [&str; 5] = [
    // The bindings catch JavaScript exceptions, which is an extension of Wasm. The module itself names the other
    // extensions that it uses.
    "--enable-exception-handling",
    "-Oz",
    // A function that is called from a single place is inlined only if it is short. The runtime compiles a function as
    // a whole before its first call, so with larger functions, the first page would wait for the code of all pages.
    "--one-caller-inline-max-function-size=40",
    // Places the instances of a generic function side by side, which makes the compressed module 5 % smaller.
    "--reorder-functions-by-name",
    // Removes the names of functions, which every isolate would load.
    "--strip-debug",
];
const BUNDLE_OPTIONS: [&str; 4] =
    ["--bundle", "--format=esm", "--minify", "--external:./index_bg.wasm"];

/// Builds the Worker and the assets, and installs the build tools if they are missing. This is the build command in
/// wrangler.toml: wrangler runs it before it serves or deploys. Prints nothing if nothing has changed.
pub fn build_with_tools(root: &Path) -> Result<()> {
    if !toolchain::is_installed(root) {
        install_tools(root)?;
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

/// Installs the tools that are missing. If a tool is missing, also compiles the Worker at the same time, because the
/// installation and the compilation each use only one core for a long time.
pub fn install_tools(root: &Path) -> Result<()> {
    let is_complete = toolchain::is_installed(root);
    toolchain::install(root, &|| match is_complete {
        true => Ok(()),
        false => step(&say!("mã của Worker", "Worker code"), |progress| compile(root, progress)),
    })
}

fn compile(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    let args = ["build", "--release", "--lib", "--package", "cong-worker", "--target", WASM_TARGET];
    let mut command = supervised(root, "cargo", args)?;
    command.arg("--target-dir").arg(root.join("target"));
    // Makes the macros of wasm-bindgen await promises with js-sys, as `worker` does. By default, they would add a
    // second executor to the module.
    command.env("WASM_BINDGEN_USE_JS_SYS", "1");
    finish_step(command, progress)?;
    Outcome::done(say!("đã biên dịch", "compiled"))
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
    compile(root, progress)?;
    let compiled = root.join("target").join(WASM_TARGET).join("release/cong_worker.wasm");
    let bindings = root.join("build/bindings");
    let mut command = supervised(root, toolchain::wasm_bindgen(root), BINDING_OPTIONS)?;
    command.arg(compiled).arg("--out-dir").arg(&bindings);
    finish_step(command, progress)?;
    let programs = root.join("node_modules/.bin");
    let optimised = bindings.join("optimised.wasm");
    let mut command = supervised(root, programs.join("wasm-opt"), OPTIMISATIONS)?;
    command.arg(bindings.join("index_bg.wasm")).arg("-o").arg(&optimised);
    finish_step(command, progress)?;
    let bundle = bindings.join("bundle.js");
    let mut command = supervised(root, programs.join("esbuild"), BUNDLE_OPTIONS)?;
    command.arg(bindings.join("index.js")).arg(format!("--outfile={}", bundle.display()));
    finish_step(command, progress)?;
    // The Workers runtime loads a Wasm module with a plain `import`, not with `import source`.
    let script = fs::read_to_string(&bundle)
        .with_context(|| cannot_read(&bundle))?
        .replace("import source ", "import ");
    fs::rename(&optimised, root.join("build/index_bg.wasm"))
        .and_then(|()| fs::write(root.join("build/index.js"), script))
        .and_then(|()| fs::write(stamp(root), fingerprint))
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

/// A hash of all files from which the Worker is built, and of this file.
fn fingerprint(root: &Path) -> Result<String> {
    let files = ["Cargo.toml", "Cargo.lock", "package-lock.json", "crates/core/Cargo.toml"];
    let mut inputs: Vec<_> = files.iter().map(|file| root.join(file)).collect();
    inputs.push(root.join("crates/cong/src/build.rs"));
    for folder in ["styles", "src", "crates/core/src"] {
        collect_files(&root.join(folder), &mut inputs)?;
    }
    hash_files(root, inputs)
}
