//! Pages about the portal itself.

use futures_util::future::join;

use super::{frame, hot_index, public_page};
use crate::catalogue;
use crate::pages;
use crate::web::{CachePolicy, PageError, Portal, Response};

/// The site map. While the catalogue cannot be read, it has no categories.
pub async fn site_map(portal: &Portal) -> Result<Response, PageError> {
    let read = async {
        let db = portal.catalogue()?;
        catalogue::categories(&db).await
    };
    let (categories, index) = join(read, hot_index(portal)).await;
    let frame = frame(portal, &index);
    match categories {
        Ok(categories) => Ok(public_page(frame, pages::site_map(frame, Some(&categories)), None)),
        Err(error) => {
            portal.log_error(&format!("D1 failed while reading the categories: {error}"));
            Ok(Response::page(200, pages::site_map(frame, None), CachePolicy::NoStore))
        }
    }
}

pub async fn contact(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::contact(frame), None))
}

pub async fn privacy(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::privacy(frame), None))
}
