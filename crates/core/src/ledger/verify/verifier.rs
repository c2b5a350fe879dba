//! The state of a verification: the report so far, and what later lines are compared with.

use std::collections::HashMap;

use crate::ledger::hash::Hash;
use crate::ledger::problem::{LedgerFinding, LedgerPlace, LedgerProblem};
use crate::ledger::report::LedgerReport;

/// A verification that takes one line after the other.
#[derive(Default)]
pub struct Verifier {
    pub(super) report: LedgerReport,
    /// The number of lines so far.
    pub(super) lines: u64,
    /// The number of entries so far.
    pub(super) entries: u64,
    pub(super) stage: ExportStage,
    /// The place of each entry by its leaf: the index of its day, and its index within the day.
    pub(super) places: HashMap<Hash, (usize, usize)>,
}

/// The stage of the export. Each kind of line belongs to one stage.
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

    /// Moves on to the stage of a line. The line is misplaced if its stage is earlier than the current one, or is the
    /// current one and cannot repeat.
    pub(super) fn enter(&mut self, stage: ExportStage) {
        let may_repeat = stage == ExportStage::Days;
        if self.stage < stage || may_repeat && self.stage == stage {
            self.stage = stage;
        } else {
            self.add_problem(LedgerPlace::Line(self.lines), LedgerFinding::Misplaced);
        }
    }
}
