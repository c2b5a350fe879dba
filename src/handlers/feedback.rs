//! The feedback form, and what is sent with it.

use super::forms::{read_form, with_retry_hint};
use super::{frame, hot_index, public_article};
use crate::article::Article;
use crate::consultation::State;
use crate::edge::{CachePolicy, Counted, DatabaseError, Incoming, Portal, Reply, RobotCheckError};
use crate::error::PageError;
use crate::feedback::{
    self, FieldProblem, Kind, MAX_BODY_BYTES, Receipt, Record, StampProblem, Submission, Suspicion,
    Typed,
};
use crate::pages::{self, FeedbackPage, Notice};
use crate::routes::{About, Route};
use crate::signing::SigningKey;

/// The form's page, and that page alone, may run and frame the robot check, where there is one
/// (developers.cloudflare.com/turnstile/reference/content-security-policy).
const ROBOT_CHECK_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    script-src https://challenges.cloudflare.com; frame-src https://challenges.cloudflare.com; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub async fn feedback_form(portal: &Portal, about: Option<&About>) -> Result<Reply, PageError> {
    let key = portal.site.signing_key.as_ref().ok_or(PageError::FormsClosed)?;
    let (kind, about, is_comment) = match about {
        None => (String::new(), String::new(), false),
        Some(About::Article(slug)) => (Kind::ErrorReport.code().to_owned(), slug.clone(), false),
        Some(About::Draft(slug)) => (Kind::DraftComment.code().to_owned(), slug.clone(), true),
    };
    let random = portal.nonce().ok_or(PageError::FormsClosed)?;
    let nonce = feedback::stamp(key, portal.now, &random);
    let typed = Typed { nonce, kind, about, ..Typed::default() };
    let notice = if is_comment { not_open(portal, &typed.about).await? } else { None };
    let status = if notice.is_some() { 404 } else { 200 };
    let form = Form { status, with_form: notice.is_none(), notice, problems: Vec::new(), typed };
    Ok(form.show(portal).await)
}

/// Takes a submission: 303 to its receipt, or the form again with everything that was typed.
pub async fn receive_feedback(portal: &Portal, request: &Incoming) -> Result<Reply, PageError> {
    let body = read_form(request, MAX_BODY_BYTES).await?;
    let mut typed = Typed::parse(&body);
    let Some(key) = &portal.site.signing_key else {
        let cause = PageError::FormsClosed.log().unwrap_or_default();
        portal.log_error(&format!("a submission was not stored: {cause}"));
        return Ok(Form::again(Notice::NotStored, typed).show(portal).await);
    };
    if !portal.allows(Counted::Submission, request).await {
        return Ok(Form::again(Notice::TooMany, typed).show(portal).await);
    }
    if let Err(problem) = feedback::check_stamp(key, portal.now, &typed.nonce) {
        let random = portal.nonce().ok_or(PageError::FormsClosed)?;
        let (notice, nonce) = match problem {
            StampProblem::TooFast => (Notice::TooFast, feedback::stamp(key, portal.now, &random)),
            StampProblem::Invalid => (Notice::Stale, feedback::stamp(key, portal.now, &random)),
            StampProblem::TooOld => (Notice::Stale, feedback::ripe_stamp(key, portal.now, &random)),
        };
        typed.nonce = nonce;
        return Ok(Form::again(notice, typed).show(portal).await);
    }
    let submission = match typed.validate() {
        Ok(submission) => submission,
        Err(problems) => return Ok(Form::with_problems(problems, typed).show(portal).await),
    };
    match accept(portal, key, &typed, submission).await {
        Ok(receipt) => {
            let location = Route::receipt(&receipt).to_string();
            Ok(Reply::redirect(303, location, CachePolicy::NoStore))
        }
        Err(notice) => Ok(Form::again(notice, typed).show(portal).await),
    }
}

/// Takes a submission into storage: the database, or, where that gives no answer, `INBOX`. What keeps
/// it from either is logged where an operator can act on it.
async fn accept(
    portal: &Portal,
    key: &SigningKey,
    typed: &Typed,
    submission: Submission,
) -> Result<Receipt, Notice> {
    if let (Kind::DraftComment, Some(slug)) = (submission.kind, &submission.about) {
        match not_open(portal, slug).await {
            Ok(None) => {}
            Ok(Some(notice)) => return Err(notice),
            Err(error) => {
                let cause = error.log().unwrap_or_default();
                portal.log_error(&format!("a comment's draft could not be read: {cause}"));
                return Err(Notice::NotStored);
            }
        }
    }
    check_robot(portal, typed).await?;
    let receipt = Receipt::new(key, &typed.nonce, &submission);
    let suspicion = (!typed.trap.is_empty()).then_some(Suspicion::Honeypot);
    let period = portal.site.answer_period(submission.kind);
    let record = Record::new(&receipt, submission, suspicion, period, portal.now);
    if let Err(error) = store(portal, &record).await {
        portal.log_error(&format!("D1 failed, so a submission waits in INBOX: {error}"));
        let held = match portal.inbox() {
            Ok(inbox) => feedback::hold(&inbox, &record).await,
            Err(error) => Err(error),
        };
        if let Err(error) = held {
            portal.log_error(&format!("a submission was not stored: KV failed too: {error}"));
            return Err(Notice::NotStored);
        }
    }
    Ok(receipt)
}

async fn store(portal: &Portal, record: &Record) -> Result<(), DatabaseError> {
    feedback::store(&portal.feedback()?, std::slice::from_ref(record)).await
}

async fn check_robot(portal: &Portal, typed: &Typed) -> Result<(), Notice> {
    let key = feedback::stamp_uuid(&typed.nonce);
    match portal.check_robot(&typed.robot_check, &key).await {
        Ok(()) => Ok(()),
        Err(RobotCheckError::NotPassed) => Err(Notice::RobotCheck),
        Err(RobotCheckError::Away(cause)) => {
            portal.log_error(&format!(
                "Turnstile gave no answer, so a submission was refused: {cause}"
            ));
            Err(Notice::RobotCheckAway)
        }
    }
}

/// Why a draft takes no comment now, if it does not.
async fn not_open(portal: &Portal, slug: &str) -> Result<Option<Notice>, PageError> {
    let article = match public_article(portal, slug).await {
        Ok((article, _)) => article,
        Err(PageError::NotFound { .. } | PageError::BrokenDocument { .. }) => {
            return Ok(Some(Notice::DraftUnknown));
        }
        Err(error) => return Err(error),
    };
    Ok(match article.consultation {
        None => Some(Notice::DraftUnknown),
        Some(consultation) => (State::at(&consultation, None, portal.now) != State::Open)
            .then_some(Notice::DraftNotOpen),
    })
}

/// The form as it is to be shown.
struct Form {
    status: u16,
    typed: Typed,
    problems: Vec<FieldProblem>,
    notice: Option<Notice>,
    with_form: bool,
}

impl Form {
    /// With everything that was typed, and why it was not taken.
    fn again(notice: Notice, typed: Typed) -> Self {
        let status = notice.status();
        Self { status, typed, problems: Vec::new(), notice: Some(notice), with_form: true }
    }

    fn with_problems(problems: Vec<FieldProblem>, typed: Typed) -> Self {
        Self { status: 422, typed, problems, notice: None, with_form: true }
    }

    async fn show(self, portal: &Portal) -> Reply {
        let about = self.about(portal).await;
        let index = hot_index(portal).await;
        let page = FeedbackPage {
            typed: &self.typed,
            problems: &self.problems,
            about: about.as_ref().map(|article| {
                (self.typed.about.as_str(), article.title.as_str(), article.lang.as_str())
            }),
            notice: self.notice,
            with_form: self.with_form,
        };
        let page = pages::feedback(frame(portal, &index), &page);
        let mut reply = Reply::page(self.status, page, CachePolicy::NoStore);
        if portal.site.turnstile.is_some() {
            reply.headers.push(("content-security-policy", ROBOT_CHECK_POLICY.to_owned()));
        }
        with_retry_hint(reply)
    }

    /// The article that the form names; the form is as good without its title.
    async fn about(&self, portal: &Portal) -> Option<Article> {
        if !crate::article::is_slug(&self.typed.about) {
            return None;
        }
        public_article(portal, &self.typed.about).await.ok().map(|(article, _)| article)
    }
}
