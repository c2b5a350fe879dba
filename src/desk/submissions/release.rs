//! The desk's form that makes a question public with its answer, changes its public version, or takes it back.

use cong_core::addresses::Done;

use super::change_request::{again, change, changed, done, read};
use super::dossier::Dossier;
use super::release_page::{
    ANSWER, CATEGORY, IS_CHECKED, ReleaseInput, ReleasePage, SUBJECT, Shown, TEXT, release_page,
};
use super::steps::{NewRelease, VersionedChange};
use super::{dossier, steps};
use crate::desk::layout::FormErrors;
use crate::desk::redaction;
use crate::desk::redaction::FoundDetail;
use crate::desk::request::Desk;
use crate::web::{CachePolicy, FormField, FormProblems, PageError, Response, SentFields};

pub async fn form(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    desk.publishers_only()?;
    let dossier = read(desk, id).await?;
    show(desk, &dossier, &proposed(&dossier), false, &FormErrors::default()).await
}

/// The initial values of the form: those of the public version if there is one, otherwise the texts of the submission
/// and its answer, with personal details redacted.
fn proposed(dossier: &Dossier) -> ReleaseInput {
    let (subject, text, answer, category) = match (&dossier.released, &dossier.answer) {
        (Some(old), _) => {
            (old.subject.clone(), old.text.clone(), old.answer.clone(), old.category.clone())
        }
        (None, Some(answer)) => {
            let redact = |text: &str| redaction::redact(text, dossier.identity.as_ref());
            let category = String::new();
            (redact(&dossier.subject), redact(&dossier.text), redact(&answer.text), category)
        }
        (None, None) => Default::default(),
    };
    ReleaseInput { subject, text, answer, category, is_checked: false }
}

fn typed(fields: &SentFields) -> ReleaseInput {
    let typed = |field: FormField<'_>| fields.value(&field).to_owned();
    ReleaseInput {
        subject: typed(SUBJECT),
        text: typed(TEXT),
        answer: typed(ANSWER),
        category: typed(CATEGORY),
        is_checked: !typed(IS_CHECKED).is_empty(),
    }
}

/// Checks the typed values, adds their problems to `problems`, and returns the values to be stored. With
/// `must_be_checked`, it is a problem if the editor has not confirmed that possible personal data was checked.
fn checked(
    typed: &ReleaseInput,
    must_be_checked: bool,
    problems: &mut FormProblems,
) -> ReleaseInput {
    let clean = ReleaseInput {
        subject: problems.read(&SUBJECT, &typed.subject, true),
        text: problems.read(&TEXT, &typed.text, true),
        answer: problems.read(&ANSWER, &typed.answer, true),
        category: problems.read(&CATEGORY, &typed.category, false),
        is_checked: typed.is_checked,
    };
    problems.require(&IS_CHECKED, typed.is_checked || !must_be_checked, IS_CHECKED.missing);
    clean
}

/// Finds the parts of the typed values that may identify the sender, such as a name or a telephone number.
fn shown(dossier: &Dossier, typed: &ReleaseInput) -> Vec<Shown> {
    let places = [
        (SUBJECT.label, &typed.subject),
        (TEXT.label, &typed.text),
        (ANSWER.label, &typed.answer),
        (CATEGORY.label, &typed.category),
    ];
    let found = places.into_iter().flat_map(|(place, text)| {
        let found = redaction::find(text, dossier.identity.as_ref());
        found.into_iter().map(move |FoundDetail { detail, range }| Shown {
            place,
            detail,
            text: text.get(range).unwrap_or_default().to_owned(),
        })
    });
    found.collect()
}

async fn show(
    desk: &Desk<'_>,
    dossier: &Dossier,
    typed: &ReleaseInput,
    is_preview: bool,
    again: &FormErrors,
) -> Result<Response, PageError> {
    let categories = dossier::known_categories(&desk.portal.feedback()?).await?;
    let shown = shown(dossier, typed);
    let page =
        ReleasePage { dossier, typed, shown: &shown, categories: &categories, is_preview, again };
    let page = release_page(&desk.frame(), &page);
    Ok(Response::page(again.status(), page, CachePolicy::NoStore))
}

/// Handles the submitted form: shows a preview of the public version, stores the public version, or takes it back.
pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[SUBJECT, TEXT, ANSWER, CATEGORY]).await?;
    desk.publishers_only()?;
    let dossier = read(desk, id).await?;
    let change = change(desk, id, fields);
    if fields.get("viec") == "thu-hoi" {
        return take_back(desk, &dossier, change).await;
    }
    let typed = typed(fields);
    let mut problems = FormProblems::default();
    let is_preview = !fields.get("xem").is_empty();
    let must_be_checked = !is_preview && !shown(&dossier, &typed).is_empty();
    let clean = checked(&typed, must_be_checked, &mut problems);
    let why = again(&dossier, change, problems);
    if is_preview || !why.is_clean() {
        return show(desk, &dossier, &typed, is_preview, &why).await;
    }
    if !dossier.can_be_released() {
        return Err(PageError::BadRequest);
    }
    let new = NewRelease {
        subject: &clean.subject,
        text: &clean.text,
        answer: &clean.answer,
        category: &clean.category,
    };
    if !steps::release(&desk.portal.feedback()?, change, &new).await? {
        let dossier = read(desk, id).await?;
        return show(desk, &dossier, &typed, false, &changed(&dossier, change)).await;
    }
    let was_released = dossier.released.is_some();
    Ok(done(desk, id, if was_released { Done::ReleaseChanged } else { Done::Released }))
}

async fn take_back(
    desk: &Desk<'_>,
    dossier: &Dossier,
    change: VersionedChange<'_>,
) -> Result<Response, PageError> {
    if steps::take_back(&desk.portal.feedback()?, change).await? {
        return Ok(done(desk, dossier.id, Done::TakenBack));
    }
    let dossier = read(desk, dossier.id).await?;
    let why = changed(&dossier, change);
    if why.is_clean() {
        // Nothing is public, so nothing can be taken back.
        return Err(PageError::BadRequest);
    }
    show(desk, &dossier, &proposed(&dossier), false, &why).await
}
