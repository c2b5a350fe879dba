//! The articles related to one, for its page. An isolate remembers them longer than pages: the catalogue is asked once,
//! and a page that is made again waits for KV alone.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::catalogue::{self, Related};
use crate::digest;
use crate::platform::{DatabaseError, Memory};
use crate::vietnamese::Timestamp;
use crate::web::Portal;

/// How long they are remembered, in seconds.
const SECONDS: i64 = 300;
/// Of all that is remembered.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// With the quick hash of the document that the catalogue knows, if there is one.
type Remembered = (Rc<Related>, Option<u64>);

thread_local! {
    static REMEMBERED: RefCell<Memory<Remembered>> = RefCell::new(Memory::of_at_most(MAX_BYTES));
}

/// Those of one article; `None` where the catalogue has not said so in time.
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

/// What a database gave. Where it is far away it is too late every time, so that is not logged.
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

/// Whether the catalogue is remembered to know the document as it is.
pub fn is_known(portal: &Portal, slug: &str, document: Option<&[u8]>) -> bool {
    remembered(portal, slug).is_some_and(|(_, known)| known == document.map(digest::quick))
}

fn remembered(portal: &Portal, slug: &str) -> Option<Remembered> {
    REMEMBERED.with_borrow(|memory| memory.get(slug, portal.now).cloned())
}

/// Remembers what the catalogue said of a document that it knows as it is; has the sync read one that it does not.
pub async fn compare(portal: &Portal, slug: &str, document: Option<&[u8]>, related: Rc<Related>) {
    if document.map(catalogue::document_hash) == related.known_hash {
        remember(portal, slug, document, related);
        return;
    }
    REMEMBERED.with_borrow_mut(|memory| memory.remove(slug));
    let noted = async { catalogue::note_changed(&portal.catalogue()?, slug, portal.now).await };
    if let Err(error) = noted.await {
        portal.log_error(&format!("D1 failed while noting a changed document: {error}"));
    }
}

/// Not where page loads sync: what is put there shows on the next one.
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
