use super::consultation::Consultation;
use super::legal_document::LegalDocument;
use crate::vietnamese::Timestamp;

/// An article, as its document describes it. Fields that the document leaves out have their default values.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pub title: String,
    pub updated: Timestamp,
    pub published: Timestamp,
    pub author: String,
    pub source: Option<String>,
    /// The summary, as plain text. If the document has none, it is made from the first paragraph.
    pub summary: String,
    pub category: Option<Category>,
    /// The language of the article, as a tag (BCP 47).
    pub lang: String,
    pub draft: bool,
    pub publish_at: Option<Timestamp>,
    pub pinned: bool,
    pub image: Option<LeadImage>,
    pub audio: Option<Audio>,
    /// The old addresses as the document lists them: each is an old slug, or an absolute path with or without a query.
    pub aliases: Vec<String>,
    pub attachments: Vec<ArticleAttachment>,
    pub changes: Vec<ArticleChange>,
    pub document: Option<LegalDocument>,
    pub notice: Option<NoticePeriod>,
    pub consultation: Option<Consultation>,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub name: String,
    pub slug: String,
}

/// The picture at the top of the article. `file` is its name in `FILES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadImage {
    pub file: String,
    pub alt: String,
}

/// A recording in which the article is read aloud. `file` is its name in `FILES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    pub file: String,
    pub title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleAttachment {
    pub file: String,
    pub title: String,
}

/// One change in the list of changes that readers see under the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleChange {
    pub date: Timestamp,
    pub note: String,
}

/// The period in which all pages show the article's title as a banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePeriod {
    pub from: Timestamp,
    /// The last second of the period.
    pub until: Timestamp,
}

impl Article {
    /// Whether visitors may see the article at the moment `now`.
    pub fn is_public(&self, now: Timestamp) -> bool {
        !self.draft && self.publish_at.is_none_or(|at| at <= now)
    }

    /// The time by which lists sort the article: the later of `published` and `publish_at`.
    pub fn listed_at(&self) -> Timestamp {
        self.publish_at.map_or(self.published, |at| at.max(self.published))
    }

    /// The time of the last change that readers could see. Becoming public counts as a change.
    pub fn changed_at(&self) -> Timestamp {
        self.updated.max(self.listed_at())
    }

    /// The next moment after `now` at which the article's page changes although its document does not: the article
    /// becomes public, its consultation opens or closes, or the number of days until it closes decreases.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let published = self.publish_at.filter(|&at| at > now);
        let consultation = self.consultation.as_ref().and_then(|c| c.next_change(now));
        published.into_iter().chain(consultation).min()
    }
}
