//! The measured operations: loading pages, and running the sync.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::articles::{self, Generated, PHRASE, RARE_WORD};
use crate::runtime::{Runtime, Sample};

/// The kind of an operation. It determines which target values the report uses, such as the maximum ratio of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Home,
    Article,
    List,
    /// A search for one word.
    Word,
    /// A search for several words.
    Search,
    Sync,
}

pub struct Operation {
    pub name: &'static str,
    pub kind: Kind,
    action: Action,
}

enum Action {
    Load(String),
    Sync,
    /// A sync after a change of this article.
    SyncChange(Generated),
}

#[derive(Deserialize)]
struct Found {
    articles: u32,
    pages: u32,
    /// The slug of the category with the most articles.
    category: String,
    category_pages: u32,
    month: u32,
    /// The slug that is first in KV's order of keys.
    first_slug: String,
}

const FOUND: &str = "
    WITH total AS (SELECT scope, sum(articles) AS articles, (sum(articles) + 19) / 20 AS pages
        FROM month_count GROUP BY scope)
    SELECT articles, pages,
        (SELECT scope FROM total WHERE scope <> '' ORDER BY articles DESC LIMIT 1) AS category,
        (SELECT max(pages) FROM total WHERE scope <> '') AS category_pages,
        (SELECT month FROM month_count WHERE scope = '' ORDER BY articles DESC LIMIT 1) AS month,
        (SELECT min(slug) FROM document) AS first_slug
    FROM total WHERE scope = ''";

/// Returns the operations to measure. They are the same, in the same order, for every portal, except that their
/// addresses are of pages that exist in `portal`.
pub fn operations(portal: &Runtime) -> Result<Vec<Operation>> {
    let found: Found = portal.row(FOUND)?;
    let Found { category, pages, category_pages, month, .. } = &found;
    let (_, number) = found.first_slug.rsplit_once('-').context("a slug without its number")?;
    let changed = articles::article(number.parse()?);
    // An article that exists at every size.
    let article = articles::article(found.articles.min(100) / 2).slug;
    let load = |name, kind, path: String| Operation { name, kind, action: Action::Load(path) };
    let search = |name, kind, text: &str| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
        load(name, kind, format!("/tim-kiem?{query}"))
    };
    let sync = |name, action| Operation { name, kind: Kind::Sync, action };
    Ok(vec![
        load("home", Kind::Home, "/".to_owned()),
        load("article", Kind::Article, format!("/bai-viet/{article}")),
        load("all articles, page 1", Kind::List, "/tin-bai".to_owned()),
        load("all articles, last page", Kind::List, format!("/tin-bai?trang={pages}")),
        load("category, page 1", Kind::List, format!("/chuyen-muc/{category}")),
        load(
            "category, last page",
            Kind::List,
            format!("/chuyen-muc/{category}?trang={category_pages}"),
        ),
        load("month", Kind::List, format!("/tin-bai/{}/{:02}", month / 100, month % 100)),
        search("search: common word", Kind::Word, "của"),
        search("search: common, no accents", Kind::Word, "cua"),
        search("search: rare word", Kind::Word, RARE_WORD),
        search("search: phrase", Kind::Search, &format!("\"{PHRASE}\"")),
        search("search: four words", Kind::Search, "nước sạch nông thôn"),
        search("search: four, no accents", Kind::Search, "cap nuoc sinh hoat"),
        search("search: few endings", Kind::Word, "nghiệ"),
        search("search: many endings", Kind::Word, "tr"),
        sync("sync, nothing changed", Action::Sync),
        sync("sync, one change", Action::SyncChange(changed)),
    ])
}

impl Operation {
    /// Runs the operation. `round` goes into the text of a changed article, so that each change differs from the last.
    pub fn run(&self, portal: &Runtime, round: usize) -> Result<Sample> {
        match &self.action {
            Action::Load(path) => portal.get(path),
            // The first run after a change compares the keys once more, so the second one is measured.
            Action::Sync => {
                sync_first_keys(portal)?;
                sync_first_keys(portal)
            }
            Action::SyncChange(article) => {
                let changed = Generated {
                    slug: article.slug.clone(),
                    document: format!("{}\nSửa lần thứ {round}.\n", article.document),
                    rev: Some(format!("sửa {round}")),
                };
                portal.put(&[changed])?;
                sync_first_keys(portal)
            }
        }
    }
}

/// Runs the sync once. First makes it start at the first key of KV again, and resets the counters by which its work of
/// the day is limited.
fn sync_first_keys(portal: &Runtime) -> Result<Sample> {
    portal.rows::<()>(
        "UPDATE sync SET list_cursor = '', listed_to = '', lists = 0, reads = 0, rows_written = 0",
    )?;
    portal.sync()
}
