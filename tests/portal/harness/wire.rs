//! Sends requests as raw bytes, including such as no client library would send, and reads answers as they arrive.

use std::io::{ErrorKind, Read, Write};
use std::iter;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderName, HeaderValue};

use super::{Answer, Portal, turns};

/// How long a read or write may block. It is long because the machine may be building at the same time.
const PATIENCE: Duration = Duration::from_secs(60);
const MAX_HEADERS: usize = 64;

impl Portal {
    /// Sends raw bytes. Returns `None` if the connection is closed without an answer.
    #[track_caller]
    pub fn send_bytes(&self, request: impl Into<Vec<u8>>) -> Option<Answer> {
        self.send_pieces(iter::once(request.into()))
    }

    /// Sends pieces of a request one by one, until an answer arrives or no piece is left.
    #[track_caller]
    pub fn send_pieces(&self, pieces: impl Iterator<Item = Vec<u8>> + Send) -> Option<Answer> {
        let _turn = turns::for_request(self.port);
        let mut stream = TcpStream::connect(("localhost", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        let mut writer = stream.try_clone().unwrap();
        let is_answered = AtomicBool::new(false);
        let is_head = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                for (number, piece) in pieces.enumerate() {
                    if number == 0 {
                        is_head.store(piece.starts_with(b"HEAD "), Ordering::Relaxed);
                    }
                    // A server may close the connection after its answer.
                    if is_answered.load(Ordering::Relaxed) || writer.write_all(&piece).is_err() {
                        return;
                    }
                }
            });
            let answer = read_answer(&mut stream, &is_head);
            is_answered.store(true, Ordering::Relaxed);
            answer
        })
    }

    /// Sends the beginning of a request, and closes the connection.
    #[track_caller]
    pub fn send_and_leave(&self, beginning: &[u8]) {
        let _turn = turns::for_request(self.port);
        let mut stream = TcpStream::connect(("localhost", self.port)).unwrap();
        stream.write_all(beginning).unwrap();
    }

    /// Sends a GET request whose target is exactly these bytes. `headers` consists of complete lines.
    #[track_caller]
    pub fn get_raw(&self, target: impl AsRef<[u8]>, headers: &str) -> Option<Answer> {
        self.send_bytes(self.raw_request("GET", target, headers))
    }

    /// Makes the bytes of a request without a body. `headers` consists of complete lines.
    pub fn raw_request(&self, method: &str, target: impl AsRef<[u8]>, headers: &str) -> Vec<u8> {
        let host = if headers.to_lowercase().starts_with("host:") {
            String::new()
        } else {
            format!("Host: localhost:{}\r\n", self.port)
        };
        let rest = format!(" HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n");
        [method.as_bytes(), b" ", target.as_ref(), rest.as_bytes()].concat()
    }
}

/// Reads an answer to its end. Returns `None` if the connection is closed before the first byte.
fn read_answer(stream: &mut TcpStream, is_head: &AtomicBool) -> Option<Answer> {
    let mut received = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let (count, is_over) = match stream.read(&mut buffer) {
            Ok(0) => (0, true),
            Ok(count) => (count, false),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => (0, true),
            Err(error) => panic!("reading failed: {error}, after {received:?}"),
        };
        received.extend_from_slice(&buffer[..count]);
        if let Some(answer) = parse(&received, is_head.load(Ordering::Relaxed), is_over) {
            return Some(answer);
        }
        if is_over {
            assert!(
                received.is_empty(),
                "the connection ended within an answer: {}",
                String::from_utf8_lossy(&received)
            );
            return None;
        }
    }
}

/// Parses an answer. Returns `None` while it is incomplete. `is_over` says that no more bytes will arrive.
fn parse(received: &[u8], is_head: bool, is_over: bool) -> Option<Answer> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Response::new(&mut fields);
    let httparse::Status::Complete(length) = head.parse(received).unwrap() else { return None };
    let status = head.code.unwrap();
    let mut headers = HeaderMap::new();
    for field in head.headers.iter() {
        let name = HeaderName::from_bytes(field.name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(field.value).unwrap());
    }
    let body = &received[length..];
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bytes = if is_head || matches!(status, 204 | 304) {
        Vec::new()
    } else if value("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        unchunked(body)?
    } else if let Some(length) = value("content-length") {
        body.get(..length.parse().unwrap())?.to_vec()
    } else if is_over {
        body.to_vec()
    } else {
        return None;
    };
    Some(Answer { status, headers, bytes })
}

/// Decodes a chunked body. Returns `None` until its last chunk has arrived.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let httparse::Status::Complete((start, size)) = httparse::parse_chunk_size(body).unwrap()
        else {
            return None;
        };
        let end = start + usize::try_from(size).unwrap();
        content.extend_from_slice(body.get(start..end)?);
        body = body.get(end + 2..)?;
        if size == 0 {
            return Some(content);
        }
    }
}
