//! Reads the desk's list of all drafts. Drafts for which editors have something to do come first.

use std::collections::HashMap;

use cong_core::article::Consultation;
use cong_core::consultation::ConsultationState;
use cong_core::order::sort_by_key;
use cong_core::vietnamese::Timestamp;
use futures_util::future::try_join;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(50);

/// The maximum number of drafts that are read from the catalogue: more than an office publishes in decades. If there
/// are more, those that closed first are left out.
pub const MOST: i64 = 2_000;

pub struct DeskDraftList {
    pub drafts: Vec<(DeskListedDraft, CommentCounts)>,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
}

/// A draft in the desk's list. It may not be public yet.
#[derive(Clone, Debug)]
pub struct DeskListedDraft {
    pub slug: String,
    /// What the catalogue knows about the draft. `None` if there are submissions about the draft, but its document is
    /// missing or broken.
    pub article: Option<Times>,
    /// How many submissions about the draft there are, without withdrawn ones.
    pub received: u32,
    /// The time from which the answers are public, which may be in the future; `None` if they are not released.
    pub released_at: Option<Timestamp>,
}

/// What the catalogue knows about a draft: its title, when its consultation opens and closes, and whether visitors can
/// see it.
#[derive(Clone, Debug, Deserialize)]
pub struct Times {
    pub slug: String,
    pub title: String,
    pub opens: Timestamp,
    pub closes: Timestamp,
    pub issued: Option<String>,
    /// 1 while visitors cannot see the draft, otherwise 0.
    pub is_hidden: u8,
}

/// How many comments a draft has, how many of them have no decision (`undecided`), and how many have no public text
/// (`unreleased`). Withdrawn comments and spam are not counted.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct CommentCounts {
    pub comments: u32,
    pub undecided: u32,
    pub unreleased: u32,
}

#[derive(Deserialize)]
struct ListedTallyRow {
    slug: String,
    received: u32,
    answered_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct CommentCountRow {
    slug: String,
    #[serde(flatten)]
    counts: CommentCounts,
}

/// Reads one page of the list; `None` if there is no such page.
pub async fn draft_list(
    catalogue: &Database,
    db: &Database,
    page: u32,
    now: Timestamp,
) -> Result<Option<DeskDraftList>, DatabaseError> {
    let articles = catalogue.rows::<Times>(Statement::new(
        "SELECT slug, title, consultation_opens AS opens, consultation_closes AS closes,
                consultation_issued AS issued, draft = 1 OR publish_at > ?1 AS is_hidden
         FROM article WHERE consultation_closes IS NOT NULL
         ORDER BY consultation_closes DESC LIMIT ?2",
        [now.0.into(), MOST.into()],
    ));
    let tallies = db.rows::<ListedTallyRow>(Statement::new(
        "SELECT slug, received - withdrawn AS received, answered_at FROM consultation",
        [],
    ));
    let (articles, tallies) = try_join(articles, tallies).await?;
    let mut drafts = joined(articles, tallies);
    sort_by_key(&mut drafts, |draft| (draft.place(now), draft.slug.clone()));
    let Some((drafts, pages)) = PER_PAGE.select(drafts, page) else { return Ok(None) };
    let mut counts = counts(db, &drafts).await?;
    let drafts = drafts.into_iter().map(|draft| {
        let counts = counts.remove(&draft.slug).unwrap_or_default();
        (draft, counts)
    });
    Ok(Some(DeskDraftList { drafts: drafts.collect(), page, pages }))
}

async fn counts(
    db: &Database,
    drafts: &[DeskListedDraft],
) -> Result<HashMap<String, CommentCounts>, DatabaseError> {
    let slugs: Vec<&str> = drafts.iter().map(|draft| draft.slug.as_str()).collect();
    let slugs = serde_json::to_string(&slugs)?;
    let rows: Vec<CommentCountRow> = db
        .rows(Statement::new(
            "SELECT slug, count(*) AS comments, sum(decision IS NULL) AS undecided,
                    sum(public_text IS NULL) AS unreleased
             FROM json_each(?1) AS wanted CROSS JOIN visible_comment ON slug = wanted.value
             GROUP BY slug",
            [slugs.as_str().into()],
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.counts)).collect())
}

/// Merges the drafts of the catalogue with the counts of submissions from `DB`. A draft that is not in the catalogue is
/// kept if it has submissions or released answers.
fn joined(articles: Vec<Times>, tallies: Vec<ListedTallyRow>) -> Vec<DeskListedDraft> {
    let mut tallies: HashMap<String, ListedTallyRow> =
        tallies.into_iter().map(|row| (row.slug.clone(), row)).collect();
    let mut drafts: Vec<DeskListedDraft> = articles
        .into_iter()
        .map(|article| {
            let tally = tallies.remove(&article.slug);
            DeskListedDraft {
                slug: article.slug.clone(),
                received: tally.as_ref().map_or(0, |row| row.received),
                released_at: tally.and_then(|row| row.answered_at),
                article: Some(article),
            }
        })
        .collect();
    let unread = tallies.into_values().filter(|row| row.received > 0 || row.answered_at.is_some());
    drafts.extend(unread.map(|row| DeskListedDraft {
        slug: row.slug,
        article: None,
        received: row.received,
        released_at: row.answered_at,
    }));
    drafts
}

impl DeskListedDraft {
    /// The state of the consultation; `None` if the document cannot be read.
    pub fn state(&self, now: Timestamp) -> Option<ConsultationState> {
        let article = self.article.as_ref()?;
        let consultation = Consultation {
            opens: article.opens,
            closes: article.closes,
            unit: String::new(),
            email: None,
            phone: None,
            address: None,
            issued: article.issued.clone(),
            extended: Vec::new(),
        };
        Some(ConsultationState::at(&consultation, self.released_at, now))
    }

    /// The sort key of a draft in the list; a smaller key comes first. A draft waits for its answers if it has
    /// submissions and its answers are not public. The order is: drafts that wait but have no readable document; drafts
    /// that are open or that have closed and wait, by closing date; drafts that are not open yet, by opening date; the
    /// other drafts with a readable document, the last to close first; all others.
    fn place(&self, now: Timestamp) -> (u8, i64) {
        let is_released = self.released_at.is_some_and(|at| at <= now);
        let waits = self.received > 0 && !is_released;
        match (&self.article, self.state(now)) {
            (None, _) if waits => (0, 0),
            (Some(article), Some(ConsultationState::Open)) => (0, article.closes.0),
            (Some(article), Some(ConsultationState::NotYetOpen)) => (1, article.opens.0),
            (Some(article), _) if waits => (0, article.closes.0),
            (Some(article), _) => (2, -article.closes.0),
            (None, _) => (3, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn article(slug: &str, opens: i64, closes: i64) -> Times {
        Times {
            slug: slug.into(),
            title: slug.into(),
            opens: Timestamp(NOW.0 + opens),
            closes: Timestamp(NOW.0 + closes),
            issued: None,
            is_hidden: 0,
        }
    }

    fn tally(slug: &str, received: u32, released: Option<i64>) -> ListedTallyRow {
        let answered_at = released.map(|after| Timestamp(NOW.0 + after));
        ListedTallyRow { slug: slug.into(), received, answered_at }
    }

    #[test]
    fn what_waits_longest_is_first_and_what_closes_soonest_next() {
        let articles = vec![
            article("xong", -90, -30),
            article("khong-ai-gop-y", -90, -40),
            article("sap-mo", 10, 90),
            article("con-lau", -10, 80),
            article("sap-dong", -50, 5),
            article("vua-dong", -60, -5),
            article("cho-lau", -90, -50),
            article("sap-hien", -90, -20),
        ];
        let tallies = vec![
            tally("xong", 3, Some(-1)),
            tally("vua-dong", 2, None),
            tally("cho-lau", 2, None),
            tally("sap-hien", 2, Some(600)),
            tally("bai-hong", 1, None),
            tally("chi-co-rac", 0, None),
        ];
        let mut drafts = joined(articles, tallies);
        drafts.sort_by_cached_key(|draft| (draft.place(NOW), draft.slug.clone()));
        let order: Vec<_> = drafts.iter().map(|draft| draft.slug.as_str()).collect();
        let expected = [
            "bai-hong",
            "cho-lau",
            "sap-hien",
            "vua-dong",
            "sap-dong",
            "con-lau",
            "sap-mo",
            "xong",
            "khong-ai-gop-y",
        ];
        assert_eq!(order, expected);
    }
}
