//! The tool: it ends all processes that it started, and reports errors clearly.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};

use crate::harness::{
    Portal, command_line, cong, descendants, eventually, free_port, plain_portal, portal, root,
    scratch,
};

/// Runs `end`, which ends a portal, and waits until none of the portal's processes is left.
fn assert_all_end(portal: Portal, end: impl FnOnce(&mut Child)) {
    let mut process = portal.process();
    let family = descendants(process.id());
    let names: Vec<_> = family.iter().filter_map(|pid| command_line(*pid)).collect();
    assert!(names.iter().any(|name| name.contains("workerd")), "no runtime in {names:?}");
    end(&mut process);
    process.wait().unwrap();
    eventually("no process is left", || {
        family.iter().all(|pid| command_line(*pid).is_none()).then_some(())
    });
}

fn signal(process: &Child, signal: &str) {
    let status = Command::new("kill").args([signal, &process.id().to_string()]).status();
    assert!(status.unwrap().success());
}

#[test]
fn closing_standard_input_ends_all_processes_of_the_tool() {
    assert_all_end(plain_portal("end-stdin"), |process| drop(process.stdin.take()));
}

#[test]
fn ctrl_c_ends_all_processes_of_the_tool() {
    assert_all_end(plain_portal("end-interrupt"), |process| signal(process, "-INT"));
}

#[test]
fn killing_the_tool_ends_all_its_processes() {
    assert_all_end(plain_portal("end-kill"), |process| signal(process, "-KILL"));
}

#[test]
fn a_taken_port_is_reported_in_one_message() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let output = cong().args(["dev", "--port", &port.to_string()]).output().unwrap();
    assert_one_message(&output, &format!("✗ Port {port} is taken by another program."));
}

#[test]
fn without_npm_the_message_says_what_to_install() {
    let clone = bare_copy("no-npm");
    let path = path_without(&["npm", "npx", "node"], &clone);
    let output = cong().arg("setup").current_dir(&clone).env("PATH", path).output().unwrap();
    assert_one_message(&output, "npm was not found. Install Node.js with npm");
}

#[test]
fn an_unreachable_registry_is_named_as_the_cause() {
    let clone = bare_copy("no-registry");
    let unreachable = format!("http://127.0.0.1:{}/", free_port());
    let output = cong()
        .arg("setup")
        .current_dir(&clone)
        .env("npm_config_registry", unreachable)
        .env("npm_config_cache", clone.join("cache"))
        .env("npm_config_fetch_retries", "0")
        .output()
        .unwrap();
    assert_one_message(&output, "npm could not reach its package registry");
}

#[test]
fn a_worker_that_does_not_build_shows_the_compilers_message() {
    portal();
    let clone = buildable_copy("no-build");
    fs::write(clone.join("src/lib.rs"), "fn broken( {}\n").unwrap();
    let output = cong()
        .arg("build")
        .current_dir(&clone)
        // Reuse what this test run has already compiled.
        .env("CARGO_TARGET_DIR", root().join("target"))
        .output()
        .unwrap();
    assert_one_message(&output, "✗ The Worker did not build; the compiler's messages are above");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("src/lib.rs:1"), "{text}");
}

#[test]
fn an_invalid_colour_is_reported_by_the_build() {
    portal();
    let clone = buildable_copy("no-colour");
    let settings = fs::read_to_string(root().join("wrangler.toml")).unwrap();
    let settings = settings.replace("ACCENT = \"\"", "ACCENT = \"maroon\"");
    fs::write(clone.join("wrangler.toml"), settings).unwrap();
    let output = cong().arg("build").current_dir(&clone).output().unwrap();
    assert_one_message(
        &output,
        "✗ ACCENT in wrangler.toml is no colour: maroon. Write one like #8f1d1d",
    );
}

#[track_caller]
fn assert_one_message(output: &Output, message: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(text.contains(message), "{text}");
    assert_eq!(text.matches('✗').count(), 1, "{text}");
    assert!(!text.contains("backtrace") && !text.contains("panicked"), "{text}");
}

/// Copies the files that `cong setup` reads into a folder in which nothing is installed.
fn bare_copy(name: &str) -> PathBuf {
    let folder = scratch(name);
    for file in ["wrangler.toml", "package.json", "package-lock.json"] {
        fs::copy(root().join(file), folder.join(file)).unwrap();
    }
    folder
}

/// Copies the files that `cong build` reads, except the sources of the Worker.
fn buildable_copy(name: &str) -> PathBuf {
    let folder = bare_copy(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    for name in [".tools", "node_modules", "benches", "crates", "tests", "static", "styles"] {
        symlink(root().join(name), folder.join(name)).unwrap();
    }
    for name in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join(name), folder.join(name)).unwrap();
    }
    folder
}

/// Returns a folder with links to all programs in PATH except `missing`.
fn path_without(missing: &[&str], folder: &Path) -> PathBuf {
    let links = folder.join("path");
    fs::create_dir_all(&links).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    for entry in
        std::env::split_paths(&path).filter_map(|folder| fs::read_dir(folder).ok()).flatten()
    {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if !missing.iter().any(|missing| name == *missing) {
            let _ = symlink(entry.path(), links.join(name));
        }
    }
    links
}
