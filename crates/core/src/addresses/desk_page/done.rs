//! Completed actions at the desk, with their codes in addresses.

use super::super::query::QueryValues;

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

impl Done {
    const ALL: &[(Self, &'static str)] = &[
        (Self::Synced, "dong-bo"),
        (Self::NotSynced, "chua-dong-bo"),
        (Self::Started, "xu-ly"),
        (Self::PassedOn, "chuyen"),
        (Self::FoundNoSpam, "khong-rac"),
        (Self::FoundSpam, "la-rac"),
        (Self::Answered, "tra-loi"),
        (Self::AnswerChanged, "sua-tra-loi"),
        (Self::Released, "cong-bo"),
        (Self::ReleaseChanged, "sua-cong-bo"),
        (Self::TakenBack, "thu-hoi"),
        (Self::IdentityErased, "xoa-nguoi-gui"),
        (Self::SubmissionErased, "xoa-y-kien"),
        (Self::CommentsAnswered, "tra-loi-y-kien"),
        (Self::CommentsReleased, "cong-bo-y-kien"),
        (Self::CommentTakenBack, "thu-hoi-y-kien"),
        (Self::AnswersReleased, "cong-bo-tra-loi"),
        (Self::AnswersHeldBack, "giu-lai-tra-loi"),
        (Self::AnswersTakenBack, "thu-hoi-tra-loi"),
    ];

    /// The code in addresses: `da=dong-bo`.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(done, _)| *done == self).map_or("", |(_, code)| code)
    }

    /// The action in a query; `None` if the query has none, or an unknown code.
    pub fn from_query(query: &QueryValues) -> Option<Self> {
        let code = query.get("da")?;
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(done, _)| *done)
    }
}
