//! Forms that citizens send.

use std::sync::atomic::{AtomicU32, Ordering};

use cong_core::form_token;
use cong_core::signing::SigningKey;
use cong_core::submission::Receipt;
use cong_core::vietnamese::Timestamp;

use super::{Answer, Portal, Request, now, root};

/// The name of the sender in [`SENDER`].
pub const NAME: &str = "Lò Thị Mai 'Hoa'";
const PHONE: &str = "0912 345 678";

/// The fields of a sender who gives a name and a telephone number, and consents to their use.
pub const SENDER: [(&str, &str); 3] = [("ho_ten", NAME), ("dien_thoai", PHONE), ("dong_y", "1")];

/// The fields of a feedback form that lacks only the text.
pub const GENERAL: [(&str, &str); 2] = [("loai", "gop-y"), ("tieu_de", "Góp ý")];

/// Returns the form token of a form that was opened a minute ago.
pub fn form_token() -> String {
    form_token_aged(60)
}

/// Returns the form token of a form that was opened `seconds` ago.
pub fn form_token_aged(seconds: i64) -> String {
    form_token_at(now().0 - seconds)
}

/// Returns the form token of a form that was opened at this time, in Unix seconds.
pub fn form_token_at(second: i64) -> String {
    static TOKENS: AtomicU32 = AtomicU32::new(0);
    let number = TOKENS.fetch_add(1, Ordering::Relaxed);
    let random = format!("{:016x}{:08x}{number:08x}", now().0, std::process::id());
    form_token::issue_form_token(&development_key(), Timestamp(second), &random)
}

/// The signing key of `cargo run dev`, which is in the repository.
fn development_key() -> SigningKey {
    let settings = std::fs::read_to_string(root().join(".dev.vars")).unwrap();
    let (_, rest) = settings.split_once("SIGNING_KEY = \"").unwrap();
    SigningKey::accept(rest.split('"').next().unwrap(), "http://localhost").unwrap()
}

pub fn receipt_code(location: &str) -> &str {
    location.rsplit('/').next().unwrap()
}

/// Returns the hash of the receipt code in this address, under which the submission is stored.
pub fn receipt_hash(location: &str) -> String {
    Receipt::parse(receipt_code(location)).unwrap().hash()
}

impl Portal {
    /// Makes a request that sends the feedback form with these fields, and with a form token if they contain none.
    pub fn feedback(&self, fields: &[(&str, &str)]) -> Request {
        let token = form_token();
        let mut fields = fields.to_vec();
        if fields.iter().all(|(name, _)| *name != "ma_phieu") {
            fields.push(("ma_phieu", &token));
        }
        self.request("POST", "/gop-y").form(&fields)
    }

    /// Makes a request that sends feedback with this form token and text.
    pub fn text_feedback(&self, token: &str, text: &str) -> Request {
        let own = [("ma_phieu", token), ("noi_dung", text)];
        self.feedback(&[&GENERAL[..], &own].concat())
    }

    /// Makes a request in which [`SENDER`] reports an error.
    pub fn error_report(&self, text: &str) -> Request {
        self.feedback(&[&SENDER[..], &[("loai", "bao-sai"), ("noi_dung", text)]].concat())
    }

    /// Sends the feedback form with these fields, and with a form token if they contain none.
    pub fn submit(&self, fields: &[(&str, &str)]) -> Answer {
        self.feedback(fields).send()
    }

    /// Sends feedback with this text, and returns the address of its receipt.
    #[track_caller]
    pub fn submit_text(&self, text: &str) -> String {
        self.text_feedback(&form_token(), text).send().assert_taken()
    }

    /// Does an action on the receipt at this address: withdraws the submission (`rut`) or erases its identity (`xoa`).
    /// If the sender gave a telephone number or an e-mail address, the portal requires that `contact` is one of them.
    pub fn act(&self, receipt: &str, action: &str, contact: &str) -> Answer {
        let request = self.request("POST", &format!("{receipt}?viec={action}"));
        request.form(&[("lien_lac", contact)]).send()
    }

    /// Does an action as [`SENDER`], and asserts that the answer redirects to the receipt.
    #[track_caller]
    pub fn act_as_sender(&self, receipt: &str, action: &str) {
        assert_eq!(self.act(receipt, action, PHONE).assert_taken(), receipt);
    }

    /// Runs the upkeep as its cron trigger does, with these faults injected.
    #[track_caller]
    pub fn upkeep(&self, faults: &str) {
        let path = format!("/cdn-cgi/handler/scheduled?cron=fault:{faults}");
        self.get(&path).assert_status(200);
    }

    /// Returns the rows of the submissions with this text, each with the identity of its sender.
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
