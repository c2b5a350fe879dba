//! Prints the table of results, and whether the target values are met.

use std::time::Duration;

use super::rows::{Peer, Row};
use super::{Measured, median};
use crate::hammer::Load;

pub const START: &str = "process start to first byte";
const MAX_START: f64 = 1.25;
pub const SIZE: &str = "Wasm, gzipped";
const MAX_KB: f64 = 400.0;

#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
    notes: Vec<String>,
}

/// A line of the table. A cell with two figures contains the portal's, then the peer's.
#[derive(Default)]
struct Line {
    what: String,
    against: String,
    /// The portal's and the peer's requests answered per second.
    per_second: String,
    ratio: String,
    /// The portal's requests answered per CPU time of the server, divided by the peer's. Other work on the machine
    /// hardly affects this ratio.
    cpu_ratio: String,
    wanted: String,
    met: String,
    median_ms: String,
    /// The time within which 99 % of the requests were answered, in milliseconds.
    most_ms: String,
    most_ratio: String,
    /// The length of the body, in kB.
    kb: String,
}

const HEADINGS: [&str; 11] = [
    "what",
    "against",
    "requests/s",
    "ratio",
    "by CPU",
    "wanted",
    "",
    "median, ms",
    "99 % within, ms",
    "ratio of that",
    "kB",
];
/// The number of columns that contain text. The columns after them contain figures.
const TEXTS: usize = 2;

impl Line {
    fn cells(&self) -> [&str; HEADINGS.len()] {
        [
            &self.what,
            &self.against,
            &self.per_second,
            &self.ratio,
            &self.cpu_ratio,
            &self.wanted,
            &self.met,
            &self.median_ms,
            &self.most_ms,
            &self.most_ratio,
            &self.kb,
        ]
    }
}

impl Report {
    /// Adds lines that compare a page of the portal with each of its peers.
    pub fn add(&mut self, row: &Row, measured: &Measured) {
        let lines = row.peers.iter().zip(1..).map(|(peer, index)| line(row, peer, measured, index));
        self.lines.extend(lines);
        self.notes.extend(note(row, measured));
    }

    /// Adds a line with the times that the portal and the floor took to start, in each round.
    pub fn add_starts(&mut self, starts: &[[Duration; 2]]) {
        let [portal, floor] =
            [0, 1].map(|index| median(starts.iter().map(|start| ms(start[index]))));
        let ratio = median(starts.iter().map(|[portal, floor]| ms(*portal) / ms(*floor)));
        self.lines.push(Line {
            what: START.to_owned(),
            against: "floor, string".to_owned(),
            ratio: format!("{ratio:.2}"),
            wanted: format!("≤ {MAX_START}"),
            met: mark(ratio <= MAX_START),
            median_ms: format!("{portal:.1} / {floor:.1}"),
            ..Line::default()
        });
    }

    /// Adds a line with the size of the Worker.
    pub fn add_size(&mut self, kb: f64) {
        self.lines.push(Line {
            what: SIZE.to_owned(),
            ratio: format!("{kb:.0} kB"),
            wanted: format!("≤ {MAX_KB} kB"),
            met: mark(kb <= MAX_KB),
            ..Line::default()
        });
    }

    pub fn print(&self) {
        let lines = self.lines.iter().map(Line::cells);
        let rows: Vec<_> = [HEADINGS].into_iter().chain(lines).collect();
        let width = |column: usize| {
            rows.iter().map(|cells| cells[column].chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..HEADINGS.len()).map(width).collect();
        println!();
        for cells in rows {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column < TEXTS { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            println!("{}", padded.collect::<Vec<_>>().join("  ").trim_end());
        }
        for note in &self.notes {
            println!("{note}");
        }
    }
}

/// Makes the line that compares the portal with a peer. The row's measurements are those of
/// the portal (index 0) and of its peers; `index` is that of the peer.
fn line(row: &Row, peer: &Peer, measured: &Measured, index: usize) -> Line {
    let ratio =
        |of: &dyn Fn(&Load) -> f64| measured.median(|loads| of(&loads[0]) / of(&loads[index]));
    let both = |of: &dyn Fn(&Load) -> f64, digits: usize| {
        let [portal, peer] = [0, index].map(|index| measured.median(|loads| of(&loads[index])));
        format!("{portal:.digits$} / {peer:.digits$}")
    };
    let per_second = |load: &Load| load.per_second;
    let half = |load: &Load| ms(load.quantile(500));
    let most = |load: &Load| ms(load.quantile(990));
    let faster = ratio(&per_second);
    let has_cpu = measured.0.iter().flatten().all(|load| load.cpu_time.is_some());
    let cpu_ratio = has_cpu.then(|| ratio(&|load| 1.0 / load.cpu_time.unwrap_or_default()));
    Line {
        what: row.name.to_owned(),
        against: peer.name.to_owned(),
        per_second: both(&per_second, 0),
        ratio: format!("{faster:.2}"),
        cpu_ratio: cpu_ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
        wanted: peer.wanted.map(|wanted| format!("≥ {wanted}")).unwrap_or_default(),
        met: peer.wanted.map(|wanted| mark(faster >= wanted)).unwrap_or_default(),
        median_ms: both(&half, 2),
        most_ms: both(&most, 2),
        most_ratio: format!("{:.2}", ratio(&most)),
        kb: both(&|load| load.bytes.1 as f64 / 1e3, 1),
    }
}

/// Returns a note if the portal's answers differed in length. They do if D1 did not answer in time, because the portal
/// then leaves a part of the page out.
fn note(row: &Row, measured: &Measured) -> Option<String> {
    let portal = measured.0.iter().map(|loads| loads[0].bytes);
    let (shortest, longest) = portal.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    (shortest < longest).then(|| {
        format!("{}: the portal's answers had from {shortest} to {longest} bytes", row.name)
    })
}

fn mark(met: bool) -> String {
    if met { "✓" } else { "✗" }.to_owned()
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
