//! When the catalogue is brought in line with the documents: by the clock, and under `wrangler dev` before
//! each page.

use std::time::Duration;

use super::purge::purge_changed;
use crate::catalogue::{self, Report, Stores, SyncBudget, SyncError};
use crate::platform::pause;
use crate::web::Portal;

/// How long a call to the database may take where no reader waits for it.
pub const DEADLINE: Duration = Duration::from_secs(20);
/// How long a page load waits for a run that another one began: so many times, and each time so long.
const TURNS: usize = 200;
const TURN: Duration = Duration::from_millis(15);
/// Between two runs after a response, so that page loads have their turn.
const PAUSE: Duration = Duration::from_millis(60);

/// Brings the catalogue nearer to the documents, by as much as one run may. False where it failed, which is logged,
/// or another run is at work.
pub async fn sync(portal: &Portal) -> bool {
    let ran = run(portal, &SyncBudget::of_free_plan(portal.site.sync_share)).await;
    let report = ran.as_ref().ok().and_then(Option::as_ref);
    purge_changed(portal, report).await;
    report.is_some()
}

/// Where page loads sync, as under `wrangler dev`: brings the catalogue in line before a page is made, but
/// for what is too much for that, which goes on after the response. Waits for its turn, so that what was put
/// before the page was asked for is on it. A failure is logged, and the page is made from what is there.
pub async fn sync_before(portal: &Portal) {
    if !portal.site.sync_on_load {
        return;
    }
    for _ in 0..TURNS {
        match run(portal, &SyncBudget::LOCAL).await {
            Ok(Some(report)) if report.has_more => return sync_on(portal),
            Ok(None) => pause(TURN).await,
            _ => return,
        }
    }
}

/// Goes on after the response until nothing is left to do.
fn sync_on(portal: &Portal) {
    let later = portal.without_response();
    portal.after_response(async move {
        loop {
            pause(PAUSE).await;
            match run(&later.without_response(), &SyncBudget::LOCAL).await {
                Ok(Some(report)) if !report.has_more => return,
                Err(Failed) => return,
                _ => {}
            }
        }
    });
}

/// The cause is in the log.
struct Failed;

/// One run; `None` while another one is at work.
async fn run(portal: &Portal, share: &SyncBudget) -> Result<Option<Report>, Failed> {
    let outcome = match stores(portal) {
        Ok(stores) => catalogue::sync(&stores, share, portal.now).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(report) => {
            if let Some(report) = report.as_ref().filter(|report| report.changed_anything()) {
                portal.log_info(&format!("sync: {report}"));
            }
            Ok(report)
        }
        Err(error) => {
            portal.log_error(&format!("sync failed: {error}"));
            Err(Failed)
        }
    }
}

fn stores(portal: &Portal) -> Result<Stores, SyncError> {
    Ok(Stores {
        articles: portal.articles()?,
        index: portal.index()?,
        files: portal.files()?,
        db: portal.catalogue_within(DEADLINE)?,
        rules: portal.site.rules.clone(),
    })
}
