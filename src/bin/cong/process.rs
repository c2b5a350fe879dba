//! Running other programs so that none outlives this one: each runs under `cong supervise`, which
//! holds the other end of a pipe and ends everything when that closes, however this process ends.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anstream::adapter::strip_str;
use anyhow::{Context, Result, bail};

use crate::console::Progress;
use crate::language::say;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// How often what is awaited, and Ctrl-C, are looked for.
pub const POLL: Duration = Duration::from_millis(50);

/// Ctrl-C was pressed, or the process was asked to end; all children are gone.
#[derive(Debug)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&say!("đã bị ngắt", "interrupted"))
    }
}

impl std::error::Error for Interrupted {}

/// From now on Ctrl-C and termination end the children first.
pub fn watch_for_interrupts() -> Result<()> {
    ctrlc::set_handler(interrupt)
        .with_context(|| say!("Không nhận được tín hiệu của hệ thống", "Signals cannot be handled"))
}

/// As if Ctrl-C had been pressed.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// A program to be run under supervision in a folder, with the repository's own tools first.
pub fn supervised(
    root: &Path,
    program: impl AsRef<OsStr>,
    args: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<Command> {
    let this = std::env::current_exe().with_context(|| {
        say!("Không biết đường dẫn của chương trình này", "The path of this program cannot be read")
    })?;
    let mut command = Command::new(this);
    command.arg("supervise").arg("--").arg(program).args(args).current_dir(root);
    command.env("PATH", path_with_tools(root)?);
    // What goes wrong in a tool is said in its own words, without the way through its code.
    command.env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::piped());
    // In a group of its own, so that Ctrl-C reaches this process alone and the order is kept.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}

/// `node_modules/.bin` holds the pinned Node.js, so it comes before the machine's.
fn path_with_tools(root: &Path) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tools = root.join("node_modules/.bin");
    std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path))).with_context(
        || {
            say!(
                "Đường dẫn của thư mục có ký tự mà PATH không chứa được",
                "The folder's path holds a character that PATH cannot"
            )
        },
    )
}

/// Waits for a supervised program. On Ctrl-C it is ended first.
pub fn wait(child: &mut Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if is_interrupted() {
            end(child)?;
            bail!(Interrupted);
        }
        thread::sleep(POLL);
    }
}

/// Ends a supervised program with all its descendants.
pub fn end(child: &mut Child) -> Result<()> {
    drop(child.stdin.take());
    child.wait()?;
    Ok(())
}

/// What a program printed, and whether it succeeded.
pub struct Finished {
    pub success: bool,
    /// Standard output alone.
    pub stdout: String,
    /// Both streams, line by line as they came.
    pub transcript: String,
}

impl Finished {
    /// The last lines that were printed.
    pub fn last_lines(&self, count: usize) -> String {
        let lines: Vec<_> =
            self.transcript.lines().filter(|line| !line.trim().is_empty()).collect();
        lines
            .iter()
            .skip(lines.len().saturating_sub(count))
            .copied()
            .collect::<Vec<_>>()
            .join("\n  ")
    }
}

/// Runs a supervised program to its end, showing its latest line as progress.
pub fn finish(mut command: Command, progress: &mut Progress) -> Result<Finished> {
    command.stdout(Stdio::piped());
    to_the_end(command, progress)
}

/// The same with its standard output in a file, byte by byte, and not in what is said to have been printed.
pub fn finish_into(mut command: Command, file: File, progress: &mut Progress) -> Result<Finished> {
    command.stdout(file);
    to_the_end(command, progress)
}

fn to_the_end(mut command: Command, progress: &mut Progress) -> Result<Finished> {
    command.stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| {
        say!("Không khởi động được một chương trình", "A program could not be started")
    })?;
    let (sender, lines) = mpsc::channel();
    let stdout = child.stdout.take().map(|stream| forward_lines(stream, true, sender.clone()));
    let stderr = child.stderr.take().map(|stream| forward_lines(stream, false, sender));

    let mut finished =
        Finished { success: false, stdout: String::new(), transcript: String::new() };
    let mut latest = String::new();
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok((is_stdout, line)) => {
                if is_stdout {
                    finished.stdout.push_str(&line);
                    finished.stdout.push('\n');
                }
                finished.transcript.push_str(&line);
                finished.transcript.push('\n');
                latest = line.trim().to_owned();
            }
            Err(mpsc::RecvTimeoutError::Timeout) => progress.show(&latest),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        if is_interrupted() {
            break;
        }
    }
    finished.success = wait(&mut child)?.success();
    for reader in [stdout, stderr].into_iter().flatten() {
        let _ = reader.join();
    }
    Ok(finished)
}

fn forward_lines(
    stream: impl Read + Send + 'static,
    is_stdout: bool,
    sender: mpsc::Sender<(bool, String)>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            // Some programs colour what they print even where nobody sees it.
            let line = strip_str(line.trim_end()).to_string();
            if sender.send((is_stdout, line)).is_err() {
                break;
            }
        }
    })
}
