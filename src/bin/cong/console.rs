//! What the tool prints: each step with what it does and how long it took, and one message where
//! something failed.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use cong::vietnamese::grouped;

use crate::language::{io_cause, say};
use crate::process::{Interrupted, POLL, is_interrupted};

/// How often a step that prints to a file or a pipe says that it is still at work.
const PLAIN_INTERVAL: Duration = Duration::from_secs(15);

/// The current second.
pub fn now() -> cong::vietnamese::Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    cong::vietnamese::Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// What became of a step.
pub enum Outcome {
    Done(String),
    /// Nothing was to be done.
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

/// Runs one step and prints its outcome and its time.
pub fn step(name: &str, run: impl FnOnce(&mut Progress) -> Result<Outcome>) -> Result<()> {
    step_for(name, |progress| Ok(((), run(progress)?)))
}

/// The same for what it finds.
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

/// Prints the one message of a failure: what failed, and beneath it why.
pub fn failure(error: &anyhow::Error) {
    eprintln!("✗ {error}");
    for cause in error.chain().skip(1) {
        match cause.downcast_ref() {
            Some(cause) => eprintln!("  {}", io_cause(cause)),
            None => eprintln!("  {cause}"),
        }
    }
}

/// Asks whoever is at the terminal whether to go on; with nobody there, `alone` says what to do.
///
/// # Errors
/// Whoever is asked does not agree, or nobody is there, or Ctrl-C was pressed.
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

/// The line that shows that a long step is at work.
pub struct Progress {
    name: String,
    started: Instant,
    last_printed: Instant,
    is_terminal: bool,
    /// How far the step is, where it can be counted.
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

    /// Says how many of how many things are done.
    pub fn stage(&mut self, done: usize, total: usize) {
        self.stage = format!("{}/{}  ", grouped(done), grouped(total));
        self.show("");
    }

    /// Shows the latest thing that the step's program printed. Call it about once a second.
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
