//! The processes of a portal, as `ps` lists them.

use std::process::Command;

pub fn descendants(pid: u32) -> Vec<u32> {
    let output = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let pairs: Vec<(u32, u32)> = table
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().map(|number| number.parse().unwrap());
            Some((numbers.next()?, numbers.next()?))
        })
        .collect();
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(pairs.iter().filter(|(_, ppid)| *ppid == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    family
}

/// Returns the command line of a running process, or `None` after it has ended.
pub fn command_line(pid: u32) -> Option<String> {
    let output =
        Command::new("ps").args(["-o", "stat=,args=", "-p", &pid.to_string()]).output().unwrap();
    let line = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!line.is_empty() && !line.starts_with('Z')).then_some(line)
}
