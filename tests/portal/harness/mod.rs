//! The portal that all tests share, and the helper functions for talking to it.

mod answer;
mod fixtures;
mod forms;
mod processes;
mod sessions;
mod storage;
mod team;
mod tokens;
mod turns;
mod wire;
mod wrangler;
pub mod xml;

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

pub use answer::{Answer, Request};
pub use fixtures::{CLAUSES, document, now, short_document, time};
pub use forms::{
    GENERAL, NAME, SENDER, form_token, form_token_aged, form_token_at, receipt_code, receipt_hash,
};
pub use processes::{command_line, descendants};
pub use sessions::Session;
pub use team::{Behaviour, Team};
pub use tokens::{TokenKey, claims, token};
pub use wrangler::wrangler_on;

/// A running portal. It ends when the test process ends, because that closes its standard input.
pub struct Portal {
    pub port: u16,
    /// The folder of the portal's local storage.
    pub state: PathBuf,
    /// The file that receives the output of the tool and of the Worker.
    log: PathBuf,
    folder: PathBuf,
    options: Vec<String>,
    process: Mutex<Child>,
}

/// Returns the portal that all tests share. The first call starts it. Its Worker has the test entry `tests/faults.mjs`,
/// which can inject faults.
pub fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let folder = scratch("portal");
        fixtures::write(&folder.join("content"));
        copy_folder(empty_storage(), &folder.join("state"));
        Portal::start(&folder, &[&FAULTS[..], &PATIENT].concat())
    })
}

/// Starts a portal without articles for one test. Its Worker is the one that is deployed, without the test entry that
/// can inject faults.
pub fn plain_portal(name: &str) -> Portal {
    start_own(name, empty_storage(), &[], &[])
}

/// Starts a portal without articles, for one test or for a few tests that share it.
pub fn own_portal(name: &str) -> Portal {
    own_portal_with(name, &[])
}

/// Starts a portal like [`own_portal`] with changed settings, each as `NAME:VALUE`.
pub fn own_portal_with(name: &str, settings: &[&str]) -> Portal {
    start_own(name, empty_storage(), settings, &FAULTS)
}

/// Starts a portal for one test on a copy of `storage`.
pub fn own_portal_on(name: &str, storage: &Path) -> Portal {
    start_own(name, storage, &[], &FAULTS)
}

const FAULTS: [&str; 2] = ["--entry", "tests/faults.mjs"];
/// A long deadline for the database, which may be slow on a machine that builds and tests at once. A test about the
/// deadline adds its own value, which overrides this one.
const PATIENT: [&str; 2] = ["--var", "DATABASE_DEADLINE_MS:20000"];

fn start_own(name: &str, storage: &Path, settings: &[&str], options: &[&str]) -> Portal {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("content/articles")).unwrap();
    let settings = settings.iter().flat_map(|setting| ["--var", *setting]);
    let options = options.iter().copied().chain(PATIENT).chain(settings);
    copy_folder(storage, &folder.join("state"));
    Portal::start(&folder, &options.collect::<Vec<_>>())
}

/// Returns empty local storage with all migrations applied. It is made once and copied, because applying the migrations
/// would be the slowest part of starting a portal.
fn empty_storage() -> &'static Path {
    static STORAGE: OnceLock<PathBuf> = OnceLock::new();
    STORAGE.get_or_init(|| {
        install_and_build();
        let folder = scratch("empty");
        fs::create_dir_all(folder.join("content/articles")).unwrap();
        Portal::start(&folder, &["--var", "SYNC_ON_LOAD:false"]).end();
        folder.join("state")
    })
}

/// Returns a copy of the empty storage for one test.
pub fn own_empty_storage(name: &str) -> PathBuf {
    let state = scratch(name).join("state");
    copy_folder(empty_storage(), &state);
    state
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// A command that runs the tool with English messages, whatever the machine's locale.
pub fn cong() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cong"));
    command.current_dir(root()).env("LC_ALL", "en_US.UTF-8");
    command
}

#[track_caller]
pub fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// The environment variable (name and value) with which the tool prints Vietnamese messages.
pub const VIETNAMESE: (&str, &str) = ("LC_ALL", "vi_VN.UTF-8");

/// Makes an empty folder for this test run.
pub fn scratch(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Returns a free port for a portal. The port 1,000 above it, for the stand-in for Cloudflare Access, is free too. Both
/// are outside the range from which the system takes ports for outgoing connections, so that no connection takes them
/// before the portal does.
pub fn free_port() -> u16 {
    static TRIED: AtomicU16 = AtomicU16::new(0);
    const FIRST: u16 = 11_000;
    const PORTS: u16 = 20_000;
    let start = (std::process::id().wrapping_mul(379) % u32::from(PORTS)) as u16;
    let is_taken = |host, port| {
        TcpListener::bind((host, port)).is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
    };
    let is_free = |port| !is_taken("127.0.0.1", port) && !is_taken("::1", port);
    let next = || FIRST + (start + TRIED.fetch_add(1, Ordering::Relaxed)) % PORTS;
    std::iter::repeat_with(next).find(|&port| is_free(port) && is_free(port + 1_000)).unwrap()
}

/// Calls `ask` until it returns a value. Panics after four minutes; `awaited` then says in the message what was
/// missing.
#[track_caller]
pub fn eventually<T>(awaited: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(started.elapsed() < Duration::from_secs(240), "timed out waiting for: {awaited}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Portal {
    fn start(folder: &Path, options: &[&str]) -> Self {
        loop {
            let portal = Self::spawn(folder, options);
            if portal.answers() {
                return portal;
            }
        }
    }

    fn spawn(folder: &Path, options: &[&str]) -> Self {
        let state = folder.join("state");
        let log = folder.join("log");
        let output = File::create(&log).unwrap();
        let port = free_port();
        let process = cong()
            .args(["dev", "--until-stdin-closes", "--port", &port.to_string()])
            .args(options)
            .arg("--state")
            .arg(&state)
            .arg("--content")
            .arg(folder.join("content"))
            .stdin(Stdio::piped())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        Self {
            port,
            state,
            log,
            folder: folder.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            process: Mutex::new(process),
        }
    }

    /// Waits until the portal answers. Returns false if another program has taken its port first.
    fn answers(&self) -> bool {
        let answers = format!("✓ http://localhost:{} answers", self.port);
        eventually("the portal answers", || {
            let has_ended = self.process().try_wait().unwrap().is_some();
            let log = self.logged();
            let is_taken = has_ended && log.contains("Address already in use");
            assert!(!has_ended || is_taken, "the portal did not start:\n{log}");
            (is_taken || log.contains(&answers)).then_some(!is_taken)
        })
    }

    /// Kills the Workers runtime at once, as a power cut would.
    pub fn kill_runtime(&self) {
        let is_runtime =
            |pid: &u32| command_line(*pid).is_some_and(|c| c.contains("workerd serve"));
        for pid in descendants(self.process().id()).into_iter().filter(is_runtime) {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
        }
    }

    /// Ends this portal, and starts another one on the same storage.
    pub fn start_again(self) -> Self {
        self.end();
        Self::start(&self.folder, &self.options.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Ends the portal, but keeps its storage.
    pub fn end(&self) {
        let mut process = self.process();
        drop(process.stdin.take());
        process.wait().unwrap();
    }

    /// The process of the tool that runs the portal.
    pub fn process(&self) -> MutexGuard<'_, Child> {
        self.process.lock().unwrap()
    }

    /// The portal's address, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.port, method, path)
    }

    pub fn logged(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// Waits until the log contains `text`, because a log line may be written only after the answer was sent.
    #[track_caller]
    pub fn assert_logs(&self, text: &str) {
        eventually(&format!("{text:?} in the log"), || self.logged().contains(text).then_some(()));
    }
}

/// Runs the set-up and the build of `cargo run dev`. Their output is shown, because they take minutes on a fresh clone.
fn install_and_build() {
    // Build the tool without dev-dependencies first. Wrangler runs it under a time limit before it serves.
    let tool = ["build", "--quiet", "--locked", "--bin", "cong"];
    let status = Command::new(env!("CARGO")).args(tool).current_dir(root()).status().unwrap();
    assert!(status.success(), "cargo build failed; its message is above");
    for step in ["setup", "build"] {
        let status = cong().arg(step).stdin(Stdio::null()).status().unwrap();
        assert!(status.success(), "cong {step} failed; its message is above");
    }
}
