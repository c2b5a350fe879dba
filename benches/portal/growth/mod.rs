//! Measures how long pages and the sync take, and how many operations on KV and D1 they need, at several numbers of
//! articles. Each of these numbers is called a size. All sizes are measured in turn in one run, because on a noisy
//! machine only the ratio of two times from the same run is reliable.

mod measure;
mod operations;
mod report;

use anyhow::Result;
use clap::Args;

use crate::runtime::{Runtime, Worker};
use crate::states::{SETTINGS, State};

#[derive(Args)]
pub struct Options {
    /// The numbers of articles to measure. The portal with each number is prepared once and kept in target/bench.
    #[arg(long, value_delimiter = ',', default_value = "100,10000,100000")]
    sizes: Vec<u32>,
    /// How many times each operation is measured for each number of articles.
    #[arg(long, default_value_t = 100)]
    rounds: usize,
}

pub fn run(options: &Options) -> Result<()> {
    let mut sizes = options.sizes.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let states = sizes.into_iter().map(State::prepared).collect::<Result<Vec<_>>>()?;
    let portals = states.iter().map(portal).collect::<Result<Vec<_>>>()?;
    eprintln!("… measuring, {} rounds", options.rounds);
    let measured = measure::measure(&portals, options.rounds)?;
    drop(portals);
    for state in &states {
        state.remove_copies()?;
    }
    report::print(&states, &measured);
    Ok(())
}

/// Starts the portal on a copy of the KV namespaces and databases in `state`.
fn portal(state: &State) -> Result<Runtime> {
    Runtime::start(&state.copied("growth")?, &Worker::counting(&SETTINGS))
}
