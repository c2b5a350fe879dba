//! A stand-in for a team of Cloudflare Access (an organisation with its keys). Tests control how its key endpoint
//! answers.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use serde_json::json;
use tiny_http::{Header, Response, Server};

use super::tokens::TokenKey;

/// The stand-in for a team. It answers until the test run ends.
pub struct Team {
    /// The team's address, which is also the issuer (`iss`) of its tokens.
    pub address: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    behaviour: Behaviour,
    fetches: usize,
}

/// How the key endpoint answers.
#[derive(Clone)]
pub enum Behaviour {
    /// It answers with these keys.
    Publishes(Vec<serde_json::Value>),
    Fails,
    /// It does not answer for 30 seconds, which is longer than the Worker waits.
    KeepsSilent,
    RedirectsTo(String),
    /// It answers with a body of 8 MiB.
    AnswersMegabytes,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self::Publishes(Vec::new())
    }
}

impl Team {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let server = Server::from_listener(listener, None).unwrap();
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for request in server.incoming_requests() {
                assert_eq!(request.url(), "/cdn-cgi/access/certs");
                let mut state = shared.lock().unwrap();
                state.fetches += 1;
                let behaviour = state.behaviour.clone();
                drop(state);
                let _ = match behaviour {
                    Behaviour::Publishes(keys) => {
                        request.respond(Response::from_string(json!({ "keys": keys }).to_string()))
                    }
                    Behaviour::Fails => {
                        request.respond(Response::from_string("").with_status_code(502))
                    }
                    Behaviour::KeepsSilent => {
                        thread::spawn(move || {
                            thread::sleep(Duration::from_secs(30));
                            drop(request);
                        });
                        Ok(())
                    }
                    Behaviour::RedirectsTo(address) => {
                        let location = Header::from_bytes("location", address).unwrap();
                        let moved = Response::from_string("").with_status_code(302);
                        request.respond(moved.with_header(location))
                    }
                    Behaviour::AnswersMegabytes => {
                        let long = format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(8 << 20));
                        request.respond(Response::from_string(long))
                    }
                };
            }
        });
        Self { address, state }
    }

    /// Sets how the key endpoint answers from now on.
    pub fn behaves(&self, behaviour: Behaviour) {
        self.state().behaviour = behaviour;
    }

    /// Publishes exactly these keys from now on.
    pub fn publishes(&self, keys: &[&TokenKey]) {
        self.behaves(Behaviour::Publishes(keys.iter().map(|key| key.published()).collect()));
    }

    /// The number of requests for the keys so far.
    pub fn fetches(&self) -> usize {
        self.state().fetches
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}
