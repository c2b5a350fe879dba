//! The checks that every submitted form passes before anything else, the cheapest first.

use std::convert::Infallible;

use super::declaration::FormField;
use super::fields::{SentFields, TooLongField};
use super::origin::is_own_origin;
use crate::web::counted::Counted;
use crate::web::error::PageError;
use crate::web::portal::Portal;
use crate::web::request::{BodyError, Request};
use crate::web::response::Response;

/// The limits of a form, which `check_form` checks.
pub struct FormRules<'a> {
    /// The action under which the rate limit counts the form.
    pub counted: Counted,
    /// The maximum size of the form's body, in bytes. A larger body is refused.
    pub max_bytes: usize,
    /// The fields of the form. A field that is not listed here has the usual limit of 200 characters.
    pub fields: &'a [FormField<'a>],
    /// Whether a form is refused if the browser does not say from where it was sent. Old browsers do not.
    pub must_name_origin: bool,
}

/// The result of checking a form that was sent from the portal's own pages and is not too large. `T` is the error of
/// the token check: `ForgedToken` for a form with a form token, and `Infallible` for one without.
pub enum Checked<T> {
    /// The form passed every check. The values of its fields are in Unicode normal form C.
    Accepted(SentFields),
    /// The form failed a check. The fields are as received, not normalised, so that the page can show the form again.
    Refused(SentFields, FormRefusal<T>),
}

/// Why a form is refused. The variants are in the order of the checks.
#[derive(Debug)]
pub enum FormRefusal<T> {
    /// Too many forms were sent from the sender's network (an IPv4 address or an IPv6 /64).
    TooMany,
    Token(T),
    TooLong(Vec<TooLongField>),
}

/// The form's token is missing, or was not made by this portal.
#[derive(Debug)]
pub struct ForgedToken;

/// Accepts every form. It is the token check for forms that have no token.
pub fn without_token(_: &SentFields) -> Result<(), Infallible> {
    Ok(())
}

/// Checks a form in this order: its origin, its content type and size, the rate limit, whether its token is authentic,
/// and the length of each field. The router has checked the method before. Only a form that passes is normalised.
/// Callers must not read a store for a refused form, so that a flood of such forms does not slow down other requests.
///
/// `check_token` checks whether the token is authentic; `without_token` is for forms that have none. `check_token` need
/// not check the age of the token: the caller does so later, and shows a form with an old token again.
///
/// # Errors
/// `ForeignOrigin`, `NotAForm`, `FormTooLarge`, or `Interrupted` if the body broke off.
pub async fn check_form<T>(
    portal: &Portal,
    request: &Request,
    rules: &FormRules<'_>,
    check_token: impl FnOnce(&SentFields) -> Result<(), T>,
) -> Result<Checked<T>, PageError> {
    if !comes_from_here(portal, request, rules.must_name_origin) {
        return Err(PageError::ForeignOrigin);
    }
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(PageError::NotAForm);
    }
    let body = request.body(rules.max_bytes).await.map_err(|error| match error {
        BodyError::TooLarge => PageError::FormTooLarge,
        BodyError::Failed(cause) => PageError::Interrupted(cause),
    })?;
    let is_allowed = portal.allows(rules.counted, request).await;
    let fields = SentFields::parse(&body);
    if !is_allowed {
        return Ok(Checked::Refused(fields, FormRefusal::TooMany));
    }
    if let Err(forged) = check_token(&fields) {
        return Ok(Checked::Refused(fields, FormRefusal::Token(forged)));
    }
    let too_long = fields.too_long(rules.fields);
    if !too_long.is_empty() {
        return Ok(Checked::Refused(fields, FormRefusal::TooLong(too_long)));
    }
    Ok(Checked::Accepted(fields.normalised()))
}

/// Whether a form was sent from a page of this portal. If the header `Origin` is missing, `Sec-Fetch-Site` must be
/// `same-origin`. If both headers are missing, the form is accepted unless `must_name_origin`.
fn comes_from_here(portal: &Portal, request: &Request, must_name_origin: bool) -> bool {
    let Some(origin) = request.header("origin") else {
        let site = request.header("sec-fetch-site");
        return site.map_or(!must_name_origin, |site| site == "same-origin");
    };
    let (base_url, asked) = (&portal.site.base_url, request.origin());
    let is_own = is_own_origin(&origin, base_url, asked);
    if !is_own && origin == asked {
        portal.log_error(&format!(
            "a form was refused: it was sent from {asked}, and BASE_URL is {base_url}"
        ));
    }
    is_own
}

/// Adds the header `Retry-After` of one minute, if the status of the response is 429 or 503.
pub fn with_retry_hint(mut reply: Response) -> Response {
    if matches!(reply.status, 429 | 503) {
        reply.headers.push(("retry-after", "60".to_owned()));
    }
    reply
}
