//! The desk's pages of drafts: the list, the comments on one, one comment, the answers before they are released.

mod comment;
mod comments;
mod drafts;
mod fields;
mod parts;
mod preview;
mod release;

pub use comment::{CommentForm, CommentView, comment};
pub use comments::{BatchForm, CommentsView, comments};
pub use drafts::drafts;
pub use preview::{PreviewNotice, PreviewView, preview};

use crate::routes::{DeskConsultationsPage, DeskPage, Route};

/// One of these pages, where any page may stand.
fn route(page: DeskConsultationsPage) -> Route {
    Route::Desk(DeskPage::Consultations(page))
}
