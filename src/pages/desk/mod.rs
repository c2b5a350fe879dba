//! The pages of the desk: plain forms, without scripts.

mod article;
mod articles;
mod closed;
mod consultations;
mod error;
mod form;
mod layout;
mod old_addresses;
mod problems;
pub mod submissions;
mod sync;
mod today;
mod trail;

pub use article::{ArticleView, DocumentView, FilesView, article, broken_preview};
pub use articles::{ArticlesView, articles};
pub use closed::closed;
pub use consultations::{
    BatchForm, CommentForm, CommentView, CommentsView, PreviewNotice, PreviewView, comment,
    comments, drafts, preview,
};
pub use error::error;
pub use form::{FormErrors, version_of};
pub use layout::{DeskFrame, FORM_TOKEN};
pub use old_addresses::old_addresses;
pub use today::{Today, today};
