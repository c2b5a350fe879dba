//! Search: the form, and what was found.

use futures_util::future::join;

use super::{frame, hot_index, public_page};
use crate::catalogue::search::{self, Query, Search};
use crate::edge::{CachePolicy, DatabaseError, Portal, Reply};
use crate::error::PageError;
use crate::pages::{self, Outcome, SearchPage};
use crate::routes::Searched;

/// The form, with what was found where something was looked for. With the database away the page says so,
/// and keeps what was typed.
pub async fn search(portal: &Portal, searched: &Searched) -> Result<Reply, PageError> {
    let query = Query::parse(&searched.text);
    let (looked, index) = join(look(portal, searched, &query), hot_index(portal)).await;
    let frame = frame(portal, &index);
    let page = |years, outcome| {
        let page = SearchPage { searched, query: &query, years, outcome };
        pages::search(frame, &page)
    };
    let (years, found) = match looked {
        Ok(looked) => looked,
        Err(cause) => {
            portal.log_error(&format!("D1 failed while searching: {cause}"));
            let mut reply = Reply::page(503, page(None, Outcome::Away), CachePolicy::NoStore);
            reply.headers.push(("retry-after", "60".to_owned()));
            return Ok(reply);
        }
    };
    let cache = CachePolicy::Search { changes_at: index.next_change(portal.now) };
    match found {
        None if !query.is_empty() || searched.page > 1 => Err(PageError::NOT_FOUND),
        None if *searched == Searched::NOTHING => {
            Ok(public_page(frame, page(years, Outcome::NotAsked), None))
        }
        None => Ok(Reply::page(200, page(years, Outcome::NotAsked), cache)),
        Some(found) => Ok(Reply::page(200, page(years, Outcome::Found(&found)), cache)),
    }
}

type Looked = (search::Years, Option<search::Found>);

async fn look(
    portal: &Portal,
    searched: &Searched,
    query: &Query,
) -> Result<Looked, DatabaseError> {
    let db = portal.catalogue()?;
    if query.is_empty() {
        return Ok((search::years(&db).await?, None));
    }
    let asked = Search {
        query,
        category: searched.category.as_deref(),
        year: searched.year,
        page: searched.page,
    };
    let found = search::search(&db, &asked).await?;
    Ok((found.as_ref().and_then(|found| found.years), found))
}
