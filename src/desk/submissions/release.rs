//! The desk's form that makes a question public with its answer, changes its public version, or takes it back.

use cong_core::addresses::Done;

use super::answer::MAX_ANSWER_CHARS;
use super::change_request::{again, change, done, read};
use super::dossier::Dossier;
use super::release_page::{ReleaseInput, ReleasePage, Shown, release_page};
use super::steps::{NewRelease, VersionedChange};
use super::{dossier, steps};
use crate::desk::checks::Checks;
use crate::desk::layout::FormErrors;
use crate::desk::redaction;
use crate::desk::redaction::FoundDetail;
use crate::desk::request::Desk;
use crate::feedback::MAX_TEXT_CHARS;
use crate::web::{CachePolicy, FormFields, PageError, Response};

const MAX_SUBJECT_CHARS: usize = 200;

const MAX_CATEGORY_CHARS: usize = 100;

const MAX_CHARS: [(&str, usize); 4] = [
    ("tieu_de", MAX_SUBJECT_CHARS),
    ("cau_hoi", MAX_TEXT_CHARS),
    ("cau_tra_loi", MAX_ANSWER_CHARS),
    ("linh_vuc", MAX_CATEGORY_CHARS),
];

pub async fn form(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    desk.publishers_only()?;
    let dossier = read(desk, id).await?;
    show(desk, &dossier, &proposed(&dossier), false, &FormErrors::default()).await
}

/// The initial values of the form: the public version, or else the submission with personal details redacted.
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

fn typed(fields: &FormFields) -> ReleaseInput {
    let field = |name| fields.get(name).to_owned();
    ReleaseInput {
        subject: field("tieu_de"),
        text: field("cau_hoi"),
        answer: field("cau_tra_loi"),
        category: field("linh_vuc"),
        is_checked: !fields.get("da_kiem_tra").is_empty(),
    }
}

/// The input as it would be stored. Problems are added to `checks`.
fn checked(typed: &ReleaseInput, shown: &[Shown], checks: &mut Checks) -> ReleaseInput {
    let (subject, text) = ("Hãy ghi tiêu đề.", "Hãy ghi câu hỏi.");
    let clean = ReleaseInput {
        subject: checks.line("tieu_de", &typed.subject, Some(subject), MAX_SUBJECT_CHARS),
        text: checks.text("cau_hoi", &typed.text, text, MAX_TEXT_CHARS),
        answer: checks.text("cau_tra_loi", &typed.answer, "Hãy ghi câu trả lời.", MAX_ANSWER_CHARS),
        category: checks.line("linh_vuc", &typed.category, None, MAX_CATEGORY_CHARS),
        is_checked: typed.is_checked,
    };
    if !shown.is_empty() && !typed.is_checked {
        checks.add(
            "da_kiem_tra",
            "Hãy bỏ những chỗ có thể là thông tin cá nhân nêu dưới đây, hoặc đánh dấu là đã kiểm tra.",
        );
    }
    clean
}

/// The passages of the input that may identify the sender.
fn shown(dossier: &Dossier, typed: &ReleaseInput) -> Vec<Shown> {
    let places = [
        ("Tiêu đề công bố", &typed.subject),
        ("Câu hỏi công bố", &typed.text),
        ("Câu trả lời công bố", &typed.answer),
        ("Lĩnh vực", &typed.category),
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

/// Shows a preview, stores the public version, or takes it back.
pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&MAX_CHARS).await?;
    desk.publishers_only()?;
    let dossier = read(desk, id).await?;
    let change = change(desk, id, fields);
    if fields.get("viec") == "thu-hoi" {
        return take_back(desk, &dossier, change).await;
    }
    let typed = typed(fields);
    let mut checks = Checks::default();
    let clean = checked(&typed, &shown(&dossier, &typed), &mut checks);
    let is_preview = !fields.get("xem").is_empty();
    if is_preview {
        checks.problems.retain(|problem| problem.field != "da_kiem_tra");
    }
    let why = again(&dossier, change, checks.problems);
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
        return show(desk, &dossier, &typed, false, &again(&dossier, change, Vec::new())).await;
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
    let why = again(&dossier, change, Vec::new());
    if why.is_clean() {
        // Nothing is public, so nothing can be taken back.
        return Err(PageError::BadRequest);
    }
    show(desk, &dossier, &proposed(&dossier), false, &why).await
}
