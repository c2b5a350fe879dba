//! A request of a signed-in editor: its form, its page frame, its rights.

use std::cell::OnceCell;

use cong_core::addresses::DeskPage;

use super::editor::{Editor, Role};
use super::form_token;
use super::layout::{DeskFrame, FORM_TOKEN};
use super::trail::record_action;
use crate::web::{
    CachePolicy, Checked, Counted, ForgedToken, FormField, FormRefusal, FormRules, PageError,
    Portal, Request, Response, SentFields, check_form,
};

/// The largest form of the desk, in bytes: an answer to a few hundred comments with all their numbers.
pub const MAX_FORM_BYTES: usize = 512 * 1024;

/// A request of a signed-in editor.
pub struct Desk<'a> {
    pub portal: &'a Portal,
    pub request: &'a Request,
    pub editor: Editor,
    /// The form of the request, once it was read. Error pages show it again, so that nothing typed is lost.
    pub typed: OnceCell<SentFields>,
}

impl Desk<'_> {
    /// The data with which the desk's pages are rendered.
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

    /// The value, if it could be read. Otherwise the error is logged, and the page is made without this part.
    pub fn or_without<T, E: std::fmt::Display>(&self, part: &str, had: Result<T, E>) -> Option<T> {
        let log = |error| self.portal.log_error(&format!("the desk goes without {part}: {error}"));
        had.map_err(log).ok()
    }

    /// A page for this editor only, which no cache stores.
    pub fn page(&self, page: maud::Markup) -> Response {
        Response::page(200, page, CachePolicy::NoStore)
    }

    /// Redirects to the page that follows a completed action.
    pub fn done(&self, page: &DeskPage) -> Response {
        Response::redirect(303, page.to_string(), CachePolicy::NoStore)
    }

    /// The submitted form, after checks that this editor sent it from a page of this session. Of `declared`,
    /// fields with the usual limit of 200 characters may be left out.
    ///
    /// # Errors
    /// The errors of `forms::check`. Also `TooManyForms`, `OtherSession` and `FieldTooLong`, whose pages show the
    /// form again.
    pub async fn form(&self, declared: &[FormField<'_>]) -> Result<&SentFields, PageError> {
        let key = self.portal.site.signing_key.as_ref().ok_or(PageError::FormsClosed)?;
        let rules = FormRules {
            counted: Counted::DeskForm,
            max_bytes: MAX_FORM_BYTES,
            fields: declared,
            must_name_origin: true,
        };
        let check_token = |fields: &SentFields| {
            let is_valid = form_token::is_valid(key, &self.editor, fields.get(FORM_TOKEN));
            is_valid.then_some(()).ok_or(ForgedToken)
        };
        match check_form(self.portal, self.request, &rules, check_token).await? {
            Checked::Accepted(fields) => Ok(self.typed.get_or_init(|| fields)),
            Checked::Refused(fields, refusal) => {
                self.typed.get_or_init(|| fields);
                Err(match refusal {
                    FormRefusal::TooMany => PageError::TooManyForms,
                    FormRefusal::Token(ForgedToken) => PageError::OtherSession,
                    FormRefusal::TooLong(_) => PageError::FieldTooLong,
                })
            }
        }
    }

    /// Checks that the editor may release and erase.
    ///
    /// # Errors
    /// The editor is not a publisher.
    pub fn publishers_only(&self) -> Result<(), PageError> {
        match self.editor.role {
            Role::Publisher => Ok(()),
            Role::Editor => Err(PageError::PublishersOnly),
        }
    }

    /// Writes a line into the desk's own audit trail, for actions that belong to no single submission or draft.
    ///
    /// # Errors
    /// The database did not answer. The action must then not be carried out.
    pub async fn audit(&self, what: &str) -> Result<(), PageError> {
        let Portal { now, .. } = self.portal;
        Ok(record_action(&self.portal.feedback()?, *now, what, &self.editor.email).await?)
    }
}
