//! Calls the handler of each route. A handler reads the stores that it needs, decides what to answer, and renders a
//! page.

use cong_core::addresses::{
    AddressArea, DraftPage, Matched, NoRoute, RequestedAddress, Route, alias_address,
};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};

use crate::catalogue::{hot_index, known_hot_index, sync_before};
use crate::consultations::export_record;
use crate::layout::{error_page, frame};
use crate::web::{CachePolicy, PageError, Portal, Request, Response};
use crate::{articles, catalogue, consultations, desk, feedback, feeds, files, info, search};

/// Answers every request to the portal. An error is answered with an error page.
///
/// Addresses with search words are not logged, because search words may be a person's name.
///
/// The address of a receipt gives access to the submission, so it is protected even more. It is not logged, even if it
/// is mistyped. No cache stores the page. Browsers do not send the address as a referrer to any other page, not even of
/// this site, because the script of the robot check may run on that page. Browsers still send the origin, by which the
/// portal tells its own forms from those of other sites.
pub async fn answer(portal: &Portal, request: &Request) -> Response {
    let RequestedAddress { parsed, area, has_words } =
        RequestedAddress::read(request.path(), request.query());
    if has_words {
        portal.suppress_logs();
    }
    match area {
        AddressArea::Public => respond(portal, request, parsed).await,
        AddressArea::Desk => desk::answer(portal, request, parsed).boxed_local().await,
        AddressArea::Receipt => {
            portal.suppress_logs();
            let mut reply = respond(portal, request, parsed).await.not_stored();
            reply.headers.push(("referrer-policy", "strict-origin".to_owned()));
            reply
        }
    }
}

async fn respond(portal: &Portal, request: &Request, parsed: Result<Matched, NoRoute>) -> Response {
    let matched = match parsed {
        Ok(matched) => matched,
        Err(NoRoute::Nonsense) => return error(portal, PageError::BadRequest).await,
        Err(NoRoute::MistypedReceipt) => {
            return error(portal, PageError::ReceiptMistyped).await;
        }
        Err(NoRoute::Unknown) => {
            sync_before(portal).await;
            return unknown(portal, request).await;
        }
    };
    let route = &matched.route;
    let rules = route.rules();
    if !rules.methods.accept(request.method()) {
        return error(portal, PageError::MethodNotAllowed(rules.methods)).await;
    }
    let is_read = !request.is_post();
    if is_read && !matched.is_own_path {
        return moved(route);
    }

    if is_read && rules.needs_sync {
        sync_before(portal).await;
    }
    let answered = handler(portal, request, route, is_read).await;
    let mut reply = match answered {
        Ok(reply) => reply,
        // No page has this address. It may still be an old address of an article.
        Err(PageError::NotFound { changes_at: None }) => unknown(portal, request).await,
        Err(cause) => error(portal, cause).await,
    };
    reply.tag = rules.tag.map(|tag| tag.to_string());
    if is_read {
        // A response to a non-canonical query is not stored. Search results are an exception: search forms also send
        // empty fields, so their queries are rarely canonical, and shared caches do not store search results anyway.
        let is_search = matches!(reply.cache, CachePolicy::Search { .. });
        if !matched.is_own_query && !is_search {
            return reply.not_stored();
        }
        portal.remember(request, &reply);
    }
    reply.unless_matching(request.header("if-none-match").as_deref())
}

/// Calls the handler of a route. Each handler is boxed as a future of its own. A single future with all handlers would
/// be a function of a hundred kilobytes, which an isolate would have to compile as a whole before its first response.
fn handler<'a>(
    portal: &'a Portal,
    request: &'a Request,
    route: &'a Route,
    is_read: bool,
) -> LocalBoxFuture<'a, Result<Response, PageError>> {
    match route {
        Route::Home => articles::home(portal).boxed_local(),
        Route::English { page } => articles::english(portal, *page).boxed_local(),
        Route::Articles { period, page } => {
            articles::articles(portal, *period, *page).boxed_local()
        }
        Route::Category { slug, page } => articles::category(portal, slug, *page).boxed_local(),
        Route::Consultations { page } => consultations::consultations(portal, *page).boxed_local(),
        Route::Search(searched) => search::search(portal, request, searched).boxed_local(),
        Route::Article { slug } => articles::article(portal, slug).boxed_local(),
        Route::ArticleSource { slug } => articles::article_source(portal, slug).boxed_local(),
        Route::Neighbour { slug, direction } => {
            articles::neighbour(portal, slug, *direction).boxed_local()
        }
        Route::Feedback { .. } if !is_read => {
            feedback::receive_feedback(portal, request).boxed_local()
        }
        Route::Feedback { about } => feedback::feedback_form(portal, about.as_ref()).boxed_local(),
        Route::Receipt { receipt, action: None } => {
            feedback::receipt(portal, receipt).boxed_local()
        }
        Route::Receipt { receipt, action: Some(action) } if is_read => {
            feedback::confirm(portal, receipt, *action).boxed_local()
        }
        Route::Receipt { receipt, action: Some(action) } => {
            feedback::carry_out(portal, request, receipt, *action).boxed_local()
        }
        Route::Lookup if is_read => feedback::lookup_form(portal).boxed_local(),
        Route::Lookup => feedback::look_up(portal, request).boxed_local(),
        Route::Questions { category, page } => {
            feedback::questions(portal, category.as_deref(), *page).boxed_local()
        }
        Route::Question { id } => feedback::question(portal, *id).boxed_local(),
        Route::QuestionsFeed => feedback::feed(portal).boxed_local(),
        Route::Rating { slug } if is_read => articles::thanks(portal, slug).boxed_local(),
        Route::Rating { slug } => articles::receive_rating(portal, request, slug).boxed_local(),
        Route::Draft { slug, page: DraftPage::Comments(part) } => {
            consultations::comments(portal, slug, part).boxed_local()
        }
        Route::Draft { slug, page: DraftPage::Answers(part) } => {
            consultations::answers(portal, slug, part).boxed_local()
        }
        Route::Draft { slug, page: DraftPage::AnswersCsv } => {
            consultations::answers_csv(portal, slug).boxed_local()
        }
        Route::Draft { slug, page: DraftPage::Record } => {
            consultations::record(portal, slug).boxed_local()
        }
        Route::Draft { slug, page: DraftPage::RecordExport } => {
            export_record(portal, slug).boxed_local()
        }
        Route::Draft { slug, page: DraftPage::Comparison { page } } => {
            consultations::comparison(portal, slug, *page).boxed_local()
        }
        Route::File { name } => files::file(portal, request, name).boxed_local(),
        Route::Feed { category, format } => {
            feeds::feed(portal, category.as_deref(), *format).boxed_local()
        }
        Route::SitemapIndex => feeds::sitemap_index(portal).boxed_local(),
        Route::SitemapPages => feeds::sitemap_pages(portal).boxed_local(),
        Route::SitemapMonth { month, page } => {
            feeds::sitemap_month(portal, *month, *page).boxed_local()
        }
        Route::Robots => ready(Ok(info::robots(portal))).boxed_local(),
        Route::Health => info::health(portal).boxed_local(),
        Route::Manifest => ready(Ok(info::manifest(portal))).boxed_local(),
        Route::OldStylesheet { sheet, .. } => info::stylesheet(portal, *sheet).boxed_local(),
        Route::SiteMap => info::site_map(portal).boxed_local(),
        Route::Contact => info::contact(portal).boxed_local(),
        Route::Privacy => info::privacy(portal).boxed_local(),
        // `answer` passes requests to the desk on to `desk::answer`, which checks the sign-in. They do not get here.
        Route::Desk(_) => ready(Err(PageError::NOT_FOUND)).boxed_local(),
    }
}

/// Renders the error page for an error, and logs the cause of the error.
async fn error(portal: &Portal, error: PageError) -> Response {
    if let Some(cause) = error.log() {
        portal.log_error(&cause);
    }
    let index = match error.is_of_the_request() {
        true => known_hot_index(portal),
        false => hot_index(portal).await,
    };
    let frame = frame(portal, &index);
    let cache = match error.cache() {
        CachePolicy::Page { changes_at } => {
            let frame_change = index.next_change(portal.now);
            CachePolicy::Page { changes_at: changes_at.into_iter().chain(frame_change).min() }
        }
        other => other,
    };
    let mut reply = Response::page(error.status(), error_page(frame, &error), cache);
    reply.headers = error.headers();
    reply
}

/// Answers a request for an address that no page has. An old address is redirected to its article. Any other address
/// gets an error page with status 404.
async fn unknown(portal: &Portal, request: &Request) -> Response {
    let (path, query) = (request.path(), request.query());
    let address = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let address = alias_address(&address);
    let found = match portal.catalogue() {
        Ok(db) => catalogue::find_alias(&db, &address, portal.now).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(Some(slug)) => moved(&Route::article(&slug)),
        Ok(None) => {
            let reply = error(portal, PageError::NOT_FOUND).await;
            if query.is_empty() { reply } else { reply.not_stored() }
        }
        Err(cause) => {
            portal.log_error(&format!("D1 failed while looking for an old address: {cause}"));
            error(portal, PageError::NOT_FOUND).await.not_stored()
        }
    }
}

/// Redirects permanently to the canonical address of a page.
fn moved(route: &Route) -> Response {
    Response::redirect(301, route.to_string(), CachePolicy::Redirect)
}
