//! Receipts: the state of a submission, withdrawing it, erasing the sender's identity, the lookup by code.

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

/// The rules for forms with one short field. They need no form token: they require the receipt code, which only the
/// sender has.
pub const RULES: FormRules<'_> = FormRules {
    counted: Counted::Lookup,
    max_bytes: 8 * 1024,
    fields: &[],
    must_name_origin: false,
};

/// Where a submission is stored.
pub enum FoundReceipt {
    Stored(Received),
    /// In INBOX: the database was unavailable when it was received, and it was not moved yet.
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

/// Finds a submission by the hash of its receipt code, so response times reveal nothing about other codes.
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

/// The comments of a submission on a draft, and their entries in the ledger. A waiting submission has no entries yet.
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

/// The article that a submission is about. `None` if it cannot be read; the receipt is shown without it.
async fn about(portal: &Portal, received: &Received) -> Option<Article> {
    let (article, _) = public_article(portal, received.about.as_deref()?).await.ok()?;
    Some(article)
}
