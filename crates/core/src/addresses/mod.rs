//! The one table of URLs. `Route::parse` reads an address; `handlers::answer` chooses the handler of a route.
//!
//! An address that is not in the canonical form of its page (upper case, trailing slash, needless percent-encoding)
//! is redirected to that form. The target of the redirect is always built from the parsed route, never from the
//! received address.

mod alias;
mod cache_tag;
mod desk_page;
mod draft_page;
mod feed_format;
mod list_period;
mod old_address;

pub use alias::alias_address;
pub use cache_tag::CacheTag;
pub use desk_page::{
    ArticleFilter, ArticleState, ArticlesPage, CommentsPart, DeskConsultationsPage, DeskPage, Done,
    DueFilter, MAX_WORDS_CHARS, MissingPart, StateFilter, SubmissionFilter, SubmissionStep,
    SubmissionsPage, SuspicionFilter,
};
pub use draft_page::{DraftPage, Part, clause_code};
pub use feed_format::FeedFormat;
pub use list_period::ListPeriod;
pub use old_address::{Holder, fixed_paths, holder};

use percent_encoding::percent_decode_str;

use crate::article::{file_url, is_file_name, is_slug};
use crate::consultation::{Clause, is_clause_id};
use crate::stylesheet::Stylesheet;
use crate::submission::{Receipt, ReceiptAction};
use crate::vietnamese::{nfc, single_line, without_bidi_controls};

/// The longest search text, in characters. The rest of a longer text is not searched for.
pub const MAX_SEARCH_CHARS: usize = 200;

/// From one article to its neighbour in the list of its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Previous,
    Next,
}

/// A page of the portal, with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Home,
    /// The home page in English.
    English {
        page: u32,
    },
    Articles {
        period: ListPeriod,
        page: u32,
    },
    Category {
        slug: String,
        page: u32,
    },
    /// The list of drafts that were published for comment.
    Consultations {
        page: u32,
    },
    Search(Searched),
    Article {
        slug: String,
    },
    /// The document of an article as its author wrote it.
    ArticleSource {
        slug: String,
    },
    Neighbour {
        slug: String,
        direction: Direction,
    },
    Feedback {
        about: Option<About>,
    },
    /// A receipt, or the confirmation page of an action on its submission.
    Receipt {
        receipt: Receipt,
        action: Option<ReceiptAction>,
    },
    Lookup,
    Questions {
        category: Option<String>,
        page: u32,
    },
    Question {
        id: i64,
    },
    QuestionsFeed,
    Rating {
        slug: String,
    },
    /// A page about a draft other than its article.
    Draft {
        slug: String,
        page: DraftPage,
    },
    File {
        name: String,
    },
    /// A feed of the newest articles, of all or of one category.
    Feed {
        category: Option<String>,
        format: FeedFormat,
    },
    /// The index of the XML site maps, for search engines. `SiteMap` is the page for readers.
    SitemapIndex,
    /// The XML site map of the portal's pages and categories.
    SitemapPages,
    /// One part of the XML site map of a month's articles.
    SitemapMonth {
        /// Year and month as one number: 202611.
        month: u32,
        page: u32,
    },
    Robots,
    /// The health check for monitoring programs: which stores answer.
    Health,
    /// The web app manifest.
    Manifest,
    /// A stylesheet of another deploy. The current stylesheet has another address, which static assets answer.
    OldStylesheet {
        sheet: Stylesheet,
        /// Empty if the address has no fingerprint.
        fingerprint: String,
    },
    SiteMap,
    Contact,
    Privacy,
    /// A page of the desk, which requires a sign-in.
    Desk(DeskPage),
}

/// A search query as the reader typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    pub text: String,
    /// The slug of a category.
    pub category: Option<String>,
    pub year: Option<u32>,
    /// The page number, counted from 1.
    pub page: u32,
}

impl Searched {
    pub const NOTHING: Self = Self { text: String::new(), category: None, year: None, page: 1 };
}

/// The subject of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Article(String),
    Draft {
        slug: String,
        /// The id of a clause, or empty for the whole draft; `None` if none is chosen.
        clause: Option<String>,
    },
}

/// The result of parsing an address.
#[derive(Debug, PartialEq, Eq)]
pub struct Matched {
    pub route: Route,
    /// False if the path is not the canonical path of the page.
    pub is_own_path: bool,
    /// False if the query is not canonical: it has unknown parameters, or values in another form.
    pub is_own_query: bool,
}

/// Why an address does not lead to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoute {
    Unknown,
    /// The value of a parameter is invalid.
    Nonsense,
    /// The receipt code is malformed.
    MistypedReceipt,
}

impl Route {
    pub const FEEDBACK: Self = Self::Feedback { about: None };

    /// Parses a path and a query in percent-encoded form.
    pub fn parse(path: &str, query: &str) -> Result<Matched, NoRoute> {
        let decoded =
            percent_decode_str(path).decode_utf8().map_err(|_| NoRoute::Unknown)?.into_owned();
        let trimmed = decoded.strip_suffix('/').unwrap_or(&decoded);
        let segments: Vec<&str> = trimmed.split('/').skip(1).collect();
        let lower: Vec<String> = segments.iter().map(|segment| segment.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let query_values = QueryValues::parse(query);

        let route = match lower.as_slice() {
            [] => Self::Home,
            ["en"] => Self::English { page: query_values.page()? },
            ["tin-bai"] => Self::Articles { period: ListPeriod::All, page: query_values.page()? },
            ["tin-bai", year] => {
                let period = ListPeriod::Year(known_year(year)?);
                Self::Articles { period, page: query_values.page()? }
            }
            ["tin-bai", year, month] => {
                let period = ListPeriod::Month(known_year(year)? * 100 + known_month(month)?);
                Self::Articles { period, page: query_values.page()? }
            }
            ["du-thao"] => Self::Consultations { page: query_values.page()? },
            // Drafts are articles, and have the address of one.
            ["du-thao", slug] => Self::article(&known_slug(slug)?),
            ["tim-kiem"] => Self::Search(query_values.searched()?),
            ["chuyen-muc", slug] => {
                Self::Category { slug: known_slug(slug)?, page: query_values.page()? }
            }
            ["chuyen-muc", slug, file] => {
                Self::Feed { category: Some(known_slug(slug)?), format: known_format(file)? }
            }
            ["bai-viet", name] => match name.strip_suffix(".md") {
                Some(slug) => Self::ArticleSource { slug: known_slug(slug)? },
                None => Self::article(&known_slug(name)?),
            },
            ["bai-viet", slug, "truoc"] => Self::previous(&known_slug(slug)?),
            ["bai-viet", slug, "sau"] => Self::next(&known_slug(slug)?),
            ["bai-viet", slug, "danh-gia"] => Self::Rating { slug: known_slug(slug)? },
            ["du-thao", slug, name] => {
                let slug = known_slug(slug)?;
                Self::Draft { slug, page: DraftPage::parse(name, &query_values)? }
            }
            ["gop-y"] => Self::Feedback { about: query_values.about() },
            ["gop-y", "tra-cuu"] => Self::Lookup,
            ["gop-y", "da-nhan", code] => {
                Self::Receipt { receipt: known_receipt(code)?, action: query_values.action()? }
            }
            ["hoi-dap"] => {
                Self::Questions { category: query_values.category()?, page: query_values.page()? }
            }
            ["hoi-dap", "atom.xml"] => Self::QuestionsFeed,
            ["hoi-dap", id] => Self::Question { id: known_id(id)? },
            ["tep", _] => Self::File { name: known_file(segments.last().copied())? },
            ["so-do-trang"] => Self::SiteMap,
            ["lien-he"] => Self::Contact,
            ["quyen-rieng-tu"] => Self::Privacy,
            ["bien-tap", rest @ ..] => Self::Desk(DeskPage::parse(rest, &query_values)?),
            ["robots.txt"] => Self::Robots,
            ["suc-khoe"] => Self::Health,
            ["sitemap.xml"] => Self::SitemapIndex,
            ["sitemap-trang.xml"] => Self::SitemapPages,
            [file] if file.starts_with("sitemap-") => {
                Self::SitemapMonth { month: known_sitemap(file)?, page: query_values.page()? }
            }
            ["manifest.webmanifest"] => Self::Manifest,
            [file] => match Stylesheet::of_file(file) {
                Some((sheet, fingerprint)) => {
                    Self::OldStylesheet { sheet, fingerprint: fingerprint.to_owned() }
                }
                None => Self::Feed { category: None, format: known_format(file)? },
            },
            _ => return Err(NoRoute::Unknown),
        };

        let own = route.to_string();
        let (own_path, own_query) = own.split_once('?').unwrap_or((&own, ""));
        // A file name has several percent-encodings. All of them are accepted.
        let is_own_path = match &route {
            Self::File { .. } => percent_decode_str(own_path).decode_utf8_lossy() == decoded,
            _ => own_path == path,
        };
        let is_own_query = own_query == query;
        Ok(Matched { route, is_own_path, is_own_query })
    }

    pub const ENGLISH: Self = Self::English { page: 1 };

    /// The first page of all articles.
    pub const ARTICLES: Self = Self::Articles { period: ListPeriod::All, page: 1 };

    /// The first page of all drafts.
    pub const CONSULTATIONS: Self = Self::Consultations { page: 1 };

    /// The search form.
    pub const SEARCH: Self = Self::Search(Searched::NOTHING);

    pub fn article(slug: &str) -> Self {
        Self::Article { slug: slug.to_owned() }
    }

    /// The first page of a category.
    pub fn category(slug: &str) -> Self {
        Self::Category { slug: slug.to_owned(), page: 1 }
    }

    pub fn previous(slug: &str) -> Self {
        Self::Neighbour { slug: slug.to_owned(), direction: Direction::Previous }
    }

    pub fn next(slug: &str) -> Self {
        Self::Neighbour { slug: slug.to_owned(), direction: Direction::Next }
    }

    pub fn draft(slug: &str, page: DraftPage) -> Self {
        Self::Draft { slug: slug.to_owned(), page }
    }

    pub fn receipt(receipt: &Receipt) -> Self {
        Self::Receipt { receipt: receipt.clone(), action: None }
    }

    /// The first page of all questions.
    pub const QUESTIONS: Self = Self::Questions { category: None, page: 1 };

    /// The methods that the page accepts, in the form of the header `Allow`.
    pub fn methods(&self) -> &'static str {
        match self {
            Self::Feedback { .. }
            | Self::Receipt { action: Some(_), .. }
            | Self::Lookup
            | Self::Rating { .. } => "GET, HEAD, POST",
            Self::Desk(page) => page.methods(),
            _ => "GET, HEAD",
        }
    }

    /// Whether a navigation link leads to this page, or to another page of the same list.
    pub fn is_same_page(&self, link: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(link)
    }

    /// Whether search engines may index the page. They may not index search results, nor parts of other pages.
    pub fn may_be_indexed(&self) -> bool {
        match self {
            Self::Search(searched) => searched.text.is_empty(),
            // The list of all comments contains them too.
            Self::Draft { page: DraftPage::Comments(part) | DraftPage::Answers(part), .. } => {
                part.clause.is_none()
            }
            _ => true,
        }
    }

    /// Whether the page shows data of the catalogue. Under `wrangler dev` the sync then runs before the page is made.
    pub fn shows_articles(&self) -> bool {
        !matches!(
            self,
            Self::File { .. }
                | Self::Receipt { .. }
                | Self::ArticleSource { .. }
                | Self::QuestionsFeed
                | Self::Robots
                | Self::Health
                | Self::Manifest
                | Self::OldStylesheet { .. }
        )
    }
}

/// The canonical address of the page: path and query.
impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut paged = |path: &str, page: u32| match page {
            1 => f.write_str(path),
            page => write!(f, "{path}?trang={page}"),
        };
        match self {
            Self::Home => f.write_str("/"),
            Self::English { page } => paged("/en", *page),
            Self::Articles { period: ListPeriod::All, page } => paged("/tin-bai", *page),
            Self::Articles { period: ListPeriod::Year(year), page } => {
                paged(&format!("/tin-bai/{year}"), *page)
            }
            Self::Articles { period: ListPeriod::Month(month), page } => {
                paged(&format!("/tin-bai/{}/{:02}", month / 100, month % 100), *page)
            }
            Self::Consultations { page } => paged("/du-thao", *page),
            Self::Search(searched) => searched.fmt(f),
            Self::Category { slug, page } => paged(&format!("/chuyen-muc/{slug}"), *page),
            Self::Article { slug } => write!(f, "/bai-viet/{slug}"),
            Self::ArticleSource { slug } => write!(f, "/bai-viet/{slug}.md"),
            Self::Neighbour { slug, direction: Direction::Previous } => {
                write!(f, "/bai-viet/{slug}/truoc")
            }
            Self::Neighbour { slug, direction: Direction::Next } => {
                write!(f, "/bai-viet/{slug}/sau")
            }
            Self::Feedback { about: None } => f.write_str("/gop-y"),
            Self::Feedback { about: Some(About::Article(slug)) } => write!(f, "/gop-y?bai={slug}"),
            Self::Feedback { about: Some(About::Draft { slug, clause: None }) } => {
                write!(f, "/gop-y?du-thao={slug}")
            }
            Self::Feedback { about: Some(About::Draft { slug, clause: Some(id) }) } => {
                write!(f, "/gop-y?du-thao={slug}&dieu={}", clause_code(id))
            }
            Self::Draft { slug, page } => write!(f, "/du-thao/{slug}/{page}"),
            Self::Receipt { receipt, action: None } => write!(f, "/gop-y/da-nhan/{receipt}"),
            Self::Receipt { receipt, action: Some(action) } => {
                write!(f, "/gop-y/da-nhan/{receipt}?viec={}", action.code())
            }
            Self::Lookup => f.write_str("/gop-y/tra-cuu"),
            Self::Questions { category: None, page } => paged("/hoi-dap", *page),
            Self::Questions { category: Some(category), page: 1 } => {
                write!(f, "/hoi-dap?chuyen-muc={category}")
            }
            Self::Questions { category: Some(category), page } => {
                write!(f, "/hoi-dap?chuyen-muc={category}&trang={page}")
            }
            Self::Question { id } => write!(f, "/hoi-dap/{id}"),
            Self::QuestionsFeed => f.write_str("/hoi-dap/atom.xml"),
            Self::Rating { slug } => write!(f, "/bai-viet/{slug}/danh-gia"),
            Self::File { name } => f.write_str(&file_url(name)),
            Self::Feed { category: None, format } => write!(f, "/{}", format.file_name()),
            Self::Feed { category: Some(slug), format } => {
                write!(f, "/chuyen-muc/{slug}/{}", format.file_name())
            }
            Self::SitemapIndex => f.write_str("/sitemap.xml"),
            Self::SitemapPages => f.write_str("/sitemap-trang.xml"),
            Self::SitemapMonth { month, page } => {
                paged(&format!("/sitemap-{}-{:02}.xml", month / 100, month % 100), *page)
            }
            Self::Robots => f.write_str("/robots.txt"),
            Self::Health => f.write_str("/suc-khoe"),
            Self::Manifest => f.write_str("/manifest.webmanifest"),
            Self::OldStylesheet { sheet, fingerprint } if fingerprint.is_empty() => {
                write!(f, "/{}.css", sheet.name())
            }
            Self::OldStylesheet { sheet, fingerprint } => {
                write!(f, "/{}.{fingerprint}.css", sheet.name())
            }
            Self::SiteMap => f.write_str("/so-do-trang"),
            Self::Contact => f.write_str("/lien-he"),
            Self::Privacy => f.write_str("/quyen-rieng-tu"),
            Self::Desk(page) => page.fmt(f),
        }
    }
}

impl std::fmt::Display for Searched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("/tim-kiem")?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.text.is_empty() {
            query.append_pair("q", &self.text);
        }
        if let Some(category) = &self.category {
            query.append_pair("chuyen-muc", category);
        }
        if let Some(year) = self.year {
            query.append_pair("nam", &year.to_string());
        }
        if self.page > 1 {
            query.append_pair("trang", &self.page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
    }
}

/// In templates a route is rendered as its address.
impl maud::Render for Route {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}

/// Whether a path is, or may be a mistyped form of, the address of a receipt.
pub fn names_receipt(path: &str) -> bool {
    percent_decode_str(path).decode_utf8_lossy().to_lowercase().contains("da-nhan/")
}

/// Whether a path is, or may be a mistyped form of, an address of the desk.
pub fn is_desk(path: &str) -> bool {
    let decoded = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
    decoded.split('/').nth(1) == Some("bien-tap")
}

fn known_slug(segment: &str) -> Result<String, NoRoute> {
    if is_slug(segment) { Ok(segment.to_owned()) } else { Err(NoRoute::Unknown) }
}

/// The name of a file. Upper and lower case are kept.
fn known_file(segment: Option<&str>) -> Result<String, NoRoute> {
    segment.filter(|name| is_file_name(name)).map(str::to_owned).ok_or(NoRoute::Unknown)
}

/// A year between 1900 and 2200, the range of articles.
fn known_year(segment: &str) -> Result<u32, NoRoute> {
    year(segment).ok_or(NoRoute::Unknown)
}

fn year(digits: &str) -> Option<u32> {
    let is_number = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| is_number && (1900..=2200).contains(year))
}

fn known_month(segment: &str) -> Result<u32, NoRoute> {
    let is_number = segment.len() <= 2 && segment.bytes().all(|b| b.is_ascii_digit());
    let month = segment.parse().ok().filter(|month| is_number && (1..=12).contains(month));
    month.ok_or(NoRoute::Unknown)
}

fn known_format(file: &str) -> Result<FeedFormat, NoRoute> {
    FeedFormat::from_file_name(file).ok_or(NoRoute::Unknown)
}

/// The month in the name of a site map such as `sitemap-2026-11.xml`, as year times 100 plus month.
fn known_sitemap(file: &str) -> Result<u32, NoRoute> {
    let month = file.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    let (year, month) = month.and_then(|month| month.split_once('-')).ok_or(NoRoute::Unknown)?;
    Ok(known_year(year)? * 100 + known_month(month)?)
}

/// The number of a question: digits without a leading zero.
fn known_id(segment: &str) -> Result<i64, NoRoute> {
    let is_number = segment.bytes().all(|b| b.is_ascii_digit()) && !segment.starts_with('0');
    segment.parse().ok().filter(|_| is_number).ok_or(NoRoute::Unknown)
}

fn known_receipt(segment: &str) -> Result<Receipt, NoRoute> {
    Receipt::parse(segment).map_err(|_| NoRoute::MistypedReceipt)
}

/// Whether a query contains search words, on any page.
pub fn holds_words(query: &str) -> bool {
    QueryValues::parse(query).get(WORDS).is_some_and(|words| !words.trim().is_empty())
}

/// The parameter with the search words, on every page with a search.
const WORDS: &str = "q";

/// The parameters of a query.
struct QueryValues(Vec<(String, String)>);

impl QueryValues {
    fn parse(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The page number; 1 if the query has none.
    fn page(&self) -> Result<u32, NoRoute> {
        let Some(digits) = self.get("trang") else { return Ok(1) };
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(page) if is_number && page >= 1 => Ok(page),
            _ => Err(NoRoute::Nonsense),
        }
    }

    fn category(&self) -> Result<Option<String>, NoRoute> {
        match self.get("chuyen-muc") {
            None => Ok(None),
            Some(slug) if is_slug(slug) => Ok(Some(slug.to_owned())),
            Some(_) => Err(NoRoute::Nonsense),
        }
    }

    /// The search words, cut to `max_chars` characters, on one line, in normal form C.
    fn words(&self, max_chars: usize) -> String {
        // One letter may be sent as several characters, with white space around it.
        const RECEIVED_PER_CHAR: usize = 10;
        let received = self.get(WORDS).unwrap_or_default().trim_start();
        let received = received.chars().take(RECEIVED_PER_CHAR * max_chars).collect();
        let words = single_line(&nfc(&without_bidi_controls(received)));
        words.chars().take(max_chars).collect()
    }

    /// The search query. Forms send empty fields too, so empty parameters count as missing.
    fn searched(&self) -> Result<Searched, NoRoute> {
        let filled = |name| self.get(name).map(str::trim).filter(|value| !value.is_empty());
        let category = match filled("chuyen-muc") {
            Some(slug) if !is_slug(slug) => return Err(NoRoute::Nonsense),
            slug => slug.map(str::to_owned),
        };
        let year = filled("nam").map(|digits| year(digits).ok_or(NoRoute::Nonsense)).transpose()?;
        // One character more than a search takes, so that the search can tell that the text was too long.
        let text = self.words(MAX_SEARCH_CHARS + 1);
        Ok(Searched { text, category, year, page: self.page()? })
    }

    fn action(&self) -> Result<Option<ReceiptAction>, NoRoute> {
        match self.get("viec") {
            None => Ok(None),
            Some(code) => ReceiptAction::from_code(code).map(Some).ok_or(NoRoute::Nonsense),
        }
    }

    fn about(&self) -> Option<About> {
        let slug = |name| self.get(name).filter(|slug| is_slug(slug)).map(str::to_owned);
        let draft = slug("du-thao").map(|slug| About::Draft { slug, clause: self.clause() });
        draft.or_else(|| slug("bai").map(About::Article))
    }

    /// The clause that the query names, if its id is well-formed.
    fn clause(&self) -> Option<String> {
        match self.get("dieu")? {
            Clause::WHOLE_CODE => Some(String::new()),
            id => is_clause_id(id).then(|| id.to_owned()),
        }
    }

    fn part(&self) -> Result<Part, NoRoute> {
        let clause = self.clause();
        if clause.is_none() && self.get("dieu").is_some() {
            return Err(NoRoute::Nonsense);
        }
        Ok(Part { clause, page: self.page()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::submission::SubmissionKind;

    /// A valid code: the checksum of zeros is zero.
    const RECEIPT: &str = "00000-00000-00000-00000";

    fn receipt() -> Receipt {
        Receipt::parse(RECEIPT).unwrap()
    }

    fn parse(address: &str) -> Result<Matched, NoRoute> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse(path, query)
    }

    #[test]
    fn every_route_is_found_again_at_its_own_address() {
        let slug = || "du-thao-1".to_owned();
        for route in [
            Route::Home,
            Route::ENGLISH,
            Route::English { page: 2 },
            Route::ARTICLES,
            Route::Articles { period: ListPeriod::All, page: 12 },
            Route::Articles { period: ListPeriod::Year(2026), page: 1 },
            Route::Articles { period: ListPeriod::Month(202_602), page: 2 },
            Route::CONSULTATIONS,
            Route::Consultations { page: 2 },
            Route::SEARCH,
            Route::Search(Searched {
                text: "quyết định & \"12/QĐ\"".into(),
                category: Some(slug()),
                year: Some(2026),
                page: 2,
            }),
            Route::Category { slug: slug(), page: 1 },
            Route::Category { slug: slug(), page: 2 },
            Route::Article { slug: slug() },
            Route::ArticleSource { slug: slug() },
            Route::previous("du-thao-1"),
            Route::next("du-thao-1"),
            Route::FEEDBACK,
            Route::Feedback { about: Some(About::Article(slug())) },
            Route::Feedback { about: Some(About::Draft { slug: slug(), clause: None }) },
            Route::Feedback {
                about: Some(About::Draft { slug: slug(), clause: Some("dieu-1".into()) }),
            },
            Route::Feedback {
                about: Some(About::Draft { slug: slug(), clause: Some(String::new()) }),
            },
            Route::draft("a", DraftPage::Comments(Part::ALL)),
            Route::draft("a", DraftPage::Comments(Part { page: 2, ..Part::of_clause("dieu-1") })),
            Route::draft("a", DraftPage::Answers(Part::of_clause(""))),
            Route::draft("a", DraftPage::Answers(Part { clause: None, page: 3 })),
            Route::draft("a", DraftPage::AnswersCsv),
            Route::draft("a", DraftPage::Record),
            Route::draft("a", DraftPage::RecordExport),
            Route::receipt(&receipt()),
            Route::Receipt { receipt: receipt(), action: Some(ReceiptAction::Withdraw) },
            Route::Receipt { receipt: receipt(), action: Some(ReceiptAction::EraseIdentity) },
            Route::Lookup,
            Route::QUESTIONS,
            Route::Questions { category: None, page: 2 },
            Route::Questions { category: Some(slug()), page: 1 },
            Route::Questions { category: Some(slug()), page: 2 },
            Route::Question { id: 12 },
            Route::QuestionsFeed,
            Route::Rating { slug: slug() },
            Route::draft("a", DraftPage::Comparison { page: 1 }),
            Route::draft("a", DraftPage::Comparison { page: 2 }),
            Route::File { name: "Dự thảo 1.pdf".into() },
            Route::Feed { category: None, format: FeedFormat::Atom },
            Route::Feed { category: Some(slug()), format: FeedFormat::Rss },
            Route::Feed { category: Some(slug()), format: FeedFormat::Json },
            Route::SitemapIndex,
            Route::SitemapPages,
            Route::SitemapMonth { month: 202_602, page: 1 },
            Route::SitemapMonth { month: 202_611, page: 2 },
            Route::Robots,
            Route::Manifest,
            Route::Health,
            Route::OldStylesheet { sheet: Stylesheet::Portal, fingerprint: String::new() },
            Route::OldStylesheet {
                sheet: Stylesheet::Desk,
                fingerprint: "0123456789abcdef".into(),
            },
            Route::SiteMap,
            Route::Contact,
            Route::Privacy,
            Route::Desk(DeskPage::TODAY),
            Route::Desk(DeskPage::Today { done: Some(Done::Synced) }),
            Route::Desk(DeskPage::submissions()),
            Route::Desk(DeskPage::Submissions(SubmissionsPage::List {
                filter: SubmissionFilter {
                    state: StateFilter::All,
                    kind: Some(SubmissionKind::Question),
                    about: Some(slug()),
                    due: Some(DueFilter::Overdue),
                    suspicion: SuspicionFilter::All,
                    words: "đường & \"cầu\"".into(),
                },
                page: 2,
            })),
            Route::Desk(DeskPage::Submissions(SubmissionsPage::Csv {
                filter: SubmissionFilter::flagged(),
                with_senders: true,
            })),
            Route::Desk(DeskPage::submission(12)),
            Route::Desk(DeskPage::Submissions(SubmissionsPage::One {
                id: 12,
                done: Some(Done::Answered),
            })),
            Route::Desk(DeskPage::step(12, SubmissionStep::Release)),
            Route::Desk(DeskPage::CONSULTATIONS),
            Route::Desk(DeskPage::Consultations(DeskConsultationsPage::All { page: 2 })),
            Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Comments {
                slug: slug(),
                part: CommentsPart::ALL,
                done: None,
            })),
            Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Comments {
                slug: slug(),
                part: CommentsPart {
                    clause: Some(String::new()),
                    lacking: Some(MissingPart::Decision),
                    page: 3,
                    are_all_ticked: true,
                },
                done: Some(Done::CommentsAnswered),
            })),
            Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Comment {
                slug: slug(),
                id: 12,
                done: None,
            })),
            Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Preview {
                slug: slug(),
                part: Part { clause: Some("dieu-1".into()), page: 2 },
                done: Some(Done::AnswersReleased),
            })),
        ] {
            let matched = parse(&route.to_string()).unwrap();
            assert_eq!(matched, Matched { route, is_own_path: true, is_own_query: true });
        }
    }

    #[test]
    fn other_spellings_of_a_path_mean_the_same_page() {
        for (address, own) in [
            ("/bai-viet/Mot-Hai/", "/bai-viet/mot-hai"),
            ("/bai-viet/m%6ft", "/bai-viet/mot"),
            ("/TIN-BAI/?trang=2", "/tin-bai?trang=2"),
            ("/EN/", "/en"),
            ("/tin-bai/2026/2", "/tin-bai/2026/02"),
            ("/du-thao/Quy-che", "/bai-viet/quy-che"),
            ("/du-thao/", "/du-thao"),
            ("/gop-y/?bai=x", "/gop-y?bai=x"),
            ("/Du-Thao/X/so-sanh/", "/du-thao/x/so-sanh"),
            ("/tep/A.pdf/", "/tep/A.pdf"),
            ("/BAI-VIET/mot.MD", "/bai-viet/mot.md"),
            ("/gop-y/da-nhan/ooooo%2000000-0000000000", "/gop-y/da-nhan/00000-00000-00000-00000"),
        ] {
            let matched = parse(address).unwrap();
            assert!(!matched.is_own_path, "{address}");
            assert_eq!(matched.route.to_string(), own);
        }
    }

    #[test]
    fn queries_that_a_page_does_not_take_are_noticed() {
        for address in [
            "/?utm=1",
            "/tin-bai?trang=1",
            "/tin-bai?trang=02",
            "/bai-viet/x?",
            "/tin-bai?a&trang=2",
            "/tim-kiem?q=a&chuyen-muc=&nam=",
            "/tim-kiem?q=%20a",
            "/tim-kiem?nam=2026&q=a",
        ] {
            let matched = parse(address).unwrap();
            assert!(matched.is_own_path);
            assert_eq!(matched.is_own_query, address.ends_with('?'), "{address}");
        }
    }

    #[test]
    fn a_parameter_that_makes_no_sense_is_no_route() {
        for address in [
            "/tin-bai?trang=0",
            "/tin-bai?trang=x",
            "/tin-bai?trang=",
            "/tin-bai?trang=-1",
            "/tin-bai?trang=+1",
            "/chuyen-muc/a?trang=99999999999",
            "/du-thao?trang=0",
            "/en?trang=x",
            "/tim-kiem?q=a&nam=26",
            "/tim-kiem?q=a&nam=x",
            "/tim-kiem?q=a&chuyen-muc=A%20B",
            "/tim-kiem?q=a&trang=0",
            "/hoi-dap?chuyen-muc=A%20B",
            "/du-thao/x/so-sanh?trang=0",
            "/gop-y/da-nhan/00000-00000-00000-00000?viec=xem",
        ] {
            assert_eq!(parse(address), Err(NoRoute::Nonsense), "{address}");
        }
    }

    #[test]
    fn a_mistyped_receipt_is_told_from_an_unknown_address() {
        for code in ["00000-00000-00000-00001", "00000-00000-00000-0000", "xin-chao", "đ"] {
            assert_eq!(parse(&format!("/gop-y/da-nhan/{code}")), Err(NoRoute::MistypedReceipt));
        }
    }

    #[test]
    fn a_query_holds_words_where_something_is_searched_for() {
        for query in ["q=a", "trang=2&q=a", "%71=%20a"] {
            assert!(holds_words(query), "{query}");
        }
        for query in ["", "q=", "q=+", "Q=a", "trang=2"] {
            assert!(!holds_words(query), "{query}");
        }
    }

    #[test]
    fn words_are_bounded_before_they_are_normalised() {
        let words =
            |received: &str| QueryValues(vec![("q".to_owned(), received.to_owned())]).words(4);
        assert_eq!(words(&format!("{}a \u{202E}b", " ".repeat(1_000))), "a b");
        assert_eq!(words("e\u{302}\u{301}e\u{302}\u{301} e\u{302}\u{301} x"), "ếế ế");
        assert!(words(&"\u{302}".repeat(1_000_000)).chars().count() == 4);
    }

    #[test]
    fn every_path_that_may_hold_a_receipt_is_known_as_one() {
        for path in
            ["/gop-y/da-nhan/x", "/gop-y/da-nhan/x/y", "/Gop-Y/DA-nhan/x", "/gop-y/d%61-nhan%2Fx"]
        {
            assert!(names_receipt(path), "{path}");
        }
        assert!(!names_receipt("/gop-y/tra-cuu") && !names_receipt("/bai-viet/thu-da-nhan"));
    }

    #[test]
    fn whatever_may_mean_the_desk_is_told_from_the_rest() {
        for path in ["/bien-tap", "/bien-tap/", "/Bien-Tap/x", "/%62ien-tap/y-kien", "/bien-tap//"]
        {
            assert!(is_desk(path), "{path}");
        }
        for path in ["/", "/bien-tap-vien", "/bai-viet/bien-tap", "//bien-tap"] {
            assert!(!is_desk(path), "{path}");
        }
    }

    #[test]
    fn what_is_no_page_is_unknown() {
        for address in [
            "//",
            "//example.vn",
            "/bai-viet",
            "/bai-viet/",
            "/bai-viet/a_b",
            "/bai-viet/đ",
            "/bai-viet/a/b",
            "/bai-viet/a//",
            "/tin-bai/26",
            "/tin-bai/20260",
            "/tin-bai/2026/13",
            "/tin-bai/2026/0",
            "/tin-bai/2026/001",
            "/tin-bai/2026/02/01",
            "/tep",
            "/tep/",
            "/tep/a/b",
            "/tep/a%2Fb",
            "/tep//",
            "/tep/%2E%2E",
            "/tep/a%5Cb",
            "/tep/%00",
            "/x",
            "/en/x",
            "/%FF",
            "/bai-viet/%00",
            "/rss.json",
            "/chuyen-muc/x/rss",
            "/sitemap-2026-13.xml",
            "/sitemap-2026.xml",
            "/sitemap-2026-11",
            "/du-thao/a_b",
            "/du-thao/a/b",
            "/du-thao/a_b/so-sanh",
            "/hoi-dap/0",
            "/hoi-dap/012",
            "/bien-tap/y-kien/0",
            "/bien-tap/y-kien/-1",
            "/bien-tap/y-kien/1/x",
            "/bien-tap/y-kien/1/tra-loi/x",
            "/bien-tap/y-kien.csv/1",
            "/hoi-dap/+1",
            "/hoi-dap/99999999999999999999",
        ] {
            assert_eq!(parse(address), Err(NoRoute::Unknown), "{address}");
        }
        let too_long = format!("/bai-viet/{}", "a".repeat(121));
        assert_eq!(parse(&too_long), Err(NoRoute::Unknown));
    }

    proptest! {
        #[test]
        fn a_name_of_a_file_is_found_again_at_its_address(name in "\\PC{1,12}|[ -~]{1,8}") {
            prop_assume!(is_file_name(&name));
            let route = Route::File { name };
            prop_assert_eq!(parse(&route.to_string()).map(|matched| matched.route), Ok(route));
        }

        #[test]
        fn words_looked_for_are_found_again_at_their_address(words in any::<String>()) {
            let words = format!("q={}", form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>());
            let text = QueryValues::parse(&words).words(MAX_SEARCH_CHARS + 1);
            let route = Route::Search(Searched { text, ..Searched::NOTHING });
            prop_assert_eq!(parse(&route.to_string()).map(|matched| matched.route), Ok(route));
        }
    }
}
