//! What the verification of an export remembers between lines.

use std::collections::HashMap;

use crate::ledger::hash::Hash;
use crate::ledger::problem::{LedgerFinding, LedgerPlace, LedgerProblem};
use crate::ledger::report::LedgerReport;

/// Verifies the export of a ledger. [`Verifier::line`] takes its lines one after the other.
#[derive(Default)]
pub struct Verifier {
    pub(super) report: LedgerReport,
    /// The number of lines read so far.
    pub(super) lines: u64,
    /// The number of entries read so far.
    pub(super) entries: u64,
    pub(super) stage: ExportStage,
    /// Maps the leaf hash of an entry to its place: the index of its day in the report, and its index within that day.
    /// Later entries refer to earlier ones by this hash.
    pub(super) places: HashMap<Hash, (usize, usize)>,
}

/// How far an export has been read. Its parts are, in this order, header, sealed days, the number of unsealed entries,
/// and end. Each kind of line belongs to one part.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportStage {
    #[default]
    Start,
    Header,
    Days,
    Unsealed,
    End,
}

impl Verifier {
    pub(super) fn add_problem(&mut self, place: LedgerPlace, finding: LedgerFinding) {
        self.report.problems.push(LedgerProblem::new(place, finding));
    }

    /// Moves on to the part of the export to which the line belongs. Reports the line as misplaced if that part is
    /// already complete.
    pub(super) fn enter(&mut self, stage: ExportStage) {
        let may_repeat = stage == ExportStage::Days;
        if self.stage < stage || may_repeat && self.stage == stage {
            self.stage = stage;
        } else {
            self.add_problem(LedgerPlace::Line(self.lines), LedgerFinding::Misplaced);
        }
    }
}
