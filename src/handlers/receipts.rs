//! Receipts: the state of a submission, withdrawing it, erasing the sender's identity, the lookup by code.

use futures_util::future::join;

use super::hot_index::known_hot_index;
use super::{frame, hot_index, public_article};
use crate::catalogue::HotIndex;
use crate::consultation::record::{self, EntryProof};
use crate::consultation::{self, SentComment};
use crate::feedback::{self, MoveError, Received, Record, SubmissionState};
use crate::pages::{
    self, ActionPage, ActionProblem, LookupPage, LookupProblem, ReceiptComments, ReceiptPage,
};
use crate::web::forms::{self, Checked, FormRefusal, FormRules, with_retry_hint};
use crate::web::{CachePolicy, Counted, PageError, Portal, Request, Response};
use cong_core::addresses::Route;
use cong_core::article::Article;
use cong_core::submission::{Receipt, ReceiptAction, ReceiptError, SubmissionKind};

/// The rules for forms with one short field. They need no form token: they require the receipt code, which only the
/// sender has.
const RULES: FormRules<'_> = FormRules {
    counted: Counted::Lookup,
    max_bytes: 8 * 1024,
    max_chars: &[],
    must_name_origin: false,
};

/// Where a submission is stored.
enum Found {
    Stored(Received),
    /// In INBOX: the database was unavailable when it was received, and it was not moved yet.
    Waiting(Box<Record>),
}

impl Found {
    fn received(&self) -> Received {
        match self {
            Self::Stored(received) => received.clone(),
            Self::Waiting(record) => feedback::as_received(record),
        }
    }
}

/// Finds a submission by the hash of its receipt code, so response times reveal nothing about other codes.
async fn find(portal: &Portal, receipt: &Receipt) -> Result<Found, PageError> {
    let stored = match portal.feedback() {
        Ok(db) => feedback::find(&db, receipt, portal.now).await,
        Err(error) => Err(error),
    };
    if let Ok(Some(received)) = stored {
        return Ok(Found::Stored(received));
    }
    let waiting = feedback::find_waiting(&portal.inbox()?, receipt).await?;
    match (waiting, stored) {
        (Some(record), _) => Ok(Found::Waiting(Box::new(record))),
        (None, Ok(_)) => Err(PageError::ReceiptUnknown),
        (None, Err(error)) => Err(error.into()),
    }
}

pub async fn receipt(portal: &Portal, receipt: &Receipt) -> Result<Response, PageError> {
    let found = find(portal, receipt).await?;
    let received = found.received();
    let (comments, proofs) = comments(portal, &found, receipt, &received).await?;
    let (about, index) = join(about(portal, &received), hot_index(portal)).await;
    let comments = ReceiptComments {
        slug: received.about.as_deref().unwrap_or_default(),
        comments: &comments,
        proofs: &proofs,
    };
    let page = ReceiptPage {
        receipt,
        received: &received,
        about: about.as_ref(),
        comments: (received.kind == SubmissionKind::DraftComment).then_some(&comments),
    };
    let page = pages::receipt(frame(portal, &index), &page);
    Ok(Response::page(200, page, CachePolicy::NoStore))
}

/// The comments of a submission on a draft, and their entries in the ledger. A waiting submission has no entries yet.
async fn comments(
    portal: &Portal,
    found: &Found,
    receipt: &Receipt,
    received: &Received,
) -> Result<(Vec<SentComment>, Vec<EntryProof>), PageError> {
    match found {
        Found::Waiting(record) => Ok((record.sent_comments(), Vec::new())),
        Found::Stored(_) if received.kind == SubmissionKind::DraftComment => {
            let (db, hash) = (portal.feedback()?, receipt.hash());
            let (sent, proofs) = join(
                consultation::sent_comments(&db, &hash, portal.now),
                record::proofs(&db, &hash),
            )
            .await;
            Ok((sent?, proofs?))
        }
        Found::Stored(_) => Ok((Vec::new(), Vec::new())),
    }
}

/// The article that a submission is about. `None` if it cannot be read; the receipt is shown without it.
async fn about(portal: &Portal, received: &Received) -> Option<Article> {
    let (article, _) = public_article(portal, received.about.as_deref()?).await.ok()?;
    Some(article)
}

/// Asks the sender to confirm an action. If it is done already, redirects to the receipt.
pub async fn confirm(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Response, PageError> {
    let received = find(portal, receipt).await?.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    Ok(ask(portal, receipt, action, received.has_contact, None).await)
}

/// Withdraws a submission, or erases the sender's identity. If a contact was given with the submission, the form must
/// name the same one.
pub async fn carry_out(
    portal: &Portal,
    request: &Request,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Response, PageError> {
    let fields = match forms::check(portal, request, &RULES, |_| true).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let problem = match refusal {
                FormRefusal::TooLong(_) => ActionProblem::OtherContact,
                FormRefusal::TooMany | FormRefusal::ForgedToken => ActionProblem::TooMany,
            };
            let typed = fields.get("lien_lac");
            let page = ActionPage {
                receipt,
                action,
                asks_contact: !typed.is_empty(),
                problem: Some(problem),
                typed,
            };
            return Ok(render_action(portal, &known_hot_index(portal), &page));
        }
    };
    let contact = fields.get("lien_lac").trim();
    let found = find(portal, receipt).await?;
    let received = found.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    let again =
        |problem| ask(portal, receipt, action, received.has_contact, Some((problem, contact)));
    match carry_out_for(portal, &found, receipt, action, contact).await {
        Ok(true) => Ok(to_receipt(receipt)),
        Ok(false) => Ok(again(ActionProblem::OtherContact).await),
        Err(error) => {
            portal.log_error(&format!("a submission was not withdrawn or erased: {error}"));
            Ok(again(ActionProblem::Away).await)
        }
    }
}

/// Carries the action out. Returns false if `contact` is not the contact that was given with the submission.
async fn carry_out_for(
    portal: &Portal,
    found: &Found,
    receipt: &Receipt,
    action: ReceiptAction,
    contact: &str,
) -> Result<bool, MoveError> {
    let db = portal.feedback()?;
    if let Found::Waiting(record) = found {
        feedback::store(&db, std::slice::from_ref(record.as_ref())).await?;
    }
    if found.received().has_contact && !feedback::knows_contact(&db, receipt, contact).await? {
        return Ok(false);
    }
    feedback::carry_out(&db, receipt, action, portal.now).await?;
    // INBOX may hold a copy even if the database has the submission: one that was written late, or sent from two
    // places.
    feedback::dequeue(&portal.inbox()?, receipt).await?;
    Ok(true)
}

fn is_done(received: &Received, action: ReceiptAction) -> bool {
    received.state == SubmissionState::Withdrawn
        || action == ReceiptAction::EraseIdentity && !received.has_identity
}

fn to_receipt(receipt: &Receipt) -> Response {
    Response::redirect(303, Route::receipt(receipt).to_string(), CachePolicy::NoStore)
}

async fn ask(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
    asks_contact: bool,
    again: Option<(ActionProblem, &str)>,
) -> Response {
    let (problem, typed) = again.unzip();
    let typed = typed.unwrap_or_default();
    let page = ActionPage { receipt, action, asks_contact, problem, typed };
    render_action(portal, &*hot_index(portal).await, &page)
}

fn render_action(portal: &Portal, index: &HotIndex, page: &ActionPage<'_>) -> Response {
    let status = page.problem.map_or(200, ActionProblem::status);
    let page = pages::receipt_action(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}

pub async fn lookup_form(portal: &Portal) -> Result<Response, PageError> {
    Ok(render_lookup(portal, &*hot_index(portal).await, &LookupPage::default()))
}

/// Redirects to the receipt with the typed code, or shows the form again with the problem of the code.
pub async fn look_up(portal: &Portal, request: &Request) -> Result<Response, PageError> {
    let fields = match forms::check(portal, request, &RULES, |_| true).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let problem = match refusal {
                FormRefusal::TooLong(_) => LookupProblem::NotACode,
                FormRefusal::TooMany | FormRefusal::ForgedToken => LookupProblem::TooMany,
            };
            let page = LookupPage { typed: fields.get("ma"), problem: Some(problem) };
            return Ok(render_lookup(portal, &known_hot_index(portal), &page));
        }
    };
    let typed = fields.get("ma").trim();
    let problem = match Receipt::parse(typed) {
        Err(ReceiptError::Shape) => LookupProblem::NotACode,
        Err(ReceiptError::Checksum) => LookupProblem::Mistyped,
        Ok(receipt) => match find(portal, &receipt).await {
            Ok(_) => return Ok(to_receipt(&receipt)),
            Err(PageError::ReceiptUnknown) => LookupProblem::Unknown,
            Err(error) => {
                let cause = error.log().unwrap_or_default();
                portal.log_error(&format!("a receipt could not be looked up: {cause}"));
                LookupProblem::Away
            }
        },
    };
    let page = LookupPage { typed, problem: Some(problem) };
    Ok(render_lookup(portal, &*hot_index(portal).await, &page))
}

fn render_lookup(portal: &Portal, index: &HotIndex, page: &LookupPage<'_>) -> Response {
    let status = page.problem.map_or(200, LookupProblem::status);
    let page = pages::lookup(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}
