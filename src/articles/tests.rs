//! Tests of the page frame (header, navigation, footer) around articles in English: all its texts must be in English.

use cong_core::article;
use cong_core::article::{DocumentRules, Heading, RenderedBody};
use cong_core::vietnamese::WrittenTime;

use super::article_page::{ArticlePage, Audience, article_page};
use crate::catalogue::{HotIndex, RelatedArticle};
use crate::consultations::{Tally, clause_link};
use crate::layout::Frame;
use crate::site::{ENGLISH, Language, Site, VIETNAMESE, all_texts};

/// A document in the language `lang` that has all possible fields.
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
parent = "A body"
place = "A place"
signers = [{{ position = "A position", name = "A signer" }}, {{ name = "Another signer" }}]
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
    let article = article::parse(document.as_bytes(), &DocumentRules::default()).unwrap().article;
    let site = Site {
        body_name: "Cơ quan".into(),
        address: Some("Phố Cầu Đá".into()),
        phone: Some("0202 1".into()),
        email: Some("a@example.vn".into()),
        licence: Some("Ghi rõ nguồn".into()),
        ..Site::default()
    };
    let index = HotIndex::default();
    let now = WrittenTime::parse("2026-12-01").unwrap().start();
    let frame = Frame::new(&site, &index, now);
    let heading = Heading { level: 2, id: "dieu-1".into(), text: "A heading".into() };
    let within = frame.in_language(Language::of(lang)).within(lang);
    let related = [RelatedArticle {
        slug: "mot".into(),
        title: "Bài khác".into(),
        lang: "vi".into(),
        listed_at: now,
    }];
    let body = RenderedBody {
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
    article_page(frame, &page).into_string()
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
    // The link to the home page in the other language is in that language, so its text is allowed here.
    let page = page.replace(VIETNAMESE.frame.language, "");
    for (place, text) in all_texts(&VIETNAMESE) {
        assert!(!page.contains(&text), "{place}: {text:?} is in {page}");
    }
    for (place, text) in all_texts(&ENGLISH) {
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
            "<dd><ul><li><span lang=\"hmn\">A position A signer</span></li><li>",
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
