//! The kinds of submission.

/// The kind of a submission.
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

impl SubmissionKind {
    /// The kinds that the form offers. Comments on a draft are sent from the draft's page.
    pub const CHOICES: [Self; 4] =
        [Self::General, Self::Question, Self::ErrorReport, Self::Petition];

    /// The code in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::General => "gop-y",
            Self::Question => "cau-hoi",
            Self::ErrorReport => "bao-sai",
            Self::Petition => "phan-anh",
            Self::DraftComment => "gop-y-du-thao",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().chain([Self::DraftComment]).find(|kind| kind.code() == code)
    }

    /// The name that readers see.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn submission_kinds_survive_a_round_trip() {
        for kind in SubmissionKind::CHOICES.into_iter().chain([SubmissionKind::DraftComment]) {
            assert_eq!(SubmissionKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(SubmissionKind::from_code("khac"), None);
    }
}
