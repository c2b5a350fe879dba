//! The editors' side: who may come in, and who answers which of its pages. Nothing of it is ever stored by
//! anybody on the way.

mod article;
mod articles;
mod consultations;
mod submissions;
mod sync;
mod today;

use std::cell::OnceCell;

use super::sync::sync_before;
use crate::desk::{Editor, Role, SignInError, access, form_token};
use crate::form_fields::FormFields;
use crate::pages::desk::{self as pages, DeskFrame};
use crate::platform::Statement;
use crate::routes::{ArticlesPage, DeskPage, NoRoute, Route};
use crate::web::PageError;
use crate::web::forms::{self, Checked, FormRefusal, FormRules};
use crate::web::{CachePolicy, Counted, Portal, Request, Response};

/// How much a form of the desk may hold, in bytes: an answer to a few hundred comments with all their numbers.
const MAX_FORM_BYTES: usize = 512 * 1024;

/// One request of somebody who is signed in.
pub struct Desk<'a> {
    pub portal: &'a Portal,
    pub request: &'a Request,
    pub editor: Editor,
    /// The form that came with it, once it was read: whatever fails afterwards gives it back.
    typed: OnceCell<FormFields>,
}

/// Answers a request under `/bien-tap`, errors included.
pub async fn answer(portal: &Portal, request: &Request) -> Response {
    let reply = match access::sign_in(&portal.site, portal.now, request).await {
        Ok(editor) => {
            let typed = OnceCell::new();
            signed_in(&Desk { portal, request, editor, typed }).await
        }
        Err(cause) => closed(portal, request, &cause).await,
    };
    reply.not_stored()
}

async fn signed_in(desk: &Desk<'_>) -> Response {
    let answered = match Route::parse(desk.request.path(), desk.request.query()) {
        Ok(matched) => match &matched.route {
            Route::Desk(page) if matched.is_own_path => respond(desk, page).await,
            // A form that went to another spelling is not read there; nothing is lost by asking again.
            route => Ok(Response::redirect(308, route.to_string(), CachePolicy::NoStore)),
        },
        Err(NoRoute::Nonsense) => Err(PageError::BadRequest),
        Err(NoRoute::Unknown | NoRoute::MistypedReceipt) => Err(PageError::NOT_FOUND),
    };
    answered.unwrap_or_else(|error| failed(desk, &error))
}

async fn respond(desk: &Desk<'_>, page: &DeskPage) -> Result<Response, PageError> {
    let method = desk.request.method();
    if !page.methods().split(", ").any(|allowed| allowed == method) {
        return Err(PageError::MethodNotAllowed(page.methods()));
    }
    if method != "POST" {
        sync_before(desk.portal).await;
    }
    match page {
        DeskPage::Today { .. } if method == "POST" => {
            sync::sync_now(desk, |done| DeskPage::Today { done: Some(done) }).await
        }
        DeskPage::Today { done } => today::today(desk, *done).await,
        DeskPage::Articles(page) => articles::respond(desk, page).await,
        DeskPage::Submissions(page) => submissions::answer(desk, page).await,
        DeskPage::Consultations(page) => consultations::answer(desk, page).await,
    }
}

fn failed(desk: &Desk<'_>, error: &PageError) -> Response {
    if let Some(cause) = error.log() {
        desk.portal.log_error(&cause);
    }
    let typed = desk.typed.get();
    let page = pages::error(&desk.frame(), desk.request.path(), error, typed);
    let mut reply = Response::page(error.status(), page, CachePolicy::NoStore);
    reply.headers = error.headers();
    reply
}

/// The page of somebody who may not come in. What they sent from a page of this site is given back to them:
/// their sign-in may have ended while they wrote.
async fn closed(portal: &Portal, request: &Request, cause: &SignInError) -> Response {
    let status = match cause {
        SignInError::NoToken => 401,
        SignInError::Refused(refusal) => {
            portal.log_error(&format!("a sign-in to the desk was refused: {refusal}"));
            403
        }
        SignInError::KeysAway(cause) => {
            portal.log_error(&format!("the keys of Cloudflare Access cannot be had: {cause}"));
            503
        }
        SignInError::NotConfigured => 503,
    };
    let typed = match request.method().as_str() {
        "POST" => unsigned_form(portal, request).await,
        _ => FormFields::default(),
    };
    // A form's own address may take nothing but forms.
    let back = match Route::parse(request.path(), request.query()) {
        Ok(matched) if request.method() != "POST" => without_words(matched.route),
        _ => Route::Desk(DeskPage::TODAY),
    };
    let page = pages::closed(&portal.site, cause, &back, &typed);
    Response::page(status, page, CachePolicy::NoStore)
}

/// The fields of a form as they were received; nobody can tell whose they are.
async fn unsigned_form(portal: &Portal, request: &Request) -> FormFields {
    let rules = FormRules {
        counted: Counted::UnsignedDeskForm,
        max_bytes: MAX_FORM_BYTES,
        max_chars: &[],
        must_name_origin: false,
    };
    match forms::check(portal, request, &rules, |_| false).await {
        Ok(Checked::Accepted(fields) | Checked::Refused(fields, _)) => fields,
        Err(_) => FormFields::default(),
    }
}

/// What an editor looked for may be somebody's name, which is nothing for another host's addresses.
fn without_words(route: Route) -> Route {
    match route {
        Route::Desk(DeskPage::Submissions(_)) => Route::Desk(DeskPage::submissions()),
        Route::Desk(DeskPage::Articles(ArticlesPage::List { .. })) => {
            Route::Desk(DeskPage::ARTICLES)
        }
        route => route,
    }
}

impl Desk<'_> {
    /// What its pages are made with.
    pub fn frame(&self) -> DeskFrame<'_> {
        let Portal { site, now, .. } = self.portal;
        let key = site.signing_key.as_ref();
        DeskFrame {
            site,
            now: *now,
            editor: &self.editor,
            form_token: key.map(|key| form_token::token(key, &self.editor)).unwrap_or_default(),
        }
    }

    /// What could be had; of what the page goes without the log has the cause.
    pub fn or_without<T, E: std::fmt::Display>(&self, part: &str, had: Result<T, E>) -> Option<T> {
        let log = |error| self.portal.log_error(&format!("the desk goes without {part}: {error}"));
        had.map_err(log).ok()
    }

    /// A page for nobody but this editor.
    pub fn page(&self, page: maud::Markup) -> Response {
        Response::page(200, page, CachePolicy::NoStore)
    }

    /// To the page that follows something done.
    pub fn done(&self, page: &DeskPage) -> Response {
        Response::redirect(303, page.to_string(), CachePolicy::NoStore)
    }

    /// The form that was sent, once it is certain that this editor sent it from a page of this session. `max_chars`
    /// has the longest value of each field, by its name, in characters; of all others 200.
    ///
    /// # Errors
    /// Those of `forms::check`; then `TooManyForms`, `OtherSession` or `FieldTooLong`, which give the form back.
    pub async fn form(&self, max_chars: &[(&str, usize)]) -> Result<&FormFields, PageError> {
        let key = self.portal.site.signing_key.as_ref().ok_or(PageError::FormsClosed)?;
        let rules = FormRules {
            counted: Counted::DeskForm,
            max_bytes: MAX_FORM_BYTES,
            max_chars,
            must_name_origin: true,
        };
        let is_of_this_session = |fields: &FormFields| {
            form_token::is_valid(key, &self.editor, fields.get(pages::FORM_TOKEN))
        };
        match forms::check(self.portal, self.request, &rules, is_of_this_session).await? {
            Checked::Accepted(fields) => Ok(self.typed.get_or_init(|| fields)),
            Checked::Refused(fields, refusal) => {
                self.typed.get_or_init(|| fields);
                Err(match refusal {
                    FormRefusal::TooMany => PageError::TooManyForms,
                    FormRefusal::ForgedToken => PageError::OtherSession,
                    FormRefusal::TooLong(_) => PageError::FieldTooLong,
                })
            }
        }
    }

    /// Goes on only for those who may release and erase.
    ///
    /// # Errors
    /// The editor is none of them.
    pub fn publishers_only(&self) -> Result<(), PageError> {
        match self.editor.role {
            Role::Publisher => Ok(()),
            Role::Editor => Err(PageError::PublishersOnly),
        }
    }

    /// Enters what concerns no single submission and no draft into the audit trail; those have their own.
    ///
    /// # Errors
    /// The database gave no answer; then what was to be done is left undone.
    pub async fn audit(&self, what: &str) -> Result<(), PageError> {
        let sql = "INSERT INTO desk_audit (at, what, who) VALUES (?1, ?2, ?3)";
        let values = [self.portal.now.0.into(), what.into(), self.editor.email.as_str().into()];
        self.portal.feedback()?.run(Statement::new(sql, values)).await?;
        Ok(())
    }
}
