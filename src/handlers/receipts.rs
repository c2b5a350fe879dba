//! Receipts: following a submission, withdrawing it, erasing who sent it, looking a code up.

use futures_util::future::join;

use super::forms::{read_form, with_retry_hint};
use super::{frame, hot_index, public_article};
use crate::article::Article;
use crate::consultation::record::{self, EntryProof};
use crate::consultation::{self, SentComment};
use crate::edge::{CachePolicy, Counted, Incoming, Portal, Reply};
use crate::error::PageError;
use crate::feedback::{
    self, Kind, MoveError, Receipt, ReceiptAction, ReceiptError, Received, Record, SubmissionState,
};
use crate::pages::{
    self, ActionPage, ActionProblem, LookupPage, LookupProblem, ReceiptComments, ReceiptPage,
};
use crate::routes::Route;
use crate::vietnamese::nfc;

/// Of a form with one short field.
const MAX_SHORT_FORM_BYTES: usize = 8 * 1024;

/// Where a submission is.
enum Found {
    Stored(Received),
    /// Acknowledged while the database was away, and not moved there yet.
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

/// Looks a receipt up by the hash of its code, so the time it takes tells nothing of other codes.
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

pub async fn receipt(portal: &Portal, receipt: &Receipt) -> Result<Reply, PageError> {
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
        comments: (received.kind == Kind::DraftComment).then_some(&comments),
    };
    let page = pages::receipt(frame(portal, &index), &page);
    Ok(Reply::page(200, page, CachePolicy::NoStore))
}

/// What a submission says about a draft, and where the record has it; while it waits, it is not there yet.
async fn comments(
    portal: &Portal,
    found: &Found,
    receipt: &Receipt,
    received: &Received,
) -> Result<(Vec<SentComment>, Vec<EntryProof>), PageError> {
    match found {
        Found::Waiting(record) => Ok((record.sent_comments(), Vec::new())),
        Found::Stored(_) if received.kind == Kind::DraftComment => {
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

/// The article that a submission is about; the receipt is as good without it.
async fn about(portal: &Portal, received: &Received) -> Option<Article> {
    let (article, _) = public_article(portal, received.about.as_deref()?).await.ok()?;
    Some(article)
}

/// Asks whether it is really meant; what has been done already leads back to the receipt.
pub async fn confirm(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Reply, PageError> {
    let received = find(portal, receipt).await?.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    Ok(ask(portal, receipt, action, received.has_contact, None).await)
}

/// Withdraws a submission or erases who sent it, for whoever knows what was given with it.
pub async fn carry_out(
    portal: &Portal,
    request: &Incoming,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Reply, PageError> {
    let body = read_form(request, MAX_SHORT_FORM_BYTES).await?;
    let contact = field(&body, "lien_lac");
    let found = find(portal, receipt).await?;
    let received = found.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    let again =
        |problem| ask(portal, receipt, action, received.has_contact, Some((problem, &contact)));
    if !portal.allows(Counted::Lookup, request).await {
        return Ok(again(ActionProblem::TooMany).await);
    }
    match carry_out_for(portal, &found, receipt, action, &contact).await {
        Ok(true) => Ok(to_receipt(receipt)),
        Ok(false) => Ok(again(ActionProblem::OtherContact).await),
        Err(error) => {
            portal.log_error(&format!("a submission was not withdrawn or erased: {error}"));
            Ok(again(ActionProblem::Away).await)
        }
    }
}

/// Whether it was done; it is not for another contact than was given.
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
    // A copy may wait even where the database has the submission: one that was written late, or sent
    // from two places.
    feedback::let_go(&portal.inbox()?, receipt).await?;
    Ok(true)
}

fn is_done(received: &Received, action: ReceiptAction) -> bool {
    received.state == SubmissionState::Withdrawn
        || action == ReceiptAction::EraseIdentity && !received.has_identity
}

fn to_receipt(receipt: &Receipt) -> Reply {
    Reply::redirect(303, Route::receipt(receipt).to_string(), CachePolicy::NoStore)
}

async fn ask(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
    asks_contact: bool,
    again: Option<(ActionProblem, &str)>,
) -> Reply {
    let index = hot_index(portal).await;
    let (problem, typed) = again.unzip();
    let typed = typed.unwrap_or_default();
    let page = ActionPage { receipt, action, asks_contact, problem, typed };
    let status = problem.map_or(200, ActionProblem::status);
    let page = pages::receipt_action(frame(portal, &index), &page);
    with_retry_hint(Reply::page(status, page, CachePolicy::NoStore))
}

pub async fn lookup_form(portal: &Portal) -> Result<Reply, PageError> {
    Ok(show_lookup(portal, LookupPage::default()).await)
}

/// To the receipt of a code that was typed, or the form again with what is wrong with the code.
pub async fn look_up(portal: &Portal, request: &Incoming) -> Result<Reply, PageError> {
    let body = read_form(request, MAX_SHORT_FORM_BYTES).await?;
    let typed = field(&body, "ma");
    let problem = if portal.allows(Counted::Lookup, request).await {
        match Receipt::parse(&typed) {
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
        }
    } else {
        LookupProblem::TooMany
    };
    Ok(show_lookup(portal, LookupPage { typed: &typed, problem: Some(problem) }).await)
}

async fn show_lookup(portal: &Portal, page: LookupPage<'_>) -> Reply {
    let index = hot_index(portal).await;
    let status = page.problem.map_or(200, LookupProblem::status);
    let page = pages::lookup(frame(portal, &index), &page);
    with_retry_hint(Reply::page(status, page, CachePolicy::NoStore))
}

/// One field of a form; empty where it is missing.
fn field(body: &[u8], name: &str) -> String {
    form_urlencoded::parse(body)
        .find(|(key, _)| key == name)
        .map(|(_, value)| nfc(value.trim()).into_owned())
        .unwrap_or_default()
}
