//! Checks that every route and every function that makes a page has a kind in `PAGES`.

use std::collections::HashSet;

use cong_core::addresses::{
    ArticlesPage, DeskConsultationsPage, DeskPage, DraftPage, Route, SubmissionStep,
    SubmissionsPage,
};

use super::pages::PAGES;

/// Names the shapes of routes. Routes that are not pages have an empty name. A new route without a name does not
/// compile, and every name needs a kind of page.
macro_rules! names {
    ($($route:pat => $name:literal,)*) => {
        fn name(route: &Route) -> &'static str {
            match route {
                $($route => $name,)*
            }
        }
        const NAMES: &[&str] = &[$($name,)*];
    };
}

names! {
    Route::Home => "home",
    Route::English { .. } => "English",
    Route::Articles { .. } => "articles",
    Route::Category { .. } => "category",
    Route::Consultations { .. } => "consultations",
    Route::Search(_) => "search",
    Route::Article { .. } => "article",
    Route::ArticleSource { .. } => "",
    Route::Neighbour { .. } => "",
    Route::Feedback { about: None } => "feedback",
    Route::Feedback { about: Some(_) } => "feedback about something",
    Route::Receipt { action: None, .. } => "receipt",
    Route::Receipt { action: Some(_), .. } => "what is done with a receipt",
    Route::Lookup => "lookup",
    Route::Questions { .. } => "questions",
    Route::Question { .. } => "question",
    Route::QuestionsFeed => "",
    Route::Rating { .. } => "rating",
    Route::Draft { page: DraftPage::Comments(_), .. } => "comments on a draft",
    Route::Draft { page: DraftPage::Answers(_), .. } => "answers of a draft",
    Route::Draft { page: DraftPage::AnswersCsv, .. } => "",
    Route::Draft { page: DraftPage::Comparison { .. }, .. } => "comparison",
    Route::Draft { page: DraftPage::Record, .. } => "record",
    Route::Draft { page: DraftPage::RecordExport, .. } => "",
    Route::File { .. } => "",
    Route::Feed { .. } => "",
    Route::SitemapIndex => "",
    Route::SitemapPages => "",
    Route::SitemapMonth { .. } => "",
    Route::Robots => "",
    Route::Manifest => "",
    Route::Health => "",
    Route::OldStylesheet { .. } => "",
    Route::SiteMap => "site map",
    Route::Contact => "contact",
    Route::Privacy => "privacy",
    Route::Desk(DeskPage::Today { done: None }) => "desk: today",
    Route::Desk(DeskPage::Today { done: Some(_) }) => "desk: something done",
    Route::Desk(DeskPage::Articles(ArticlesPage::List { .. })) => "desk: articles",
    Route::Desk(DeskPage::Articles(ArticlesPage::OldAddresses { .. })) => "desk: old addresses",
    Route::Desk(DeskPage::Articles(ArticlesPage::Article { .. })) => "desk: article",
    Route::Desk(DeskPage::Articles(ArticlesPage::Preview { .. })) => "desk: preview of an article",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::List { .. })) => "desk: submissions",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::Csv { .. })) => "",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::One { .. })) => "desk: submission",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::Step { step: SubmissionStep::Answer, .. })) => "desk: answer",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::Step { step: SubmissionStep::Release, .. })) => "desk: release",
    Route::Desk(DeskPage::Submissions(SubmissionsPage::Step { step: SubmissionStep::Erase, .. })) => "desk: erasure",
    Route::Desk(DeskPage::Consultations(DeskConsultationsPage::All { .. })) => "desk: drafts",
    Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Comments { .. })) => "desk: comments on a draft",
    Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Comment { .. })) => "desk: comment",
    Route::Desk(DeskPage::Consultations(DeskConsultationsPage::Preview { .. })) => "desk: preview of answers",
}

/// The functions of `src/pages` that make pages, each with a kind of page that it makes.
const FUNCTIONS: &[(&str, &str)] = &[
    ("answers", "draft-answers"),
    ("article", "article"),
    ("articles", "articles"),
    ("broken_preview", "desk-article-preview-broken"),
    ("category", "category"),
    ("closed", "desk-sign-in"),
    ("comment", "desk-comment"),
    ("comments", "draft-comments"),
    ("comparison", "comparison"),
    ("consultations", "consultations"),
    ("contact", "contact"),
    ("drafts", "desk-drafts"),
    ("english_home", "english"),
    ("error", "error-not-found"),
    ("feedback", "feedback"),
    ("home", "home"),
    ("lookup", "lookup"),
    ("old_addresses", "desk-old-addresses"),
    ("preview", "desk-draft-preview"),
    ("privacy", "privacy"),
    ("question", "question"),
    ("questions", "questions"),
    ("rating", "rating-thanks"),
    ("receipt", "receipt-received"),
    ("receipt_action", "receipt-withdrawal"),
    ("record", "draft-record"),
    ("search", "search"),
    ("site_map", "site-map"),
    ("today", "desk-today"),
    // Functions of `desk::submissions`.
    ("answer", "desk-answer"),
    ("erase", "desk-erase"),
    ("list", "desk-submissions"),
    ("one", "desk-submission"),
    ("release", "desk-release"),
];

/// Functions that make no pages but parts, feeds, tables or messages.
const OTHERS: &[&str] = &[
    "answers_csv_head",
    "clause_link",
    "daily_message",
    "daily_subject",
    "feed_content",
    "manifest",
    "push_answer_row",
    "push_row",
    "question_in_feed",
    "table_head",
    "version_of",
];

#[test]
fn every_route_that_answers_with_a_page_has_a_kind() {
    let shown: HashSet<_> = PAGES
        .iter()
        .filter_map(|kind| {
            let (path, query) = kind.address.split_once('?').unwrap_or((kind.address, ""));
            Some(name(&Route::parse(path, query).ok()?.route))
        })
        .collect();
    let forgotten: Vec<_> =
        NAMES.iter().filter(|name| !name.is_empty() && !shown.contains(*name)).collect();
    assert!(forgotten.is_empty(), "no kind of page in PAGES for {forgotten:?}");
}

#[test]
fn every_function_that_makes_a_page_has_a_kind() {
    let sources = [
        include_str!("../../../src/pages/mod.rs"),
        include_str!("../../../src/pages/desk/mod.rs"),
        include_str!("../../../src/pages/desk/submissions/mod.rs"),
    ];
    let exports = sources.iter().flat_map(|source| source.split("pub use ").skip(1));
    let names = exports.flat_map(|export| {
        let (export, _) = export.split_once(';').unwrap();
        let (_, names) = export.split_once("::").unwrap();
        names
            .split([',', '{', '}'])
            .map(str::trim)
            .filter(|name| name.starts_with(char::is_lowercase))
    });
    let kind_of = |function: &str| FUNCTIONS.iter().find(|(own, _)| *own == function);
    let forgotten: Vec<_> =
        names.filter(|name| kind_of(name).is_none() && !OTHERS.contains(name)).collect();
    assert!(forgotten.is_empty(), "neither in FUNCTIONS nor in OTHERS: {forgotten:?}");
    for (function, kind) in FUNCTIONS {
        assert!(
            PAGES.iter().any(|page| page.name == *kind),
            "{function} makes {kind}, which is not in PAGES"
        );
    }
}

#[test]
fn names_of_kinds_are_unique() {
    let names: HashSet<_> = PAGES.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), PAGES.len());
}
