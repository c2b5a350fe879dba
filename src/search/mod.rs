//! The search in articles: the form, and the page of results.

mod excerpt;
mod page;
mod query;
mod store;

pub use query::{MAX_WORDS, Query};

use cong_core::addresses::Searched;
use futures_util::future::join;

use crate::catalogue::{hot_index, known_hot_index};
use crate::layout::{frame, public_page};
use crate::platform::DatabaseError;
use crate::web::{CachePolicy, Counted, PageError, Portal, Request, Response, with_retry_hint};
use page::{SearchOutcome, SearchPage, search_page};
use store::{Search, SearchResults, Years};

/// Answers a request for the search page. It has the form, and results if the query has words. If the database is
/// unavailable, the page says so, and the form keeps the query. The number of searches from one network is limited,
/// because each reads many rows.
pub async fn search(
    portal: &Portal,
    request: &Request,
    searched: &Searched,
) -> Result<Response, PageError> {
    let query = Query::parse(&searched.text);
    if !query.is_empty() && !portal.allows(Counted::Search, request).await {
        let index = known_hot_index(portal);
        let page =
            SearchPage { searched, query: &query, years: None, outcome: SearchOutcome::TooMany };
        let page = search_page(frame(portal, &index), &page);
        return Ok(with_retry_hint(Response::page(429, page, CachePolicy::NoStore)));
    }
    let (looked, index) = join(look(portal, searched, &query), hot_index(portal)).await;
    let frame = frame(portal, &index);
    let page = |years, outcome| {
        let page = SearchPage { searched, query: &query, years, outcome };
        search_page(frame, &page)
    };
    let (years, found) = match looked {
        Ok(looked) => looked,
        Err(cause) => {
            portal.log_error(&format!("D1 failed while searching: {cause}"));
            let reply = Response::page(503, page(None, SearchOutcome::Away), CachePolicy::NoStore);
            return Ok(with_retry_hint(reply));
        }
    };
    let cache = CachePolicy::Search { changes_at: index.next_change(portal.now) };
    match found {
        None if !query.is_empty() || searched.page > 1 => Err(PageError::NOT_FOUND),
        None if *searched == Searched::NOTHING => {
            Ok(public_page(frame, page(years, SearchOutcome::NotAsked), None))
        }
        None => Ok(Response::page(200, page(years, SearchOutcome::NotAsked), cache)),
        Some(found) => Ok(Response::page(200, page(years, SearchOutcome::Found(&found)), cache)),
    }
}

type Looked = (Years, Option<SearchResults>);

async fn look(
    portal: &Portal,
    searched: &Searched,
    query: &Query,
) -> Result<Looked, DatabaseError> {
    let db = portal.catalogue()?;
    if query.is_empty() {
        return Ok((store::years(&db).await?, None));
    }
    let asked = Search {
        query,
        category: searched.category.as_deref(),
        year: searched.year,
        page: searched.page,
    };
    let found = store::search(&db, &asked).await?;
    Ok((found.as_ref().and_then(|found| found.years), found))
}
