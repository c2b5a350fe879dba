//! Finds the old addresses that do not lead to their article, because several articles claim the same address, or
//! because it is the address of a page or of another article. An article claims an address by naming it in the field
//! `aliases`.
//!
//! A single query scans all old addresses. For 200,000 of them it takes about 200 ms.

use cong_core::addresses::fixed_paths;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(50);

/// One page of the old addresses that do not lead to their article, sorted by address.
#[derive(Debug)]
pub struct OldAddresses {
    pub addresses: Vec<OldAddress>,
    /// How many addresses there are on all pages.
    pub found: u32,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
}

/// An old address that needs an editor's attention: several articles claim it, or it is the address of a page or of an
/// article.
#[derive(Debug)]
pub struct OldAddress {
    pub address: String,
    /// Whether a page of the portal or an article has this address. The address then leads there, and no claim has any
    /// effect.
    pub is_held: bool,
    /// How many articles claim the address.
    pub claims: u32,
    /// At most ten of the articles that claim the address. If the address leads to one of them, that one comes first.
    pub claimants: Vec<Claimant>,
}

/// An article that claims an old address.
#[derive(Debug, Deserialize)]
pub struct Claimant {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub published: Timestamp,
    /// 1 if readers can see the article, otherwise 0. The claim of an article that readers cannot see has no effect.
    pub is_public: u8,
}

#[derive(Deserialize)]
struct OldAddressRow {
    address: String,
    is_held: u8,
    claims: u32,
    found: u32,
    #[serde(flatten)]
    claimant: Claimant,
}

/// Selects one page of the old addresses that do not lead to their article, and the articles that claim each of them.
/// ?1 is a JSON list of the paths of all pages whose address has no parameters, ?2 and ?3 are limit and offset, ?4 is
/// the current time.
///
/// Paths are compared as in `Route::parse`: in lower case, without query and trailing slash. The articles that claim an
/// address are sorted as in `catalogue::find_alias`.
const SQL: &str = "
    WITH claimed AS (SELECT address, count(*) AS claims,
        rtrim(lower(iif(instr(address, '?'), substr(address, 1, instr(address, '?') - 1), address)), '/')
            AS path
        FROM alias GROUP BY address),
    wrong AS MATERIALIZED (SELECT address, claims,
        path IN (SELECT value FROM json_each(?1)) OR path GLOB '/bien-tap/*'
        OR (path GLOB '/bai-viet/*'
            AND EXISTS (SELECT 1 FROM document WHERE slug = substr(path, 11)))
        OR (path GLOB '/du-thao/*'
            AND EXISTS (SELECT 1 FROM document WHERE slug = substr(path, 10))) AS is_held
        FROM claimed WHERE claims > 1 OR is_held),
    shown AS (SELECT * FROM wrong ORDER BY address LIMIT ?2 OFFSET ?3),
    ordered AS (SELECT address, is_held, claims, slug, title, lang, published,
        draft = 0 AND publish_at <= ?4 AS is_public,
        row_number() OVER (PARTITION BY address
            ORDER BY draft = 0 AND publish_at <= ?4 DESC, published, slug) AS place
        FROM shown JOIN alias USING (address) JOIN article USING (slug))
    SELECT *, (SELECT count(*) FROM wrong) AS found FROM ordered WHERE place <= 10
    ORDER BY address, place";

/// Reads one page of the old addresses that do not lead to their article; `None` if there is no such page.
pub async fn old_addresses(
    catalogue: &Database,
    page: u32,
    now: Timestamp,
) -> Result<Option<OldAddresses>, DatabaseError> {
    let fixed = serde_json::to_string(&fixed_paths()).unwrap_or_default();
    let [limit, offset] = PER_PAGE.limit_and_offset(page);
    let values = [fixed.as_str().into(), limit, offset, now.0.into()];
    let rows: Vec<OldAddressRow> = catalogue.rows(Statement::new(SQL, values)).await?;
    if rows.is_empty() && page > 1 {
        return Ok(None);
    }
    let found = rows.first().map_or(0, |row| row.found);
    let pages = PER_PAGE.pages(found);
    Ok(Some(OldAddresses { addresses: by_address(rows), found, page, pages }))
}

fn by_address(rows: Vec<OldAddressRow>) -> Vec<OldAddress> {
    let mut addresses: Vec<OldAddress> = Vec::new();
    for OldAddressRow { address, is_held, claims, claimant, .. } in rows {
        match addresses.last_mut() {
            Some(last) if last.address == address => last.claimants.push(claimant),
            _ => addresses.push(OldAddress {
                address,
                is_held: is_held == 1,
                claims,
                claimants: vec![claimant],
            }),
        }
    }
    addresses
}
