//! The one portal that all tests share, and the words in which they speak about it.

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
pub use fixtures::{CLAUSES, now, time};
pub use forms::{GENERAL, receipt_hash, stamp, stamp_aged, stamp_at};
pub use processes::{command_line, descendants};
pub use sessions::Session;
pub use team::{Behaviour, Team};
pub use tokens::{TokenKey, claims, token};
pub use wrangler::wrangler_on;

/// A running portal; it ends when the test process does, because its standard input closes then.
pub struct Portal {
    pub port: u16,
    /// Where its storage is.
    pub state: PathBuf,
    /// What it and its Worker print.
    log: PathBuf,
    folder: PathBuf,
    options: Vec<String>,
    process: Mutex<Child>,
}

/// The portal of this test run, started by the first test that asks for it. Its entry injects
/// faults where a request asks for one.
pub fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let folder = scratch("portal");
        fixtures::write(&folder.join("content"));
        copy_folder(empty_storage(), &folder.join("state"));
        Portal::start(&folder, &[&FAULTS[..], &PATIENT].concat())
    })
}

/// A portal for one test alone: the Worker as deployed, without articles and without the test entry.
pub fn plain_portal(name: &str) -> Portal {
    start_own(name, empty_storage(), &[], &[])
}

/// A portal for one test, or for a few that share it, without articles.
pub fn own_portal(name: &str) -> Portal {
    own_portal_with(name, &[])
}

/// The same with some settings changed, each as `NAME:VALUE`.
pub fn own_portal_with(name: &str, settings: &[&str]) -> Portal {
    start_own(name, empty_storage(), settings, &FAULTS)
}

/// A portal for one test on a copy of that storage.
pub fn own_portal_on(name: &str, storage: &Path) -> Portal {
    start_own(name, storage, &[], &FAULTS)
}

const FAULTS: [&str; 2] = ["--entry", "tests/faults.mjs"];
/// On a machine that builds and tests at the same time a database may take its time. Where a test is about
/// the deadline, its own setting comes later and counts.
const PATIENT: [&str; 2] = ["--var", "DATABASE_DEADLINE_MS:20000"];

fn start_own(name: &str, storage: &Path, settings: &[&str], options: &[&str]) -> Portal {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("content/articles")).unwrap();
    let settings = settings.iter().flat_map(|setting| ["--var", *setting]);
    let options = options.iter().copied().chain(PATIENT).chain(settings);
    copy_folder(storage, &folder.join("state"));
    Portal::start(&folder, &options.collect::<Vec<_>>())
}

/// Local storage at the newest schema, with nothing in it: what most of a portal's start would be spent on.
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

/// A copy of it for one test.
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

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// The tool, speaking English whatever the locale of the machine is.
pub fn cong() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cong"));
    command.current_dir(root()).env("LC_ALL", "en_US.UTF-8");
    command
}

/// What makes the tool speak Vietnamese, as an argument of [`Command::env`].
pub const VIETNAMESE: (&str, &str) = ("LC_ALL", "vi_VN.UTF-8");

/// A folder for this test run alone.
pub fn scratch(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A port that nobody listens on, nor on the one that the stand-in of Access then takes. It is below those that the
/// system gives to outgoing connections, so that none of them has it when it is needed.
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

/// Asks again until the answer is there; fails with what was awaited after four minutes.
#[track_caller]
pub fn eventually<T>(awaited: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(started.elapsed() < Duration::from_secs(240), "waited in vain: {awaited}");
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

    /// Waits until it answers; false where another program has taken its port since that was found free.
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

    /// Kills the runtime in the middle of whatever it does, as a loss of power would.
    pub fn kill_runtime(&self) {
        let is_runtime =
            |pid: &u32| command_line(*pid).is_some_and(|c| c.contains("workerd serve"));
        for pid in descendants(self.process().id()).into_iter().filter(is_runtime) {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
        }
    }

    /// Another portal on the same storage, once this one has ended.
    pub fn start_again(self) -> Self {
        self.end();
        Self::start(&self.folder, &self.options.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Ends it; its storage stays.
    pub fn end(&self) {
        let mut process = self.process();
        drop(process.stdin.take());
        process.wait().unwrap();
    }

    /// The tool that runs it.
    pub fn process(&self) -> MutexGuard<'_, Child> {
        self.process.lock().unwrap()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.port, method, path)
    }

    /// What the tool and the Worker have printed so far.
    pub fn logged(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// The log reaches its file a moment after the answer reaches its reader.
    #[track_caller]
    pub fn assert_logs(&self, text: &str) {
        eventually(&format!("{text:?} in the log"), || self.logged().contains(text).then_some(()));
    }
}

/// The set-up of `cargo run dev`, shown while it runs: on a fresh clone it takes minutes.
fn install_and_build() {
    // The tool without what only tests depend on, as wrangler runs it before it serves: that has a time limit.
    let tool = ["build", "--quiet", "--locked", "--bin", "cong"];
    let status = Command::new(env!("CARGO")).args(tool).current_dir(root()).status().unwrap();
    assert!(status.success(), "cargo build failed; its message is above");
    for step in ["setup", "build"] {
        let status = cong().arg(step).stdin(Stdio::null()).status().unwrap();
        assert!(status.success(), "cong {step} failed; its message is above");
    }
}
