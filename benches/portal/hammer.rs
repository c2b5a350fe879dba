//! The load generator: persistent connections, each of which sends the next request as soon as the previous one is
//! answered.

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

/// The number of requests sent so far. It replaces [`NUMBER`] in paths, so that each request has another path.
static ASKED: AtomicU64 = AtomicU64::new(0);

pub const CONNECTIONS: usize = 16;

/// A placeholder in a path. It is replaced by a different number in each request.
pub const NUMBER: &str = "{n}";

/// A request that is sent repeatedly, and what is expected of its answers.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    /// The path, in which each [`NUMBER`] is replaced.
    pub path: String,
    pub if_none_match: Option<String>,
    /// The status that every answer must have.
    pub status: u16,
    /// The id of the server's process, whose CPU time is measured.
    pub process: u32,
}

/// Throughput, latencies and body sizes of the requests that were sent to one target.
pub struct Load {
    pub per_second: f64,
    /// For each request, the time from sending it until its answer was read; in ascending order.
    latencies: Vec<Duration>,
    /// The lengths in bytes of the shortest and of the longest body.
    pub bytes: (usize, usize),
    /// The CPU time that the server used per request, in clock ticks; `None` if the system does not report it.
    pub cpu_time: Option<f64>,
}

impl Load {
    /// The time within which `of_a_thousand` out of a thousand requests were answered.
    pub fn quantile(&self, of_a_thousand: usize) -> Duration {
        let rank = self.latencies.len().saturating_sub(1) * of_a_thousand / 1000;
        self.latencies.get(rank).copied().unwrap_or_default()
    }
}

/// Sends requests to a target for `duration`, on [`CONNECTIONS`] connections at once.
///
/// # Errors
/// Fails if an answer has another status than expected, or a connection breaks.
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

/// The CPU time (user and system) of a process so far, in clock ticks of Linux.
fn cpu_time(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The process name before them is in brackets, and may contain anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut ticks = fields.split(' ').skip(11).map_while(|field| field.parse::<u64>().ok());
    Some(ticks.next()? + ticks.next()?)
}

/// Repeats a request until `end`. Returns the time and the body length of each answer.
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

/// A persistent HTTP connection.
pub struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

/// An answer whose body has been read completely.
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
        // An error of the driver also reaches the caller that waits for an answer.
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
