//! `/suc-khoe`: the health report for monitoring programs, as JSON: which stores answer, and when the sync last
//! completed.

use std::cell::RefCell;

use cong_core::vietnamese::Timestamp;
use futures_util::future::{join, join4};
use serde::Serialize;

use super::health_store::{does_answer, synced_at};
use crate::platform::{DatabaseError, Store, StoreError};
use crate::web::{CachePolicy, PageError, Portal, Response};

/// The maximum time for which an isolate reuses a health report, in seconds, so that frequent requests do not use up
/// the limits of the stores. The time is shorter if the page memory keeps pages for a shorter time.
const SECONDS: i64 = 10;

/// A key that is absent from every KV store, because no key in use begins with an underscore. Reading it shows at low
/// cost whether the store answers.
const ABSENT_KEY: &str = "_suc_khoe";

thread_local! {
    static REPORT: RefCell<Option<(Timestamp, Health)>> = const { RefCell::new(None) };
}

/// The health report. Its field names must not change, because monitoring programs of others read them.
#[derive(Clone, Serialize)]
struct Health {
    /// Whether all stores answered.
    ok: bool,
    checked_at: String,
    stores: StoreHealth,
    /// When the sync last finished comparing all keys with the catalogue; `null` if that is unknown.
    sync_completed_at: Option<String>,
}

/// For each store, whether it answered. The fields have the names of the bindings.
#[derive(Clone, Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct StoreHealth {
    articles: bool,
    files: bool,
    index: bool,
    inbox: bool,
    db: bool,
    catalogue: bool,
}

/// Answers with the health report. The status is 200 if all stores answered, otherwise 503.
pub async fn health(portal: &Portal) -> Result<Response, PageError> {
    let known = REPORT.with_borrow(|report| {
        let (at, health) = report.as_ref()?;
        let seconds = portal.site.page_memory_seconds.min(SECONDS);
        (at.0..at.0 + seconds).contains(&portal.now.0).then(|| health.clone())
    });
    let health = match known {
        Some(health) => health,
        None => {
            let health = check(portal).await;
            REPORT.set(Some((portal.now, health.clone())));
            health
        }
    };
    let status = if health.ok { 200 } else { 503 };
    let json = serde_json::to_string(&health).map_err(DatabaseError::from)?;
    Ok(Response::text(status, "application/json; charset=utf-8", json, CachePolicy::NoStore))
}

async fn check(portal: &Portal) -> Health {
    let stores = join4(
        answers(portal, "ARTICLES", portal.articles()),
        answers(portal, "FILES", portal.files()),
        answers(portal, "INDEX", portal.index()),
        answers(portal, "INBOX", portal.inbox()),
    );
    let databases = join(synced_at(portal.catalogue()), does_answer(portal.feedback()));
    let ((articles, files, index, inbox), (synced_at, db)) = join(stores, databases).await;
    for (name, failed) in [("CATALOGUE", synced_at.as_ref().err()), ("DB", db.as_ref().err())] {
        if let Some(error) = failed {
            portal
                .log_error(&format!("{name} gave no answer when its health was checked: {error}"));
        }
    }
    let stores =
        StoreHealth { articles, files, index, inbox, db: db.is_ok(), catalogue: synced_at.is_ok() };
    let ok = articles && files && index && inbox && stores.db && stores.catalogue;
    let sync_completed_at = synced_at.ok().flatten().map(Timestamp::rfc3339);
    Health { ok, checked_at: portal.now.rfc3339(), stores, sync_completed_at }
}

async fn answers(portal: &Portal, name: &str, store: Result<Store, StoreError>) -> bool {
    let answered = match store {
        Ok(store) => store.text(ABSENT_KEY).await.map(drop),
        Err(error) => Err(error),
    };
    if let Err(error) = &answered {
        portal.log_error(&format!("{name} gave no answer when its health was checked: {error}"));
    }
    answered.is_ok()
}
