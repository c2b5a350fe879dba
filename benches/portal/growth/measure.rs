//! Measures in rounds: each round runs every operation once at every size (number of articles), so that other load on
//! the machine affects all sizes alike.

use anyhow::Result;

use super::operations::{Kind, operations};
use crate::runtime::{Operations, Runtime, Sample};

/// The number of rounds at the beginning that are not counted, because caches are still being filled and code is still
/// being compiled.
const WARM_UP: usize = 5;

/// The measurements of one operation at all sizes.
pub struct Measured {
    pub name: &'static str,
    pub kind: Kind,
    sizes: Vec<Vec<Sample>>,
}

pub fn measure(portals: &[Runtime], rounds: usize) -> Result<Vec<Measured>> {
    let operations = portals.iter().map(operations).collect::<Result<Vec<_>>>()?;
    let mut measured: Vec<Measured> = operations[0]
        .iter()
        .map(|operation| Measured {
            name: operation.name,
            kind: operation.kind,
            sizes: vec![Vec::new(); portals.len()],
        })
        .collect();
    for round in 0..WARM_UP + rounds {
        for (index, measured) in measured.iter_mut().enumerate() {
            for turn in 0..portals.len() {
                // Each round begins with another size.
                let size = (turn + round) % portals.len();
                let sample = operations[size][index].run(&portals[size], round)?;
                if round >= WARM_UP {
                    measured.sizes[size].push(sample);
                }
            }
        }
    }
    Ok(measured)
}

impl Measured {
    /// The median time until the whole answer was read, in milliseconds.
    pub fn ms(&self, size: usize) -> f64 {
        median(self.sizes[size].iter().map(|sample| sample.elapsed.as_secs_f64() * 1e3))
    }

    /// The median over all rounds of this ratio: the operation's time at the size with the index `size`, divided by its
    /// time at the size with the index `to`.
    pub fn ratio(&self, size: usize, to: usize) -> f64 {
        let pairs = self.sizes[size].iter().zip(&self.sizes[to]);
        median(pairs.map(|(one, other)| one.elapsed.as_secs_f64() / other.elapsed.as_secs_f64()))
    }

    /// The mean time spent in D1, in milliseconds.
    pub fn d1_ms(&self, size: usize) -> f64 {
        self.mean(size, |operations| operations.d1_ms)
    }

    /// The mean time that the Worker spent, without the time that it waited for KV and D1, in milliseconds.
    pub fn worker_ms(&self, size: usize) -> f64 {
        self.mean(size, |operations| operations.worker_ms)
    }

    /// The highest value in any round of one of the counts in [`Operations`], which `count` selects.
    pub fn most(&self, size: usize, count: impl Fn(&Operations) -> u32) -> u32 {
        self.sizes[size].iter().map(|sample| count(&sample.operations)).max().unwrap_or_default()
    }

    pub fn bytes(&self, size: usize) -> usize {
        self.sizes[size].last().map_or(0, |sample| sample.bytes)
    }

    fn mean(&self, size: usize, time: impl Fn(&Operations) -> f64) -> f64 {
        let samples = &self.sizes[size];
        samples.iter().map(|sample| time(&sample.operations)).sum::<f64>() / samples.len() as f64
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
