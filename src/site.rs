//! What makes a portal one office's own: the settings of wrangler.toml, read once an isolate.

use crate::article::Rules;
use crate::feedback::{AnswerPeriod, Kind};
use crate::signing::SigningKey;

/// The office and its settings. Texts are shown as they are; a blank one counts as absent.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The name of the public body.
    pub body_name: String,
    /// The body above it, if the banner is to name one.
    pub parent_name: Option<String>,
    pub greeting: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Who is responsible for the content.
    pub responsible: Option<String>,
    pub licence: Option<String>,
    /// Scheme and host, without a slash at the end: `https://example.vn`.
    pub base_url: String,
    /// The key that receipts are made with; `None` closes the forms.
    pub signing_key: Option<SigningKey>,
    /// Within what time each kind of submission is answered.
    pub answer_periods: Vec<(Kind, AnswerPeriod)>,
    /// What the office asks of its articles.
    pub rules: Rules,
    /// Settings that make no sense, for the log.
    pub unread: Vec<String>,
    /// How long who sent a submission is kept after its answer, in months.
    pub identity_months: u32,
    pub turnstile: Option<Turnstile>,
    /// How long an isolate keeps a page, in seconds; 0 switches that off.
    pub page_memory_seconds: i64,
    /// Whether a page load brings the catalogue in line first, as under `wrangler dev`.
    pub sync_on_load: bool,
    /// How many times the free plan's share a run of the sync may use.
    pub sync_share: usize,
    /// How long a database may take to answer, in milliseconds.
    pub database_deadline_ms: u64,
}

/// Cloudflare's check for robots on the feedback form; off unless a site key is set.
#[derive(Clone, Debug)]
pub struct Turnstile {
    pub site_key: String,
    /// Without it nothing can be verified, and nothing is taken.
    pub secret: Option<String>,
}

impl Site {
    /// Within what time a submission of this kind is answered, if on its own at all.
    pub fn answer_period(&self, kind: Kind) -> Option<&AnswerPeriod> {
        self.answer_periods.iter().find(|(of, _)| *of == kind).map(|(_, period)| period)
    }

    /// Whether readers reach the portal by https, so that browsers may be told to insist on it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The absolute address of a path of this site.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}
