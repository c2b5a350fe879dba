//! The record of a consultation: its page, and the record itself for whoever wants to check it.

use futures_util::stream;

use super::{frame, hot_index, public_article};
use crate::consultation::ledger::Line;
use crate::consultation::record::{self as stored, ENTRIES_PER_PART, StoredSeal};
use crate::edge::{CachePolicy, DatabaseError, Portal, Reply};
use crate::error::PageError;
use crate::pages::{self, RecordPage};

pub async fn record(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let days = stored::sealed_days(&portal.feedback()?, slug).await?;
    let index = hot_index(portal).await;
    let page = RecordPage { slug, article: &article, days: &days };
    let page = pages::record(frame(portal, &index), &page);
    let changes_at = index.next_change(portal.now);
    Ok(Reply::page(200, page, CachePolicy::Released { changes_at }))
}

/// How far an export has been sent.
enum Step {
    Header,
    /// The seal at that index, and the entry that follows.
    Entries(usize, u64),
    End,
    Nothing,
}

/// The record as JSON lines, read from the database while it is sent.
pub async fn export(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let db = portal.feedback()?;
    let seals = stored::export_seals(&db, slug).await?;
    let waiting = stored::sealed_days(&db, slug).await?.waiting;
    let (portal, own_slug) = (portal.without_response(), slug.to_owned());
    let parts = stream::try_unfold(Step::Header, move |step| {
        let (portal, slug, seals) = (portal.without_response(), own_slug.clone(), seals.clone());
        async move {
            let mut text = String::new();
            let next = match step {
                Step::Header => {
                    push(&mut text, &Line::header(&slug, portal.now));
                    if seals.is_empty() { Step::End } else { Step::Entries(0, 0) }
                }
                Step::Entries(index, from) => {
                    entries(&portal, &seals, index, from, &mut text).await?
                }
                Step::End => {
                    push(&mut text, &Line::Unsealed { unsealed: waiting });
                    push(&mut text, &Line::end(seals.iter().map(|seal| seal.seal.size).sum()));
                    Step::Nothing
                }
                Step::Nothing => return Ok(None),
            };
            Ok::<_, worker::Error>(Some((text.into_bytes(), next)))
        }
    });
    let name = format!("{slug}.jsonl");
    let cache = CachePolicy::Released { changes_at: None };
    Ok(Reply::parts("application/jsonl", &name, parts, cache))
}

/// Appends some entries of a sealed day, the seal before the first of them.
async fn entries(
    portal: &Portal,
    seals: &[StoredSeal],
    index: usize,
    from: u64,
    text: &mut String,
) -> worker::Result<Step> {
    let failed = |error: DatabaseError| {
        portal.log_error(&format!("D1 failed within a record: {error}"));
        worker::Error::from("a part of the record could not be read")
    };
    let (Some(StoredSeal { id, seal }), Some(last)) = (seals.get(index), seals.last()) else {
        return Ok(Step::End);
    };
    if from == 0 {
        push(text, &Line::Seal { seal: *seal });
    }
    let db = portal.feedback().map_err(failed)?;
    for entry in stored::export_entries(&db, *id, from, last.id).await.map_err(failed)? {
        push(text, &Line::Entry(entry));
    }
    let next = from + ENTRIES_PER_PART;
    Ok(match () {
        () if next < seal.size => Step::Entries(index, next),
        () if index + 1 < seals.len() => Step::Entries(index + 1, 0),
        () => Step::End,
    })
}

fn push(text: &mut String, line: &Line) {
    text.push_str(&line.to_string());
    text.push('\n');
}
