//! Runs the sync: every two minutes by a cron trigger, and under `wrangler dev` before each page.

use std::time::Duration;

use super::purge_changed::{DEADLINE, purge_changed};
use super::sync::{SyncBudget, SyncError, SyncReport, SyncStores, sync_catalogue};
use crate::platform::pause;
use crate::web::Portal;

/// The maximum number of times that a page load tries to start the sync while another run is active. It waits for
/// `TURN` after each attempt.
const TURNS: usize = 200;

const TURN: Duration = Duration::from_millis(15);

/// The pause between two runs of the sync that are made after a response, so that page loads can run in between.
const PAUSE: Duration = Duration::from_millis(60);

/// Runs the sync once, within the limits of one run (`SyncBudget`), and purges the pages that changed. Returns false if
/// the run failed (the failure is logged), or if another run is active.
pub async fn run_sync(portal: &Portal) -> bool {
    let ran = run(portal, &SyncBudget::of_free_plan(portal.site.sync_share)).await;
    let report = ran.as_ref().ok().and_then(Option::as_ref);
    purge_changed(portal, report).await;
    report.is_some()
}

/// Runs the sync before a page is made, if the settings say so, as under `wrangler dev`. The page then shows all
/// changes made before the request. Waits while another run is active. Work beyond the limits of one run continues
/// after the response. If the sync fails, the failure is logged, and the page is made without the latest changes.
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

/// Repeats the sync after the response, until no work is left or a run fails.
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

/// The sync failed. The cause was logged.
struct Failed;

/// Makes one run of the sync within the budget `share`. Returns `None` if another run is active.
async fn run(portal: &Portal, share: &SyncBudget) -> Result<Option<SyncReport>, Failed> {
    let outcome = match stores(portal) {
        Ok(stores) => sync_catalogue(&stores, share, portal.now).await,
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

fn stores(portal: &Portal) -> Result<SyncStores, SyncError> {
    Ok(SyncStores {
        articles: portal.articles()?,
        index: portal.index()?,
        files: portal.files()?,
        db: portal.catalogue_within(DEADLINE)?,
        rules: portal.site.rules.clone(),
    })
}
