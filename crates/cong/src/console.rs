//! The tool's output: each step with its outcome and duration, and at most one error message, at the end.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use cong_core::vietnamese::grouped;

use crate::interrupt::{Interrupted, POLL, interrupt, is_interrupted};
use crate::language::{io_cause, say};

/// The interval at which a running step prints that it is still running, if the output is not a terminal.
const PLAIN_INTERVAL: Duration = Duration::from_secs(15);

/// The names of the steps that are running.
static RUNNING: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn with_running<T>(take: impl FnOnce(&mut Vec<String>) -> T) -> T {
    take(&mut RUNNING.lock().unwrap_or_else(PoisonError::into_inner))
}

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
    progress.end();
    let seconds = progress.started.elapsed().as_secs_f32();
    let (found, outcome) = outcome?;
    match outcome {
        Outcome::Done(text) => eprintln!("✓ {name}: {text} ({seconds:.1} s)"),
        Outcome::Skipped(text) => eprintln!("· {name}: {text} ({seconds:.1} s)"),
    }
    Ok(found)
}

/// Runs steps at the same time. After a failure, the others end as after Ctrl-C.
///
/// # Errors
/// The failure, or [`Interrupted`] if Ctrl-C was pressed.
pub fn together(steps: &[&(dyn Fn() -> Result<()> + Sync)]) -> Result<()> {
    let outcomes: Vec<_> = thread::scope(|scope| {
        let run = |step: &(dyn Fn() -> Result<()> + Sync)| step().inspect_err(|_| interrupt());
        let threads: Vec<_> = steps.iter().map(|step| scope.spawn(move || run(*step))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    let mut errors: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    errors.sort_by_key(|error| error.is::<Interrupted>());
    errors.into_iter().next().map_or(Ok(()), Err)
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
    /// The numbers of finished items and of all items, as text; empty if the step does not count items.
    stage: String,
}

impl Progress {
    fn new(name: &str) -> Self {
        with_running(|running| running.push(name.to_owned()));
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
            // Steps that run at the same time share the line, and the first of them writes it.
            let Some(names) = with_running(|running| {
                (running.first() == Some(&self.name)).then(|| running.join(", "))
            }) else {
                return;
            };
            let line: String = format!("… {names}: {seconds} s  {}{latest}", self.stage)
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

    fn end(&self) {
        with_running(|running| running.retain(|name| *name != self.name));
        if self.is_terminal {
            eprint!("\r\x1b[2K");
        }
    }
}
