//! Has Workers Cache forget the pages that a run of the sync has changed, twice: at once, so that readers need not wait
//! until the pages expire, and again after KV has distributed the new documents everywhere.

use std::collections::BTreeSet;
use std::time::Duration;

use cong_core::addresses::CacheTag;
use cong_core::vietnamese::Timestamp;

use super::purges;
use super::sync::SyncReport;
use crate::platform::{DatabaseError, EdgeCache, Purge, TAGS_OF_A_PURGE};
use crate::web::Portal;

/// How long KV may take to make a new value visible everywhere, in seconds.
const KV_SECONDS: i64 = 60;

/// Replaces a list of more cache tags than one purge accepts. It stands for all pages of the portal.
const EVERYTHING: &str = "*";

/// Purges the pages that a run of the sync has changed, and the pages whose second purge is due. A purge that fails is
/// logged, and the next run tries it again.
pub async fn purge_changed(portal: &Portal, report: Option<&SyncReport>) {
    let Some(cache) = portal.edge_cache() else { return };
    if let Err(error) = purge(portal, &cache, report).await {
        portal.log_error(&format!(
            "D1 failed with the list of pages that Workers Cache is to forget: {error}"
        ));
    }
}

async fn purge(
    portal: &Portal,
    cache: &EdgeCache,
    report: Option<&SyncReport>,
) -> Result<(), DatabaseError> {
    let db = portal.catalogue_within(DEADLINE)?;
    let noted = purges::due_purges(&db, portal.now).await?;
    let mut due: BTreeSet<String> = noted.iter().cloned().collect();
    // An isolate may read the old document just before KV has the new one everywhere, and keep a page made from it for
    // `page_memory_seconds`. The second purge comes after that time too.
    let settled = Timestamp(portal.now.0 + KV_SECONDS + portal.site.page_memory_seconds);
    if let Some(report) = report.filter(|report| report.changed_anything()) {
        let tags = bounded(tags(report));
        purges::note_purges(&db, &tags, settled).await?;
        due.extend(tags);
    }
    let due = bounded(due);
    if due.is_empty() {
        return Ok(());
    }
    let what = if due.iter().any(|tag| tag == EVERYTHING) {
        Purge::Everything
    } else {
        Purge::Tagged(&due)
    };
    if let Err(error) = cache.purge(what).await {
        // The purges are not deleted. The second purge of this sync's pages is due later, and the others are tried in
        // the next run.
        portal.log_error(&format!("Workers Cache did not forget changed pages: {error}"));
    } else if !noted.is_empty() {
        purges::drop_purges(&db, &noted, portal.now).await?;
    }
    Ok(())
}

/// The cache tags of all pages that show an article changed by the sync: the page of the article, the pages of its
/// categories, and all lists.
fn tags(report: &SyncReport) -> BTreeSet<String> {
    let articles = report.slugs.iter().map(|slug| CacheTag::Article(slug).to_string());
    let categories = report.categories.iter().map(|slug| CacheTag::Category(slug).to_string());
    articles.chain(categories).chain([CacheTag::Lists.to_string()]).collect()
}

/// Returns the tags if one purge accepts that many. If there are more, returns only `EVERYTHING`.
fn bounded(tags: BTreeSet<String>) -> Vec<String> {
    if tags.len() > TAGS_OF_A_PURGE || tags.contains(EVERYTHING) {
        return vec![EVERYTHING.to_owned()];
    }
    tags.into_iter().collect()
}

/// The maximum duration of a database call for which no reader waits.
pub const DEADLINE: Duration = Duration::from_secs(20);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_their_categories_and_all_lists_are_forgotten() {
        let report = SyncReport {
            slugs: vec!["mot".to_owned(), "hai".to_owned()],
            categories: BTreeSet::from(["tin-tuc".to_owned()]),
            ..SyncReport::default()
        };
        assert_eq!(bounded(tags(&report)), ["a-hai", "a-mot", "c-tin-tuc", "lists"]);
    }

    #[test]
    fn more_than_a_purge_takes_is_everything_and_everything_stays_so() {
        let numbered = |count: usize| (0..count).map(|number| format!("a-{number}")).collect();
        assert_eq!(bounded(numbered(100)).len(), 100);
        assert_eq!(bounded(numbered(101)), ["*"]);
        assert_eq!(bounded(BTreeSet::from(["*".to_owned(), "lists".to_owned()])), ["*"]);
    }
}
