//! Keeping what is measured and what measures it out of each other's way: each has a core of its own, where
//! the machine has two.

/// A core's part in a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Core {
    /// Of the Worker that is measured.
    Serving,
    /// Of who asks it.
    Asking,
}

/// Has this thread, and whatever it starts from now on, run on that core alone. Does nothing where there is
/// only one core, or where the system knows no such thing.
///
/// # Errors
/// The system refused.
#[cfg(target_os = "linux")]
pub fn pin(core: Core) -> anyhow::Result<()> {
    use std::sync::OnceLock;

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    /// What this process was given when it started.
    static ALLOWED: OnceLock<CpuSet> = OnceLock::new();
    let given = sched_getaffinity(None)?;
    let allowed = ALLOWED.get_or_init(|| given);
    let mut cores = (0..CpuSet::MAX_CPU).filter(|&core| allowed.is_set(core));
    let (Some(first), Some(last)) = (cores.next(), cores.next_back()) else { return Ok(()) };
    let mut only = CpuSet::new();
    only.set(if core == Core::Serving { last } else { first });
    Ok(sched_setaffinity(None, &only)?)
}

#[cfg(not(target_os = "linux"))]
pub fn pin(_: Core) -> anyhow::Result<()> {
    Ok(())
}
