//! Answers requests to the desk: checks the sign-in, and calls the handler of the requested page. No cache stores any
//! of the responses.

use std::cell::OnceCell;

use cong_core::addresses::{ArticlesPage, DeskPage, Matched, NoRoute, Route};

use super::access::SignInError;
use super::layout::{closed_page, desk_error_page};
use super::request::{Desk, MAX_FORM_BYTES};
use super::{access, articles, consultations, submissions, sync, today};
use crate::catalogue::sync_before;
use crate::web::{
    CachePolicy, Checked, Counted, ForgedToken, FormRules, PageError, Portal, Request, Response,
    SentFields, check_form,
};

/// Answers a request for an address under `/bien-tap`. An error is answered with an error page.
pub async fn answer(
    portal: &Portal,
    request: &Request,
    parsed: Result<Matched, NoRoute>,
) -> Response {
    let reply = match access::sign_in(&portal.site, portal.now, request).await {
        Ok(editor) => {
            let typed = OnceCell::new();
            signed_in(&Desk { portal, request, editor, typed }, parsed).await
        }
        Err(cause) => closed(portal, request, parsed, &cause).await,
    };
    reply.not_stored()
}

async fn signed_in(desk: &Desk<'_>, parsed: Result<Matched, NoRoute>) -> Response {
    let answered = match parsed {
        Ok(matched) => match &matched.route {
            Route::Desk(page) if matched.is_own_path => respond(desk, page).await,
            // The body of a form sent to a non-canonical address is not read. The redirect makes the browser send it
            // again.
            route => Ok(Response::redirect(308, route.to_string(), CachePolicy::NoStore)),
        },
        Err(NoRoute::Nonsense) => Err(PageError::BadRequest),
        Err(NoRoute::Unknown | NoRoute::MistypedReceipt) => Err(PageError::NOT_FOUND),
    };
    answered.unwrap_or_else(|error| failed(desk, &error))
}

async fn respond(desk: &Desk<'_>, page: &DeskPage) -> Result<Response, PageError> {
    if !page.methods().accept(desk.request.method()) {
        return Err(PageError::MethodNotAllowed(page.methods()));
    }
    if !desk.request.is_post() {
        sync_before(desk.portal).await;
    }
    match page {
        DeskPage::Today { .. } if desk.request.is_post() => {
            sync::sync_now(desk, |done| DeskPage::Today { done: Some(done) }).await
        }
        DeskPage::Today { done } => today::today(desk, *done).await,
        DeskPage::Articles(page) => articles::respond(desk, page).await,
        DeskPage::Submissions(page) => submissions::answer_submissions(desk, page).await,
        DeskPage::Consultations(page) => consultations::answer(desk, page).await,
    }
}

fn failed(desk: &Desk<'_>, error: &PageError) -> Response {
    if let Some(cause) = error.log() {
        desk.portal.log_error(&cause);
    }
    let typed = desk.typed.get();
    let page = desk_error_page(&desk.frame(), desk.request.path(), error, typed);
    let mut reply = Response::page(error.status(), page, CachePolicy::NoStore);
    reply.headers = error.headers();
    reply
}

/// Answers a request that is not signed in. If a page of this site has sent a form, the answer shows its values,
/// because the sign-in may have expired while the editor was writing.
async fn closed(
    portal: &Portal,
    request: &Request,
    parsed: Result<Matched, NoRoute>,
    cause: &SignInError,
) -> Response {
    let status = match cause {
        SignInError::NoToken => 401,
        SignInError::Refused(refusal) => {
            portal.log_error(&format!("a sign-in to the desk was refused: {refusal}"));
            403
        }
        SignInError::KeysAway(cause) => {
            portal.log_error(&format!("the keys of Cloudflare Access could not be used: {cause}"));
            503
        }
        SignInError::NotConfigured => 503,
    };
    let typed = match request.is_post() {
        true => unsigned_form(portal, request).await,
        false => SentFields::default(),
    };
    // The sign-in leads back to the requested page. After a form it leads to the desk's first page, because the address
    // of a form may accept only POST.
    let back = match parsed {
        Ok(matched) if !request.is_post() => without_words(matched.route),
        _ => Route::Desk(DeskPage::TODAY),
    };
    let page = closed_page(&portal.site, cause, &back, &typed);
    Response::page(status, page, CachePolicy::NoStore)
}

/// Reads the fields of a form that was sent without a sign-in. Who sent them is unknown. Returns no fields if the form
/// came from another site or cannot be read.
async fn unsigned_form(portal: &Portal, request: &Request) -> SentFields {
    let rules = FormRules {
        counted: Counted::UnsignedDeskForm,
        max_bytes: MAX_FORM_BYTES,
        fields: &[],
        must_name_origin: false,
    };
    match check_form(portal, request, &rules, |_| Err(ForgedToken)).await {
        Ok(Checked::Accepted(fields) | Checked::Refused(fields, _)) => fields,
        Err(_) => SentFields::default(),
    }
}

/// Removes the search words from an address of the desk. Access gets this address, to lead the editor back to it after
/// the sign-in. The words may be a person's name, which another host must not see.
fn without_words(route: Route) -> Route {
    match route {
        Route::Desk(DeskPage::Submissions(_)) => Route::Desk(DeskPage::submissions()),
        Route::Desk(DeskPage::Articles(ArticlesPage::List { .. })) => {
            Route::Desk(DeskPage::ARTICLES)
        }
        route => route,
    }
}
