//! The settings of the office and their checks.

use cong_core::accent::{Accent, AccentStyle};
use cong_core::article::DocumentRules;
use cong_core::host::is_localhost;
use cong_core::periods::AnswerPeriod;
use cong_core::signing::SigningKey;
use cong_core::submission::SubmissionKind;

use super::english_texts::EnglishTexts;

/// The office and its settings. A setting that is blank in wrangler.toml counts as absent.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The name of the office.
    pub body_name: String,
    /// The name of the superior body (cơ quan chủ quản), if the banner should name it.
    pub parent_name: Option<String>,
    pub greeting: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The person who is responsible for the content of the portal.
    pub responsible: Option<String>,
    pub licence: Option<String>,
    /// The office's texts in English, which English pages show.
    pub english: EnglishTexts,
    /// The short name that a phone shows under the icon on the home screen.
    pub short_name: Option<String>,
    /// The colours derived from the setting `ACCENT`, for the banner, buttons and links.
    pub accent: Accent,
    /// The `style` element with the accent colours; `None` if the stylesheet already has these colours.
    pub accent_style: Option<AccentStyle>,
    /// The scheme and host of the portal, without a slash at the end, such as `https://example.vn`.
    pub base_url: String,
    /// The key that signs form tokens and receipts. If it is `None`, the portal accepts no forms.
    pub signing_key: Option<SigningKey>,
    /// The answer periods: within how many days the office answers a submission, for each kind that has a period.
    pub answer_periods: Vec<(SubmissionKind, AnswerPeriod)>,
    /// The rules for documents that the office sets, such as the minimum period for comments.
    pub rules: DocumentRules,
    /// Messages about settings that are invalid and were ignored, for the log.
    pub unread: Vec<String>,
    /// How long a sender's identity is kept after the submission was answered, in months.
    pub identity_months: u32,
    pub turnstile: Option<Turnstile>,
    /// Cloudflare Access, which signs editors in. If it is `None`, nobody can use the desk.
    pub access: Option<Access>,
    /// The e-mail addresses of the publishers, in lower case.
    pub publishers: Vec<String>,
    /// The URL of the webhook for the daily message to editors. It is a secret, and is never shown or logged.
    pub daily_webhook: Option<String>,
    /// The sender and the receivers of the daily message to editors, if it is sent by e-mail.
    pub daily_email: Option<DailyEmail>,
    /// How long an isolate keeps a page in memory, in seconds; 0 switches the page memory off.
    pub page_memory_seconds: i64,
    /// Whether the sync runs before each page load, as under `cargo run dev`.
    pub sync_on_load: bool,
    /// The amount of work that one run of the sync may do, as a multiple of the amount that suits the free plan.
    pub sync_share: usize,
    /// The maximum time to wait for an answer of a database, in milliseconds.
    pub database_deadline_ms: u64,
}

/// Cloudflare Turnstile, the check against robots on the feedback form. It is off unless a site key is set.
#[derive(Clone, Debug)]
pub struct Turnstile {
    pub site_key: String,
    /// The secret with which tokens are verified. Without it no token can be verified, and every form is refused.
    pub secret: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyEmail {
    pub from: String,
    /// The receivers: 1 to 50 addresses, because the e-mail binding takes no more.
    pub to: Vec<String>,
}

impl DailyEmail {
    const MAX_TO: usize = 50;

    /// Checks the values of the settings `DAILY_EMAIL_FROM` and `DAILY_EMAIL_TO`.
    ///
    /// # Errors
    /// The name of the setting that is invalid.
    pub fn accept(from: &str, to: Vec<String>) -> Result<Self, &'static str> {
        if !is_email(from) {
            return Err("DAILY_EMAIL_FROM");
        }
        if to.is_empty() || to.len() > Self::MAX_TO || !to.iter().all(|address| is_email(address)) {
            return Err("DAILY_EMAIL_TO");
        }
        Ok(Self { from: from.to_owned(), to })
    }
}

fn is_email(address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host))
}

/// Whether a URL may be the webhook's. It must use https; http is accepted only if the portal itself is on localhost.
pub fn is_webhook(url: &str, base_url: &str) -> bool {
    match url.split_once("://") {
        Some(("https", rest)) => !rest.is_empty(),
        Some(("http", rest)) => !rest.is_empty() && is_localhost(base_url),
        _ => false,
    }
}

/// Cloudflare Access, which signs editors in at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The origin of the Access team, without a slash at the end. It is also the issuer that the sign-in tokens must
    /// name.
    pub team: String,
    /// The audience tag of the Access application. Sign-in tokens must be issued for it.
    pub audience: String,
}

impl Access {
    /// Checks the values of the settings `ACCESS_TEAM` (`https://<team>.cloudflareaccess.com`, or the team's name
    /// alone) and `ACCESS_AUDIENCE`. A team's address without https is accepted only if the portal itself is on
    /// localhost. Elsewhere, an attacker could replace the team's keys on their way to the portal, and sign in as
    /// anybody.
    ///
    /// # Errors
    /// The name of the setting that is invalid.
    pub fn accept(team: &str, audience: &str, base_url: &str) -> Result<Self, &'static str> {
        const NAME: &str = "ACCESS_TEAM";
        let team = team.strip_suffix('/').unwrap_or(team).to_ascii_lowercase();
        let team = match team.split_once("://") {
            None if is_label(&team) => format!("https://{team}.cloudflareaccess.com"),
            Some(("https", host)) if is_host(host) => team,
            Some(("http", host)) if is_host(host) && is_localhost(base_url) => team,
            _ => return Err(NAME),
        };
        let is_tag = !audience.is_empty()
            && audience.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_tag {
            return Err("ACCESS_AUDIENCE");
        }
        Ok(Self { team, audience: audience.to_owned() })
    }

    /// The address where an editor signs in. After that, Access leads the editor to `path` on this site.
    pub fn login_url(&self, base_url: &str, path: &str) -> String {
        let host = base_url.split_once("://").map_or(base_url, |(_, host)| host);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("kid", &self.audience)
            .append_pair("redirect_url", path)
            .finish();
        format!("{}/cdn-cgi/access/login/{host}?{query}", self.team)
    }

    pub fn logout_url(&self) -> String {
        format!("{}/cdn-cgi/access/logout", self.team)
    }

    /// The address of the team's public keys, with which sign-in tokens are verified.
    pub fn keys_url(&self) -> String {
        format!("{}/cdn-cgi/access/certs", self.team)
    }
}

/// Whether a text is a host name, with or without a port.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    name.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

/// Whether a text is one label of a host name.
fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Site {
    /// The answer period of this kind of submission; `None` if it has none.
    pub fn answer_period(&self, kind: SubmissionKind) -> Option<&AnswerPeriod> {
        self.answer_periods.iter().find(|(of, _)| *of == kind).map(|(_, period)| period)
    }

    /// Whether the portal uses https. Only then may browsers be told to insist on https (HSTS).
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The absolute address of a path of this site, such as `/bai-viet/hoi-thao`.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(team: &str, base_url: &str) -> Result<String, &'static str> {
        Access::accept(team, "32eafc76", base_url).map(|access| access.team)
    }

    #[test]
    fn a_team_is_an_address_or_a_name_alone() {
        for team in [
            "https://son-lam.cloudflareaccess.com",
            "https://son-lam.cloudflareaccess.com/",
            "https://Son-Lam.cloudflareaccess.com",
            "son-lam",
        ] {
            let expected = Ok("https://son-lam.cloudflareaccess.com".to_owned());
            assert_eq!(accept(team, "https://cong.example"), expected, "{team}");
        }
        for team in [
            "",
            "https://",
            "son lam",
            "https://son-lam.cloudflareaccess.com/cdn-cgi",
            "https://nguoi@son-lam.cloudflareaccess.com",
            "https://son-lam.cloudflareaccess.com?x",
            "ftp://son-lam.example",
            "son-lam.cloudflareaccess.com",
        ] {
            assert_eq!(accept(team, "https://cong.example"), Err("ACCESS_TEAM"), "{team}");
        }
    }

    #[test]
    fn a_team_without_https_is_one_on_localhost_only() {
        let team = "http://localhost:9787";
        assert_eq!(accept(team, "http://localhost:8787").as_deref(), Ok(team));
        for public in ["https://cong.example", "http://localhost.cong.example", ""] {
            assert_eq!(accept(team, public), Err("ACCESS_TEAM"), "{public}");
        }
    }

    #[test]
    fn a_message_goes_by_https_and_to_addresses_only() {
        assert!(is_webhook("https://hooks.example/x", "https://cong.example"));
        assert!(is_webhook("http://localhost:9000/x", "http://localhost:8787"));
        assert!(!is_webhook("http://hooks.example/x", "https://cong.example"));
        assert!(
            !is_webhook("hooks.example", "https://cong.example") && !is_webhook("https://", "")
        );

        let accept = |from: &str, to: &[&str]| {
            DailyEmail::accept(from, to.iter().map(|&address| address.to_owned()).collect())
        };
        assert!(accept("cong@cong.example", &["an@cong.example", "binh@cong.example"]).is_ok());
        assert_eq!(accept("", &["an@cong.example"]), Err("DAILY_EMAIL_FROM"));
        assert_eq!(accept("cong@cong.example", &[]), Err("DAILY_EMAIL_TO"));
        assert_eq!(accept("cong@cong.example", &["an"]), Err("DAILY_EMAIL_TO"));
        assert_eq!(accept("cong@cong.example", &["a@b.vn"; 51]), Err("DAILY_EMAIL_TO"));
    }

    #[test]
    fn an_audience_is_a_tag() {
        for audience in ["", "hai tag", "a,b"] {
            let accepted = Access::accept("son-lam", audience, "https://cong.example");
            assert_eq!(accepted, Err("ACCESS_AUDIENCE"), "{audience}");
        }
    }

    #[test]
    fn signing_in_leads_back_to_where_one_was() {
        let access = Access::accept("son-lam", "32eafc76", "https://cong.example").unwrap();
        assert_eq!(
            access.login_url("https://cong.example", "/bien-tap?trang=2"),
            "https://son-lam.cloudflareaccess.com/cdn-cgi/access/login/cong.example?kid=32eafc76&redirect_url=%2Fbien-tap%3Ftrang%3D2"
        );
    }
}
