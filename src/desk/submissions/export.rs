//! Exports the list of submissions as a CSV table for spreadsheet programs. The table is streamed from the database.

use cong_core::addresses::SubmissionFilter;
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::Timestamp;

use super::export_store::{Exported, exported_after};
use super::list_store::Matching;
use super::suspicion::Suspected;
use crate::desk::request::Desk;
use crate::feedback::SubmissionState;
use crate::platform::{Database, DatabaseError};
use crate::web::{CSV, CachePolicy, PageError, Portal, Response, csv_head, in_parts, push_csv_row};

/// Exports the submissions that match a filter. Only publishers may export them with the identities of their senders.
pub async fn csv(
    desk: &Desk<'_>,
    filter: &SubmissionFilter,
    with_senders: bool,
) -> Result<Response, PageError> {
    if with_senders {
        desk.publishers_only()?;
    }
    let matching = Matching::of(&desk.portal.feedback()?, filter, desk.portal.now).await?;
    let senders = if with_senders { ", with senders" } else { "" };
    desk.audit(&format!("submissions exported: {}{senders}", filter.without_words())).await?;
    let read = async move |portal: &Portal, after| {
        part(&portal.feedback()?, &matching, after, with_senders).await
    };
    let body = in_parts(desk.portal, 0, read).await?;
    Ok(Response::download(CSV, "y-kien.csv", body, CachePolicy::NoStore))
}

/// Returns the next rows of the table: those of submissions with an id above `after`. Also returns the last of these
/// ids, from which the next call continues, or `None` if there are no more submissions. If `after` is 0, the text
/// begins with the titles of the columns.
async fn part(
    db: &Database,
    matching: &Matching,
    after: i64,
    with_senders: bool,
) -> Result<(String, Option<i64>), DatabaseError> {
    let rows = exported_after(db, matching, after, with_senders).await?;
    let mut text = if after == 0 { table_head(with_senders) } else { String::new() };
    for row in &rows {
        push_row(&mut text, row, with_senders);
    }
    Ok((text, rows.last().map(|row| row.id)))
}

/// The beginning of the table, with the titles of the columns.
pub fn table_head(with_senders: bool) -> String {
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
    csv_head(columns.into_iter().chain(senders))
}

/// Appends the row of a submission to the table.
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
    push_csv_row(out, cells.into_iter().chain(senders));
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
