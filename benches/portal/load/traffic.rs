//! The mixed traffic of the load test: of a hundred requests, ninety go to articles, eight to lists and searches, and
//! two to the feedback form.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use cong_core::vietnamese::slug;
use http_body_util::Full;
use hyper::Request;
use tokio::task::JoinSet;

use super::submissions::Forms;
use super::tally::Tally;
use crate::articles;
use crate::hammer::{CONNECTIONS, Connection};
use crate::words::{TOPICS, Topic};

const TURNS: usize = 100;
const SUBMISSIONS: usize = 2;
const LISTS: usize = 8;
/// The distance, in the list of addresses, between two pages that are visited one after the other. It is a prime, so
/// that all pages are visited in the end.
const STRIDE: usize = 7_919;
/// The number of articles on each page of a list.
const LISTED: u32 = 20;
/// How many pages of the list of all articles are visited besides the first one.
const DEEPEST: usize = 20;

struct Pages {
    articles: Vec<String>,
    /// The addresses of lists and searches.
    lists: Vec<String>,
}

impl Pages {
    /// Returns the addresses for a portal with this number of articles.
    fn of(articles: u32) -> Self {
        let article = |number| format!("/bai-viet/{}", articles::article(number).slug);
        let page = |page| format!("/tin-bai?trang={page}");
        let category = |topic: &Topic| format!("/chuyen-muc/{}", slug(topic.category));
        let mut lists = vec!["/".to_owned(), "/tin-bai".to_owned()];
        lists.extend((2..=articles.div_ceil(LISTED)).take(DEEPEST).map(page));
        lists.extend(TOPICS.iter().map(category));
        lists.extend(TOPICS.iter().flat_map(|topic| topic.things).map(search));
        Self { articles: (0..articles).map(article).collect(), lists }
    }
}

fn search(words: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
    format!("/tim-kiem?{query}")
}

/// Sends mixed traffic to a portal with this number of articles for `duration`, on all connections at once.
///
/// # Errors
/// Fails if a connection breaks.
pub fn visit(address: SocketAddr, articles: u32, duration: Duration) -> Result<Tally> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let pages = Arc::new(Pages::of(articles));
    runtime.block_on(async {
        let end = Instant::now() + duration;
        let mut visitors = JoinSet::new();
        for number in 0..CONNECTIONS {
            visitors.spawn(visitor(number, address, Arc::clone(&pages), end));
        }
        let mut tally = Tally::default();
        while let Some(visited) = visitors.join_next().await {
            tally.add(&visited??);
        }
        Ok(tally)
    })
}

async fn visitor(
    number: usize,
    address: SocketAddr,
    pages: Arc<Pages>,
    end: Instant,
) -> Result<Tally> {
    let mut connection = Connection::open(address).await?;
    let mut forms = Forms::new(number);
    let mut tally = Tally::default();
    // Each connection begins with another part of the mix.
    for turn in number * TURNS / CONNECTIONS.. {
        if Instant::now() >= end {
            break;
        }
        let next = |among: &[String]| among[(number + turn * STRIDE) % among.len()].clone();
        let kind = turn % TURNS;
        if kind < SUBMISSIONS {
            forms.visit(&mut connection, &mut tally).await?;
            continue;
        }
        let is_list = kind < SUBMISSIONS + LISTS;
        let path = next(if is_list { &pages.lists } else { &pages.articles });
        let answer = connection.send(Request::get(path).body(Full::default())?).await?;
        tally.count(answer.status);
    }
    Ok(tally)
}
