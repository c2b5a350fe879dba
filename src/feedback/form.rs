//! The feedback form: shows it, and receives submissions.

use cong_core::addresses::{About, Route};
use cong_core::article::Article;
use cong_core::consultation::{Clause, ConsultationState};
use cong_core::form_token;
use cong_core::form_token::FormTokenProblem;
use cong_core::signing::SigningKey;
use cong_core::submission::{Receipt, SubmissionKind};

use super::comment::{CommentInput, MAX_COMMENTS};
use super::fields::{FIELDS, FORM_TOKEN};
use super::form_page::feedback_page;
use super::form_view::{FeedbackPage, FormNotice};
use super::input::{FeedbackInput, MAX_BODY_BYTES};
use super::record::{Record, Salts, Suspicion};
use super::submission::Submission;
use super::{inbox, receipt_of, store};
use crate::catalogue::{HotIndex, hot_index, known_hot_index, public_article};
use crate::consultations;
use crate::layout::frame;
use crate::platform::{DatabaseError, RobotCheckError};
use crate::web::{
    CachePolicy, Checked, Counted, ForgedToken, FormField, FormProblems, FormRefusal, FormRules,
    PageError, Portal, Request, Response, TooLongField, check_form, with_retry_hint,
};

/// The Content-Security-Policy of the page with the feedback form while the robot check (Turnstile) is switched on.
/// Only this page may then run the check's script and show its frame
/// (developers.cloudflare.com/turnstile/reference/content-security-policy).
const ROBOT_CHECK_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    script-src https://challenges.cloudflare.com; frame-src https://challenges.cloudflare.com; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub async fn feedback_form(portal: &Portal, about: Option<&About>) -> Result<Response, PageError> {
    let key = portal.site.signing_key.as_ref().ok_or(PageError::FormsClosed)?;
    let random = portal.random_hex().ok_or(PageError::FormsClosed)?;
    let form_token = form_token::issue_form_token(key, portal.now, &random);
    let (kind, about, clause) = match about {
        None => (String::new(), String::new(), None),
        Some(About::Article(slug)) => {
            (SubmissionKind::ErrorReport.code().to_owned(), slug.clone(), None)
        }
        Some(About::Draft { slug, clause }) => {
            (SubmissionKind::DraftComment.code().to_owned(), slug.clone(), Some(clause.clone()))
        }
    };
    let comments = clause
        .into_iter()
        .map(|clause| CommentInput { clause: clause.unwrap_or_default(), text: String::new() });
    let typed = FeedbackInput {
        form_token,
        kind,
        about,
        comments: comments.collect(),
        ..FeedbackInput::default()
    };
    let subject = Subject::read(portal, &typed).await?;
    let notice = if typed.is_comment() { subject.refusal(portal) } else { None };
    let status = if notice.is_some() { 404 } else { 200 };
    let form = Form {
        status,
        with_form: notice.is_none(),
        notice,
        problems: FormProblems::default(),
        typed,
    };
    Ok(form.show(portal, subject).await)
}

const RULES: FormRules<'_> = FormRules {
    counted: Counted::Submission,
    max_bytes: MAX_BODY_BYTES,
    fields: &FIELDS,
    must_name_origin: false,
};

/// Receives a submission. Redirects (303) to its receipt, or shows the form again with everything that was typed.
pub async fn receive_feedback(portal: &Portal, request: &Request) -> Result<Response, PageError> {
    let key = portal.site.signing_key.as_ref();
    let checked = check_form(portal, request, &RULES, |fields| {
        let token = fields.value(&FORM_TOKEN);
        let key = key.filter(|key| form_token::is_authentic_form_token(key, token));
        key.map(|_| ()).ok_or(ForgedToken)
    });
    let mut typed = match checked.await? {
        Checked::Accepted(fields) => FeedbackInput::of(&fields),
        Checked::Refused(fields, refusal) => {
            return refused(portal, FeedbackInput::of(&fields), refusal);
        }
    };
    let subject = match Subject::read(portal, &typed).await {
        Ok(subject) => subject,
        Err(error) => {
            let cause = error.log().unwrap_or_default();
            portal.log_error(&format!(
                "the article that a submission is about could not be read: {cause}"
            ));
            Subject::NotRead
        }
    };
    if typed.wants_another {
        let next = (typed.comments.len() + 1).min(MAX_COMMENTS);
        typed.comments.resize(next, CommentInput::default());
        return Ok(Form::unsent(typed).show(portal, subject).await);
    }
    match take(portal, &mut typed, &subject).await? {
        Ok(receipt) => {
            let location = Route::receipt(&receipt).to_string();
            Ok(Response::redirect(303, location, CachePolicy::NoStore))
        }
        Err(SubmissionRefusal::Problems(problems)) => {
            Ok(Form::with_problems(problems, typed).show(portal, subject).await)
        }
        Err(SubmissionRefusal::Notice(notice)) => {
            Ok(Form::again(notice, typed).show(portal, subject).await)
        }
    }
}

/// Shows a form again that failed a check, with everything that was typed. Reads no store.
fn refused(
    portal: &Portal,
    mut typed: FeedbackInput,
    refusal: FormRefusal<ForgedToken>,
) -> Result<Response, PageError> {
    let form = match (refusal, &portal.site.signing_key) {
        (FormRefusal::TooMany, _) => Form::again(FormNotice::TooMany, typed),
        (FormRefusal::TooLong(fields), _) => Form::with_problems(too_long(&fields)?, typed),
        (FormRefusal::Token(ForgedToken), None) => {
            let cause = PageError::FormsClosed.log().unwrap_or_default();
            portal.log_error(&format!("a submission was not stored: {cause}"));
            Form::again(FormNotice::NotStored, typed)
        }
        (FormRefusal::Token(ForgedToken), Some(key)) => {
            let random = portal.random_hex().ok_or(PageError::FormsClosed)?;
            typed.form_token = form_token::issue_form_token(key, portal.now, &random);
            Form::again(FormNotice::Stale, typed)
        }
    };
    Ok(form.render(portal, &known_hot_index(portal), &Subject::NotRead))
}

/// Makes the messages about fields that are too long.
///
/// # Errors
/// A field into which nobody types is too long: the form was not made by the portal.
fn too_long(fields: &[TooLongField]) -> Result<FormProblems, PageError> {
    let mut problems = FormProblems::default();
    for TooLongField { name, chars, max_chars } in fields {
        let field = FormField::find(&FIELDS, name).filter(FormField::is_typed);
        let field = field.ok_or(PageError::FormTooLarge)?;
        problems.add(&field, (field.too_long)(*chars, *max_chars));
    }
    Ok(problems)
}

/// Why the form is shown again: problems of fields, or a notice above the form.
enum SubmissionRefusal {
    Problems(FormProblems),
    Notice(FormNotice),
}

impl From<FormNotice> for SubmissionRefusal {
    fn from(notice: FormNotice) -> Self {
        Self::Notice(notice)
    }
}

/// Checks a form and stores its submission. If the form token is too old or missing, puts a new one into `typed`.
async fn take(
    portal: &Portal,
    typed: &mut FeedbackInput,
    subject: &Subject,
) -> Result<Result<Receipt, SubmissionRefusal>, PageError> {
    let key = portal.site.signing_key.as_ref().ok_or(PageError::FormsClosed)?;
    if let Err(problem) = form_token::check_form_token(key, portal.now, &typed.form_token) {
        // The same token is kept, because it becomes old enough while the form is shown again.
        if problem == FormTokenProblem::TooFast {
            return Ok(Err(FormNotice::TooFast.into()));
        }
        let random = portal.random_hex().ok_or(PageError::FormsClosed)?;
        typed.form_token = match problem {
            FormTokenProblem::TooOld => form_token::issue_ripe_form_token(key, portal.now, &random),
            _ => form_token::issue_form_token(key, portal.now, &random),
        };
        return Ok(Err(FormNotice::Stale.into()));
    }
    if let Some(notice) = subject.refusal(portal).filter(|_| typed.is_comment()) {
        return Ok(Err(notice.into()));
    }
    let submission = match typed.validate(subject.clauses()) {
        Ok(submission) => submission,
        Err(problems) => return Ok(Err(SubmissionRefusal::Problems(problems))),
    };
    Ok(accept(portal, key, typed, submission).await.map_err(SubmissionRefusal::Notice))
}

/// Stores a submission in `DB` or, if `DB` fails or does not answer, in `INBOX`. Returns its receipt. Logs failures of
/// `DB`, `INBOX` and Turnstile.
async fn accept(
    portal: &Portal,
    key: &SigningKey,
    typed: &FeedbackInput,
    submission: Submission,
) -> Result<Receipt, FormNotice> {
    check_robot(portal, typed).await?;
    let receipt = receipt_of::receipt_of(&submission, key, &typed.form_token);
    let suspicion = (!typed.trap.is_empty()).then_some(Suspicion::Honeypot);
    let period = portal.site.answer_period(submission.kind);
    let salts = Salts { key, form_token: &typed.form_token, receipt: &receipt };
    let record = Record::new(submission, suspicion, period, salts, portal.now);
    if let Err(error) = store(portal, &record).await {
        portal.log_error(&format!("D1 failed, so a submission waits in INBOX: {error}"));
        let held = match portal.inbox() {
            Ok(inbox) => inbox::enqueue(&inbox, &record).await,
            Err(error) => Err(error),
        };
        if let Err(error) = held {
            portal.log_error(&format!("a submission was not stored: KV failed too: {error}"));
            return Err(FormNotice::NotStored);
        }
    }
    Ok(receipt)
}

async fn store(portal: &Portal, record: &Record) -> Result<(), DatabaseError> {
    store::store(&portal.feedback()?, std::slice::from_ref(record)).await
}

async fn check_robot(portal: &Portal, typed: &FeedbackInput) -> Result<(), FormNotice> {
    let key = form_token::form_token_uuid(&typed.form_token);
    match portal.check_robot(&typed.robot_check, &key).await {
        Ok(()) => Ok(()),
        Err(RobotCheckError::NotPassed) => Err(FormNotice::RobotCheck),
        Err(RobotCheckError::Away(cause)) => {
            portal.log_error(&format!(
                "Turnstile gave no answer, so a submission was refused: {cause}"
            ));
            Err(FormNotice::RobotCheckAway)
        }
    }
}

/// The article or draft that a form is about, if the form names one and it could be read.
enum Subject {
    Nothing,
    /// The article. The list has its clauses if it is a draft and the form is for comments; otherwise it is empty.
    Article(Box<Article>, Vec<Clause>),
    /// KV did not answer, or was not asked.
    NotRead,
}

impl Subject {
    /// Reads the article that the form names. If a form is not for comments, an article that cannot be read is ignored.
    async fn read(portal: &Portal, typed: &FeedbackInput) -> Result<Self, PageError> {
        if !cong_core::article::is_slug(&typed.about) {
            return Ok(Self::Nothing);
        }
        match public_article(portal, &typed.about).await {
            Ok((article, _)) => {
                let clauses = match &article.consultation {
                    Some(_) if typed.is_comment() => consultations::clauses(&article),
                    _ => Vec::new(),
                };
                Ok(Self::Article(Box::new(article), clauses))
            }
            Err(PageError::NotFound { .. } | PageError::BrokenDocument { .. }) => Ok(Self::Nothing),
            Err(_) if !typed.is_comment() => Ok(Self::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Why comments cannot be sent now, for example because the article is not a draft; `None` if the draft takes them.
    fn refusal(&self, portal: &Portal) -> Option<FormNotice> {
        match self {
            Self::Nothing => Some(FormNotice::DraftUnknown),
            Self::NotRead => Some(FormNotice::NotStored),
            Self::Article(article, _) => match &article.consultation {
                None => Some(FormNotice::DraftUnknown),
                Some(consultation) => match ConsultationState::at(consultation, None, portal.now) {
                    ConsultationState::Open => None,
                    ConsultationState::NotYetOpen => {
                        Some(FormNotice::DraftNotYetOpen(consultation.opens))
                    }
                    ConsultationState::Closed
                    | ConsultationState::Answered
                    | ConsultationState::Issued => {
                        Some(FormNotice::DraftClosed(consultation.closes))
                    }
                },
            },
        }
    }

    fn article(&self) -> Option<&Article> {
        match self {
            Self::Article(article, _) => Some(article),
            _ => None,
        }
    }

    fn clauses(&self) -> &[Clause] {
        match self {
            Self::Article(_, clauses) => clauses,
            _ => &[],
        }
    }
}

struct Form {
    status: u16,
    typed: FeedbackInput,
    problems: FormProblems,
    notice: Option<FormNotice>,
    with_form: bool,
}

impl Form {
    /// The form without any message, with everything that was typed. It is for a form that was not sent as a submission
    /// yet.
    fn unsent(typed: FeedbackInput) -> Self {
        Self {
            status: 200,
            typed,
            problems: FormProblems::default(),
            notice: None,
            with_form: true,
        }
    }

    /// The form after it was refused, with the reason and everything that was typed.
    fn again(notice: FormNotice, typed: FeedbackInput) -> Self {
        Self { status: notice.status(), notice: Some(notice), ..Self::unsent(typed) }
    }

    fn with_problems(problems: FormProblems, typed: FeedbackInput) -> Self {
        Self { status: 422, problems, ..Self::unsent(typed) }
    }

    async fn show(self, portal: &Portal, subject: Subject) -> Response {
        self.render(portal, &*hot_index(portal).await, &subject)
    }

    fn render(self, portal: &Portal, index: &HotIndex, subject: &Subject) -> Response {
        let page = FeedbackPage {
            typed: &self.typed,
            problems: &self.problems,
            about: subject.article().map(|article| (self.typed.about.as_str(), article)),
            clauses: subject.clauses(),
            notice: self.notice,
            with_form: self.with_form,
        };
        let page = feedback_page(frame(portal, index), &page);
        let mut reply = Response::page(self.status, page, CachePolicy::NoStore);
        if portal.site.turnstile.is_some() {
            reply.headers.push(("content-security-policy", ROBOT_CHECK_POLICY.to_owned()));
        }
        with_retry_hint(reply)
    }
}
