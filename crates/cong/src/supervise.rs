//! `cong supervise`: runs a command in a new process group, and ends the whole group when standard input closes, when
//! the command ends, or when the supervisor itself is told to end.

use std::ffi::OsString;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::language::say;
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// The time that the process group has to end after SIGTERM, before it is killed.
const GRACE: Duration = Duration::from_secs(5);

pub fn run(command: &[OsString]) -> ExitCode {
    let [program, args @ ..] = command else { return ExitCode::FAILURE };
    let spawned = Command::new(program).args(args).stdin(Stdio::null()).process_group(0).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            let program = program.to_string_lossy();
            eprintln!(
                "{}",
                say!(
                    "không khởi động được {program}: {error}",
                    "{program} could not be started: {error}"
                )
            );
            return ExitCode::from(127);
        }
    };
    let group = Pid::from_child(&child);

    let asked_to_end = move || {
        end_group(group);
        std::process::exit(143);
    };
    // Without the handler, a termination signal would end only the supervisor and leave the group running. So the group
    // is ended at once.
    if let Err(error) = ctrlc::set_handler(asked_to_end) {
        eprintln!(
            "{}",
            say!(
                "không nhận được tín hiệu của hệ thống: {error}",
                "signals cannot be handled: {error}"
            )
        );
        end_group(group);
        return ExitCode::FAILURE;
    }
    thread::spawn(move || {
        let mut ignored = [0; 64];
        while std::io::stdin().read(&mut ignored).is_ok_and(|read| read > 0) {}
        asked_to_end();
    });

    let status = child.wait();
    end_group(group);
    match status.ok().and_then(|status| status.code()) {
        Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        None => ExitCode::FAILURE,
    }
}

/// Sends SIGTERM to the process group, waits for up to [`GRACE`], and kills the processes that still run.
fn end_group(group: Pid) {
    let _ = kill_process_group(group, Signal::TERM);
    let asked = Instant::now();
    while test_kill_process_group(group).is_ok() {
        if asked.elapsed() > GRACE {
            let _ = kill_process_group(group, Signal::KILL);
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}
