//! The desk's pages of drafts: the list, the comments on a draft, one comment, the preview of the answers.

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

use cong_core::addresses::{DeskConsultationsPage, DeskPage, Route};

/// The page as a `Route`.
fn route(page: DeskConsultationsPage) -> Route {
    Route::Desk(DeskPage::Consultations(page))
}
