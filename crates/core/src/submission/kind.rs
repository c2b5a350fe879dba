use crate::codes;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionKind {
    /// Remarks and suggestions of any sort.
    General,
    Question,
    /// A report that something on the site is wrong.
    ErrorReport,
    /// A petition about administrative rules. Senders must say who they are (Nghị định 20/2008/NĐ-CP, Điều 7).
    Petition,
    /// Comments on a draft that is open for comment.
    DraftComment,
}

// The codes of the kinds in forms and in the database.
codes!(SubmissionKind {
    General = "gop-y",
    Question = "cau-hoi",
    ErrorReport = "bao-sai",
    Petition = "phan-anh",
    DraftComment = "gop-y-du-thao",
});

impl SubmissionKind {
    /// The kinds that the feedback form offers. Comments on a draft are sent from the draft's page instead.
    pub const CHOICES: [Self; 4] =
        [Self::General, Self::Question, Self::ErrorReport, Self::Petition];

    /// The name of the kind for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::General => "Góp ý, kiến nghị chung",
            Self::Question => "Câu hỏi",
            Self::ErrorReport => "Báo thông tin chưa chính xác",
            Self::Petition => "Phản ánh, kiến nghị về quy định hành chính",
            Self::DraftComment => "Góp ý dự thảo văn bản",
        }
    }
}
