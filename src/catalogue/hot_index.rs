//! The hot index: what every page shows beside its own content, such as the newest articles, notices, open
//! consultations and categories. It is one small value in `INDEX`, so that pages need not wait for D1.
//!
//! The hot index contains times, not states: whether an article is public or a consultation is open is decided when a
//! page is rendered.

use cong_core::order::{sort_by, sort_by_key};
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Serialize};

use super::periods::PER_PAGE;
use super::pictures::Sizes;
use crate::site::Language;

/// The key of the hot index in `INDEX`.
pub const HOT_INDEX_KEY: &str = "hot";

/// The content of the hot index. After a deployment, the stored value may lack fields that are new in this version,
/// until the next run of the sync writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HotIndex {
    /// The newest articles, the newest articles in English, the pinned articles, and the scheduled articles that appear
    /// next.
    pub entries: Vec<ListedArticle>,
    pub notices: Vec<TimedNotice>,
    pub consultations: Vec<OpenConsultation>,
    pub categories: Vec<CategoryCount>,
    /// The number of all articles in English. Only the newest of them are in `entries`.
    pub english_articles: u32,
    /// The dimensions of the pictures in the newest and the pinned articles. The keys are file names in `FILES`.
    pub pictures: Sizes,
}

/// An article as lists show it: title, summary, category and times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedArticle {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub lang: String,
    pub category_slug: String,
    pub category_name: String,
    pub updated: Timestamp,
    pub listed_at: Timestamp,
    pub publish_at: Timestamp,
    /// 1 for a pinned article, otherwise 0: SQLite has no booleans.
    pub pinned: u8,
}

/// A notice: the title of an article, which all pages show from `notice_from` to `notice_until`, both seconds included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedNotice {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub notice_from: Timestamp,
    pub notice_until: Timestamp,
}

/// A draft whose consultation had not closed when the hot index was made. It may not be open yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenConsultation {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub consultation_opens: Timestamp,
    pub consultation_closes: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCount {
    pub category_slug: String,
    pub category_name: String,
    pub articles: u32,
}

impl ListedArticle {
    fn is_english(&self) -> bool {
        Language::of(&self.lang) == Language::English
    }
}

impl HotIndex {
    /// The newest public articles, at most `limit`, without the article with the slug `except`.
    pub fn latest(
        &self,
        now: Timestamp,
        limit: usize,
        except: Option<&str>,
    ) -> Vec<&ListedArticle> {
        let entries = self.entries.iter();
        let public =
            entries.filter(|entry| entry.publish_at <= now && Some(entry.slug.as_str()) != except);
        let mut entries: Vec<_> = public.collect();
        sort_by(&mut entries, |a, b| {
            b.listed_at.cmp(&a.listed_at).then_with(|| a.slug.cmp(&b.slug))
        });
        entries.truncate(limit);
        entries
    }

    /// The newest public articles in English, at most `limit`, without the article with the slug `except`.
    pub fn latest_in_english(
        &self,
        now: Timestamp,
        limit: usize,
        except: Option<&str>,
    ) -> Vec<&ListedArticle> {
        let mut entries = self.latest(now, usize::MAX, except);
        entries.retain(|entry| entry.is_english());
        entries.truncate(limit);
        entries
    }

    /// Whether there are articles in English that are public at `now`.
    pub fn has_english(&self, now: Timestamp) -> bool {
        self.entries.iter().any(|entry| entry.publish_at <= now && entry.is_english())
    }

    /// The articles on the first page of the list on the English home page, and the number of pages of the list. Pinned
    /// articles come first. A pinned article that belongs to a later page by its date appears on both pages.
    pub fn english_home(&self, now: Timestamp) -> (Vec<&ListedArticle>, u32) {
        let mut entries = self.latest_in_english(now, usize::MAX, None);
        let mut position = 0;
        entries.retain(|entry| {
            position += 1;
            position <= PER_PAGE.0 || entry.pinned == 1
        });
        sort_by_key(&mut entries, |entry| entry.pinned == 0);
        (entries, PER_PAGE.pages(self.english_articles))
    }

    /// The first `limit` articles for the home page: the pinned ones, then the others, each group newest first.
    pub fn pinned_then_latest(&self, now: Timestamp, limit: usize) -> Vec<&ListedArticle> {
        let mut entries = self.latest(now, usize::MAX, None);
        sort_by_key(&mut entries, |entry| entry.pinned == 0);
        entries.truncate(limit);
        entries
    }

    pub fn notices(&self, now: Timestamp) -> impl Iterator<Item = &TimedNotice> {
        self.notices
            .iter()
            .filter(move |notice| notice.notice_from <= now && now <= notice.notice_until)
    }

    /// The consultations that are open at `now`, sorted by closing time, the earliest first.
    pub fn open_consultations(&self, now: Timestamp) -> Vec<&OpenConsultation> {
        let mut open: Vec<_> = self
            .consultations
            .iter()
            .filter(|c| c.consultation_opens <= now && now <= c.consultation_closes)
            .collect();
        sort_by_key(&mut open, |consultation| consultation.consultation_closes);
        open
    }

    /// The next midnight in Viet Nam, when pages must show a smaller number of days left; `None` if no consultation is
    /// open at `now`.
    pub fn next_day(&self, now: Timestamp) -> Option<Timestamp> {
        (!self.open_consultations(now).is_empty()).then(|| now.next_midnight())
    }

    /// The next moment after `now` at which an article, a notice or a consultation appears or disappears.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let after = |last: Timestamp| Timestamp(last.0.saturating_add(1));
        let published = self.entries.iter().map(|entry| entry.publish_at);
        let notices = self.notices.iter().flat_map(|n| [n.notice_from, after(n.notice_until)]);
        let consultations = self
            .consultations
            .iter()
            .flat_map(|c| [c.consultation_opens, after(c.consultation_closes)]);
        published.chain(notices).chain(consultations).filter(|&at| at > now).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(slug: &str, listed_at: i64, publish_at: i64, pinned: u8) -> ListedArticle {
        ListedArticle {
            slug: slug.into(),
            title: slug.into(),
            summary: String::new(),
            lang: "vi".into(),
            category_slug: String::new(),
            category_name: String::new(),
            updated: Timestamp(listed_at),
            listed_at: Timestamp(listed_at),
            publish_at: Timestamp(publish_at),
            pinned,
        }
    }

    fn slugs(entries: Vec<&ListedArticle>) -> Vec<&str> {
        entries.into_iter().map(|entry| entry.slug.as_str()).collect()
    }

    fn index() -> HotIndex {
        HotIndex {
            entries: vec![
                entry("cu-ghim", 10, 0, 1),
                entry("moi", 30, 0, 0),
                entry("hen-gio", 50, 50, 0),
                entry("giua", 20, 0, 0),
            ],
            notices: vec![TimedNotice {
                slug: "n".into(),
                title: "N".into(),
                lang: "vi".into(),
                notice_from: Timestamp(40),
                notice_until: Timestamp(60),
            }],
            ..HotIndex::default()
        }
    }

    #[test]
    fn a_scheduled_article_appears_at_its_second_and_never_before() {
        assert_eq!(slugs(index().latest(Timestamp(49), 10, None)), ["moi", "giua", "cu-ghim"]);
        assert_eq!(slugs(index().latest(Timestamp(50), 2, None)), ["hen-gio", "moi"]);
    }

    #[test]
    fn the_article_being_read_is_not_among_the_newest_others() {
        assert_eq!(slugs(index().latest(Timestamp(30), 10, Some("moi"))), ["giua", "cu-ghim"]);
    }

    #[test]
    fn pinned_articles_come_first_on_home() {
        assert_eq!(slugs(index().pinned_then_latest(Timestamp(30), 2)), ["cu-ghim", "moi"]);
    }

    #[test]
    fn the_first_page_in_english_has_its_newest_and_the_pinned_first() {
        let english = |number: u32| ListedArticle {
            lang: if number.is_multiple_of(2) { "en" } else { "en-GB" }.into(),
            ..entry(&format!("en-{number:02}"), number.into(), 0, u8::from(number == 3))
        };
        let mut index = index();
        assert!(!index.has_english(Timestamp(30)));
        assert_eq!(index.english_home(Timestamp(30)), (Vec::new(), 1));

        index.entries.extend((1..=24).map(english));
        index.english_articles = 24;
        assert!(index.has_english(Timestamp(30)));
        let (first_page, pages) = index.english_home(Timestamp(30));
        let first_page = slugs(first_page);
        assert_eq!((first_page.len(), pages), (21, 2));
        assert_eq!(first_page[..3], ["en-03", "en-24", "en-23"]);
        assert_eq!(first_page[20], "en-05");
        let others = index.latest_in_english(Timestamp(30), 2, Some("en-24"));
        assert_eq!(slugs(others), ["en-23", "en-22"]);
    }

    #[test]
    fn an_index_that_lacks_fields_can_be_read() {
        assert_eq!(serde_json::from_str::<HotIndex>("{}").unwrap(), HotIndex::default());
    }

    #[test]
    fn a_notice_stands_from_its_first_second_to_its_last() {
        let standing = |now| index().notices(Timestamp(now)).count();
        assert_eq!([39, 40, 60, 61].map(standing), [0, 1, 1, 0]);
    }

    #[test]
    fn the_next_change_is_the_nearest_one_ahead() {
        let next = |now| index().next_change(Timestamp(now)).map(|at| at.0);
        assert_eq!(
            [0, 39, 40, 50, 60, 61].map(next),
            [Some(40), Some(40), Some(50), Some(61), Some(61), None]
        );
    }

    #[test]
    fn days_are_counted_while_a_consultation_is_open() {
        let mut index = index();
        index.consultations.push(OpenConsultation {
            slug: "d".into(),
            title: "D".into(),
            lang: "vi".into(),
            consultation_opens: Timestamp(100),
            consultation_closes: Timestamp(200),
        });
        let midnight = Some(Timestamp(17 * 3600));
        assert_eq!(
            [99, 100, 200, 201].map(|now| index.next_day(Timestamp(now))),
            [None, midnight, midnight, None]
        );
    }
}
