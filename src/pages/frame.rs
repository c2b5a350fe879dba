//! The data that every page needs, and texts in the language of the frame.

use maud::{Markup, html};

use super::parts::time;
use crate::catalogue::HotIndex;
use crate::site::{Office, Said, Site};
use crate::texts::{Language, Texts};
use cong_core::addresses::Route;
use cong_core::vietnamese::Timestamp;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::RelatedArticle;
    use crate::consultation::Tally;
    use crate::pages::consultation::clause_link;
    use crate::pages::{ArticlePage, Audience};
    use crate::texts::{ENGLISH, VIETNAMESE, all};
    use cong_core::article::{self, Heading, Rendered, Rules};
    use cong_core::vietnamese::Written;

    /// A document with all possible fields.
    fn document(lang: &str) -> String {
        format!(
            r#"+++
title = "A title"
updated = 2026-11-20T09:30:33
author = "An author"
source = "A source"
category = "Việc thử"
lang = "{lang}"
[[attachments]]
file = "a.pdf"
title = "An attachment"
[[changes]]
date = 2026-11-21
note = "A change"
[document]
number = "1"
kind = "A kind"
issued_on = 2026-11-01
issuer = "An issuer"
signer = "A signer"
[consultation]
opens = 2026-11-20T08:00:00
closes = 2026-12-31T17:00:00
unit = "A unit"
[[consultation.extended]]
from = 2026-12-21T17:00:00
on = 2026-11-22T09:00:00
note = "A note"
+++
Text."#
        )
    }

    fn page(lang: &str) -> String {
        let document = document(lang);
        let article = article::parse(document.as_bytes(), &Rules::default()).unwrap().article;
        let site = Site {
            body_name: "Cơ quan".into(),
            address: Some("Phố Cầu Đá".into()),
            phone: Some("0202 1".into()),
            email: Some("a@example.vn".into()),
            licence: Some("Ghi rõ nguồn".into()),
            ..Site::default()
        };
        let index = HotIndex::default();
        let now = Written::parse("2026-12-01").unwrap().start();
        let frame = Frame::new(&site, &index, now);
        let heading = Heading { level: 2, id: "dieu-1".into(), text: "A heading".into() };
        let within = frame.in_language(Language::of(lang)).within(lang);
        let related = [RelatedArticle {
            slug: "mot".into(),
            title: "Bài khác".into(),
            lang: "vi".into(),
            listed_at: now,
        }];
        let body = Rendered {
            html: clause_link(within, "x", &heading).into_string(),
            headings: Vec::new(),
            print_links: Vec::new(),
            words: 0,
        };
        let page = ArticlePage {
            slug: "x",
            article: &article,
            body: &body,
            image_size: None,
            source_type: "text/markdown",
            audience: Audience::Readers { related: &related, tally: Some(&Tally::default()) },
        };
        crate::pages::article(frame, &page).into_string()
    }

    #[track_caller]
    fn assert_says(page: &str, said: &[&str]) {
        for text in said {
            assert!(page.contains(text), "{text:?} is not in {page}");
        }
    }

    #[test]
    fn a_page_in_english_has_no_text_of_the_frame_in_vietnamese() {
        let page = page("en");
        // The link to the home of the other language is expected to be in that language.
        let page = page.replace(VIETNAMESE.frame.language, "");
        for (place, text) in all(&VIETNAMESE) {
            assert!(!page.contains(&text), "{place}: {text:?} is in {page}");
        }
        for (place, text) in all(&ENGLISH) {
            let is_here = [".article.", ".frame.search", ".rating.question", ".draft.open"]
                .iter()
                .any(|start| place.starts_with(start));
            let is_elsewhere = [".article.preview", ".draft.open_until"].contains(&place.as_str());
            assert!(!is_here || is_elsewhere || page.contains(&text), "{place}");
        }
        assert_says(
            &page,
            &[
                "<html lang=\"en\">",
                "<article>",
                "<a href=\"/en\">Home</a>",
                "(Updated: <time datetime=\"2026-11-20T09:30:33+07:00\">20 November 2026, 09:30</time>)",
                "Comments are taken until 17:00 on 31 December 2026 (previously: until 17:00 on 21 December 2026).",
                "30 days left",
            ],
        );
    }

    #[test]
    fn what_is_in_vietnamese_on_a_page_in_english_is_marked_so() {
        assert_says(
            &page("en"),
            &[
                "<span class=\"banner-name\"><span lang=\"vi\">Cơ quan</span></span>",
                "<dd><span lang=\"vi\">Phố Cầu Đá</span></dd>",
                "<p class=\"licence\"><span lang=\"vi\">Ghi rõ nguồn</span></p>",
                "lang=\"vi\" hreflang=\"vi\">Việc thử</a>",
                "<a href=\"/bai-viet/mot\" lang=\"vi\">Bài khác</a>",
                "<a href=\"/du-thao\" hreflang=\"vi\">",
                "<a href=\"/\" lang=\"vi\" hreflang=\"vi\">Tiếng Việt</a>",
            ],
        );
    }

    #[test]
    fn an_article_in_a_third_language_stands_in_a_frame_in_vietnamese_with_both_marked() {
        let page = page("hmn");
        assert_says(
            &page,
            &[
                "<html lang=\"vi\">",
                "<article lang=\"hmn\"><p class=\"print-head\">/bai-viet/x</p>",
                "<nav class=\"breadcrumb\" aria-label=\"Vị trí\" lang=\"vi\">",
                "<section class=\"panel consultation is-open\" lang=\"vi\"",
                "<dd><span lang=\"hmn\">A unit</span></dd>",
                "<dd><span lang=\"hmn\">A kind</span></dd>",
                "<a href=\"/tep/a.pdf\"><span lang=\"hmn\">An attachment</span></a>",
                ": <span lang=\"hmn\">A change</span></li>",
                "<p class=\"source\" lang=\"vi\">Nguồn: <span lang=\"hmn\">A source</span></p>",
                "<form class=\"form rating\" lang=\"vi\"",
            ],
        );
        assert!(!page.contains("hreflang"), "{page}");
    }

    #[test]
    fn a_page_all_in_vietnamese_marks_nothing() {
        let page = page("vi");
        assert_eq!(page.matches(" lang=\"").count(), 1, "{page}");
    }
}
