//! The kinds of submission, and the fields that each requires.

use super::field::Field;

/// The kind of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

use Field::{Address, Name, Phone, Subject, Text};

/// The fields that each kind requires. All others are optional.
const REQUIRED: [(Kind, &[Field]); 5] = [
    (Kind::General, &[Subject, Text]),
    (Kind::Question, &[Subject, Text]),
    (Kind::ErrorReport, &[Text]),
    (Kind::Petition, &[Subject, Text, Name, Address, Phone]),
    (Kind::DraftComment, &[Text]),
];

impl Kind {
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
        REQUIRED.iter().map(|(kind, _)| *kind).find(|kind| kind.code() == code)
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

    pub fn requires(self, field: Field) -> bool {
        REQUIRED.iter().any(|(kind, fields)| *kind == self && fields.contains(&field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_row_and_its_own_code() {
        for kind in Kind::CHOICES.into_iter().chain([Kind::DraftComment]) {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            assert!(kind.requires(Text), "{kind:?}");
        }
        assert_eq!(Kind::from_code("khac"), None);
    }

    #[test]
    fn only_a_petition_asks_who_sends_it() {
        let asking: Vec<_> = Kind::CHOICES.into_iter().filter(|kind| kind.requires(Name)).collect();
        assert_eq!(asking, [Kind::Petition]);
    }
}
