//! The ledger of a consultation: its page, and its export for verification.

use std::rc::Rc;

use futures_util::stream;

use super::{frame, hot_index, public_article};
use crate::consultation::record::{self as stored, ENTRIES_PER_PART, SealedDays, StoredSeal};
use crate::pages::{self, RecordPage};
use crate::platform::DatabaseError;
use crate::web::{CachePolicy, PageError, Portal, Response};
use cong_core::ledger::Line;

pub async fn record(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let days = stored::sealed_days(&portal.feedback()?, slug, portal.now).await?;
    let index = hot_index(portal).await;
    let page = RecordPage { slug, article: &article, days: &days };
    let page = pages::record(frame(portal, &index), &page);
    let changes_at = index.next_change(portal.now);
    Ok(Response::page(200, page, CachePolicy::Released { changes_at }))
}

/// The ledger as JSON lines, streamed from the database.
pub async fn export(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let days = stored::sealed_days(&portal.feedback()?, slug, portal.now).await?;
    let export = Rc::new(Export { portal: portal.without_response(), slug: slug.to_owned(), days });
    let parts = stream::try_unfold(Some(Step::Header), move |step| {
        let export = Rc::clone(&export);
        async move {
            let Some(step) = step else { return Ok(None) };
            let (text, next) = export.part(step).await.map_err(|error| {
                export.portal.log_error(&format!("D1 failed within a record: {error}"));
                worker::Error::from("a part of the record could not be read")
            })?;
            Ok::<_, worker::Error>(Some((text.into_bytes(), next)))
        }
    });
    let name = format!("{slug}.jsonl");
    let cache = CachePolicy::Released { changes_at: None };
    Ok(Response::parts("application/jsonl", &name, parts, cache))
}

/// An export that is being streamed.
struct Export {
    portal: Portal,
    slug: String,
    /// The sealed days in the export. Days that are sealed while it is streamed are left out.
    days: SealedDays,
}

/// The next part of an export.
enum Step {
    Header,
    /// The entries of a day, given by its index, from this position on.
    Entries(usize, u64),
    End,
}

impl Export {
    /// The text of a part, and the part that follows it.
    async fn part(&self, step: Step) -> Result<(String, Option<Step>), DatabaseError> {
        let mut text = String::new();
        let next = match step {
            Step::Header => {
                push(&mut text, &Line::header(&self.slug, self.portal.now));
                Some(self.day_or_end(0))
            }
            Step::Entries(day, from) => Some(self.entries(day, from, &mut text).await?),
            Step::End => {
                let entries = self.days.days.iter().map(|stored| stored.seal.size).sum();
                push(&mut text, &Line::Unsealed { unsealed: self.days.waiting });
                push(&mut text, &Line::end(entries));
                None
            }
        };
        Ok((text, next))
    }

    fn day_or_end(&self, day: usize) -> Step {
        if day < self.days.days.len() { Step::Entries(day, 0) } else { Step::End }
    }

    /// Appends some entries of a sealed day. The seal comes before the day's first entry.
    async fn entries(
        &self,
        day: usize,
        from: u64,
        text: &mut String,
    ) -> Result<Step, DatabaseError> {
        let days = &self.days.days;
        let (Some(StoredSeal { id, seal }), Some(last)) = (days.get(day), days.last()) else {
            return Ok(Step::End);
        };
        if from == 0 {
            push(text, &Line::Seal { seal: *seal });
        }
        let db = self.portal.feedback()?;
        for entry in stored::export_entries(&db, *id, from, last.id, self.portal.now).await? {
            push(text, &Line::Entry(entry));
        }
        let next = from + ENTRIES_PER_PART;
        Ok(if next < seal.size { Step::Entries(day, next) } else { self.day_or_end(day + 1) })
    }
}

fn push(text: &mut String, line: &Line) {
    text.push_str(&line.to_string());
    text.push('\n');
}
