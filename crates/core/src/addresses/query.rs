//! The parameters of a query.

use super::about::About;
use super::no_route::NoRoute;
use super::part::Part;
use super::search_query::{MAX_SEARCH_CHARS, Searched};
use super::segments::year;
use crate::article::is_slug;
use crate::consultation::{Clause, is_clause_id};
use crate::submission::ReceiptAction;
use crate::vietnamese::{nfc, single_line, without_bidi_controls};

/// The name of the parameter that contains the search words, on every page with a search.
const WORDS: &str = "q";

/// The parameters of a query, decoded. If a parameter appears twice, the first one counts.
pub struct QueryValues(Vec<(String, String)>);

impl QueryValues {
    pub fn parse(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the query contains search words.
    pub fn has_words(&self) -> bool {
        self.get(WORDS).is_some_and(|words| !words.trim().is_empty())
    }

    /// The page number; 1 if the query has none.
    pub fn page(&self) -> Result<u32, NoRoute> {
        let Some(digits) = self.get("trang") else { return Ok(1) };
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(page) if is_number && page >= 1 => Ok(page),
            _ => Err(NoRoute::Nonsense),
        }
    }

    pub fn category(&self) -> Result<Option<String>, NoRoute> {
        match self.get("chuyen-muc") {
            None => Ok(None),
            Some(slug) if is_slug(slug) => Ok(Some(slug.to_owned())),
            Some(_) => Err(NoRoute::Nonsense),
        }
    }

    /// The search words, cut to `max_chars` characters, on one line, in normal form C.
    pub fn words(&self, max_chars: usize) -> String {
        // How many received characters are read for each character that is kept: one letter may be sent as several
        // characters, with white space around it.
        const RECEIVED_PER_CHAR: usize = 10;
        let received = self.get(WORDS).unwrap_or_default().trim_start();
        let received = received.chars().take(RECEIVED_PER_CHAR * max_chars).collect();
        let words = single_line(&nfc(&without_bidi_controls(received)));
        words.chars().take(max_chars).collect()
    }

    /// Parses the search query: words, category, year and page number. Forms also send fields that are left empty, so
    /// an empty parameter counts as missing.
    pub fn searched(&self) -> Result<Searched, NoRoute> {
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

    pub fn action(&self) -> Result<Option<ReceiptAction>, NoRoute> {
        match self.get("viec") {
            None => Ok(None),
            Some(code) => ReceiptAction::from_code(code).map(Some).ok_or(NoRoute::Nonsense),
        }
    }

    pub fn about(&self) -> Option<About> {
        let slug = |name| self.get(name).filter(|slug| is_slug(slug)).map(str::to_owned);
        let draft = slug("du-thao").map(|slug| About::Draft { slug, clause: self.clause() });
        draft.or_else(|| slug("bai").map(About::Article))
    }

    /// The id of the clause in the query; an empty text for the whole draft. `None` if the query has no clause, or its
    /// id is malformed.
    pub fn clause(&self) -> Option<String> {
        match self.get("dieu")? {
            Clause::WHOLE_CODE => Some(String::new()),
            id => is_clause_id(id).then(|| id.to_owned()),
        }
    }

    pub fn part(&self) -> Result<Part, NoRoute> {
        let clause = self.clause();
        if clause.is_none() && self.get("dieu").is_some() {
            return Err(NoRoute::Nonsense);
        }
        Ok(Part { clause, page: self.page()? })
    }
}
