//! The desk's page of one submission, and the steps that it offers.

use super::super::Desk;
use super::{again, change, done, read};
use crate::desk::Checks;
use crate::desk::submissions::{self, Dossier, Step};
use crate::pages::desk::FormErrors;
use crate::pages::desk::submissions::{self as pages, OnePage};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::Done;

const MAX_UNIT_CHARS: usize = 200;

pub async fn one(desk: &Desk<'_>, id: i64, done: Option<Done>) -> Result<Response, PageError> {
    Ok(show(desk, &read(desk, id).await?, done, "", &FormErrors::default()))
}

fn show(
    desk: &Desk<'_>,
    dossier: &Dossier,
    done: Option<Done>,
    unit: &str,
    again: &FormErrors,
) -> Response {
    let page = pages::one(&desk.frame(), &OnePage { dossier, done, unit, again });
    Response::page(again.status(), page, CachePolicy::NoStore)
}

pub async fn take_step(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[("don_vi", MAX_UNIT_CHARS)]).await?;
    let step = Step::from_code(fields.get("viec")).ok_or(PageError::BadRequest)?;
    let dossier = read(desk, id).await?;
    let mut checks = Checks::default();
    let unit = fields.get("don_vi");
    let named = match step {
        Step::PassOn => {
            checks.line("don_vi", unit, Some("Hãy ghi tên đơn vị nhận."), MAX_UNIT_CHARS)
        }
        _ => String::new(),
    };
    let change = change(desk, id, fields);
    let why = again(&dossier, change, checks.problems);
    if !why.is_clean() {
        return Ok(show(desk, &dossier, None, unit, &why));
    }
    if step.is_for_publishers(&dossier) {
        desk.publishers_only()?;
    }
    // The page of the submission does not offer this step.
    if !step.is_open_to(&dossier) {
        return Err(PageError::BadRequest);
    }
    if !submissions::take(&desk.portal.feedback()?, step, change, &named, desk.editor.role).await? {
        let dossier = read(desk, id).await?;
        let why = again(&dossier, change, Vec::new());
        return Ok(show(desk, &dossier, None, unit, &why));
    }
    Ok(done(
        desk,
        id,
        match step {
            Step::Start => Done::Started,
            Step::PassOn => Done::PassedOn,
            Step::Clear => Done::FoundNoSpam,
            Step::MarkSpam => Done::FoundSpam,
        },
    ))
}
