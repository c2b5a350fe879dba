//! The fields of the feedback form, in the order of the form.

use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::grouped;

use crate::web::FormField;

/// The maximum length of a submission's text, in characters: some ten pages. For comments on a draft, it is the limit
/// of all comments of the submission together.
pub const MAX_TEXT_CHARS: usize = 20_000;

pub const FORM_TOKEN: FormField<'_> = FormField::hidden("ma_phieu");

/// The slug of the article or draft that the submission is about.
pub const ABOUT: FormField<'_> = FormField::hidden("bai");

pub const KIND: FormField<'_> = FormField {
    missing: "Hãy chọn loại ý kiến.",
    ..FormField::choices("loai", "Loại ý kiến")
};

pub const SUBJECT: FormField<'_> = FormField {
    missing: "Hãy viết tiêu đề.",
    ..FormField::input("tieu_de", "Tiêu đề", "text", "on")
};

pub const TEXT: FormField<'_> = FormField {
    max_chars: MAX_TEXT_CHARS,
    missing: "Hãy viết nội dung.",
    too_long: |chars, max_chars| {
        let (chars, max) = (grouped(chars), grouped(max_chars));
        format!(
            "Nội dung dài {chars} ký tự, ở đây nhiều nhất còn {max}; hãy rút gọn hoặc chia thành nhiều lần gửi."
        )
    },
    ..FormField::text("noi_dung", "Nội dung", 10)
};

/// The number of comments on a draft for which the form has fields.
pub const COMMENTS_SHOWN: FormField<'_> = FormField::hidden("so_y_kien");

/// The clause that a comment on a draft is about: the id of the clause's heading. The form repeats this field and
/// `COMMENT_TEXT` for each comment.
pub const COMMENT_CLAUSE: FormField<'_> =
    FormField { max_chars: 300, ..FormField::select("dieu", "Góp ý về") };

/// The text of a comment on a draft. For the first comment, the field has the same name as `TEXT`.
pub const COMMENT_TEXT: FormField<'_> = FormField {
    missing: "Hãy viết ý kiến.",
    shared_hint: "goi_y_gop_y",
    max_chars: TEXT.max_chars,
    too_long: TEXT.too_long,
    ..FormField::text("noi_dung", "Nội dung ý kiến", 7)
};

pub const CAPACITY: FormField<'_> = FormField::choices("tu_cach", "Góp ý với tư cách");

/// Whether the sender's name may be shown with the comments.
pub const IS_NAMED: FormField<'_> =
    FormField::tick("cong_khai_ten", "Hiện tên của tôi hoặc tổ chức khi công bố ý kiến.");

pub const NAME: FormField<'_> = FormField {
    missing: "Hãy điền họ tên hoặc tên tổ chức.",
    ..FormField::input("ho_ten", "Họ tên hoặc tên tổ chức", "text", "name")
};

pub const ADDRESS: FormField<'_> = FormField {
    missing: "Hãy điền địa chỉ.",
    ..FormField::input("dia_chi", "Địa chỉ", "text", "address-line1")
};

pub const PHONE: FormField<'_> = FormField {
    missing: "Hãy điền số điện thoại.",
    ..FormField::input("dien_thoai", "Điện thoại", "tel", "tel")
};

pub const EMAIL: FormField<'_> = FormField::input("thu_dien_tu", "Thư điện tử", "email", "email");

pub const CONSENT: FormField<'_> = FormField {
    missing: "Bạn có điền thông tin cá nhân: hãy đánh dấu đồng ý, hoặc xóa các thông tin đó.",
    ..FormField::tick("dong_y", "")
};

/// The token that the script of Turnstile puts into the form, of up to 2,048 characters. The script also shows the
/// control that people see.
pub const ROBOT_CHECK: FormField<'_> =
    FormField { max_chars: 2_048, ..FormField::hidden("cf-turnstile-response") };

/// The fields into which people type, and hidden fields whose limit is not the usual one of 200 characters.
pub const FIELDS: [FormField<'_>; 8] =
    [SUBJECT, TEXT, COMMENT_CLAUSE, NAME, ADDRESS, PHONE, EMAIL, ROBOT_CHECK];

/// The fields that each kind of submission requires. All others are optional.
const REQUIRED: [(SubmissionKind, &[FormField<'_>]); 5] = [
    (SubmissionKind::General, &[SUBJECT, TEXT]),
    (SubmissionKind::Question, &[SUBJECT, TEXT]),
    (SubmissionKind::ErrorReport, &[TEXT]),
    (SubmissionKind::Petition, &[SUBJECT, TEXT, NAME, ADDRESS, PHONE]),
    (SubmissionKind::DraftComment, &[TEXT]),
];

pub fn is_required(field: &FormField<'_>, kind: SubmissionKind) -> bool {
    let is_listed = |fields: &[FormField<'_>]| fields.iter().any(|own| own.name == field.name);
    REQUIRED.iter().any(|(of, fields)| *of == kind && is_listed(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_submission_has_a_text_and_only_a_petition_needs_a_sender() {
        for (kind, _) in REQUIRED {
            assert!(is_required(&TEXT, kind), "{kind:?}");
            let is_petition = kind == SubmissionKind::Petition;
            assert_eq!(is_required(&NAME, kind), is_petition, "{kind:?}");
        }
    }
}
