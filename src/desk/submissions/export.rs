//! The list of submissions as a table for spreadsheets, streamed from the database.

use std::rc::Rc;

use cong_core::addresses::SubmissionFilter;
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::Timestamp;
use futures_util::stream;

use super::export_store::{Exported, exported_after};
use super::list_store::Matching;
use super::suspicion::Suspected;
use crate::desk::request::Desk;
use crate::feedback::SubmissionState;
use crate::platform::DatabaseError;
use crate::web::{
    BYTE_ORDER_MARK, CachePolicy, PageError, Portal, Response, push_csv_row as push_cells,
};

/// A table that is being streamed.
struct SubmissionsCsv {
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
    let table = SubmissionsCsv { portal, matching, with_senders };
    // The first batch is read before the response begins, so that a failure gets an error page.
    let (rows, last) = table.part(0).await?;
    let first = format!("{BYTE_ORDER_MARK}{}{rows}", table_head(with_senders));
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

impl SubmissionsCsv {
    /// The rows after the id `after`, and the last of their ids; `None` at the end.
    async fn part(&self, after: i64) -> Result<(String, Option<i64>), DatabaseError> {
        let db = self.portal.feedback()?;
        let rows = exported_after(&db, &self.matching, after, self.with_senders).await?;
        let mut text = String::new();
        for row in &rows {
            push_row(&mut text, row, self.with_senders);
        }
        Ok((text, rows.last().map(|row| row.id)))
    }
}

/// The head row.
pub fn table_head(with_senders: bool) -> String {
    let mut head = String::new();
    let columns = [
        "Số",
        "Loại",
        "Về bài",
        "Tiêu đề",
        "Nội dung",
        "Nhận lúc",
        "Hạn trả lời",
        "Trạng thái",
        "Nghi là rác",
        "Chuyển đến",
        "Trả lời",
        "Trả lời lúc",
        "Đang công bố",
    ];
    let senders = ["Họ tên", "Địa chỉ", "Điện thoại", "Thư điện tử"];
    let senders = senders.into_iter().filter(|_| with_senders);
    push_cells(&mut head, columns.into_iter().chain(senders));
    head
}

/// Appends the row of a submission.
pub fn push_row(out: &mut String, row: &Exported, with_senders: bool) {
    let id = row.id.to_string();
    let due = row.due().map(|due| due.to_string()).unwrap_or_default();
    let [received_at, answered_at] = [Some(row.received_at), row.answered_at]
        .map(|at| at.map_or(String::new(), Timestamp::date_time));
    let suspected = row.suspicion.as_deref().and_then(Suspected::from_code);
    let cells = [
        id.as_str(),
        SubmissionKind::from_code(&row.kind).map_or("", SubmissionKind::label),
        text(&row.about),
        &row.subject,
        &row.text,
        &received_at,
        &due,
        SubmissionState::from_code(&row.state).map_or("", SubmissionState::label),
        suspected.map_or("", Suspected::label),
        text(&row.passed_to),
        text(&row.answer),
        &answered_at,
        if row.is_released == 1 { "có" } else { "" },
    ];
    let senders = [&row.name, &row.address, &row.phone, &row.email].map(text);
    let senders = senders.into_iter().filter(|_| with_senders);
    push_cells(out, cells.into_iter().chain(senders));
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
