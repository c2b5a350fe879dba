//! The one portal that all tests share, and the words in which they speak about it.

mod answer;
mod fixtures;
mod wrangler;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

pub use answer::{Answer, Request};
pub use fixtures::time;

/// A running portal; it ends when the test process does, because its standard input closes then.
pub struct Portal {
    pub port: u16,
    /// Where its storage is.
    pub state: PathBuf,
    /// What it and its Worker print.
    pub log: PathBuf,
    _process: Mutex<Child>,
}

/// The portal of this test run, started by the first test that asks for it.
pub fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(Portal::start)
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn cong() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cong"));
    command.current_dir(root());
    command
}

/// A folder for this test run alone.
pub fn scratch(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Asks again until the answer is there; fails with what was awaited after a minute.
pub fn eventually<T>(awaited: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain: {awaited}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Portal {
    fn start() -> Self {
        install_and_build();
        let folder = scratch("portal");
        fixtures::write(&folder.join("content"));
        let state = folder.join("state");
        let log = folder.join("log");
        let port = free_port();
        let mut process = cong()
            .args(["dev", "--until-stdin-closes", "--entry", "tests/faults.mjs"])
            .args(["--port", &port.to_string()])
            .arg("--state")
            .arg(&state)
            .arg("--content")
            .arg(folder.join("content"))
            .stdin(Stdio::piped())
            .stdout(File::create(&log).unwrap())
            .stderr(File::options().append(true).open(&log).unwrap())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while !fs::read_to_string(&log)
            .unwrap()
            .contains(&format!("✓ http://localhost:{port} answers"))
        {
            let has_ended = process.try_wait().unwrap().is_some();
            let is_late = started.elapsed() > Duration::from_secs(180);
            if has_ended || is_late {
                panic!("the portal did not start:\n{}", fs::read_to_string(&log).unwrap());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Self { port, state, log, _process: Mutex::new(process) }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.port, method, path)
    }

    /// What the Worker has logged so far.
    pub fn logged(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }
}

/// The set-up of `cargo run dev`, shown while it runs: on a fresh clone it takes minutes.
fn install_and_build() {
    for step in ["setup", "build"] {
        let status = cong().arg(step).stdin(Stdio::null()).status().unwrap();
        assert!(status.success(), "cong {step} failed; its message is above");
    }
}
