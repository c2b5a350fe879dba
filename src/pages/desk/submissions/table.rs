//! The rows of the submissions' table for spreadsheets.

use crate::consultation::csv::push_row as push_cells;
use crate::desk::submissions::{Exported, Suspected};
use crate::feedback::SubmissionState;
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::Timestamp;

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
