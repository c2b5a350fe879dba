//! The compared pages, with the target value for each peer.

use anyhow::Result;

use super::contestants::Contestants;
use super::recording::Recording;
use crate::hammer::Target;

/// A row of the table: a page of the portal, and the same page of its peers.
pub struct Row {
    pub name: &'static str,
    pub portal: Target,
    pub peers: Vec<Peer>,
}

pub struct Peer {
    pub name: &'static str,
    pub target: Target,
    /// The target value: the minimum ratio of the portal's requests per second to those of the peer. `None` if the
    /// ratio is shown but not judged.
    pub wanted: Option<f64>,
}

impl Row {
    /// Returns what requests are sent to: the page of the portal, then the same page of each peer.
    pub fn targets(&self) -> Vec<&Target> {
        [&self.portal].into_iter().chain(self.peers.iter().map(|peer| &peer.target)).collect()
    }
}

pub fn rows(contestants: &Contestants) -> Result<Vec<Row>> {
    let Contestants { recording, .. } = contestants;
    let Recording { article, unchanged, home, list, search, .. } = recording;
    let hono = |entrypoint, page| contestants.hono(entrypoint, page);
    let floor = |entrypoint, page| contestants.floor(entrypoint, page);
    Ok(vec![
        Row {
            name: "article in memory",
            portal: contestants.portal(article)?,
            peers: vec![
                peer("floor, string", floor("articleText", article)?, 1.1),
                peer("floor, bytes", floor("articleBytes", article)?, 0.95),
                peer("Hono, memory", hono("memory", article)?, 1.2),
                peer("Hono, KV", hono("fresh", article)?, 5.0),
            ],
        },
        Row {
            name: "article unchanged (304)",
            portal: contestants.portal(unchanged)?,
            peers: vec![
                peer("floor, string (200)", floor("articleText", article)?, 1.1),
                beside("floor, 304", floor("articleUnchanged", unchanged)?),
            ],
        },
        Row {
            name: "article, first time",
            portal: contestants.portal_anew(article)?,
            peers: vec![
                peer("Hono, KV", hono("fresh", article)?, 1.3),
                // This peer runs the query for related articles each time, while the portal remembers the result.
                beside("Hono, KV and query", hono("freshWithQuery", article)?),
                beside("floor, same KV", floor("articleRead", article)?),
            ],
        },
        Row {
            name: "home in memory",
            portal: contestants.portal(home)?,
            peers: vec![peer("floor, string", floor("homeText", home)?, 1.1)],
        },
        Row {
            name: "list in memory",
            portal: contestants.portal(list)?,
            peers: vec![
                beside("floor, string", floor("listText", list)?),
                peer("Hono, same queries", hono("fresh", list)?, 1.3),
            ],
        },
        Row {
            name: "list, first time",
            portal: contestants.portal_anew(list)?,
            peers: vec![
                peer("Hono, same queries", hono("fresh", list)?, 1.3),
                beside("floor, same queries", floor("listAsked", list)?),
            ],
        },
        Row {
            name: "search in memory",
            portal: contestants.portal(search)?,
            peers: vec![
                beside("floor, string", floor("searchText", search)?),
                peer("Hono, same queries", hono("fresh", search)?, 1.3),
            ],
        },
        Row {
            name: "search, first time",
            portal: contestants.portal_anew(search)?,
            peers: vec![
                peer("Hono, same queries", hono("fresh", search)?, 1.3),
                beside("floor, same queries", floor("searchAsked", search)?),
            ],
        },
    ])
}

/// A peer (another program that does the same work) whose time is shown but not judged.
fn beside(name: &'static str, target: Target) -> Peer {
    Peer { name, target, wanted: None }
}

fn peer(name: &'static str, target: Target, wanted: f64) -> Peer {
    Peer { name, target, wanted: Some(wanted) }
}
