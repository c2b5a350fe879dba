//! A request of a signed-in editor, and what its handler needs: the submitted form, the data of the page frame (banner
//! and navigation), and the editor's rights.

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

/// The maximum size of a form of the desk, in bytes. A larger form is refused. The largest form that the desk makes is
/// smaller: an answer to a few hundred comments, with the id of each.
pub const MAX_FORM_BYTES: usize = 512 * 1024;

pub struct Desk<'a> {
    pub portal: &'a Portal,
    pub request: &'a Request,
    pub editor: Editor,
    /// The values of the submitted form, after `form` has read them. Error pages show them again, so that nothing that
    /// the editor typed is lost.
    pub typed: OnceCell<SentFields>,
}

impl Desk<'_> {
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

    /// Returns the value in `had`. If `had` is an error, logs it and returns `None`, so that the page can be rendered
    /// without the part that needs the value. `part` names this part in the log.
    pub fn or_without<T, E: std::fmt::Display>(&self, part: &str, had: Result<T, E>) -> Option<T> {
        let log = |error| {
            self.portal.log_error(&format!("the desk shows a page without {part}: {error}"))
        };
        had.map_err(log).ok()
    }

    /// A response with a page for this editor only. No cache stores it.
    pub fn page(&self, page: maud::Markup) -> Response {
        Response::page(200, page, CachePolicy::NoStore)
    }

    /// Redirects to `page`, which reports the completed action.
    pub fn done(&self, page: &DeskPage) -> Response {
        Response::redirect(303, page.to_string(), CachePolicy::NoStore)
    }

    /// Reads the submitted form, after checking that this editor sent it from a page of this sign-in session.
    /// `declared` are the fields of the form. Fields with the usual limit of 200 characters may be left out.
    ///
    /// # Errors
    /// `FormsClosed` if there is no signing key, and the errors of `check_form`. Also `TooManyForms`, `OtherSession`
    /// and `FieldTooLong`, whose pages show the form again.
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

    /// Checks that the editor is a publisher, who may release and erase.
    ///
    /// # Errors
    /// The editor is not a publisher.
    pub fn publishers_only(&self) -> Result<(), PageError> {
        match self.editor.role {
            Role::Publisher => Ok(()),
            Role::Editor => Err(PageError::PublishersOnly),
        }
    }

    /// Writes a line into the audit trail of the desk itself, for actions that belong to no single submission or draft.
    ///
    /// # Errors
    /// The database did not answer. The action must then not be carried out.
    pub async fn audit(&self, what: &str) -> Result<(), PageError> {
        let Portal { now, .. } = self.portal;
        Ok(record_action(&self.portal.feedback()?, *now, what, &self.editor.email).await?)
    }
}
