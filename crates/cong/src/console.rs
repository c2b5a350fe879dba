//! The tool's output: each step with its outcome and duration, and at most one error message, at the end.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use cong_core::vietnamese::grouped;

use crate::interrupt::{Interrupted, POLL, is_interrupted};
use crate::language::{io_cause, say};

/// The interval at which a running step prints that it is still running, if the output is not a terminal.
const PLAIN_INTERVAL: Duration = Duration::from_secs(15);

pub fn now() -> cong_core::vietnamese::Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    cong_core::vietnamese::Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

pub enum Outcome {
    Done(String),
    /// There was nothing to do, for the reason in the text.
    Skipped(String),
}

impl Outcome {
    pub fn done(text: impl Into<String>) -> Result<Self> {
        Ok(Self::Done(text.into()))
    }

    pub fn skipped(text: impl Into<String>) -> Result<Self> {
        Ok(Self::Skipped(text.into()))
    }
}

/// Runs a step and prints its outcome and duration.
pub fn step(name: &str, run: impl FnOnce(&mut Progress) -> Result<Outcome>) -> Result<()> {
    step_for(name, |progress| Ok(((), run(progress)?)))
}

/// Like [`step`], for a step that also returns a value.
pub fn step_for<T>(
    name: &str,
    run: impl FnOnce(&mut Progress) -> Result<(T, Outcome)>,
) -> Result<T> {
    let mut progress = Progress::new(name);
    let outcome = run(&mut progress);
    progress.clear();
    let seconds = progress.started.elapsed().as_secs_f32();
    let (found, outcome) = outcome?;
    match outcome {
        Outcome::Done(text) => eprintln!("✓ {name}: {text} ({seconds:.1} s)"),
        Outcome::Skipped(text) => eprintln!("· {name}: {text} ({seconds:.1} s)"),
    }
    Ok(found)
}

/// Prints an error message, and below it the causes.
pub fn failure(error: &anyhow::Error) {
    eprintln!("✗ {error}");
    for cause in error.chain().skip(1) {
        match cause.downcast_ref() {
            Some(cause) => eprintln!("  {}", io_cause(cause)),
            None => eprintln!("  {cause}"),
        }
    }
}

/// Asks a yes-or-no question on the terminal. If there is no terminal, fails with the message `alone`, which says which
/// option to use instead.
///
/// # Errors
/// The answer is not yes, there is no terminal, or Ctrl-C was pressed.
pub fn ask(question: &str, alone: String) -> Result<()> {
    if !stdin().is_terminal() {
        bail!(alone);
    }
    eprint!("{question} {} ", say!("[c/K]", "[y/N]"));
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = String::new();
        let _ = stdin().read_line(&mut answer).map(|_| sender.send(answer));
    });
    let answer = loop {
        match answers.recv_timeout(POLL) {
            Ok(answer) => break answer,
            Err(mpsc::RecvTimeoutError::Timeout) if !is_interrupted() => {}
            Err(_) => bail!(Interrupted),
        }
    };
    if !["c", "có", "co", "y", "yes"].contains(&answer.trim().to_lowercase().as_str()) {
        bail!(say!("Chưa làm gì cả.", "Nothing was done."));
    }
    Ok(())
}

/// The status line of a running step.
pub struct Progress {
    name: String,
    started: Instant,
    last_printed: Instant,
    is_terminal: bool,
    /// How many items are finished, and of how many; empty if the step does not count items.
    stage: String,
}

impl Progress {
    fn new(name: &str) -> Self {
        let now = Instant::now();
        let is_terminal = stderr().is_terminal();
        Self {
            name: name.to_owned(),
            started: now,
            last_printed: now,
            is_terminal,
            stage: String::new(),
        }
    }

    /// Sets the number of finished items, and of all items, that the status line shows.
    pub fn stage(&mut self, done: usize, total: usize) {
        self.stage = format!("{}/{}  ", grouped(done), grouped(total));
        self.show("");
    }

    /// Shows `latest`, the last line that the running program has printed. To be called about once a second.
    pub fn show(&mut self, latest: &str) {
        let seconds = self.started.elapsed().as_secs();
        if self.is_terminal {
            let line: String = format!("… {}: {seconds} s  {}{latest}", self.name, self.stage)
                .chars()
                .take(100)
                .collect();
            eprint!("\r\x1b[2K{line}");
            let _ = stderr().flush();
        } else if self.last_printed.elapsed() >= PLAIN_INTERVAL {
            self.last_printed = Instant::now();
            eprintln!("… {}: {seconds} s  {}{latest}", self.name, self.stage);
        }
    }

    fn clear(&self) {
        if self.is_terminal {
            eprint!("\r\x1b[2K");
        }
    }
}
