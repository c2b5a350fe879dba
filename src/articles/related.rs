//! The articles related to an article, from the catalogue. An isolate remembers them for five minutes, but a finished
//! page for half a minute only. A page that is made again within five minutes therefore needs only KV.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cong_core::digest;
use cong_core::vietnamese::Timestamp;

use crate::catalogue;
use crate::catalogue::Related;
use crate::platform::{DatabaseError, Memory};
use crate::web::Portal;

/// How long an isolate remembers related articles, in seconds.
const SECONDS: i64 = 300;

/// The maximum size of all remembered lists of related articles together, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What an isolate remembers of an article: its related articles, and a hash of the version of its document that the
/// catalogue had indexed when they were read. The hash is `None` if the article had no document.
type Remembered = (Rc<Related>, Option<u64>);

thread_local! {
    static REMEMBERED: RefCell<Memory<Remembered>> = RefCell::new(Memory::of_at_most(MAX_BYTES));
}

/// Returns the articles related to the article `slug`; `None` if the catalogue failed or did not answer in time.
pub async fn related(portal: &Portal, slug: &str, deadline: Duration) -> Option<Rc<Related>> {
    if let Some((related, _)) = remembered(portal, slug) {
        return Some(related);
    }
    let asked = async {
        let db = portal.catalogue_within(deadline)?;
        catalogue::related(&db, slug, portal.now).await
    };
    in_time(portal, "related articles", asked.await).map(Rc::new)
}

/// Returns the result `answer` of a query; `None` if the query failed or took too long. Failures are logged. Timeouts
/// are not: if the database is far away, every query takes too long, and the log would fill up. `what` says in the log
/// what was read.
pub fn in_time<T>(portal: &Portal, what: &str, answer: Result<T, DatabaseError>) -> Option<T> {
    match answer {
        Ok(answer) => Some(answer),
        Err(DatabaseError::Timeout(_)) => None,
        Err(error) => {
            portal.log_error(&format!("D1 failed while reading {what}: {error}"));
            None
        }
    }
}

/// Whether `document` is the version of the article `slug` that this isolate remembers as indexed by the catalogue.
pub fn is_known(portal: &Portal, slug: &str, document: Option<&[u8]>) -> bool {
    remembered(portal, slug).is_some_and(|(_, known)| known == document.map(digest::quick))
}

fn remembered(portal: &Portal, slug: &str) -> Option<Remembered> {
    REMEMBERED.with_borrow(|memory| memory.get(slug, portal.now).cloned())
}

/// Compares the document that the page was made from with the one that the catalogue has indexed. If they are equal,
/// remembers `related`. If they differ, notes in the catalogue that the document has changed, so that the next run of
/// the sync indexes it.
pub async fn compare(portal: &Portal, slug: &str, document: Option<&[u8]>, related: Rc<Related>) {
    if document.map(catalogue::document_hash) == related.known_hash {
        remember(portal, slug, document, related);
        return;
    }
    REMEMBERED.with_borrow_mut(|memory| memory.remove(slug));
    let noted = async { catalogue::note_changed(&portal.catalogue()?, slug, portal.now).await };
    if let Err(error) = noted.await {
        portal.log_error(&format!("D1 failed while marking a changed document: {error}"));
    }
}

/// Remembers related articles, and the hash of the document `document`. Does nothing if each page load runs the sync
/// first, as under `wrangler dev`, where changes must show at once.
fn remember(portal: &Portal, slug: &str, document: Option<&[u8]>, related: Rc<Related>) {
    if portal.site.sync_on_load {
        return;
    }
    let document = document.map(digest::quick);
    let bytes = related.bytes();
    let until = Timestamp(portal.now.0 + SECONDS);
    REMEMBERED.with_borrow_mut(|memory| {
        if memory.get(slug, portal.now).is_none() {
            memory.keep(slug.to_owned(), (related, document), bytes, portal.now, until);
        }
    });
}
