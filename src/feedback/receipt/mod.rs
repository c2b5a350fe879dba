//! Receipts: the page of a receipt, the lookup by code, withdrawing the submission, and erasing the sender's identity.

mod action;
mod comments;
mod lookup;
mod page;

pub use action::{carry_out, confirm};
pub use lookup::{look_up, lookup_form};
pub use page::{answer_to_sender, other_ways};

use cong_core::article::Article;
use cong_core::submission::{Receipt, SubmissionKind};
use futures_util::future::join;

use super::record::Record;
use super::store::Received;
use super::{inbox, store};
use crate::catalogue::{hot_index, public_article};
use crate::consultations;
use crate::consultations::{EntryProof, SentComment};
use crate::layout::frame;
use crate::web::{CachePolicy, Counted, FormRules, PageError, Portal, Response};
use comments::ReceiptComments;
use page::{ReceiptPage, receipt_page};

/// The limits of the forms in which senders type their receipt code or their contact (telephone number or e-mail
/// address). These forms need no form token, because they require the receipt code, which only the sender has.
pub const RULES: FormRules<'_> = FormRules {
    counted: Counted::Lookup,
    max_bytes: 8 * 1024,
    fields: &[],
    must_name_origin: false,
};

/// A submission that was found by its receipt, and where it is stored.
pub enum FoundReceipt {
    Stored(Received),
    /// In `INBOX`: `DB` was unavailable when the submission was received, and the submission has not been moved to it
    /// yet.
    Waiting(Box<Record>),
}

impl FoundReceipt {
    fn received(&self) -> Received {
        match self {
            Self::Stored(received) => received.clone(),
            Self::Waiting(record) => store::as_received(record),
        }
    }
}

/// Finds a submission by its receipt. It searches for the hash of the code, so that the response time does not reveal
/// how similar another submission's code is.
pub async fn find(portal: &Portal, receipt: &Receipt) -> Result<FoundReceipt, PageError> {
    let stored = match portal.feedback() {
        Ok(db) => store::find(&db, receipt, portal.now).await,
        Err(error) => Err(error),
    };
    if let Ok(Some(received)) = stored {
        return Ok(FoundReceipt::Stored(received));
    }
    let waiting = inbox::find_waiting(&portal.inbox()?, receipt).await?;
    match (waiting, stored) {
        (Some(record), _) => Ok(FoundReceipt::Waiting(Box::new(record))),
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
    let page = receipt_page(frame(portal, &index), &page);
    Ok(Response::page(200, page, CachePolicy::NoStore))
}

/// Reads the comments of a submission on a draft, and their ledger entries. A submission in `INBOX` has no entries yet.
async fn comments(
    portal: &Portal,
    found: &FoundReceipt,
    receipt: &Receipt,
    received: &Received,
) -> Result<(Vec<SentComment>, Vec<EntryProof>), PageError> {
    match found {
        FoundReceipt::Waiting(record) => Ok((record.sent_comments(), Vec::new())),
        FoundReceipt::Stored(_) if received.kind == SubmissionKind::DraftComment => {
            let (db, hash) = (portal.feedback()?, receipt.hash());
            let (sent, proofs) = join(
                consultations::sent_comments(&db, &hash, portal.now),
                consultations::proofs(&db, &hash),
            )
            .await;
            Ok((sent?, proofs?))
        }
        FoundReceipt::Stored(_) => Ok((Vec::new(), Vec::new())),
    }
}

/// Reads the article that a submission is about; `None` if it cannot be read. The receipt is then shown without it.
async fn about(portal: &Portal, received: &Received) -> Option<Article> {
    let (article, _) = public_article(portal, received.about.as_deref()?).await.ok()?;
    Some(article)
}
