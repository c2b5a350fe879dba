//! What the catalogue knows about one document, and where the old addresses in the document's field `aliases` lead.

use std::collections::HashMap;

use cong_core::addresses::{Holder, alias_address, holder};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

#[derive(Debug, Deserialize)]
pub struct Known {
    /// The hash of the document when the sync last read it; `None` if the sync has never read it.
    pub hash: Option<String>,
    /// 1 if the sync is to read the document again, otherwise 0.
    pub is_due: u8,
}

#[derive(Debug)]
pub struct Alias {
    pub address: String,
    pub outcome: AliasOutcome,
}

/// Where an old address in the `aliases` of a document leads.
#[derive(Debug, PartialEq, Eq)]
pub enum AliasOutcome {
    /// The address leads to the article of this document, as intended.
    Here,
    /// The address leads to another article, which has it in its `aliases` too and was published earlier. The value is
    /// the slug of that article.
    Elsewhere(String),
    /// The address leads to a page of the portal, because it is the address of that page.
    HeldByPage,
    /// The address leads to another article, because it is the address of that article's page. The value is the slug of
    /// that article.
    HeldByArticle(String),
    /// The address leads to no page yet, because the article is not public, or the sync has not read its `aliases`.
    NotYet,
}

#[derive(Deserialize)]
struct LeadRow {
    address: String,
    slug: Option<String>,
}

#[derive(Deserialize)]
struct AliasSlugRow {
    slug: String,
}

pub async fn known(catalogue: &Database, slug: &str) -> Result<Known, DatabaseError> {
    let sql = "SELECT (SELECT hash FROM document WHERE slug = ?1) AS hash,
                   EXISTS (SELECT 1 FROM due WHERE slug = ?1) AS is_due";
    let rows: Vec<Known> = catalogue.rows(Statement::new(sql, [slug.into()])).await?;
    rows.into_iter().next().ok_or_else(DatabaseError::unexpected)
}

/// Finds out where each of the addresses `written`, the `aliases` of a document, leads. The result is in the same
/// order.
pub async fn aliases(
    catalogue: &Database,
    slug: &str,
    written: &[String],
    now: Timestamp,
) -> Result<Vec<Alias>, DatabaseError> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let addresses: Vec<String> = written.iter().map(|alias| alias_address(alias)).collect();
    let meant = addresses.iter().filter_map(|address| match holder(address) {
        Holder::Article(slug) => Some(slug),
        _ => None,
    });
    let meant = serde_json::to_string(&meant.collect::<Vec<_>>()).unwrap_or_default();
    let asked = serde_json::to_string(&addresses).unwrap_or_default();
    let results = catalogue
        .batch(&[
            Statement::new(
                "SELECT value AS address,
                     (SELECT slug FROM alias JOIN article USING (slug)
                      WHERE address = value AND draft = 0 AND publish_at <= ?2
                      ORDER BY published, slug LIMIT 1) AS slug
                 FROM json_each(?1)",
                [asked.as_str().into(), now.0.into()],
            ),
            Statement::new(
                "SELECT slug FROM document WHERE slug IN (SELECT value FROM json_each(?1))",
                [meant.as_str().into()],
            ),
        ])
        .await?;
    let [leads, there] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let leads = leads.parse::<LeadRow>()?.into_iter().map(|row| (row.address, row.slug));
    let leads: HashMap<String, Option<String>> = leads.collect();
    let there: Vec<String> =
        there.parse::<AliasSlugRow>()?.into_iter().map(|row| row.slug).collect();
    let alias = |address: String| {
        let leads_to = leads.get(&address).cloned().flatten();
        Alias { outcome: outcome(holder(&address), &there, leads_to, slug), address }
    };
    Ok(addresses.into_iter().map(alias).collect())
}

/// Decides where an old address in the `aliases` of the document `slug` leads. `holder` is the page or article whose
/// own address this is; an article counts only if its slug is among `there`, the slugs of documents that exist.
/// `leads_to` is the slug of the article that was published first among the public articles with the address in their
/// `aliases`.
fn outcome(holder: Holder, there: &[String], leads_to: Option<String>, slug: &str) -> AliasOutcome {
    match (holder, leads_to) {
        (Holder::Page, _) => AliasOutcome::HeldByPage,
        (Holder::Article(other), _) if there.contains(&other) => AliasOutcome::HeldByArticle(other),
        (_, Some(first)) if first == slug => AliasOutcome::Here,
        (_, Some(first)) => AliasOutcome::Elsewhere(first),
        (_, None) => AliasOutcome::NotYet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_wins_over_an_article_and_that_over_every_claim() {
        let there = ["mot".to_owned()];
        let of = |holder, leads_to: Option<&str>| {
            outcome(holder, &there, leads_to.map(str::to_owned), "hai")
        };
        assert_eq!(of(Holder::Page, Some("hai")), AliasOutcome::HeldByPage);
        let article = || Holder::Article("mot".into());
        assert_eq!(of(article(), Some("hai")), AliasOutcome::HeldByArticle("mot".into()));
        assert_eq!(of(Holder::Article("cu".into()), Some("hai")), AliasOutcome::Here);
        assert_eq!(of(Holder::None, Some("ba")), AliasOutcome::Elsewhere("ba".into()));
        assert_eq!(of(Holder::None, None), AliasOutcome::NotYet);
    }
}
