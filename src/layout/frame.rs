//! The data that every page needs, and texts in the language of the frame.

use cong_core::addresses::Route;
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::time::time;
use crate::catalogue::HotIndex;
use crate::site::{Language, Office, Said, Site, Texts};

/// The data that every page needs. The frame is everything around the page's own content.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub site: &'a Site,
    pub index: &'a HotIndex,
    pub now: Timestamp,
    pub language: Language,
}

impl<'a> Frame<'a> {
    /// A frame in Vietnamese.
    pub fn new(site: &'a Site, index: &'a HotIndex, now: Timestamp) -> Self {
        Self { site, index, now, language: Language::Vietnamese }
    }

    /// The frame in another language.
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

    /// The attribute `lang` for a passage with this language tag; `None` if the frame has the same language.
    pub fn foreign(self, tag: &str) -> Option<&str> {
        self.language.foreign(tag)
    }

    /// The attribute `lang` of a passage in Vietnamese, and `hreflang` of a link to a page that exists only in
    /// Vietnamese.
    pub fn vietnamese(self) -> Option<&'static str> {
        self.foreign(Language::Vietnamese.tag())
    }

    /// A text of the office, with `lang` if its language is not that of the frame.
    pub fn said(self, said: Said<'_>) -> Markup {
        marked(self.foreign(said.language.tag()), said.text)
    }

    /// A date in a `time` element.
    pub fn date(self, at: Timestamp) -> Markup {
        time(at, &(self.texts().forms.date)(at))
    }

    /// A date and time in a `time` element.
    pub fn date_time(self, at: Timestamp) -> Markup {
        time(at, &(self.texts().forms.date_time)(at))
    }

    pub fn hour_and_date(self, at: Timestamp) -> String {
        (self.texts().forms.hour_and_date)(at)
    }

    /// The frame inside an article with this language tag.
    pub fn within(self, lang: &'a str) -> Within<'a> {
        Within { frame: self, lang }
    }
}

/// The frame inside an article, whose text may be in another language.
#[derive(Clone, Copy)]
pub struct Within<'a> {
    pub frame: Frame<'a>,
    /// The language tag of the article.
    pub lang: &'a str,
}

impl<'a> Within<'a> {
    /// The attribute `lang` of the article's text within the frame.
    pub fn foreign(self) -> Option<&'a str> {
        self.frame.foreign(self.lang)
    }

    /// The attribute `lang` of the frame's texts within the article.
    pub fn own(self) -> Option<&'static str> {
        self.foreign().map(|_| self.frame.language.tag())
    }

    /// A text of the article within the frame.
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
