//! Sends the daily message to editors, if the office has switched it on.

mod store;

use cong_core::addresses::{DeskPage, Route};
use cong_core::vietnamese::grouped;

use super::today;
use crate::site::Site;
use crate::web::Portal;
use store::{Channel, DailyCounts};

/// Sends the daily message by every channel (webhook, e-mail) that the office has set up and by which today's message
/// has not been sent yet. If sending fails, the next runs try again, a few times. If there is nothing to report, no
/// message is sent, and the day counts as done.
pub async fn tell_editors(portal: &Portal) {
    if !store::is_due(portal.now) {
        return;
    }
    let channels = [
        portal.site.daily_webhook.is_some().then_some(Channel::Webhook),
        portal.site.daily_email.is_some().then_some(Channel::Email),
    ];
    let mut counts = None;
    for channel in channels.into_iter().flatten() {
        if let Err(cause) = tell(portal, channel, &mut counts).await {
            let channel = channel.code();
            portal.log_error(&format!("the daily message was not sent by {channel}: {cause}"));
        }
    }
}

/// Sends the daily message by one channel. `counts` keeps the counts in the message from one channel to the next: it is
/// `None` until a channel has needed them.
async fn tell(
    portal: &Portal,
    channel: Channel,
    counts: &mut Option<DailyCounts>,
) -> Result<(), String> {
    let db = portal.feedback().map_err(|error| error.to_string())?;
    if !store::begin(&db, channel, portal.now).await.map_err(|error| error.to_string())? {
        return Ok(());
    }
    let counts = match counts {
        Some(counts) => counts,
        None => {
            let inbox = portal.inbox().map_err(|error| error.to_string())?;
            let waiting = today::waiting(&inbox).await.map_err(|error| error.to_string())?;
            let counted = store::counts(&db, waiting, portal.now).await;
            counts.insert(counted.map_err(|error| error.to_string())?)
        }
    };
    if !counts.is_quiet() {
        send(portal, channel, counts).await?;
    }
    store::note_told(&db, channel, portal.now).await.map_err(|error| error.to_string())
}

async fn send(portal: &Portal, channel: Channel, counts: &DailyCounts) -> Result<(), String> {
    let text = daily_message(&portal.site, counts);
    match channel {
        Channel::Webhook => {
            let message = serde_json::json!({ "text": text, "counts": counts });
            portal.post_daily(&message.to_string()).await
        }
        Channel::Email => portal.email_daily(&daily_subject(&portal.site, counts), &text).await,
    }
}

/// The subject of the e-mail with the daily message.
pub fn daily_subject(site: &Site, counts: &DailyCounts) -> String {
    let overdue = match counts.overdue {
        0 => String::new(),
        count => format!(", {} quá hạn", grouped(count)),
    };
    format!("{} ý kiến mới{overdue} – {}", grouped(counts.new), site.body_name)
}

/// The text of the daily message, with a link to the desk. Counts that are zero have no line.
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
