//! The types of the tables with the texts of the page frame (header, navigation, footer).

use cong_core::article::Labels;
use cong_core::vietnamese::Timestamp;

#[cfg_attr(test, derive(serde::Serialize))]
pub struct Texts {
    pub frame: FrameTexts,
    pub list: ListTexts,
    pub home: HomeTexts,
    pub article: ArticleTexts,
    pub reading: ReadingTexts,
    pub draft: DraftTexts,
    pub rating: RatingTexts,
    #[cfg_attr(test, serde(skip))]
    pub forms: Forms,
}

/// How numbers and times are written in the language. Times are in Viet Nam's time zone.
pub struct Forms {
    pub count: fn(usize) -> String,
    pub date: fn(Timestamp) -> String,
    pub date_time: fn(Timestamp) -> String,
    /// Formats a time for use in a sentence, such as one about a deadline.
    pub hour_and_date: fn(Timestamp) -> String,
}

/// The texts that are on every page.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct FrameTexts {
    /// The name of the language in the language itself, for the link to its home page.
    pub language: &'static str,
    pub skip: &'static str,
    /// The name of the search form for screen readers. The next three texts are the label, the placeholder and the
    /// button of its field.
    pub quick_search: &'static str,
    pub search_label: &'static str,
    pub search_placeholder: &'static str,
    pub search: &'static str,
    /// The name of the navigation for screen readers. The next texts are those of its links.
    pub navigation: &'static str,
    pub home: &'static str,
    pub articles: &'static str,
    pub drafts: &'static str,
    pub feedback: &'static str,
    pub questions: &'static str,
    pub site_map: &'static str,
    pub contact: &'static str,
    pub notice: &'static str,
    pub responsible: &'static str,
    pub address: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub look_up: &'static str,
    pub privacy: &'static str,
    pub feed: &'static str,
    pub sign_in: &'static str,
    /// The title of the feed of all articles, in the `link` element that a page's head has for it. The next text is the
    /// title of a category's feed.
    pub feed_of_all: &'static str,
    pub feed_of_category: &'static str,
}

/// The texts in lists of articles.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ListTexts {
    pub latest: &'static str,
    pub all: &'static str,
    pub none: &'static str,
    pub pinned: &'static str,
    /// The name of the links to other pages of a list, for screen readers.
    pub pages: &'static str,
    /// The word before the number of a page of a list, such as "Page".
    pub page: &'static str,
    pub previous_page: &'static str,
    pub next_page: &'static str,
}

/// The texts of the home page, except those of its articles.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct HomeTexts {
    pub all_drafts: &'static str,
    pub categories: &'static str,
    pub all_categories: &'static str,
    pub feedback: &'static str,
    pub about_feedback: &'static str,
    pub send_feedback: &'static str,
    pub answered_questions: &'static str,
}

/// The texts that an article's page shows around the article.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ArticleTexts {
    pub place: &'static str,
    pub updated: &'static str,
    /// The heading above the fields of a legal document: number, kind, issuer, date and so on.
    pub document: &'static str,
    pub number: &'static str,
    pub kind: &'static str,
    pub issuer: &'static str,
    /// The public body directly above the issuer.
    pub parent: &'static str,
    pub issued_on: &'static str,
    /// The place where the document was signed.
    pub issued_at: &'static str,
    pub signer: &'static str,
    pub source: &'static str,
    /// The title of the link to the article's document as its author wrote it.
    pub original: &'static str,
    pub attachments: &'static str,
    pub related: &'static str,
    pub history: &'static str,
    /// The line of an article's history that says that its consultation was extended. The arguments are the new
    /// deadline and the previous one.
    #[cfg_attr(test, serde(skip))]
    pub extended: fn(Timestamp, Timestamp) -> String,
    pub neighbours: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub report: &'static str,
    pub preview: &'static str,
    /// The words that the HTML of an article's body contains in addition to the author's, such as the label of
    /// footnotes.
    #[cfg_attr(test, serde(skip))]
    pub markdown: Labels,
}

/// The texts that help to read a long article, and to share or print it.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ReadingTexts {
    /// The heading of the table of contents.
    pub contents: &'static str,
    /// Formats the reading time of an article. The argument is the number of minutes.
    #[cfg_attr(test, serde(skip))]
    pub minutes: fn(usize) -> String,
    pub to_top: &'static str,
    /// The label before the links for sharing a page.
    pub share: &'static str,
    pub print_hint: &'static str,
    pub listen: &'static str,
    /// The text of the link to an audio recording that has no title.
    pub recording: &'static str,
}

/// The texts about a draft and its consultation.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct DraftTexts {
    pub not_yet_open: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    pub answered: &'static str,
    pub issued: &'static str,
    pub opens: &'static str,
    pub closes: &'static str,
    /// The words before the closing time of an open draft, in lists of open drafts.
    pub open_until: &'static str,
    /// The words after a time of day that say that it is Viet Nam's time.
    pub local_time: &'static str,
    /// How many days are left until the consultation closes. The argument is 0 on the last day.
    #[cfg_attr(test, serde(skip))]
    pub days_left: fn(i64) -> String,
    /// The words before the day on which the consultation was extended. The next text comes before the previous
    /// deadline.
    pub extended_on: &'static str,
    pub open_until_before: &'static str,
    pub unit: &'static str,
    pub comments: &'static str,
    /// How many submissions were received. The arguments are that number, and how many of them were withdrawn.
    #[cfg_attr(test, serde(skip))]
    pub received: fn(u32, u32) -> String,
    pub comment: &'static str,
    /// The text of the link beside a clause's heading. The argument is the heading.
    #[cfg_attr(test, serde(skip))]
    pub comment_clause: fn(&str) -> &'static str,
    pub answers: &'static str,
    pub issued_document: &'static str,
    pub comparison: &'static str,
    pub released_comments: &'static str,
    pub record: &'static str,
    pub other_ways: &'static str,
}

/// The texts of the rating form below an article, and of the page after a rating.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct RatingTexts {
    pub question: &'static str,
    pub remark: &'static str,
    pub remark_hint: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub thanks: &'static str,
    pub purpose: &'static str,
    /// A sentence for readers who need an answer. It links to the feedback form, and has three parts: before, in and
    /// after the link.
    pub for_answer: [&'static str; 3],
    pub back: &'static str,
    /// The title of the page that shows a rating form again after it was refused. The other texts of that page follow.
    pub again: &'static str,
    pub not_taken: &'static str,
    pub about: &'static str,
    pub error: &'static str,
    pub no_button: &'static str,
    /// The message that a remark is too long. The argument is the maximum number of characters.
    #[cfg_attr(test, serde(skip))]
    pub too_long: fn(usize) -> String,
    pub too_many: &'static str,
    pub not_stored: &'static str,
}

/// All texts of `texts` except functions, each with the path of its field, such as `.article.updated`.
#[cfg(test)]
pub fn all_texts(texts: &Texts) -> Vec<(String, String)> {
    fn walk(place: &str, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
        match value {
            serde_json::Value::Object(fields) => {
                fields
                    .iter()
                    .for_each(|(name, value)| walk(&format!("{place}.{name}"), value, found));
            }
            serde_json::Value::Array(parts) => {
                parts.iter().for_each(|value| walk(place, value, found));
            }
            text => found.push((place.to_owned(), text.as_str().unwrap().to_owned())),
        }
    }
    let mut found = Vec::new();
    walk("", &serde_json::to_value(texts).unwrap(), &mut found);
    found
}
