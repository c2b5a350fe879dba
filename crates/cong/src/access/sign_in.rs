//! Answers requests to the stand-in for Cloudflare Access: serves the public keys and the sign-in page, sets the cookie
//! with the token, and signs visitors out.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::json;

use super::pages;
use super::sample_editors::{EDITORS, SampleEditor};
use super::signer::Signer;

/// The audience tag of the portal in Access: the claim `aud` of the tokens.
pub const AUDIENCE: &str = "cong-on-this-machine";

const COOKIE: &str = "CF_Authorization";
/// The attributes of the cookie with the token. Browsers send a cookie to all ports of a host, so they send this one to
/// the portal too.
const COOKIE_SCOPE: &str = "HttpOnly; SameSite=Lax; Path=/";
/// How long a sign-in lasts, in seconds: 24 hours, the default of Access.
const SESSION: u64 = 24 * 3600;

pub struct SignIn {
    pub signer: Signer,
    /// The base URL of the portal, without a slash at the end.
    pub portal: String,
    /// The base URL of the stand-in, without a slash at the end.
    pub team: String,
}

pub struct Asked<'a> {
    pub method: &'a str,
    /// The path and the query of the request.
    pub url: &'a str,
    pub host: Option<&'a str>,
    pub origin: Option<&'a str>,
    pub body: &'a str,
}

pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl SignIn {
    pub fn answer(&self, asked: &Asked<'_>) -> Reply {
        // Requests for other host names are rejected. Otherwise a site could reach the stand-in through a host name of
        // its own (DNS rebinding).
        if asked.host != self.team.strip_prefix("http://") {
            return self.refuse(403, "Chỉ mở được trang này tại máy đang chạy cổng.");
        }
        let (path, query) = asked.url.split_once('?').unwrap_or((asked.url, ""));
        let action = path.strip_prefix("/cdn-cgi/access/").unwrap_or_default();
        match (asked.method, action.split_once('/').unwrap_or((action, ""))) {
            ("GET", ("certs", "")) => Reply {
                status: 200,
                headers: vec![("content-type", "application/json".to_owned())],
                body: self.signer.key_set().to_string(),
            },
            ("GET" | "POST", ("login", portal)) => self.login(asked, portal, query),
            ("GET", ("logout", "")) => self.logout(),
            _ => self.refuse(404, "Không có trang này."),
        }
    }

    fn login(&self, asked: &Asked<'_>, portal: &str, query: &str) -> Reply {
        let is_ours = self.portal.strip_prefix("http://") == Some(portal);
        if !is_ours || value(query, "kid").as_deref() != Some(AUDIENCE) {
            return self.refuse(404, "Địa chỉ đăng nhập không phải của cổng này.");
        }
        // The path is appended to the portal's address, so it cannot lead to another host.
        let path = value(query, "redirect_url").unwrap_or_else(|| "/".to_owned());
        if !path.starts_with('/') || path.chars().any(|c| c.is_control() || c == '\\') {
            return self.refuse(400, "Chỉ quay lại được một trang của cổng.");
        }
        if asked.method == "GET" {
            return self.page(200, pages::login(asked.url));
        }
        // Browsers send the origin of a form; a form on another site must not sign anybody in (CSRF).
        if asked.origin.is_some_and(|origin| origin != self.team) {
            return self.refuse(403, "Biểu mẫu được gửi từ một trang khác.");
        }
        let email = value(asked.body, "email").unwrap_or_default();
        let Some(editor) = EDITORS.iter().find(|editor| editor.email == email) else {
            return self.refuse(400, "Hãy chọn một trong hai người.");
        };
        match self.token(editor) {
            Ok(token) => {
                let cookie = format!("{COOKIE}={token}; Max-Age={SESSION}; {COOKIE_SCOPE}");
                let location = format!("{}{}", self.portal, encoded(&path));
                let mut reply = self.page(302, pages::message("Đã đăng nhập", &location));
                reply.headers.extend([("set-cookie", cookie), ("location", location)]);
                reply
            }
            Err(error) => self.refuse(500, &error.to_string()),
        }
    }

    fn logout(&self) -> Reply {
        let mut reply = self.page(200, pages::message("Đã đăng xuất", &self.portal));
        reply.headers.push(("set-cookie", format!("{COOKIE}=; Max-Age=0; {COOKIE_SCOPE}")));
        reply
    }

    /// Makes a signed token for an editor, with the claims that Access puts into its own tokens.
    fn token(&self, editor: &SampleEditor) -> Result<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let nonce = getrandom::u64()?;
        self.signer.token(&json!({
            "aud": [AUDIENCE],
            "email": editor.email,
            "exp": now + SESSION,
            "iat": now,
            "nbf": now,
            "iss": self.team,
            "type": "app",
            "identity_nonce": format!("{nonce:016x}"),
            "sub": editor.id,
            "country": "VN",
        }))
    }

    fn refuse(&self, status: u16, why: &str) -> Reply {
        self.page(status, pages::message(why, &self.portal))
    }

    fn page(&self, status: u16, page: maud::Markup) -> Reply {
        // The answer to the form redirects to the portal, so `form-action` must allow the portal too.
        let policy = format!(
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
            self.portal
        );
        let headers = vec![
            ("content-type", "text/html; charset=utf-8".to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("referrer-policy", "same-origin".to_owned()),
            ("content-security-policy", policy),
        ];
        Reply { status, headers, body: page.into_string() }
    }
}

/// The value of the field `name` in a form or query string.
fn value(form: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(form.as_bytes());
    pairs.find(|(field, _)| field == name).map(|(_, value)| value.into_owned())
}

/// Percent-encodes the characters that a header cannot contain. Existing escapes are kept.
fn encoded(path: &str) -> String {
    const UNFIT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');
    utf8_percent_encode(path, UNFIT).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static SIGN_IN: LazyLock<SignIn> = LazyLock::new(|| SignIn {
        signer: Signer::load_or_make(
            &std::env::temp_dir().join(format!("cong-access-{}.pem", std::process::id())),
        )
        .unwrap(),
        portal: "http://localhost:8787".to_owned(),
        team: "http://localhost:9787".to_owned(),
    });
    const LOGIN: &str =
        "/cdn-cgi/access/login/localhost:8787?kid=cong-on-this-machine&redirect_url=%2Fbien-tap";
    const LAN: &str = "email=lan.tran%40cong.example";

    fn get(url: &str) -> Asked<'_> {
        Asked { method: "GET", url, host: Some("localhost:9787"), origin: None, body: "" }
    }

    fn post<'a>(url: &'a str, body: &'a str) -> Asked<'a> {
        Asked { method: "POST", body, ..get(url) }
    }

    fn header(reply: &Reply, name: &str) -> Option<String> {
        reply.headers.iter().find(|(is, _)| *is == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn signing_in_sets_the_cookie_and_leads_back_to_the_portal() {
        let page = SIGN_IN.answer(&get(LOGIN));
        assert_eq!(page.status, 200);
        for editor in &EDITORS {
            assert!(page.body.contains(editor.name) && page.body.contains(editor.email));
        }
        let reply = SIGN_IN.answer(&post(LOGIN, LAN));
        assert_eq!(reply.status, 302);
        assert_eq!(header(&reply, "location").unwrap(), "http://localhost:8787/bien-tap");
        let cookie = header(&reply, "set-cookie").unwrap();
        assert!(cookie.starts_with("CF_Authorization=ey"), "{cookie}");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
    }

    #[test]
    fn signing_out_deletes_the_cookie() {
        let reply = SIGN_IN.answer(&get("/cdn-cgi/access/logout"));
        let cookie = header(&reply, "set-cookie").unwrap();
        assert!(cookie.starts_with("CF_Authorization=; Max-Age=0;"), "{cookie}");
    }

    #[test]
    fn sign_in_redirects_only_to_the_portal() {
        for path in [
            "https://xa.example/",
            "@xa.example",
            "",
            ".xa.example",
            "/%5Cxa.example",
            "/%0D%0Ax:y",
        ] {
            let path = path.replace("https://", "https%3A%2F%2F");
            let url = format!("{}{path}", LOGIN.strip_suffix("%2Fbien-tap").unwrap());
            assert_eq!(SIGN_IN.answer(&post(&url, LAN)).status, 400, "{path}");
        }
        let url = LOGIN.replace("%2Fbien-tap", "%2F%2Fxa.example");
        let reply = SIGN_IN.answer(&post(&url, LAN));
        assert_eq!(header(&reply, "location").unwrap(), "http://localhost:8787//xa.example");
    }

    #[test]
    fn forms_of_other_sites_and_requests_for_other_hosts_are_refused() {
        let foreign = Asked { origin: Some("https://xa.example"), ..post(LOGIN, LAN) };
        assert_eq!(SIGN_IN.answer(&foreign).status, 403);
        let hidden = Asked { origin: Some("null"), ..post(LOGIN, LAN) };
        assert_eq!(SIGN_IN.answer(&hidden).status, 403);
        let own = Asked { origin: Some("http://localhost:9787"), ..post(LOGIN, LAN) };
        assert_eq!(SIGN_IN.answer(&own).status, 302);
        let renamed = Asked { host: Some("xa.example:9787"), ..get("/cdn-cgi/access/certs") };
        assert_eq!(SIGN_IN.answer(&renamed).status, 403);
    }

    #[test]
    fn only_the_sample_editors_can_sign_in() {
        for body in ["", "email=khac%40cong.example", "email="] {
            let reply = SIGN_IN.answer(&post(LOGIN, body));
            assert_eq!((reply.status, header(&reply, "set-cookie")), (400, None), "{body}");
        }
    }

    #[test]
    fn sign_in_pages_of_other_applications_do_not_exist() {
        for (ours, other) in [("cong-on", "khac-on"), ("localhost:8787", "localhost:8788")] {
            assert_eq!(SIGN_IN.answer(&get(&LOGIN.replace(ours, other))).status, 404, "{other}");
        }
        assert_eq!(SIGN_IN.answer(&get("/")).status, 404);
    }

    #[test]
    fn the_key_is_kept_unless_its_file_is_damaged() {
        let file =
            std::env::temp_dir().join(format!("cong-access-again-{}.pem", std::process::id()));
        let first = Signer::load_or_make(&file).unwrap().key_set();
        assert_eq!(Signer::load_or_make(&file).unwrap().key_set(), first);
        std::fs::write(&file, "hỏng").unwrap();
        assert_ne!(Signer::load_or_make(&file).unwrap().key_set(), first);
        std::fs::remove_file(&file).unwrap();
    }
}
