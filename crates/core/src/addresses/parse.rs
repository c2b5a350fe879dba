//! Reads addresses: finds the page for the path and the query of a request.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::desk_page::DeskPage;
use super::draft_page::DraftPage;
use super::list_period::ListPeriod;
use super::no_route::NoRoute;
use super::query::QueryValues;
use super::route::{FIXED, Route};
use super::segments::{
    known_file, known_format, known_id, known_month, known_receipt, known_sitemap, known_slug,
    known_year,
};
use crate::stylesheet::Stylesheet;

/// The page that an address leads to, and whether the address is in canonical form.
#[derive(Debug, PartialEq, Eq)]
pub struct Matched {
    pub route: Route,
    /// False if the path is not the canonical path of the page.
    pub is_own_path: bool,
    /// False if the query is not canonical: it has unknown parameters, or values that are not in canonical form.
    pub is_own_query: bool,
}

/// The address of a request, decoded and parsed once.
#[derive(Debug, PartialEq, Eq)]
pub struct RequestedAddress {
    pub parsed: Result<Matched, NoRoute>,
    pub area: AddressArea,
    /// Whether the query contains search words, even if the page has no search.
    pub has_words: bool,
}

/// The area of the portal to which an address belongs, even if no page has the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressArea {
    Public,
    /// The address contains a receipt code, or a text that may be a mistyped one.
    Receipt,
    /// The address is `/bien-tap` or below it.
    Desk,
}

impl RequestedAddress {
    /// Reads a path and a query in percent-encoded form.
    pub fn read(path: &str, query: &str) -> Self {
        let bytes = Cow::from(percent_decode_str(path));
        let decoded = String::from_utf8_lossy(&bytes);
        let lower = decoded.to_lowercase();
        let values = QueryValues::parse(query);
        let parsed = match decoded {
            Cow::Borrowed(decoded) => matched(path, decoded, &lower, query, &values),
            // The path is not UTF-8.
            Cow::Owned(_) => Err(NoRoute::Unknown),
        };
        Self { parsed, area: area(&lower), has_words: values.has_words() }
    }
}

impl Route {
    /// Parses a path and a query in percent-encoded form.
    pub fn parse(path: &str, query: &str) -> Result<Matched, NoRoute> {
        RequestedAddress::read(path, query).parsed
    }
}

fn area(path: &str) -> AddressArea {
    if path.split('/').nth(1) == Some("bien-tap") {
        AddressArea::Desk
    } else if path.contains("da-nhan/") {
        AddressArea::Receipt
    } else {
        AddressArea::Public
    }
}

fn matched(
    path: &str,
    decoded: &str,
    lower: &str,
    query: &str,
    values: &QueryValues,
) -> Result<Matched, NoRoute> {
    let route = route(decoded, lower, values)?;
    let own = route.to_string();
    let (own_path, own_query) = own.split_once('?').unwrap_or((&own, ""));
    // A file name can be percent-encoded in several ways. Files are served under each of them, without a redirect.
    let is_own_path = match &route {
        Route::File { .. } => percent_decode_str(own_path).decode_utf8_lossy() == decoded,
        _ => own_path == path,
    };
    let is_own_query = own_query == query;
    Ok(Matched { route, is_own_path, is_own_query })
}

/// Parses a decoded path. `lower` is the same path in lower case.
fn route(decoded: &str, lower: &str, query: &QueryValues) -> Result<Route, NoRoute> {
    let trimmed = decoded.strip_suffix('/').unwrap_or(decoded);
    let lower = lower.strip_suffix('/').unwrap_or(lower);
    if let Some((_, route)) =
        FIXED.into_iter().find(|(path, _)| path.trim_end_matches('/') == lower)
    {
        return Ok(route);
    }
    // File names keep their upper and lower case.
    let as_written = trimmed.rsplit('/').next();
    let lower: Vec<&str> = lower.split('/').skip(1).collect();
    Ok(match lower.as_slice() {
        ["en"] => Route::English { page: query.page()? },
        ["tin-bai"] => Route::Articles { period: ListPeriod::All, page: query.page()? },
        ["tin-bai", year] => {
            let period = ListPeriod::Year(known_year(year)?);
            Route::Articles { period, page: query.page()? }
        }
        ["tin-bai", year, month] => {
            let period = ListPeriod::Month(known_year(year)? * 100 + known_month(month)?);
            Route::Articles { period, page: query.page()? }
        }
        ["du-thao"] => Route::Consultations { page: query.page()? },
        // A draft is an article, so its page has the address of an article.
        ["du-thao", slug] => Route::article(&known_slug(slug)?),
        ["tim-kiem"] => Route::Search(query.searched()?),
        ["chuyen-muc", slug] => Route::Category { slug: known_slug(slug)?, page: query.page()? },
        ["chuyen-muc", slug, file] => {
            Route::Feed { category: Some(known_slug(slug)?), format: known_format(file)? }
        }
        ["bai-viet", name] => match name.strip_suffix(".md") {
            Some(slug) => Route::ArticleSource { slug: known_slug(slug)? },
            None => Route::article(&known_slug(name)?),
        },
        ["bai-viet", slug, "truoc"] => Route::previous(&known_slug(slug)?),
        ["bai-viet", slug, "sau"] => Route::next(&known_slug(slug)?),
        ["bai-viet", slug, "danh-gia"] => Route::Rating { slug: known_slug(slug)? },
        ["du-thao", slug, name] => {
            let slug = known_slug(slug)?;
            Route::Draft { slug, page: DraftPage::parse(name, query)? }
        }
        ["gop-y"] => Route::Feedback { about: query.about() },
        ["gop-y", "da-nhan", code] => {
            Route::Receipt { receipt: known_receipt(code)?, action: query.action()? }
        }
        ["hoi-dap"] => Route::Questions { category: query.category()?, page: query.page()? },
        ["hoi-dap", id] => Route::Question { id: known_id(id)? },
        ["tep", _] => Route::File { name: known_file(as_written)? },
        ["bien-tap", rest @ ..] => Route::Desk(DeskPage::parse(rest, query)?),
        [file] if file.starts_with("sitemap-") => {
            Route::SitemapMonth { month: known_sitemap(file)?, page: query.page()? }
        }
        [file] => match Stylesheet::of_file(file) {
            Some((sheet, fingerprint)) => {
                Route::OldStylesheet { sheet, fingerprint: fingerprint.to_owned() }
            }
            None => Route::Feed { category: None, format: known_format(file)? },
        },
        _ => return Err(NoRoute::Unknown),
    })
}
