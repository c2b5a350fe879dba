//! Checks that `PAGES` contains a kind of page for every route and for every function that renders a page.

use std::collections::HashSet;
use std::fs;

use cong_core::addresses::{
    ArticlesPage, DeskConsultationsPage, DeskPage, DraftPage, Route, SubmissionStep,
    SubmissionsPage,
};

use super::pages::PAGES;
use crate::harness::root;

/// Gives each variant of a route type a name, or an empty name if it is not a page. A new variant without a name does
/// not compile, and `PAGES` must contain a kind of page for every name.
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

/// The functions that render a page, by folder and name, each with the name of a kind of page that it renders.
const FUNCTIONS: &[(&str, &str)] = &[
    ("articles::article_page", "article"),
    ("articles::articles_page", "articles"),
    ("articles::category_page", "category"),
    ("articles::english_home_page", "english"),
    ("articles::home_page", "home"),
    ("articles::rating::rating_page", "rating-thanks"),
    ("consultations::comments::answers_page", "draft-answers"),
    ("consultations::comments::comments_page", "draft-comments"),
    ("consultations::comparison::comparison_page", "comparison"),
    ("consultations::consultations_page", "consultations"),
    ("consultations::record::record_page", "draft-record"),
    ("desk::articles::article_page", "desk-article"),
    ("desk::articles::articles_page", "desk-articles"),
    ("desk::articles::broken_preview_page", "desk-article-preview-broken"),
    ("desk::articles::old_addresses_page", "desk-old-addresses"),
    ("desk::consultations::comment_page", "desk-comment"),
    ("desk::consultations::comments_page", "desk-draft"),
    ("desk::consultations::consultations_page", "desk-drafts"),
    ("desk::consultations::preview_page", "desk-draft-preview"),
    ("desk::layout::closed_page", "desk-sign-in"),
    ("desk::layout::desk_error_page", "desk-not-found"),
    ("desk::submissions::answer_page", "desk-answer"),
    ("desk::submissions::erase_page", "desk-erase"),
    ("desk::submissions::list_page", "desk-submissions"),
    ("desk::submissions::release_page", "desk-release"),
    ("desk::submissions::submission_page", "desk-submission"),
    ("desk::today::today_page", "desk-today"),
    ("feedback::feedback_page", "feedback"),
    ("feedback::questions::question_page", "question"),
    ("feedback::questions::questions_page", "questions"),
    ("feedback::receipt::action_page", "receipt-withdrawal"),
    ("feedback::receipt::lookup_page", "lookup"),
    ("feedback::receipt::receipt_page", "receipt-received"),
    ("info::contact_page", "contact"),
    ("info::privacy_page", "privacy"),
    ("info::site_map_page", "site-map"),
    ("layout::error_page", "error-not-found"),
    ("search::search_page", "search"),
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

/// The functions of the Worker whose names end with `_page` and that return markup.
fn page_functions() -> Vec<String> {
    let mut functions = Vec::new();
    for entry in walkdir::WalkDir::new(root().join("src")) {
        let entry = entry.unwrap();
        let Ok(code) = fs::read_to_string(entry.path()) else { continue };
        let folder = entry.path().parent().unwrap().strip_prefix(root().join("src"));
        let module = folder.map(|folder| folder.to_string_lossy().replace('/', "::"));
        for function in code.split("\npub fn ").skip(1) {
            let (signature, _) = function.split_once(" {\n").unwrap();
            let (name, _) = signature.split_once(['(', '<']).unwrap();
            if name.ends_with("_page") && signature.ends_with("-> Markup") {
                functions.push(format!("{}::{name}", module.as_ref().unwrap()));
            }
        }
    }
    functions.sort();
    functions
}

#[test]
fn every_function_that_renders_a_page_has_a_kind() {
    let listed: Vec<_> = FUNCTIONS.iter().map(|(function, _)| *function).collect();
    assert_eq!(listed, page_functions());
    for (function, kind) in FUNCTIONS {
        let is_kind = PAGES.iter().any(|page| page.name == *kind);
        assert!(is_kind, "{function} renders {kind}, which is not in PAGES");
    }
}

#[test]
fn names_of_kinds_are_unique() {
    let names: HashSet<_> = PAGES.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), PAGES.len());
}
