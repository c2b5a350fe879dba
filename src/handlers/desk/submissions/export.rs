//! The list of submissions as a table for spreadsheets, streamed from the database.

use std::rc::Rc;

use futures_util::stream;

use super::super::Desk;
use crate::consultation::csv::BYTE_ORDER_MARK;
use crate::desk::submissions::{Matching, exported_after};
use crate::pages::desk::submissions as pages;
use crate::platform::DatabaseError;
use crate::web::{CachePolicy, PageError, Portal, Response};
use cong_core::addresses::SubmissionFilter;

/// A table that is being streamed.
struct Table {
    portal: Portal,
    matching: Matching,
    with_senders: bool,
}

pub async fn csv(
    desk: &Desk<'_>,
    filter: &SubmissionFilter,
    with_senders: bool,
) -> Result<Response, PageError> {
    if with_senders {
        desk.publishers_only()?;
    }
    let portal = desk.portal.without_response();
    let matching = Matching::of(&portal.feedback()?, filter, portal.now).await?;
    let senders = if with_senders { ", with senders" } else { "" };
    desk.audit(&format!("submissions exported: {}{senders}", filter.without_words())).await?;
    let table = Table { portal, matching, with_senders };
    // The first batch is read before the response begins, so that a failure gets an error page.
    let (rows, last) = table.part(0).await?;
    let first = format!("{BYTE_ORDER_MARK}{}{rows}", pages::table_head(with_senders));
    let table = Rc::new(table);
    let parts = stream::try_unfold((last, Some(first)), move |(last, ready)| {
        let table = Rc::clone(&table);
        async move {
            if let Some(text) = ready {
                return Ok(Some((text.into_bytes(), (last, None))));
            }
            let Some(after) = last else { return Ok(None) };
            let (text, last) = table.part(after).await.map_err(|error| {
                table.portal.log_error(&format!("a table of submissions broke off: {error}"));
                worker::Error::from("a part of the submissions could not be read")
            })?;
            Ok::<_, worker::Error>(Some((text.into_bytes(), (last, None))))
        }
    });
    Ok(Response::parts("text/csv; charset=utf-8", "y-kien.csv", parts, CachePolicy::NoStore))
}

impl Table {
    /// The rows after the id `after`, and the last of their ids; `None` at the end.
    async fn part(&self, after: i64) -> Result<(String, Option<i64>), DatabaseError> {
        let db = self.portal.feedback()?;
        let rows = exported_after(&db, &self.matching, after, self.with_senders).await?;
        let mut text = String::new();
        for row in &rows {
            pages::push_row(&mut text, row, self.with_senders);
        }
        Ok((text, rows.last().map(|row| row.id)))
    }
}
