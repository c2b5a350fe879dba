//! Parses path segments that contain a value, such as a slug, a year or a file name.

use super::feed_format::FeedFormat;
use super::no_route::NoRoute;
use crate::article::{is_file_name, is_slug};
use crate::submission::Receipt;

pub fn known_slug(segment: &str) -> Result<String, NoRoute> {
    if is_slug(segment) { Ok(segment.to_owned()) } else { Err(NoRoute::Unknown) }
}

/// Parses the name of a file. Upper and lower case are kept.
pub fn known_file(segment: Option<&str>) -> Result<String, NoRoute> {
    segment.filter(|name| is_file_name(name)).map(str::to_owned).ok_or(NoRoute::Unknown)
}

/// Parses a year from 1900 to 2200, the only years that documents may contain.
pub fn known_year(segment: &str) -> Result<u32, NoRoute> {
    year(segment).ok_or(NoRoute::Unknown)
}

pub fn known_month(segment: &str) -> Result<u32, NoRoute> {
    let is_number = segment.len() <= 2 && segment.bytes().all(|b| b.is_ascii_digit());
    let month = segment.parse().ok().filter(|month| is_number && (1..=12).contains(month));
    month.ok_or(NoRoute::Unknown)
}

pub fn known_format(file: &str) -> Result<FeedFormat, NoRoute> {
    FeedFormat::from_file_name(file).ok_or(NoRoute::Unknown)
}

/// Parses the name of a site map such as `sitemap-2026-11.xml`. Returns its month as year times 100 plus month.
pub fn known_sitemap(file: &str) -> Result<u32, NoRoute> {
    let month = file.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    let (year, month) = month.and_then(|month| month.split_once('-')).ok_or(NoRoute::Unknown)?;
    Ok(known_year(year)? * 100 + known_month(month)?)
}

/// Parses the id of a question, submission or comment: digits without a leading zero.
pub fn known_id(segment: &str) -> Result<i64, NoRoute> {
    let is_number = segment.bytes().all(|b| b.is_ascii_digit()) && !segment.starts_with('0');
    segment.parse().ok().filter(|_| is_number).ok_or(NoRoute::Unknown)
}

pub fn known_receipt(segment: &str) -> Result<Receipt, NoRoute> {
    Receipt::parse(segment).map_err(|_| NoRoute::MistypedReceipt)
}

pub fn year(digits: &str) -> Option<u32> {
    let is_number = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| is_number && (1900..=2200).contains(year))
}
