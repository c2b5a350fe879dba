//! Runs other programs so that none outlives this process. Each program runs under a supervisor (`cong supervise`),
//! which holds the other end of a pipe from this process. When this process ends, for whatever reason, the pipe closes,
//! and the supervisor ends the program and its descendants.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anstream::adapter::strip_str;
use anyhow::{Context, Result, bail};

use crate::console::Progress;
use crate::interrupt::{Interrupted, POLL, is_interrupted};
use crate::language::say;

/// Returns a command that runs a program under a supervisor, with the repository's tools first in `PATH`.
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
    // Hides Rust backtraces of the tools; their error messages are enough.
    command.env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::piped());
    // The supervisor has its own process group, so that Ctrl-C reaches only this process, which then ends its child
    // processes in order.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}

/// Returns `PATH` with `node_modules/.bin` before all other folders, because that folder contains the pinned Node.js.
fn path_with_tools(root: &Path) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tools = root.join("node_modules/.bin");
    std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path))).with_context(
        || {
            say!(
                "Đường dẫn của thư mục có ký tự mà PATH không chứa được",
                "The folder's path contains a character that PATH cannot contain"
            )
        },
    )
}

/// Waits until a supervised program ends. If Ctrl-C is pressed, ends the program and fails with [`Interrupted`].
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

/// Ends a supervised program and all its descendants.
pub fn end(child: &mut Child) -> Result<()> {
    drop(child.stdin.take());
    child.wait()?;
    Ok(())
}

/// The output of a program that has ended, and whether it succeeded.
pub struct Finished {
    pub success: bool,
    /// Standard output, without standard error.
    pub stdout: String,
    /// Standard output and standard error, line by line, in the order in which they were printed.
    pub transcript: String,
}

impl Finished {
    /// The last `count` non-empty lines of the output.
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

/// Runs a supervised program until it ends. Shows the last line that it has printed as progress.
pub fn finish(mut command: Command, progress: &mut Progress) -> Result<Finished> {
    command.stdout(Stdio::piped());
    to_the_end(command, progress)
}

/// Like [`finish`], but writes standard output unchanged into a file, and leaves it out of `Finished`.
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
            // Some programs print colours even if the output is not a terminal.
            let line = strip_str(line.trim_end()).to_string();
            if sender.send((is_stdout, line)).is_err() {
                break;
            }
        }
    })
}
