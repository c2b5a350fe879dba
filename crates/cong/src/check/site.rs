//! The portal that the content folder would make: which addresses exist, and to what they lead.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use cong_core::addresses::alias_address;
use cong_core::addresses::{About, DraftPage, Route};
use cong_core::article::OutlineElement;
use cong_core::vietnamese::{Timestamp, nfc};
use percent_encoding::percent_decode_str;
use url::Url;

use super::office::Office;
use super::studied::Studied;
use crate::folder::Folder;

/// The base URL against which addresses are resolved if the office's settings have no `BASE_URL`.
const SOME_BASE: &str = "https://cong.invalid";

pub struct Site<'a> {
    base: Url,
    /// The content of each document's page, by the document's slug; `None` for a document with errors.
    articles: HashMap<&'a str, Option<Page<'a>>>,
    categories: HashSet<&'a str>,
    files: HashSet<&'a str>,
    aliases: HashSet<String>,
    static_files: &'a Path,
    now: Timestamp,
}

struct Page<'a> {
    studied: &'a Studied<'a>,
    ids: HashSet<&'a str>,
}

/// Why an address of the portal does not lead directly to a public page.
#[derive(Debug, PartialEq, Eq)]
pub enum Dead {
    NoPage,
    NoArticle(String),
    NoCategory(String),
    NoFile(String),
    /// The address is that of a page about a draft, such as its comment form, but the article with this slug has no
    /// consultation or, if the page is the comparison with the issued text, names no issued text.
    NoDraft(String),
    /// The article with this slug becomes public later than the article that links to it, or never.
    NotPublic(String),
    NoAnchor(String),
    /// The page exists, but the address is not in its canonical form, which is this one. The portal redirects to it.
    OtherSpelling(String),
}

impl<'a> Site<'a> {
    pub fn of(
        folder: &'a Folder,
        studied: &'a [Studied<'a>],
        office: &'a Office,
        now: Timestamp,
    ) -> Self {
        let base = Url::parse(&office.base_url).ok().filter(|url| url.has_host());
        let base = base.or_else(|| Url::parse(SOME_BASE).ok());
        let articles = studied.iter().map(|studied| {
            let page = studied.article.is_some().then(|| Page { studied, ids: ids(studied) });
            (studied.document.slug.as_str(), page)
        });
        let readable = || studied.iter().filter_map(|studied| studied.article.as_ref());
        let categories = readable().filter_map(|article| article.category.as_ref());
        let too_large =
            folder.misfits.iter().filter_map(|misfit| misfit.path.file_name()?.to_str());
        Self {
            base: base.expect("the base is an address"),
            articles: articles.collect(),
            categories: categories.map(|category| category.slug.as_str()).collect(),
            files: folder.files.iter().map(|file| file.name.as_str()).chain(too_large).collect(),
            aliases: readable()
                .flat_map(|article| &article.aliases)
                .map(|alias| alias_address(alias))
                .collect(),
            static_files: &office.static_files,
            now,
        }
    }

    /// The name of the file to which an address in the article `from` leads; `None` if it does not lead to a file.
    pub fn file_of(&self, from: &Studied<'_>, address: &str) -> Option<String> {
        let url = self.own(from, address)?;
        match Route::parse(url.path(), url.query().unwrap_or_default()).ok()?.route {
            Route::File { name } => Some(name),
            _ => None,
        }
    }

    /// Checks that an address in the article `from` leads to a page. Addresses on other hosts are not checked.
    pub fn follow(&self, from: &Studied<'_>, address: &str) -> Result<(), Dead> {
        let Some(url) = self.own(from, address) else { return Ok(()) };
        let query = url.query().unwrap_or_default();
        let Ok(matched) = Route::parse(url.path(), query) else {
            let is_there = self.is_static(url.path()) || self.is_alias(&url);
            return if is_there { Ok(()) } else { Err(Dead::NoPage) };
        };
        if let Err(dead) = self.is_there(from, &matched.route) {
            // The portal looks up old addresses only if it has no page at the address itself.
            let is_there = !matches!(dead, Dead::NotPublic(_)) && self.is_alias(&url);
            return if is_there { Ok(()) } else { Err(dead) };
        }
        if let (Route::Article { slug }, Some(fragment)) = (&matched.route, url.fragment()) {
            self.anchor(slug, fragment)?;
        }
        if !matched.is_own_path {
            return Err(Dead::OtherSpelling(matched.route.to_string()));
        }
        Ok(())
    }

    /// Whether an address in the article `from` is that of a page of the portal. Old addresses do not count.
    pub fn has_page(&self, from: &Studied<'_>, address: &str) -> bool {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        match Route::parse(path, query) {
            Ok(matched) => !matches!(
                self.is_there(from, &matched.route),
                Err(Dead::NoArticle(_) | Dead::NoCategory(_) | Dead::NoFile(_) | Dead::NoDraft(_))
            ),
            Err(_) => self.is_static(path),
        }
    }

    /// The existing slug, category or file name that is most similar to the missing one in `dead`.
    pub fn nearest(&self, dead: &Dead) -> Option<&'a str> {
        match dead {
            Dead::NoArticle(slug) => nearest(slug, self.articles.keys().copied()),
            Dead::NoCategory(slug) => nearest(slug, self.categories.iter().copied()),
            Dead::NoFile(name) => {
                // Some file systems decompose letters in names, and some ignore case.
                let plain = |name: &str| nfc(name).to_lowercase();
                let same = self.files.iter().find(|file| plain(file) == plain(name));
                same.copied().or_else(|| nearest(name, self.files.iter().copied()))
            }
            _ => None,
        }
    }

    /// Resolves an address in the article `from` as a browser does. Returns `None` if the result is outside this
    /// portal.
    fn own(&self, from: &Studied<'_>, address: &str) -> Option<Url> {
        let page = self.base.join(&Route::article(&from.document.slug).to_string()).ok()?;
        let url = page.join(address).ok()?;
        (url.origin() == self.base.origin()).then_some(url)
    }

    fn is_there(&self, from: &Studied<'_>, route: &Route) -> Result<(), Dead> {
        match route {
            Route::Article { slug }
            | Route::ArticleSource { slug }
            | Route::Neighbour { slug, .. }
            | Route::Rating { slug }
            | Route::Feedback { about: Some(About::Article(slug)) } => self.article(from, slug),
            Route::Draft { slug, .. }
            | Route::Feedback { about: Some(About::Draft { slug, .. }) } => {
                self.article(from, slug)?;
                let Some(Some(page)) = self.articles.get(slug.as_str()) else { return Ok(()) };
                let consultation =
                    page.studied.article.as_ref().and_then(|article| article.consultation.as_ref());
                let is_comparison =
                    matches!(route, Route::Draft { page: DraftPage::Comparison { .. }, .. });
                match consultation {
                    Some(draft) if !is_comparison || draft.issued.is_some() => Ok(()),
                    _ => Err(Dead::NoDraft(slug.clone())),
                }
            }
            Route::Category { slug, .. } | Route::Feed { category: Some(slug), .. } => {
                let is_there = self.categories.contains(slug.as_str());
                if is_there { Ok(()) } else { Err(Dead::NoCategory(slug.clone())) }
            }
            Route::File { name } => {
                if self.files.contains(name.as_str()) {
                    Ok(())
                } else {
                    Err(Dead::NoFile(name.clone()))
                }
            }
            _ => Ok(()),
        }
    }

    fn article(&self, from: &Studied<'_>, slug: &str) -> Result<(), Dead> {
        let Some(page) = self.articles.get(slug) else {
            return Err(Dead::NoArticle(slug.to_owned()));
        };
        let article = |studied: &'a Studied<'a>| studied.article.as_ref();
        let target = page.as_ref().and_then(|page| article(page.studied));
        let from = from.article.as_ref();
        let (Some(target), Some(from)) = (target, from) else { return Ok(()) };
        let seen = from.publish_at.map_or(self.now, |at| at.max(self.now));
        let is_in_time = from.draft || target.is_public(seen);
        if is_in_time { Ok(()) } else { Err(Dead::NotPublic(slug.to_owned())) }
    }

    fn anchor(&self, slug: &str, fragment: &str) -> Result<(), Dead> {
        let id = percent_decode_str(fragment).decode_utf8_lossy();
        // Ids of the page frame (header, navigation, footer) and of footnotes contain an underscore and are not
        // checked. Browsers scroll to the beginning of the page for the id "top".
        if id.is_empty() || id == "top" || id.contains('_') {
            return Ok(());
        }
        match self.articles.get(slug) {
            Some(Some(page)) if !page.ids.contains(id.as_ref()) => {
                Err(Dead::NoAnchor(id.into_owned()))
            }
            _ => Ok(()),
        }
    }

    fn is_alias(&self, url: &Url) -> bool {
        let address = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        self.aliases.contains(&alias_address(&address))
    }

    /// Whether a path is that of a static file. Static files are served before any page.
    fn is_static(&self, path: &str) -> bool {
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = path.trim_start_matches('/');
        let is_inside = !path.is_empty() && !path.split(['/', '\\']).any(|step| step == "..");
        is_inside && self.static_files.join(path).is_file()
    }
}

fn ids<'a>(studied: &'a Studied<'a>) -> HashSet<&'a str> {
    studied
        .outline
        .iter()
        .filter_map(|(element, _)| match element {
            OutlineElement::Heading(heading) => Some(heading.id.as_str()),
            _ => None,
        })
        .collect()
}

/// The name in `names` that is most similar to `wanted`, with an edit distance of at most three.
fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Short names allow fewer edits, or every name would match.
    let limit = (wanted.len() / 4).clamp(1, 3);
    names
        .filter(|name| {
            name.len().abs_diff(wanted.len()) <= limit && begins_or_ends_as(name, wanted)
        })
        .map(|name| (strsim::osa_distance(name, wanted), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Whether the common prefix and the common suffix of `name` and `wanted` together make up at least half of `wanted`.
/// This cheap test spares most names the expensive computation of the edit distance.
fn begins_or_ends_as(name: &str, wanted: &str) -> bool {
    let start = name.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let ends = name.bytes().rev().zip(wanted.bytes().rev());
    start + ends.take_while(|(a, b)| a == b).count() >= wanted.len() / 2
}
