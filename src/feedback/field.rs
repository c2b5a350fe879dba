//! The fields of the feedback form, and the problems of fields.

use std::borrow::Cow;

use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::grouped;

use super::comment::MAX_COMMENTS;

/// A field of the form. The variants are in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Kind,
    Subject,
    Text,
    /// A field of one comment on a draft. Comments are counted from 1.
    Comment(usize, CommentField),
    Name,
    Address,
    Phone,
    Email,
    Consent,
}

/// A field of a comment on a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommentField {
    Clause,
    Text,
}

/// The fields that each kind requires. All others are optional.
const REQUIRED: [(SubmissionKind, &[Field]); 5] = [
    (SubmissionKind::General, &[Field::Subject, Field::Text]),
    (SubmissionKind::Question, &[Field::Subject, Field::Text]),
    (SubmissionKind::ErrorReport, &[Field::Text]),
    (
        SubmissionKind::Petition,
        &[Field::Subject, Field::Text, Field::Name, Field::Address, Field::Phone],
    ),
    (SubmissionKind::DraftComment, &[Field::Text]),
];

impl Field {
    pub fn is_required_for(self, kind: SubmissionKind) -> bool {
        REQUIRED.iter().any(|(of, fields)| *of == kind && fields.contains(&self))
    }

    /// The name and the id of the form's control.
    pub fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Comment(number, field) => return comment_name(number, field),
            Self::Kind => "loai",
            Self::Subject => "tieu_de",
            Self::Text => "noi_dung",
            Self::Name => "ho_ten",
            Self::Address => "dia_chi",
            Self::Phone => "dien_thoai",
            Self::Email => "thu_dien_tu",
            Self::Consent => "dong_y",
        };
        Cow::Borrowed(name)
    }

    /// The text field whose control has this name. `is_comment` says whether the form is for comments on a draft: there
    /// the control `noi_dung` belongs to the first comment.
    pub fn of_text(name: &str, is_comment: bool) -> Option<Self> {
        if name == Self::Text.name() && !is_comment {
            return Some(Self::Text);
        }
        let comments = (1..=MAX_COMMENTS).map(|number| Self::Comment(number, CommentField::Text));
        [Self::Subject, Self::Name, Self::Address, Self::Phone, Self::Email]
            .into_iter()
            .chain(comments)
            .find(|field| field.name() == name)
    }

    /// The message for a required field that was left blank.
    pub fn missing(self) -> &'static str {
        match self {
            Self::Kind => "Hãy chọn loại ý kiến.",
            Self::Subject => "Hãy viết tiêu đề.",
            Self::Text => "Hãy viết nội dung.",
            Self::Comment(_, CommentField::Clause) => "Hãy chọn phần được góp ý.",
            Self::Comment(_, CommentField::Text) => "Hãy viết ý kiến.",
            Self::Name => "Hãy điền họ tên hoặc tên tổ chức.",
            Self::Address => "Hãy điền địa chỉ.",
            Self::Phone => "Hãy điền số điện thoại.",
            Self::Email => "Hãy điền địa chỉ thư điện tử.",
            Self::Consent => "Hãy đánh dấu đồng ý.",
        }
    }
}

/// The name of a comment's control. The names of the second comment and later ones end with a number.
fn comment_name(number: usize, field: CommentField) -> Cow<'static, str> {
    let name = match field {
        CommentField::Clause => "dieu",
        CommentField::Text => "noi_dung",
    };
    if number > 1 { format!("{name}_{number}").into() } else { name.into() }
}

/// A problem of a field, with the message for the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: Field,
    pub message: String,
}

impl FieldProblem {
    pub fn new(field: Field, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }

    /// The field has more characters than its limit.
    pub fn too_long(field: Field, chars: usize, max_chars: usize) -> Self {
        let (chars, max) = (grouped(chars), grouped(max_chars));
        let message = match field {
            Field::Text | Field::Comment(..) => format!(
                "Nội dung dài {chars} ký tự, ở đây nhiều nhất còn {max}; hãy rút gọn hoặc chia thành nhiều lần gửi."
            ),
            _ => format!("Phần này dài {chars} ký tự; hãy rút xuống còn {max}."),
        };
        Self::new(field, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_submission_has_a_text_and_only_a_petition_needs_a_sender() {
        for (kind, _) in REQUIRED {
            assert!(Field::Text.is_required_for(kind), "{kind:?}");
            let is_petition = kind == SubmissionKind::Petition;
            assert_eq!(Field::Name.is_required_for(kind), is_petition, "{kind:?}");
        }
    }
}
