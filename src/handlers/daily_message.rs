//! Sends the daily message to editors, if the office has switched it on.

use crate::desk::daily::{self, Channel, DailyCounts};
use crate::desk::today;
use crate::pages;
use crate::web::Portal;

/// Sends the message of the day by every channel that has not had it. If a channel fails, the next runs try again, a
/// few times. If there is nothing to report, the day counts as done without a message.
pub async fn tell_editors(portal: &Portal) {
    if !daily::is_due(portal.now) {
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

/// Sends the message by one channel. `counts` is filled on first use, and the same for all channels.
async fn tell(
    portal: &Portal,
    channel: Channel,
    counts: &mut Option<DailyCounts>,
) -> Result<(), String> {
    let db = portal.feedback().map_err(|error| error.to_string())?;
    if !daily::begin(&db, channel, portal.now).await.map_err(|error| error.to_string())? {
        return Ok(());
    }
    let counts = match counts {
        Some(counts) => counts,
        None => {
            let inbox = portal.inbox().map_err(|error| error.to_string())?;
            let waiting = today::waiting(&inbox).await.map_err(|error| error.to_string())?;
            let counted = daily::counts(&db, waiting, portal.now).await;
            counts.insert(counted.map_err(|error| error.to_string())?)
        }
    };
    if !counts.is_quiet() {
        send(portal, channel, counts).await?;
    }
    daily::note_told(&db, channel, portal.now).await.map_err(|error| error.to_string())
}

async fn send(portal: &Portal, channel: Channel, counts: &DailyCounts) -> Result<(), String> {
    let text = pages::daily_message(&portal.site, counts);
    match channel {
        Channel::Webhook => {
            let message = serde_json::json!({ "text": text, "counts": counts });
            portal.post_daily(&message.to_string()).await
        }
        Channel::Email => {
            portal.email_daily(&pages::daily_subject(&portal.site, counts), &text).await
        }
    }
}
