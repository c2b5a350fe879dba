//! Sends feedback: each simulated sender opens the form, waits until the form is old enough to be accepted, and sends
//! it with a unique text from a unique network address.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use http_body_util::Full;
use hyper::{Method, Request, StatusCode};

use super::tally::Tally;
use crate::hammer::Connection;

const FORM: &str = "/gop-y";
/// How long a sender waits between opening a form and sending it. The portal accepts a form only if its token is at
/// least three seconds old, counted in whole seconds.
const LEAST_AGE: Duration = Duration::from_secs(4);
const RECEIPTS: &str = "/gop-y/da-nhan/";

/// The forms that were opened on one connection and not sent yet.
pub struct Forms {
    /// The number of the connection, which makes network addresses and texts unique.
    connection: usize,
    sent: usize,
    open: VecDeque<(Instant, String)>,
}

impl Forms {
    pub fn new(connection: usize) -> Self {
        Self { connection, sent: 0, open: VecDeque::new() }
    }

    /// Opens a form. Then sends the form that has been open for the longest time, if it is old enough.
    pub async fn visit(&mut self, connection: &mut Connection, tally: &mut Tally) -> Result<()> {
        let form = connection.send(Request::get(FORM).body(Full::default())?).await?;
        tally.count(form.status);
        if form.status == StatusCode::OK {
            self.open.push_back((Instant::now(), form_token(std::str::from_utf8(&form.body)?)?));
        }
        let is_ripe = self.open.front().is_some_and(|(opened, _)| opened.elapsed() >= LEAST_AGE);
        if is_ripe && let Some((_, token)) = self.open.pop_front() {
            self.send(connection, &token, tally).await?;
        }
        Ok(())
    }

    async fn send(
        &mut self,
        connection: &mut Connection,
        token: &str,
        tally: &mut Tally,
    ) -> Result<()> {
        self.sent += 1;
        let text = format!("Góp ý thứ {} từ nơi thứ {}.", self.sent, self.connection);
        let fields =
            [("ma_phieu", token), ("loai", "gop-y"), ("tieu_de", "Góp ý"), ("noi_dung", &text)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let [_, .., high, low] = self.sent.to_be_bytes();
        let request = Request::builder()
            .method(Method::POST)
            .uri(FORM)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cf-connecting-ip", format!("10.{}.{high}.{low}", self.connection))
            .body(body.into())?;
        let answer = connection.send(request).await?;
        tally.count(answer.status);
        if answer.status == StatusCode::SEE_OTHER {
            let location =
                answer.headers.get("location").context("a redirect without a location")?;
            ensure!(
                location.to_str()?.starts_with(RECEIPTS),
                "{location:?} is not the address of a receipt"
            );
            tally.receipts += 1;
        }
        Ok(())
    }
}

fn form_token(page: &str) -> Result<String> {
    let (_, rest) =
        page.split_once("name=\"ma_phieu\" value=\"").context("the form has no token")?;
    let (token, _) = rest.split_once('"').context("the form token has no end")?;
    Ok(token.to_owned())
}
