//! The load: connections that are kept, each asking again as soon as it was answered.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How many requests were begun.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// Connections at once.
pub const CONNECTIONS: usize = 16;

/// In a path: a number that no other request has.
pub const NUMBER: &str = "{n}";

/// One request, to be sent over and over again.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    /// Each `NUMBER` in it is another with each request.
    pub path: String,
    pub if_none_match: Option<String>,
    /// The status that every answer must have.
    pub status: u16,
    /// The process that answers.
    pub process: u32,
}

/// What came of it.
pub struct Load {
    pub per_second: f64,
    /// Of each request until its answer was read, the shortest first.
    latencies: Vec<Duration>,
    /// Of the body of the shortest answer and of the longest.
    pub bytes: (usize, usize),
    /// Of a request, in a unit of the system's; `None` where it does not tell.
    pub cpu_time: Option<f64>,
}

impl Load {
    /// How long so many of a thousand requests took at most.
    pub fn quantile(&self, of_a_thousand: usize) -> Duration {
        let rank = self.latencies.len().saturating_sub(1) * of_a_thousand / 1000;
        self.latencies.get(rank).copied().unwrap_or_default()
    }
}

/// Loads an address for that long.
///
/// # Errors
/// An answer has another status, or a connection broke.
pub fn hammer(target: &Target, duration: Duration) -> Result<Load> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let cpu_before = cpu_time(target.process);
    runtime.block_on(async {
        let started = Instant::now();
        let mut connections = JoinSet::new();
        for _ in 0..CONNECTIONS {
            connections.spawn(ask(target.clone(), started + duration));
        }
        let (mut latencies, mut bytes) = (Vec::new(), (usize::MAX, 0));
        while let Some(asked) = connections.join_next().await {
            for (latency, length) in asked?? {
                latencies.push(latency);
                bytes = (bytes.0.min(length), bytes.1.max(length));
            }
        }
        let per_second = latencies.len() as f64 / started.elapsed().as_secs_f64();
        let cpu_time = cpu_time(target.process)
            .zip(cpu_before)
            .map(|(after, before)| after.saturating_sub(before) as f64 / latencies.len() as f64);
        latencies.sort_unstable();
        Ok(Load { per_second, latencies, bytes, cpu_time })
    })
}

/// What a process has used so far, in ticks of the clock of Linux: of its own code and of the system's for it.
fn cpu_time(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before, in brackets, may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut ticks = fields.split(' ').skip(11).map_while(|field| field.parse::<u64>().ok());
    Some(ticks.next()? + ticks.next()?)
}

/// How long each answer took, and how many bytes its body has.
async fn ask(target: Target, end: Instant) -> Result<Vec<(Duration, usize)>> {
    let mut connection = Connection::open(target.address).await?;
    let mut asked = Vec::new();
    while Instant::now() < end {
        let number = ASKED.fetch_add(1, Ordering::Relaxed);
        let path = target.path.replace(NUMBER, &number.to_string());
        let mut request = Request::get(path);
        if let Some(tag) = &target.if_none_match {
            request = request.header("if-none-match", tag);
        }
        let sent = Instant::now();
        let answer = connection.send(request.body(Full::default())?).await?;
        asked.push((sent.elapsed(), answer.body.len()));
        let status = answer.status.as_u16();
        ensure!(status == target.status, "{} was answered with {status}", target.path);
    }
    Ok(asked)
}

/// A connection that is kept.
pub struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

/// An answer that was read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, driver) = handshake(TokioIo::new(stream)).await?;
        // What goes wrong there, who waits for an answer hears of.
        tokio::spawn(async { driver.await.ok() });
        Ok(Self { host: address.to_string(), sender })
    }

    pub async fn send(&mut self, mut request: Request<Full<Bytes>>) -> Result<Answer> {
        request.headers_mut().insert("host", self.host.parse()?);
        self.sender.ready().await?;
        let path = request.uri().to_string();
        let response = self.sender.send_request(request).await.context(path)?;
        let (head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Answer { status: head.status, headers: head.headers, body })
    }
}
