//! The state of a verification: the report so far, the counts of lines and entries, and the places of all entries,
//! which later entries refer to.

use std::collections::HashMap;

use crate::ledger::hash::Hash;
use crate::ledger::problem::{LedgerFinding, LedgerPlace, LedgerProblem};
use crate::ledger::report::LedgerReport;

/// Verifies the export of a ledger. [`Verifier::line`] takes its lines one after the other.
#[derive(Default)]
pub struct Verifier {
    pub(super) report: LedgerReport,
    /// The number of lines so far.
    pub(super) lines: u64,
    /// The number of entries so far.
    pub(super) entries: u64,
    pub(super) stage: ExportStage,
    /// From the hash of an entry to its place: the index of its day in the report, and its index within that day.
    pub(super) places: HashMap<Hash, (usize, usize)>,
}

/// The part of an export that has been reached: nothing yet, header, sealed days, line about unsealed entries, or end.
/// Each kind of line belongs to one part.
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

    /// Moves on to the stage of the current line. Reports the line as misplaced if its stage has already been passed,
    /// or has been reached and cannot contain a second such line.
    pub(super) fn enter(&mut self, stage: ExportStage) {
        let may_repeat = stage == ExportStage::Days;
        if self.stage < stage || may_repeat && self.stage == stage {
            self.stage = stage;
        } else {
            self.add_problem(LedgerPlace::Line(self.lines), LedgerFinding::Misplaced);
        }
    }
}
