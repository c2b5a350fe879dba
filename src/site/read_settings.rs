//! Reads the settings: `[vars]` of wrangler.toml, and the secrets.

use cong_core::accent::{Accent, Colour};
use cong_core::article::DocumentRules;
use cong_core::periods::{AnswerPeriod, MinimumPeriod};
use cong_core::signing::SigningKey;
use cong_core::submission::SubmissionKind;

use super::english_texts::EnglishTexts;
use super::settings::{Access, DailyEmail, Site, Turnstile, is_webhook};

/// The names of the settings for answer periods, and the kind of submission that each is for. Comments on drafts have
/// none, because they are answered together with their draft.
const ANSWER_PERIODS: [(&str, SubmissionKind); 4] = [
    ("ANSWER_GENERAL", SubmissionKind::General),
    ("ANSWER_QUESTION", SubmissionKind::Question),
    ("ANSWER_ERROR_REPORT", SubmissionKind::ErrorReport),
    ("ANSWER_PETITION", SubmissionKind::Petition),
];

/// Reads all settings of the portal. `text` looks up one setting by its name. It calls a JavaScript function, which is
/// slow, so an isolate reads the settings only once.
pub fn read_settings(text: impl Fn(&str) -> Option<String>) -> Site {
    let filled = |name: &str| text(name).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let number = |name: &str, default: i64| {
        filled(name).and_then(|digits| digits.parse().ok()).unwrap_or(default)
    };
    let mut unread = Vec::new();
    let mut answer_periods = Vec::new();
    for (name, kind) in ANSWER_PERIODS {
        let Some(setting) = filled(name) else { continue };
        match AnswerPeriod::parse(&setting) {
            Some(period) => answer_periods.push((kind, period)),
            None => unread.push(format!("{name} is no period: {setting}")),
        }
    }
    let consultation = filled("CONSULTATION_PERIOD").and_then(|setting| {
        let period = MinimumPeriod::parse(&setting);
        if period.is_none() {
            unread.push(format!("CONSULTATION_PERIOD is no period: {setting}"));
        }
        period
    });
    let accent = filled("ACCENT").and_then(|setting| {
        let colour = Colour::parse(&setting);
        if colour.is_none() {
            unread.push(format!("ACCENT is no colour: {setting}"));
        }
        colour.map(Accent::new)
    });
    let accent = accent.unwrap_or_default();
    let base_url = filled("BASE_URL").unwrap_or_default().trim_end_matches('/').to_owned();
    let access = match (filled("ACCESS_TEAM"), filled("ACCESS_AUDIENCE")) {
        (None, None) => None,
        (team, audience) => {
            let (team, audience) = (team.unwrap_or_default(), audience.unwrap_or_default());
            let access = Access::accept(&team, &audience, &base_url);
            access.inspect_err(|name| unread.push(format!("{name} makes no sense"))).ok()
        }
    };
    let daily_webhook = filled("DAILY_WEBHOOK").filter(|url| {
        let is_webhook = is_webhook(url, &base_url);
        if !is_webhook {
            unread.push("DAILY_WEBHOOK is no https address".to_owned());
        }
        is_webhook
    });
    let daily_email = match (filled("DAILY_EMAIL_FROM"), filled("DAILY_EMAIL_TO")) {
        (None, None) => None,
        (from, to) => {
            let to = addresses(&to.unwrap_or_default()).map(str::to_owned).collect();
            let email = DailyEmail::accept(&from.unwrap_or_default(), to);
            email.inspect_err(|name| unread.push(format!("{name} makes no sense"))).ok()
        }
    };
    Site {
        body_name: filled("BODY_NAME").unwrap_or_default(),
        parent_name: filled("PARENT_NAME"),
        greeting: filled("GREETING").unwrap_or_default(),
        address: filled("ADDRESS"),
        phone: filled("PHONE"),
        email: filled("EMAIL"),
        responsible: filled("RESPONSIBLE"),
        licence: filled("LICENCE"),
        english: EnglishTexts {
            body_name: filled("BODY_NAME_EN"),
            parent_name: filled("PARENT_NAME_EN"),
            greeting: filled("GREETING_EN"),
            address: filled("ADDRESS_EN"),
            responsible: filled("RESPONSIBLE_EN"),
            licence: filled("LICENCE_EN"),
        },
        short_name: filled("SHORT_NAME"),
        accent_style: accent.style(),
        accent,
        signing_key: filled("SIGNING_KEY").and_then(|key| SigningKey::accept(&key, &base_url)),
        answer_periods,
        rules: DocumentRules { consultation },
        unread,
        identity_months: number("IDENTITY_MONTHS", 24).clamp(1, 1_200) as u32,
        turnstile: filled("TURNSTILE_SITE_KEY")
            .map(|site_key| Turnstile { site_key, secret: filled("TURNSTILE_SECRET") }),
        access,
        publishers: filled("PUBLISHERS")
            .map(|list| addresses(&list).map(str::to_ascii_lowercase).collect())
            .unwrap_or_default(),
        daily_webhook,
        daily_email,
        page_memory_seconds: number("PAGE_MEMORY_SECONDS", 30).max(0),
        sync_on_load: filled("SYNC_ON_LOAD").as_deref() == Some("true"),
        sync_share: number("SYNC_SHARE", 1).clamp(1, 100).unsigned_abs() as usize,
        database_deadline_ms: number("DATABASE_DEADLINE_MS", 2_000).max(1).unsigned_abs(),
        base_url,
    }
}

/// The e-mail addresses in a setting, which are separated by commas, semicolons or white space.
fn addresses(list: &str) -> impl Iterator<Item = &str> {
    list.split(|c: char| c == ',' || c == ';' || c.is_whitespace()).filter(|part| !part.is_empty())
}
