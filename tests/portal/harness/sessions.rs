//! Editors who are signed in at the desk.

use super::tokens::{TokenKey, claims};
use super::{Answer, Portal, Request, eventually, receipt_code};

/// A signed-in editor of a portal, whose requests carry the session cookie.
pub struct Session<'a> {
    portal: &'a Portal,
    token: String,
}

impl Portal {
    /// Signs in as an editor, who reads and answers.
    pub fn editor(&self) -> Session<'_> {
        self.signed_in("lan.tran@cong.example")
    }

    /// Signs in as a publisher, who also releases and erases.
    pub fn publisher(&self) -> Session<'_> {
        self.signed_in("minh.le@cong.example")
    }

    /// Signs in with a token that is signed with the key of the portal's stand-in for Cloudflare Access.
    fn signed_in(&self, email: &str) -> Session<'_> {
        let login = self.login_url();
        let (team, rest) = login.split_once("/cdn-cgi/").unwrap();
        let (_, audience) = rest.split_once("kid=").unwrap();
        let audience = audience.split('&').next().unwrap();
        let key = TokenKey::of(self, &self.key_id(team));
        self.session(key.sign(&claims(team, audience, email)))
    }

    pub fn session(&self, token: String) -> Session<'_> {
        Session { portal: self, token }
    }

    /// Returns the address of the sign-in page to which the desk sends somebody who is not signed in.
    #[track_caller]
    pub fn login_url(&self) -> String {
        let page = self.get("/bien-tap").assert_status(401).text();
        let links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
        let mut logins = links.filter(|link| link.contains("/cdn-cgi/access/login/"));
        logins.next().expect("a link to sign in").replace("&amp;", "&")
    }

    /// Returns the id of the key with which the stand-in for Cloudflare Access signs tokens. `team` is its base URL.
    fn key_id(&self, team: &str) -> String {
        let (_, port) = team.rsplit_once(':').unwrap();
        let keys = Request::new(port.parse().unwrap(), "GET", "/cdn-cgi/access/certs").send();
        let keys: serde_json::Value = serde_json::from_slice(&keys.bytes).unwrap();
        keys["keys"][0]["kid"].as_str().unwrap().to_owned()
    }
}

impl Session<'_> {
    pub fn token(self) -> String {
        self.token
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        let cookie = format!("CF_Authorization={}", self.token);
        self.portal.request(method, path).header("cookie", &cookie)
    }

    /// Opens the page at `path`, and sends its form as a browser does, including the form token of the page.
    #[track_caller]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(path).assert_status(200).field("ma_phien");
        self.form(path, &[fields, &[("ma_phien", &token)]].concat()).send()
    }

    /// Makes a request that sends a form as from a page of the portal, but without a form token.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Request {
        self.request("POST", path).header("origin", &self.portal.origin()).form(fields)
    }

    /// Finds a submission by its receipt. Returns the address of its page at the desk.
    #[track_caller]
    pub fn find_submission(&self, receipt: &str) -> String {
        self.post("/bien-tap/y-kien", &[("ma", receipt_code(receipt))]).assert_taken()
    }

    /// Sends the form on the page at `path` that starts the sync, and repeats this until the form redirects to `done`,
    /// the page that says that the sync started by the form has finished. Returns that page. The form may fail at
    /// first, because other tests also start the sync, and only one run works at a time.
    #[track_caller]
    pub fn sync(&self, path: &str, done: &str) -> Answer {
        eventually("a sync of its own", || {
            let answer = self.post(path, &[]).assert_status(303).assert_not_stored();
            (answer.header("location") == Some(done)).then_some(())
        });
        self.get(done)
    }
}
