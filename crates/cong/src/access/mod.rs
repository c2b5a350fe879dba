//! A local stand-in for Cloudflare Access, so that the desk can be tried on this machine. It serves the endpoints of
//! Access that the Worker and browsers use, issues tokens in the same form, and lets anyone sign in as one of two
//! sample editors. It listens on the loopback interface only, and the Worker accepts its tokens only on localhost.

mod pages;
mod sample_editors;
mod sign_in;
mod signer;

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

use crate::language::say;
use sample_editors::EDITORS;
use sign_in::{AUDIENCE, Asked, Reply, SignIn};
use signer::Signer;

/// The port of the stand-in for Cloudflare Access minus the port of the portal. If the resulting port is taken, the
/// stand-in uses any free port.
const PORT_DISTANCE: u16 = 1000;
/// The maximum length of a request body, in bytes, which is more than the sign-in form needs. The rest of a longer body
/// is not read.
const MAX_BODY_BYTES: u64 = 4096;

/// The running stand-in for Cloudflare Access. It stops when the process ends.
pub struct StandIn {
    team: String,
}

impl StandIn {
    /// Starts the stand-in for the portal at this port. The signing key is kept in `state`, the folder of local
    /// storage, so that editors stay signed in when the portal is restarted.
    pub fn start(state: &Path, portal_port: u16) -> Result<Self> {
        let preferred = portal_port.checked_add(PORT_DISTANCE).unwrap_or(0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, preferred))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .with_context(|| {
                say!(
                    "Không còn cổng mạng nào cho việc đăng nhập",
                    "No port is free for the sign-in"
                )
            })?;
        let team = format!("http://localhost:{}", listener.local_addr()?.port());
        let sign_in = SignIn {
            signer: Signer::load_or_make(&state.join("cong-access.pem"))?,
            portal: format!("http://localhost:{portal_port}"),
            team: team.clone(),
        };
        let server = Server::from_listener(listener, None).map_err(|error| anyhow!(error))?;
        thread::spawn(move || {
            for request in server.incoming_requests() {
                // The visitor may have disconnected before the answer.
                let _ = answer(&sign_in, request);
            }
        });
        Ok(Self { team })
    }

    /// The settings, as `NAME:VALUE`, with which the Worker accepts the tokens of this stand-in and knows which editors
    /// are publishers.
    pub fn settings(&self) -> [String; 3] {
        let publishers: Vec<_> = EDITORS
            .iter()
            .filter(|editor| editor.is_publisher)
            .map(|editor| editor.email)
            .collect();
        [
            format!("ACCESS_TEAM:{}", self.team),
            format!("ACCESS_AUDIENCE:{AUDIENCE}"),
            format!("PUBLISHERS:{}", publishers.join(" ")),
        ]
    }

    /// The base URL of the stand-in, without a slash at the end. It is the value of the setting `ACCESS_TEAM`.
    pub fn team(&self) -> &str {
        &self.team
    }
}

fn answer(sign_in: &SignIn, mut request: Request) -> Result<()> {
    let mut body = String::new();
    // A body that is not valid UTF-8 counts as empty, because the sign-in form sends only valid UTF-8.
    let _ = request.as_reader().take(MAX_BODY_BYTES).read_to_string(&mut body);
    let header = |name: &'static str| {
        let header = request.headers().iter().find(|header| header.field.equiv(name));
        header.map(|header| header.value.as_str())
    };
    let reply = sign_in.answer(&Asked {
        method: request.method().as_str(),
        url: request.url(),
        host: header("Host"),
        origin: header("Origin"),
        body: &body,
    });
    let Reply { status, headers, body } = reply;
    let mut response = Response::from_string(body).with_status_code(status);
    for (name, value) in headers {
        let header = Header::from_bytes(name, value);
        response = response.with_header(header.map_err(|()| anyhow!("{name} is no header"))?);
    }
    Ok(request.respond(response)?)
}
