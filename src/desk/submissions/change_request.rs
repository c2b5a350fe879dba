//! The steps that all forms which change a submission share: reading the submission, and answering the form.

use cong_core::addresses::{DeskPage, Done, SubmissionsPage};

use super::dossier;
use super::dossier::Dossier;
use super::steps::VersionedChange;
use crate::desk::layout::{FormErrors, version_of};
use crate::desk::request::Desk;
use crate::web::{FormProblems, PageError, Response, SentFields};

pub async fn read(desk: &Desk<'_>, id: i64) -> Result<Dossier, PageError> {
    let dossier = dossier::read(&desk.portal.feedback()?, id, desk.portal.now).await?;
    dossier.ok_or(PageError::NOT_FOUND)
}

/// The change that a form requests: the submission and its version, and the editor who makes the change.
pub fn change<'a>(desk: &'a Desk<'_>, id: i64, fields: &SentFields) -> VersionedChange<'a> {
    VersionedChange { id, version: version_of(fields), who: &desk.editor.email }
}

/// The reasons why a form is shown again: its invalid fields, and changes that others made after it was opened.
pub fn again(dossier: &Dossier, change: VersionedChange<'_>, problems: FormProblems) -> FormErrors {
    FormErrors { problems, changed: dossier.trail_since(change.version) }
}

/// The reason why a form is shown again although all fields are valid: changes that others made after it was opened.
pub fn changed(dossier: &Dossier, change: VersionedChange<'_>) -> FormErrors {
    again(dossier, change, FormProblems::default())
}

/// Redirects to the submission, whose page reports the completed action.
pub fn done(desk: &Desk<'_>, id: i64, done: Done) -> Response {
    desk.done(&DeskPage::Submissions(SubmissionsPage::One { id, done: Some(done) }))
}
