//! Forms that citizens send.

use std::sync::atomic::{AtomicU32, Ordering};

use cong_core::form_token;
use cong_core::signing::SigningKey;
use cong_core::submission::Receipt;
use cong_core::vietnamese::Timestamp;

use super::{Answer, Portal, now, root};

/// The fields of feedback that needs only a text besides.
pub const GENERAL: [(&str, &str); 2] = [("loai", "gop-y"), ("tieu_de", "Góp ý")];

/// Returns the form token of a form that was opened a minute ago.
pub fn stamp() -> String {
    stamp_aged(60)
}

/// Returns the form token of a form that was opened `seconds` ago.
pub fn stamp_aged(seconds: i64) -> String {
    stamp_at(now().0 - seconds)
}

/// Returns the form token of a form that was opened at this time, in Unix seconds.
pub fn stamp_at(second: i64) -> String {
    static STAMPS: AtomicU32 = AtomicU32::new(0);
    let number = STAMPS.fetch_add(1, Ordering::Relaxed);
    let random = format!("{:016x}{:08x}{number:08x}", now().0, std::process::id());
    form_token::issue_form_token(&development_key(), Timestamp(second), &random)
}

/// The committed signing key of `cargo run dev`.
fn development_key() -> SigningKey {
    let settings = std::fs::read_to_string(root().join(".dev.vars")).unwrap();
    let (_, rest) = settings.split_once("SIGNING_KEY = \"").unwrap();
    SigningKey::accept(rest.split('"').next().unwrap(), "http://localhost").unwrap()
}

/// Returns the hash under which the receipt at this address is stored.
pub fn receipt_hash(location: &str) -> String {
    Receipt::parse(location.rsplit('/').next().unwrap()).unwrap().hash()
}

impl Portal {
    /// Sends the feedback form with these fields.
    pub fn submit(&self, fields: &[(&str, &str)]) -> Answer {
        self.request("POST", "/gop-y").form(fields).send()
    }

    /// Sends feedback with this text, and returns the address of its receipt.
    #[track_caller]
    pub fn submit_text(&self, text: &str) -> String {
        let stamp = stamp();
        let own = [("ma_phieu", stamp.as_str()), ("noi_dung", text)];
        self.submit(&[&GENERAL[..], &own].concat()).assert_taken()
    }

    /// Runs the upkeep job as its cron trigger does, with these faults injected.
    #[track_caller]
    pub fn upkeep(&self, faults: &str) {
        let path = format!("/cdn-cgi/handler/scheduled?cron=fault:{faults}");
        self.get(&path).assert_status(200);
    }

    /// Returns the rows of the submissions with this text, joined with the identity of the sender.
    #[track_caller]
    pub fn stored(&self, text: &str) -> Vec<serde_json::Value> {
        self.sql(
            "DB",
            &format!(
                "SELECT * FROM submission LEFT JOIN identity ON submission_id = id
                 WHERE text = '{text}'"
            ),
        )
    }
}
