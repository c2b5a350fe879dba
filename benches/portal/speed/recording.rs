//! Records answers of the portal and its queries to D1. The peers give the same answers and make the same queries.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::articles;
use crate::runtime::{Runtime, Worker};
use crate::states::SETTINGS;

/// The number of articles that are compared by the length of their pages. The one with the median length is measured.
const CANDIDATES: u32 = 41;
const LIST: &str = "/tin-bai";
const SEARCHED: &str = "nước sạch nông thôn";

/// A recorded answer of the portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded {
    #[serde(default)]
    pub path: String,
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
    /// The queries to D1 for this answer, in the order in which they began. See recording.mjs.
    pub trips: Value,
}

/// The recorded answers, and the stored values that the peers and the measurement of starts need.
pub struct Recording {
    /// The number from which the measured article is generated.
    pub number: u32,
    pub article: Recorded,
    /// The answer (304) to a browser that already has the page of the article.
    pub unchanged: Recorded,
    pub home: Recorded,
    pub list: Recorded,
    pub search: Recorded,
    /// The value of the key `hot` in `INDEX`: the hot index.
    pub hot_index: String,
}

impl Recording {
    /// Starts a portal on `stores`, which contain this number of articles, and records its answers.
    pub fn make(stores: &Path, articles: u32) -> Result<Self> {
        let portal = Runtime::start(stores, &Worker::recording(&SETTINGS))?;
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("q", SEARCHED).finish();
        let (number, article) = middle_article(&portal, articles)?;
        let tag = article.etag()?;
        Ok(Self {
            unchanged: record(&portal, &article.path, Some(tag), 304)?,
            home: record(&portal, "/", None, 200)?,
            list: record(&portal, LIST, None, 200)?,
            search: record(&portal, &format!("/tim-kiem?{query}"), None, 200)?,
            hot_index: portal.value("INDEX", "hot")?,
            number,
            article,
        })
    }
}

impl Recorded {
    pub fn etag(&self) -> Result<&str> {
        self.headers
            .get("etag")
            .map(String::as_str)
            .with_context(|| format!("{} has no ETag", self.path))
    }
}

fn middle_article(portal: &Runtime, articles: u32) -> Result<(u32, Recorded)> {
    let mut candidates = Vec::new();
    for number in 0..articles.min(CANDIDATES) {
        let path = format!("/bai-viet/{}", articles::article(number).slug);
        candidates.push((number, record(portal, &path, None, 200)?));
    }
    candidates.sort_by_key(|(_, recorded)| recorded.body.len());
    let middle = candidates.len() / 2;
    ensure!(middle < candidates.len(), "there are no articles");
    Ok(candidates.swap_remove(middle))
}

fn record(portal: &Runtime, path: &str, tag: Option<&str>, status: u16) -> Result<Recorded> {
    let headers: Vec<_> = tag.map(|tag| ("if-none-match", tag)).into_iter().collect();
    let mut recorded: Recorded = serde_json::from_str(&portal.text(path, &headers)?)?;
    ensure!(recorded.status == status, "{path} got status {}", recorded.status);
    path.clone_into(&mut recorded.path);
    Ok(recorded)
}
