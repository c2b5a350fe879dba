use proptest::prelude::*;

use super::query::QueryValues;
use super::*;
use crate::article::is_file_name;
use crate::stylesheet::Stylesheet;
use crate::submission::{Receipt, ReceiptAction, SubmissionKind};

/// A valid receipt code: the checksum of zeros is zero.
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
        Route::Feedback { about: Some(About::Draft { slug: slug(), clause: Some(String::new()) }) },
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
        Route::OldStylesheet { sheet: Stylesheet::Desk, fingerprint: "0123456789abcdef".into() },
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

fn area(path: &str) -> AddressArea {
    RequestedAddress::read(path, "").area
}

#[test]
fn a_query_holds_words_where_something_is_searched_for() {
    for query in ["q=a", "trang=2&q=a", "%71=%20a"] {
        assert!(QueryValues::parse(query).has_words(), "{query}");
    }
    for query in ["", "q=", "q=+", "Q=a", "trang=2"] {
        assert!(!QueryValues::parse(query).has_words(), "{query}");
    }
}

#[test]
fn words_are_bounded_before_they_are_normalised() {
    let words = |received: &str| {
        let encoded: String = form_urlencoded::byte_serialize(received.as_bytes()).collect();
        QueryValues::parse(&format!("q={encoded}")).words(4)
    };
    assert_eq!(words(&format!("{}a \u{202E}b", " ".repeat(1_000))), "a b");
    assert_eq!(words("e\u{302}\u{301}e\u{302}\u{301} e\u{302}\u{301} x"), "ếế ế");
    assert!(words(&"\u{302}".repeat(1_000_000)).chars().count() == 4);
}

#[test]
fn every_path_that_may_hold_a_receipt_is_known_as_one() {
    for path in
        ["/gop-y/da-nhan/x", "/gop-y/da-nhan/x/y", "/Gop-Y/DA-nhan/x", "/gop-y/d%61-nhan%2Fx"]
    {
        assert_eq!(area(path), AddressArea::Receipt, "{path}");
    }
    for path in ["/gop-y/tra-cuu", "/bai-viet/thu-da-nhan"] {
        assert_eq!(area(path), AddressArea::Public, "{path}");
    }
}

#[test]
fn whatever_may_mean_the_desk_is_told_from_the_rest() {
    for path in ["/bien-tap", "/bien-tap/", "/Bien-Tap/x", "/%62ien-tap/y-kien", "/bien-tap//"] {
        assert_eq!(area(path), AddressArea::Desk, "{path}");
    }
    for path in ["/", "/bien-tap-vien", "/bai-viet/bien-tap", "//bien-tap"] {
        assert_ne!(area(path), AddressArea::Desk, "{path}");
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
