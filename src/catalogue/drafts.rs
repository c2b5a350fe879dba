//! Reads drafts from the catalogue, and makes the list of drafts, which begins with those that are open for comment.

use std::cmp::Reverse;
use std::collections::HashMap;

use cong_core::article::Consultation;
use cong_core::consultation::ConsultationState;
use cong_core::order::sort_by;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(50);

/// The maximum number of drafts in the whole list, more than an office is expected to publish. If there are more, those
/// whose consultations closed earliest are left out.
const MOST: u32 = 2_000;

/// A draft in the list of drafts: the title, language and dates of its article. In its `consultation`, only the fields
/// that the list shows are set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "DraftRow")]
pub struct DraftSummary {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub publish_at: Timestamp,
    pub consultation: Consultation,
}

#[derive(Deserialize)]
struct DraftRow {
    slug: String,
    title: String,
    lang: String,
    publish_at: Timestamp,
    consultation_opens: Timestamp,
    consultation_closes: Timestamp,
    /// The name of the office's unit (department) that runs the consultation. NULL in rows that an older version of the
    /// sync wrote, until the article is indexed again.
    consultation_unit: Option<String>,
    consultation_issued: Option<String>,
}

impl From<DraftRow> for DraftSummary {
    fn from(row: DraftRow) -> Self {
        Self {
            slug: row.slug,
            title: row.title,
            lang: row.lang,
            publish_at: row.publish_at,
            consultation: Consultation {
                opens: row.consultation_opens,
                closes: row.consultation_closes,
                unit: row.consultation_unit.unwrap_or_default(),
                email: None,
                phone: None,
                address: None,
                issued: row.consultation_issued,
                extended: Vec::new(),
            },
        }
    }
}

/// Reads all drafts, at most `MOST`. Scheduled ones are included.
pub async fn drafts(db: &Database) -> Result<Vec<DraftSummary>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT slug, title, lang, publish_at, consultation_opens, consultation_closes,
             consultation_unit, consultation_issued
         FROM article WHERE draft = 0 AND consultation_closes IS NOT NULL
         ORDER BY consultation_closes DESC LIMIT ?1",
        [MOST.into()],
    ))
    .await
}

/// One page of the list of drafts.
#[derive(Debug)]
pub struct DraftList {
    /// The drafts on this page, in the order of `ListedDraft::place`: by state, then by time.
    pub drafts: Vec<ListedDraft>,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
    /// The next moment at which the list changes although no document changes, for example because a consultation
    /// closes.
    pub changes_at: Option<Timestamp>,
}

#[derive(Debug)]
pub struct ListedDraft {
    pub draft: DraftSummary,
    pub state: ConsultationState,
    /// When the answers to the comments were released; `None` if they are not public yet.
    pub answered_at: Option<Timestamp>,
}

impl DraftList {
    /// Makes the page `page` of the list; `None` if there is no such page. `answered` maps the slug of a draft to the
    /// time at which its answers were released or will be.
    pub fn of(
        drafts: Vec<DraftSummary>,
        answered: &HashMap<String, Timestamp>,
        page: u32,
        now: Timestamp,
    ) -> Option<Self> {
        let answers_at = drafts.iter().filter_map(|draft| answered.get(&draft.slug).copied());
        let changes_at = drafts.iter().filter_map(|draft| draft.next_change(now));
        let changes_at = changes_at.chain(answers_at.filter(|at| *at > now)).min();
        let mut listed: Vec<ListedDraft> = drafts
            .into_iter()
            .filter(|draft| draft.publish_at <= now)
            .map(|draft| {
                let answered_at = answered.get(&draft.slug).copied().filter(|at| *at <= now);
                let state = ConsultationState::at(&draft.consultation, answered_at, now);
                ListedDraft { draft, state, answered_at }
            })
            .collect();
        sort_by(&mut listed, |one, other| {
            one.place().cmp(&other.place()).then_with(|| one.draft.slug.cmp(&other.draft.slug))
        });
        let (drafts, pages) = PER_PAGE.select(listed, page)?;
        Some(Self { drafts, page, pages, changes_at })
    }
}

impl DraftSummary {
    fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let published = Some(self.publish_at).filter(|&at| at > now);
        published.into_iter().chain(self.consultation.next_change(now)).min()
    }
}

impl ListedDraft {
    /// The key by which the list is sorted: by state, then by time. Open drafts are sorted by closing time, the
    /// earliest first; drafts that are not yet open by opening time, the earliest first; all others by closing time,
    /// the latest first.
    fn place(&self) -> (u8, Result<Timestamp, Reverse<Timestamp>>) {
        let Consultation { opens, closes, .. } = self.draft.consultation;
        match self.state {
            ConsultationState::Open => (0, Ok(closes)),
            ConsultationState::NotYetOpen => (1, Ok(opens)),
            ConsultationState::Closed => (2, Err(Reverse(closes))),
            ConsultationState::Answered => (3, Err(Reverse(closes))),
            ConsultationState::Issued => (4, Err(Reverse(closes))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3600;
    /// A midnight in Viet Nam.
    const NOW: Timestamp = Timestamp(1_800_032_400);

    fn draft(slug: &str, opens: i64, closes: i64, issued: bool) -> DraftSummary {
        DraftRow {
            slug: slug.into(),
            title: slug.into(),
            lang: "vi".into(),
            publish_at: Timestamp(0),
            consultation_opens: Timestamp(NOW.0 + opens),
            consultation_closes: Timestamp(NOW.0 + closes),
            consultation_unit: Some("Ban".into()),
            consultation_issued: issued.then(|| "quyet-dinh".to_owned()),
        }
        .into()
    }

    fn page(drafts: &[DraftSummary], answered: &[&str], page: u32) -> Option<DraftList> {
        let answered = answered.iter().map(|slug| ((*slug).to_owned(), NOW)).collect();
        DraftList::of(drafts.to_vec(), &answered, page, NOW)
    }

    fn slugs(page: &DraftList) -> Vec<&str> {
        page.drafts.iter().map(|listed| listed.draft.slug.as_str()).collect()
    }

    #[test]
    fn drafts_are_listed_by_state_and_in_each_by_what_is_nearest() {
        let drafts = [
            draft("ban-hanh", -90 * DAY, -60 * DAY, true),
            draft("giai-trinh", -90 * DAY, -50 * DAY, false),
            draft("dong-lau", -90 * DAY, -2, false),
            draft("vua-dong", -90 * DAY, -1, false),
            draft("sap-mo", 2 * DAY, 30 * DAY, false),
            draft("mo-ngay", DAY, 40 * DAY, false),
            draft("con-lau", 0, 20 * DAY, false),
            draft("sap-dong", -90 * DAY, 0, false),
        ];
        let order = [
            "sap-dong",
            "con-lau",
            "mo-ngay",
            "sap-mo",
            "vua-dong",
            "dong-lau",
            "giai-trinh",
            "ban-hanh",
        ];
        assert_eq!(slugs(&page(&drafts, &["giai-trinh", "sap-dong"], 1).unwrap()), order);
        // Without a release time in `answered`, a draft counts as closed.
        let unknown = page(&drafts, &[], 1).unwrap();
        assert_eq!(slugs(&unknown), order);
        assert_eq!(unknown.drafts[6].state, ConsultationState::Closed);
    }

    #[test]
    fn what_is_not_public_is_not_listed_before_its_second_and_the_list_ends_by_then() {
        let mut hidden = draft("hen-gio", DAY, 30 * DAY, false);
        hidden.publish_at = Timestamp(NOW.0 + 60);
        let before = page(&[hidden.clone()], &[], 1).unwrap();
        assert_eq!((before.drafts.len(), before.changes_at), (0, Some(hidden.publish_at)));
        let at = DraftList::of(vec![hidden], &HashMap::new(), 1, Timestamp(NOW.0 + 60)).unwrap();
        assert_eq!((at.drafts.len(), at.changes_at), (1, Some(Timestamp(NOW.0 + DAY))));
    }

    #[test]
    fn the_list_changes_with_what_opens_or_closes_first_and_at_midnight_while_one_is_open() {
        let changes_in = |drafts: &[DraftSummary]| {
            page(drafts, &[], 1).unwrap().changes_at.map(|at| at.0 - NOW.0)
        };
        let closed = draft("dong", -40 * DAY, -1, false);
        let coming = draft("sap-mo", 3 * DAY, 40 * DAY, false);
        let open = draft("mo", -DAY, 40 * DAY, false);
        let closing = draft("sap-dong", -40 * DAY, 100, false);
        assert_eq!(changes_in(std::slice::from_ref(&closed)), None);
        assert_eq!(changes_in(&[closed.clone(), coming.clone()]), Some(3 * DAY));
        assert_eq!(changes_in(&[closed.clone(), coming.clone(), open.clone()]), Some(DAY));
        assert_eq!(changes_in(&[closed, coming, open, closing]), Some(101));
    }

    #[test]
    fn answers_to_come_change_the_list_at_their_second_and_not_before() {
        let drafts = vec![draft("dong", -40 * DAY, -1, false)];
        let answered = HashMap::from([("dong".to_owned(), Timestamp(NOW.0 + 600))]);
        let at = |seconds: i64| {
            DraftList::of(drafts.clone(), &answered, 1, Timestamp(NOW.0 + seconds)).unwrap()
        };
        let (before, after) = (at(599), at(600));
        assert_eq!(
            (before.drafts[0].state, before.drafts[0].answered_at),
            (ConsultationState::Closed, None)
        );
        assert_eq!(before.changes_at, Some(Timestamp(NOW.0 + 600)));
        assert_eq!((after.drafts[0].state, after.changes_at), (ConsultationState::Answered, None));
    }

    #[test]
    fn fifty_are_on_a_page_and_there_is_none_after_the_last() {
        let drafts: Vec<_> =
            (0..51).map(|number| draft(&format!("{number:02}"), -DAY, DAY, false)).collect();
        let first = page(&drafts, &[], 1).unwrap();
        assert_eq!((first.drafts.len(), first.pages), (50, 2));
        assert_eq!(slugs(&page(&drafts, &[], 2).unwrap()), ["50"]);
        assert!(page(&drafts, &[], 3).is_none() && page(&drafts, &[], 0).is_none());
        assert_eq!(page(&[], &[], 1).unwrap().pages, 1);
        assert!(page(&[], &[], 2).is_none());
    }
}
