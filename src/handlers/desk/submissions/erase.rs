//! The desk's form that erases the sender's identity, or the whole submission.

use super::super::Desk;
use super::{again, change, done, read};
use crate::desk::Checks;
use crate::desk::submissions::{self, Dossier};
use crate::pages::desk::FormErrors;
use crate::pages::desk::submissions::{self as pages, ErasePage};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::Done;

pub async fn form(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    desk.publishers_only()?;
    Ok(show(desk, &read(desk, id).await?, &FormErrors::default()))
}

fn show(desk: &Desk<'_>, dossier: &Dossier, again: &FormErrors) -> Response {
    let page = pages::erase(&desk.frame(), &ErasePage { dossier, again });
    Response::page(again.status(), page, CachePolicy::NoStore)
}

pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[]).await?;
    desk.publishers_only()?;
    let (consent, outcome) = match fields.get("viec") {
        "nguoi-gui" => ("dong_y_nguoi_gui", Done::IdentityErased),
        "y-kien" => ("dong_y_y_kien", Done::SubmissionErased),
        _ => return Err(PageError::BadRequest),
    };
    let dossier = read(desk, id).await?;
    let mut checks = Checks::default();
    if fields.get(consent).is_empty() {
        checks.add(consent, "Hãy đánh dấu là bạn hiểu sẽ không lấy lại được.");
    }
    let change = change(desk, id, fields);
    let why = again(&dossier, change, checks.problems);
    let is_gone = match outcome {
        Done::IdentityErased => dossier.identity.is_none(),
        _ => dossier.is_withdrawn(),
    };
    if is_gone || !why.is_clean() {
        return Ok(show(desk, &dossier, &why));
    }
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    let took_effect = match outcome {
        Done::IdentityErased => submissions::erase_identity(&db, change, now).await?,
        _ => submissions::erase_submission(&db, change, now).await?,
    };
    if !took_effect {
        let dossier = read(desk, id).await?;
        return Ok(show(desk, &dossier, &again(&dossier, change, Vec::new())));
    }
    // INBOX may hold a copy even if the database has the submission. If deleting it fails, the tombstone keeps the
    // copy out of the database, and the upkeep deletes it.
    if let Err(error) = desk.portal.inbox()?.delete(&dossier.receipt_hash).await {
        desk.portal
            .log_error(&format!("a waiting copy of what was erased is still in INBOX: {error}"));
    }
    Ok(done(desk, id, outcome))
}
