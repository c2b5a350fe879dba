//! Pins the measured Worker and the load generator to different cores, so that they do not disturb each other.

/// The part of a measurement that runs on a core. Each part has a core of its own, if the machine has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Core {
    /// The measured Worker.
    Serving,
    /// The load generator.
    Asking,
}

/// Pins this thread, and all processes that it starts, to one core. Does nothing if there is only one core or if the
/// system does not support this.
///
/// # Errors
/// Fails if the system refuses.
#[cfg(target_os = "linux")]
pub fn pin(core: Core) -> anyhow::Result<()> {
    use std::sync::OnceLock;

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    /// The cores on which this process could run when it started.
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
