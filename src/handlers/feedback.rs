//! The feedback form, what is sent with it, and the receipt.

use super::{frame, hot_index, public_article};
use crate::article::Article;
use crate::consultation::State;
use crate::edge::{BodyError, CachePolicy, Incoming, Portal, Reply, log_error};
use crate::error::PageError;
use crate::feedback::{
    self, FieldProblem, Kind, MAX_BODY_BYTES, Receipt, Submission, Typed, is_nonce,
};
use crate::pages::{self, FeedbackPage, Notice};
use crate::routes::{About, Route};

pub async fn feedback_form(portal: &Portal, about: Option<&About>) -> Result<Reply, PageError> {
    if portal.site.signing_key.is_none() {
        return Err(PageError::FormsClosed);
    }
    let (kind, about, is_comment) = match about {
        None => (String::new(), String::new(), false),
        Some(About::Article(slug)) => (Kind::ErrorReport.code().to_owned(), slug.clone(), false),
        Some(About::Draft(slug)) => (Kind::DraftComment.code().to_owned(), slug.clone(), true),
    };
    let nonce = portal.nonce().ok_or(PageError::FormsClosed)?;
    let typed = Typed { nonce, kind, about, ..Typed::default() };
    let notice = if is_comment { not_open(portal, &typed.about).await? } else { None };
    let status = if notice.is_some() { 404 } else { 200 };
    let form = Form { status, with_form: notice.is_none(), notice, problems: Vec::new(), typed };
    Ok(form.show(portal).await)
}

/// Takes a submission: 303 to its receipt, or the form again with everything that was typed.
pub async fn receive_feedback(portal: &Portal, request: &Incoming) -> Result<Reply, PageError> {
    if !comes_from_here(request) {
        return Err(PageError::ForeignOrigin);
    }
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(PageError::NotAForm);
    }
    let body = request.body(MAX_BODY_BYTES).await.map_err(|error| match error {
        BodyError::TooLarge => PageError::FormTooLarge,
        BodyError::Failed(cause) => PageError::Interrupted(cause),
    })?;

    let mut typed = Typed::parse(&body);
    if !is_nonce(&typed.nonce) {
        typed.nonce = portal.nonce().ok_or(PageError::FormsClosed)?;
        return Ok(Form::again(422, Some(Notice::Stale), typed).show(portal).await);
    }
    let submission = match typed.validate() {
        Ok(submission) => submission,
        Err(problems) => {
            let form = Form { problems, ..Form::again(422, None, typed) };
            return Ok(form.show(portal).await);
        }
    };
    match accept(portal, &typed.nonce, &submission).await {
        Ok(receipt) => {
            let location = Route::Receipt { receipt }.to_string();
            Ok(Reply::redirect(303, location, CachePolicy::NoStore))
        }
        Err(notice) => {
            let status = if notice == Notice::NotStored { 503 } else { 422 };
            Ok(Form::again(status, Some(notice), typed).show(portal).await)
        }
    }
}

/// Stores a submission. What keeps it from being stored is logged where an operator can act on it.
async fn accept(portal: &Portal, nonce: &str, submission: &Submission) -> Result<Receipt, Notice> {
    let not_stored = |error: PageError| {
        log_error(&format!("a submission was not stored: {}", error.log().unwrap_or_default()));
        Notice::NotStored
    };
    if let (Kind::DraftComment, Some(slug)) = (submission.kind, &submission.about) {
        match not_open(portal, slug).await {
            Ok(None) => {}
            Ok(Some(notice)) => return Err(notice),
            Err(error) => return Err(not_stored(error)),
        }
    }
    let Some(key) = &portal.site.signing_key else {
        return Err(not_stored(PageError::FormsClosed));
    };
    let receipt = Receipt::new(key, nonce, submission);
    let db = portal.feedback().map_err(|error| not_stored(error.into()))?;
    feedback::store(&db, &receipt, submission, portal.now)
        .await
        .map_err(|error| not_stored(error.into()))?;
    Ok(receipt)
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
        Some(consultation) => {
            (State::at(&consultation, portal.now) != State::Open).then_some(Notice::DraftNotOpen)
        }
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
    /// With everything that was typed.
    fn again(status: u16, notice: Option<Notice>, typed: Typed) -> Self {
        Self { status, typed, problems: Vec::new(), notice, with_form: true }
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
        if self.status == 503 {
            reply.headers.push(("retry-after", "60".to_owned()));
        }
        reply
    }

    /// The article that the form names; the form is as good without its title.
    async fn about(&self, portal: &Portal) -> Option<Article> {
        if !crate::article::is_slug(&self.typed.about) {
            return None;
        }
        public_article(portal, &self.typed.about).await.ok().map(|(article, _)| article)
    }
}

/// Whether the form was sent from a page of this host. A browser that names no origin is believed
/// unless it says that the request crosses sites.
fn comes_from_here(request: &Incoming) -> bool {
    match request.header("origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(_, host)| host == request.host()),
        None => request.header("sec-fetch-site").is_none_or(|site| site == "same-origin"),
    }
}

pub async fn receipt(portal: &Portal, receipt: &Receipt) -> Result<Reply, PageError> {
    let db = portal.feedback()?;
    let received = feedback::find(&db, receipt).await?.ok_or(PageError::ReceiptUnknown)?;
    let index = hot_index(portal).await;
    let page = pages::receipt(frame(portal, &index), receipt, &received);
    Ok(Reply::page(200, page, CachePolicy::NoStore))
}
