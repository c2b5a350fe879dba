//! Completed actions at the desk, with their codes in addresses.

use super::super::query::QueryValues;
use crate::codes;

/// A completed action, about which the next page shows a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The sync has run.
    Synced,
    /// The sync has not run: it failed, or another run is active.
    NotSynced,
    /// A submission was set to be in progress, for the first time or again.
    Started,
    PassedOn,
    FoundNoSpam,
    FoundSpam,
    Answered,
    AnswerChanged,
    Released,
    ReleaseChanged,
    TakenBack,
    IdentityErased,
    SubmissionErased,
    /// Comments on a draft were answered.
    CommentsAnswered,
    /// Comments on a draft were made public.
    CommentsReleased,
    /// The public text of a comment on a draft was removed.
    CommentTakenBack,
    /// The answers to a draft's comments were released, and become public in some minutes.
    AnswersReleased,
    /// The release was taken back before the answers became public.
    AnswersHeldBack,
    /// The release was taken back after the answers became public.
    AnswersTakenBack,
}

// The codes in addresses: `da=dong-bo`.
codes!(Done {
    Synced = "dong-bo",
    NotSynced = "chua-dong-bo",
    Started = "xu-ly",
    PassedOn = "chuyen",
    FoundNoSpam = "khong-rac",
    FoundSpam = "la-rac",
    Answered = "tra-loi",
    AnswerChanged = "sua-tra-loi",
    Released = "cong-bo",
    ReleaseChanged = "sua-cong-bo",
    TakenBack = "thu-hoi",
    IdentityErased = "xoa-nguoi-gui",
    SubmissionErased = "xoa-y-kien",
    CommentsAnswered = "tra-loi-y-kien",
    CommentsReleased = "cong-bo-y-kien",
    CommentTakenBack = "thu-hoi-y-kien",
    AnswersReleased = "cong-bo-tra-loi",
    AnswersHeldBack = "giu-lai-tra-loi",
    AnswersTakenBack = "thu-hoi-tra-loi",
});

impl Done {
    /// The action in a query; `None` if the query has none, or an unknown code.
    pub fn from_query(query: &QueryValues) -> Option<Self> {
        Self::from_code(query.get("da")?)
    }
}
