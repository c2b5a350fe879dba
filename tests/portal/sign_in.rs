//! Sign-in at the desk: which tokens are accepted or refused, and what happens when the keys of the Cloudflare Access
//! team change.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::harness::{
    Answer, Behaviour, Portal, Request, Team, TokenKey, claims, eventually, now, own_portal_with,
    portal, token,
};

const DESK: &str = "/bien-tap";

#[test]
fn a_sign_in_with_the_stand_in_leads_to_the_desk() {
    let login = portal().login_url();
    let (team, path) = login.split_at(login.find("/cdn-cgi/").unwrap());
    let team_port = team.rsplit_once(':').unwrap().1.parse().unwrap();

    let page = Request::new(team_port, "GET", path).send().assert_status(200);
    page.assert_contains("minh.le@cong.example").assert_runs_no_script();
    let signed_in = Request::new(team_port, "POST", path)
        .header("origin", team)
        .form(&[("email", "minh.le@cong.example")])
        .send();
    let desk = format!("{}{DESK}", portal().origin());
    let signed_in = signed_in.assert_redirect(302, &desk);
    let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap();
    let page = portal().request("GET", DESK).header("cookie", cookie).send().assert_status(200);
    page.assert_not_stored().assert_contains("minh.le@cong.example");

    let signed_out = Request::new(team_port, "GET", "/cdn-cgi/access/logout").send();
    let cookie = signed_out.header("set-cookie").unwrap().split(';').next().unwrap();
    portal().request("GET", DESK).header("cookie", cookie).send().assert_status(401);
}

#[test]
fn editors_with_a_token_of_the_stand_in_can_open_the_desk() {
    portal().editor().get(DESK).assert_status(200).assert_contains("lan.tran@cong.example");
    portal().publisher().get(DESK).assert_status(200).assert_contains("minh.le@cong.example");
    portal().get(DESK).assert_status(401).assert_not_stored().assert_lacks("@cong.example");
}

/// A portal, and a stand-in for its team of Cloudflare Access whose keys the test controls.
struct Fixture {
    team: Team,
    portal: Portal,
}

impl Fixture {
    fn start(name: &str) -> Self {
        let team = Team::start();
        let settings = [&format!("ACCESS_TEAM:{}", team.address), "ACCESS_AUDIENCE:ban-bien-tap"];
        let portal = own_portal_with(name, &settings);
        Self { team, portal }
    }

    /// Returns the claims of a valid token, with the values of those in `changes` replaced.
    fn claims(&self, changes: Value) -> Value {
        let mut claims = claims(&self.team.address, "ban-bien-tap", "van.ha@cong.example");
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    fn with_token(&self, token: &str) -> Answer {
        self.portal.session(token.to_owned()).get(DESK)
    }

    /// Opens the desk with a token, under a clock that is `seconds` ahead.
    fn later(&self, seconds: i64, token: &str) -> Answer {
        let request = self.portal.session(token.to_owned()).request("GET", DESK);
        request.fault(&format!("clock={}", now().0 + seconds)).send()
    }
}

#[test]
fn only_a_valid_token_of_the_team_for_this_desk_is_accepted() {
    let fixture = Fixture::start("sign-in");
    let (key, other) = (TokenKey::new("k1"), TokenKey::new("k1"));
    fixture.team.publishes(&[&key]);
    let signed = |changes: Value| key.sign(&fixture.claims(changes));
    let good = signed(json!({}));
    fixture.with_token(&good).assert_status(200).assert_contains("van.ha@cong.example");
    fixture.with_token(&signed(json!({ "aud": "ban-bien-tap" }))).assert_status(200);

    let now = now().0;
    let public_key = key.published();
    let hs256 = |secret: &str| {
        let header = json!({ "alg": "HS256", "kid": "k1" });
        token(&header, &fixture.claims(json!({})), |text| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
            mac.update(text);
            mac.finalize().into_bytes().to_vec()
        })
    };
    let none = |alg: &str| {
        let header = json!({ "alg": alg, "kid": "k1" });
        token(&header, &fixture.claims(json!({})), |_| Vec::new())
    };
    let tampered = {
        let theirs = signed(json!({ "email": "ai.do@cong.example" }));
        let parts: Vec<_> = theirs.split('.').collect();
        let (_, signature) = good.rsplit_once('.').unwrap();
        format!("{}.{}.{signature}", parts[0], parts[1])
    };
    let own_key_within = {
        let header = json!({ "alg": "RS256", "kid": "k1", "jwk": other.published() });
        let claims = fixture.claims(json!({}));
        let by_other = other.sign(&claims);
        let (_, signature) = by_other.rsplit_once('.').unwrap();
        let unsigned = token(&header, &claims, |_| Vec::new());
        format!("{unsigned}{signature}")
    };
    let refused = [
        ("expired", signed(json!({ "exp": now - 60 })), "expired"),
        ("not yet valid", signed(json!({ "nbf": now + 600 })), "not valid yet"),
        ("issued in the future", signed(json!({ "iat": now + 600 })), "not valid yet"),
        ("without an end", signed(json!({ "exp": null })), "no signed token"),
        ("wrong audience", signed(json!({ "aud": ["khac"] })), "ACCESS_AUDIENCE"),
        ("no audience", signed(json!({ "aud": [] })), "ACCESS_AUDIENCE"),
        ("wrong issuer", signed(json!({ "iss": "https://khac.example" })), "ACCESS_TEAM"),
        ("of the whole team", signed(json!({ "type": "org" })), "type"),
        ("service token", signed(json!({ "common_name": "may", "sub": "" })), "service token"),
        ("without an address", signed(json!({ "email": "" })), "e-mail"),
        ("alg none", none("none"), "RS256"),
        ("alg None", none("None"), "RS256"),
        ("RS256 without a signature", none("RS256"), "signature"),
        ("HS256, modulus", hs256(public_key["n"].as_str().unwrap()), "RS256"),
        ("HS256, key as published", hs256(&public_key.to_string()), "RS256"),
        ("HS256, key in PEM", hs256(&key.pem()), "RS256"),
        ("another key of the name", other.sign(&fixture.claims(json!({}))), "signature"),
        ("with its own key", own_key_within, "signature"),
        (
            "unknown key",
            TokenKey::new("k2").sign(&fixture.claims(json!({}))),
            "does not have its key",
        ),
        ("tampered", tampered, "signature"),
        ("cut", good[..good.len() - 10].to_owned(), "signature"),
        ("no token", "x".to_owned(), "no signed token"),
        ("endless", "x".repeat(10_000), "too long"),
    ];
    for (what, token, reason) in refused {
        let before = fixture.portal.logged().len();
        let answer = fixture.with_token(&token);
        assert_eq!(answer.status, 403, "{what}");
        answer.assert_not_stored().assert_lacks("cong.example");
        eventually(&format!("{what}: {reason:?} in the log"), || {
            let logged = fixture.portal.logged();
            let refusals = logged[before..].split("was refused: ").skip(1);
            refusals.last()?.lines().next()?.contains(reason).then_some(())
        });
    }
    for token in [&good, "van.ha@cong.example"] {
        assert!(!fixture.portal.logged().contains(token), "{token} is in the log");
    }

    // Only Cloudflare Access sets the header, so the header takes precedence over the cookie.
    let both = |header: &str, cookie: &str| {
        let request = fixture.portal.session(cookie.to_owned()).request("GET", DESK);
        request.header("cf-access-jwt-assertion", header).send()
    };
    both(&good, "x").assert_status(200);
    both("x", &good).assert_status(403);
    both("", &good).assert_status(403);
}

#[test]
fn keys_are_cached_for_minutes_replaced_at_once_and_fetched_at_a_limited_rate() {
    let fixture = Fixture::start("sign-in-keys");
    let team = &fixture.team;
    let [first, second, third] = ["k1", "k2", "k3"].map(TokenKey::new);
    let sign = |key: &TokenKey| key.sign(&fixture.claims(json!({})));

    // While no keys can be fetched, everybody gets 503, and nobody is told that the token is invalid.
    let elsewhere = Team::start();
    elsewhere.publishes(&[&first]);
    let away = [
        Behaviour::Fails,
        Behaviour::KeepsSilent,
        Behaviour::AnswersMegabytes,
        Behaviour::RedirectsTo(format!("{}/cdn-cgi/access/certs", elsewhere.address)),
        Behaviour::Publishes(Vec::new()),
    ];
    for behaviour in away {
        team.behaves(behaviour);
        fixture.with_token(&sign(&first)).assert_status(503).assert_not_stored();
    }
    assert_eq!(elsewhere.fetches(), 0, "a redirect was followed");

    team.publishes(&[&first]);
    fixture.later(100, &sign(&first)).assert_status(200);
    let fetches = team.fetches();
    for _ in 0..5 {
        fixture.later(101, &sign(&first)).assert_status(200);
    }
    assert_eq!(team.fetches(), fetches, "cached keys were fetched again");

    // A new key is accepted at once. An old key is accepted until the team removes it, and never again afterwards.
    team.publishes(&[&first, &second]);
    fixture.later(102, &sign(&second)).assert_status(200);
    fixture.later(102, &sign(&first)).assert_status(200);
    team.publishes(&[&second, &third]);
    fixture.later(103, &sign(&third)).assert_status(200);
    fixture.later(103, &sign(&first)).assert_status(403);
    team.behaves(Behaviour::Fails);
    fixture.later(104, &sign(&first)).assert_status(503);

    // While the team is unavailable, its last keys are accepted for an hour.
    fixture.later(1_000, &sign(&second)).assert_status(200);
    fixture.later(5_000, &sign(&second)).assert_status(503);
    team.publishes(&[&third]);
    fixture.later(5_001, &sign(&second)).assert_status(403);

    // A key that the team removed is refused after at most five minutes, even if no token with a new key arrives.
    team.publishes(&[&first]);
    fixture.later(5_200, &sign(&third)).assert_status(200);
    fixture.later(5_400, &sign(&third)).assert_status(403);

    // Forged tokens neither flood the team with requests nor lock out editors.
    let fetches = team.fetches();
    for number in 0..40 {
        let header = json!({ "alg": "RS256", "kid": format!("giả {number}") });
        let forged = token(&header, &fixture.claims(json!({})), |_| vec![0; 256]);
        fixture.later(5_600, &forged).assert_status(403);
    }
    let asked = team.fetches() - fetches;
    assert!((1..=10).contains(&asked), "fetched {asked} times");
    fixture.later(5_600, &sign(&first)).assert_status(200);
}

#[test]
fn a_public_portal_rejects_an_issuer_without_https() {
    let team = Team::start();
    let key = TokenKey::new("k1");
    team.publishes(&[&key]);
    let settings = [
        "BASE_URL:https://cong.example",
        &format!("ACCESS_TEAM:{}", team.address),
        "ACCESS_AUDIENCE:ban-bien-tap",
    ];
    let portal = own_portal_with("sign-in-public", &settings);
    let token = key.sign(&claims(&team.address, "ban-bien-tap", "van.ha@cong.example"));
    let closed = portal.session(token).get(DESK).assert_status(503).assert_not_stored();
    // The page names the setting that is wrong.
    closed.assert_contains("ACCESS_TEAM");
    assert_eq!(team.fetches(), 0, "the keys were fetched");
}
