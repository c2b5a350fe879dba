use cong_core::article::{DocumentProblem, Severity};
use serde::Deserialize;

/// A problem of a document, with the message that editors read.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct StoredProblem {
    pub severity: Severity,
    pub line: usize,
    pub field: Option<String>,
    pub message: String,
}

impl From<&DocumentProblem> for StoredProblem {
    fn from(problem: &DocumentProblem) -> Self {
        let DocumentProblem { severity, line, field, cause, .. } = problem;
        let message = cause.to_string();
        Self { severity: *severity, line: *line, field: field.clone(), message }
    }
}

/// Parses the column `document.problems` of the catalogue. The result is empty if the column is malformed.
pub fn stored_problems(json: &str) -> Vec<StoredProblem> {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use cong_core::article::Cause;

    use super::*;

    #[test]
    fn a_problem_is_the_same_whether_it_was_stored_or_just_found() {
        let problem = DocumentProblem::of_document(Cause::NoSlug);
        let json = serde_json::to_string(&[&problem]).unwrap();
        assert_eq!(stored_problems(&json), [StoredProblem::from(&problem)]);
    }
}
