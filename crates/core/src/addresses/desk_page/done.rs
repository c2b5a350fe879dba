//! Actions that an editor has just completed. Their codes in addresses tell the next page which message to show.

use super::super::query::QueryValues;
use crate::codes;

/// A completed action, which the next page confirms with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The sync has run, because an editor started it.
    Synced,
    /// The sync that an editor started did not run: it failed, or another run was active.
    NotSynced,
    /// Work on a submission was started or resumed.
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
    CommentsAnswered,
    /// Comments on a draft were released, so that the public pages show them.
    CommentsReleased,
    /// A published comment on a draft was removed from the public pages.
    CommentTakenBack,
    /// The answers to a draft's comments were released. They become public some minutes later.
    AnswersReleased,
    /// The answers were taken back before they became public.
    AnswersHeldBack,
    /// The answers were taken back after they had become public.
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
