//! The text of the daily message to editors: plain text, counts only.

use crate::desk::daily::DailyCounts;
use crate::site::Site;
use cong_core::addresses::{DeskPage, Route};
use cong_core::vietnamese::grouped;

/// The subject of the e-mail.
pub fn daily_subject(site: &Site, counts: &DailyCounts) -> String {
    let overdue = match counts.overdue {
        0 => String::new(),
        count => format!(", {} quá hạn", grouped(count)),
    };
    format!("{} ý kiến mới{overdue} – {}", grouped(counts.new), site.body_name)
}

/// The text of the message, with a link to the desk. Lines whose count is zero are left out.
pub fn daily_message(site: &Site, counts: &DailyCounts) -> String {
    let lines = [
        (counts.new, "ý kiến mới, từ 7 giờ sáng hôm qua đến 7 giờ sáng nay"),
        (counts.overdue, "ý kiến đã quá hạn trả lời"),
        (counts.due_soon, "ý kiến sắp đến hạn trả lời"),
        (counts.flagged, "ý kiến bị nghi là rác, chờ xem"),
        (counts.waiting, "ý kiến đã có biên nhận, còn chờ chuyển vào cơ sở dữ liệu"),
    ];
    let mut text = format!("{}\n", site.body_name);
    for (count, label) in lines.into_iter().filter(|(count, _)| *count > 0) {
        text.push_str(&format!("• {} {label}\n", grouped(count)));
    }
    text + &site.absolute(&Route::Desk(DeskPage::TODAY).to_string())
}
