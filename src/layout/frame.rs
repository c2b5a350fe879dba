//! The page frame (header, navigation, footer): the data that it needs, and texts in its language.

use cong_core::addresses::Route;
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::time::time;
use crate::catalogue::HotIndex;
use crate::site::{Language, Office, Said, Site, Texts};

/// The data that every page needs. The page frame is everything around the page's own content.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub site: &'a Site,
    pub index: &'a HotIndex,
    pub now: Timestamp,
    pub language: Language,
}

impl<'a> Frame<'a> {
    /// A page frame in Vietnamese.
    pub fn new(site: &'a Site, index: &'a HotIndex, now: Timestamp) -> Self {
        Self { site, index, now, language: Language::Vietnamese }
    }

    /// The same page frame in another language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    pub fn texts(self) -> &'static Texts {
        self.language.texts()
    }

    pub fn office(self) -> Office<'a> {
        self.site.office(self.language)
    }

    pub fn home(self) -> Route {
        match self.language {
            Language::Vietnamese => Route::Home,
            Language::English => Route::ENGLISH,
        }
    }

    /// The attribute `lang` for a text with this language tag; `None` if the page frame has the same language.
    pub fn foreign(self, tag: &str) -> Option<&str> {
        self.language.foreign(tag)
    }

    /// The attribute `lang` for a text in Vietnamese, and `hreflang` for a link to a page that exists only in
    /// Vietnamese; `None` if the page frame is in Vietnamese.
    pub fn vietnamese(self) -> Option<&'static str> {
        self.foreign(Language::Vietnamese.tag())
    }

    /// Shows a text of the office. It gets the attribute `lang` if its language is not that of the page frame.
    pub fn said(self, said: Said<'_>) -> Markup {
        marked(self.foreign(said.language.tag()), said.text)
    }

    /// A date in the frame's language, in a `time` element.
    pub fn date(self, at: Timestamp) -> Markup {
        time(at, &(self.texts().forms.date)(at))
    }

    /// A date and time in the frame's language, in a `time` element.
    pub fn date_time(self, at: Timestamp) -> Markup {
        time(at, &(self.texts().forms.date_time)(at))
    }

    pub fn hour_and_date(self, at: Timestamp) -> String {
        (self.texts().forms.hour_and_date)(at)
    }

    /// The frame for the portal's own texts within an article in the language `lang`, a language tag (BCP 47).
    pub fn within(self, lang: &'a str) -> Within<'a> {
        Within { frame: self, lang }
    }
}

/// The page frame, together with the language of the article inside it. The two languages may differ.
#[derive(Clone, Copy)]
pub struct Within<'a> {
    pub frame: Frame<'a>,
    /// The language tag of the article.
    pub lang: &'a str,
}

impl<'a> Within<'a> {
    /// The attribute `lang` for the article's text inside the page frame; `None` if both have the same language.
    pub fn foreign(self) -> Option<&'a str> {
        self.frame.foreign(self.lang)
    }

    /// The attribute `lang` for texts of the page frame that are shown inside the article; `None` if both have the same
    /// language.
    pub fn own(self) -> Option<&'static str> {
        self.foreign().map(|_| self.frame.language.tag())
    }

    /// Shows a text of the article inside the page frame.
    pub fn text(self, text: &str) -> Markup {
        marked(self.foreign(), text)
    }
}

fn marked(lang: Option<&str>, text: &str) -> Markup {
    html! {
        @match lang {
            Some(lang) => span lang=(lang) { (text) },
            None => (text),
        }
    }
}
