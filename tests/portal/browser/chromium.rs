//! The Chromium of the test run. It is installed if it is missing and this is possible, and it ends with the test
//! process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use chromiumoxide::Browser;
use chromiumoxide::handler::HandlerConfig;
use futures_util::StreamExt;
use tokio::runtime::{Builder, Runtime};

use super::tab::Tab;
use crate::harness::{cong, scratch};

/// The names that Chromium's program has on different systems.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The time limit for a command to the browser. It is long because the machine may be building and testing at once.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Chromium {
    browser: Browser,
    runtime: Runtime,
    /// The browser ends when this process does, because its standard input is a pipe from this process, which then
    /// closes.
    _process: Mutex<Child>,
}

/// Returns the browser of this test run. The first call starts it.
pub fn chromium() -> &'static Chromium {
    static CHROMIUM: OnceLock<Chromium> = OnceLock::new();
    CHROMIUM.get_or_init(Chromium::start)
}

impl Chromium {
    fn start() -> Self {
        let program = program();
        let profile = scratch("chromium");
        let mut process = cong()
            .args(["supervise", "--", &program])
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--disable-renderer-backgrounding",
                "--disable-backgrounding-occluded-windows",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines =
            BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut printed = String::new();
        let address = lines.by_ref().find_map(|line| {
            printed += &format!("{line}\n");
            line.strip_prefix("DevTools listening on ").map(str::to_owned)
        });
        let address = address.unwrap_or_else(|| panic!("{program} did not start:\n{printed}"));
        // Read the rest of the output, so that the pipe does not fill up.
        thread::spawn(move || lines.for_each(drop));

        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let config =
            HandlerConfig { viewport: None, request_timeout: PATIENCE, ..HandlerConfig::default() };
        let (browser, mut handler) =
            runtime.block_on(Browser::connect_with_config(address, config)).unwrap();
        runtime.spawn(async move { while handler.next().await.is_some() {} });
        Self { browser, runtime, _process: Mutex::new(process) }
    }

    /// Opens a new tab with its own cookies.
    pub fn tab(&'static self) -> Tab {
        Tab::new(self, &self.browser)
    }

    /// Runs a future of the browser to completion.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// Returns the name of Chromium's program on this machine. Installs Chromium first if it is missing and this is
/// possible.
fn program() -> String {
    if let Some(named) = std::env::var("CHROMIUM").ok().filter(|named| !named.is_empty()) {
        assert!(runs(&named), "CHROMIUM in the environment is {named:?}, which does not start");
        return named;
    }
    let found = || NAMES.into_iter().find(|name| runs(name)).map(str::to_owned);
    found().or_else(|| install().then(found).flatten()).expect(
        "The tests in a browser need Chromium: install it (Debian and Ubuntu: apt-get install chromium; macOS: \
         brew install --cask chromium), or name its program in the environment as CHROMIUM",
    )
}

fn runs(program: &str) -> bool {
    let status = Command::new(program)
        .args(["--version", "--no-sandbox"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Installs Debian's package of Chromium if this process runs as root, as in containers and on build machines.
fn install() -> bool {
    if !rustix::process::geteuid().is_root() {
        return false;
    }
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-qq", "-y"]).args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let chromium = ["install", "--no-install-recommends", "chromium"];
    apt(&chromium) || (apt(&["update"]) && apt(&chromium))
}
