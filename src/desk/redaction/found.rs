use std::ops::Range;

/// A kind of personal detail: a name, an address, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Name,
    Address,
    Phone,
    Email,
    IdentityNumber,
}

impl Detail {
    /// The Vietnamese name, as editors read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "họ tên người gửi",
            Self::Address => "địa chỉ người gửi",
            Self::Phone => "số điện thoại",
            Self::Email => "địa chỉ thư điện tử",
            Self::IdentityNumber => "dãy số giống số căn cước",
        }
    }
}

/// A personal detail that was found in a text. `range` is its position in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDetail {
    pub detail: Detail,
    pub range: Range<usize>,
}
