//! The fields of the feedback form, and what can be wrong with one.

/// A field of the form, as problems and the table of required fields name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Kind,
    Subject,
    Text,
    Name,
    Address,
    Phone,
    Email,
    Consent,
}

impl Field {
    /// The name of the form's control, and its id.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "loai",
            Self::Subject => "tieu_de",
            Self::Text => "noi_dung",
            Self::Name => "ho_ten",
            Self::Address => "dia_chi",
            Self::Phone => "dien_thoai",
            Self::Email => "thu_dien_tu",
            Self::Consent => "dong_y",
        }
    }

    /// What to say where it is required and was left blank.
    pub fn missing(self) -> &'static str {
        match self {
            Self::Kind => "Hãy chọn loại ý kiến.",
            Self::Subject => "Hãy viết tiêu đề.",
            Self::Text => "Hãy viết nội dung.",
            Self::Name => "Hãy điền họ tên hoặc tên tổ chức.",
            Self::Address => "Hãy điền địa chỉ.",
            Self::Phone => "Hãy điền số điện thoại.",
            Self::Email => "Hãy điền địa chỉ thư điện tử.",
            Self::Consent => "Hãy đánh dấu đồng ý.",
        }
    }
}

/// What is wrong with a field, said to its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: Field,
    pub message: String,
}

impl FieldProblem {
    pub fn new(field: Field, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }
}
