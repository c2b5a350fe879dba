//! Doubts about the fields of an official paper.

use std::fmt;

/// A field of an official paper that stays blank, or a fact that an editor should check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperDoubt {
    /// The paper is a draft.
    Draft,
    /// The paper leaves its number blank.
    BlankNumber,
    /// No number was found.
    NoNumber,
    /// Two different numbers were found.
    SeveralNumbers,
    /// A part of the date is blank, or the day does not exist.
    IncompleteDate,
    /// No date was found.
    NoDate,
    NoIssuer,
    /// The kind is not printed. It is taken from the abbreviation in the number.
    KindFromNumber,
    NoKind,
    /// The paper has no subject; its title is only its kind.
    NoSubject,
    NoSigner,
    /// Contact details at the head are left out.
    ContactDetails,
    /// A signature without a name.
    NoSignerName,
}

impl fmt::Display for PaperDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "văn bản là bản dự thảo",
            Self::BlankNumber => "văn bản chưa ghi số",
            Self::NoNumber => "không thấy số, ký hiệu văn bản",
            Self::SeveralNumbers => "có nhiều số, ký hiệu khác nhau: để trống",
            Self::IncompleteDate => "ngày ban hành chưa đủ ngày, tháng, năm: để trống",
            Self::NoDate => "không thấy ngày ban hành",
            Self::NoIssuer => "không thấy cơ quan ban hành",
            Self::KindFromNumber => "văn bản không ghi tên loại: lấy theo ký hiệu",
            Self::NoKind => "không rõ tên loại văn bản",
            Self::NoSubject => "không thấy trích yếu: tiêu đề chỉ có tên loại",
            Self::ContactDetails => "không đưa địa chỉ liên hệ ở đầu văn bản vào bài",
            Self::NoSigner => "không thấy người ký",
            Self::NoSignerName => "chữ ký không có họ tên",
        })
    }
}
