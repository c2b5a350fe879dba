//! Errors of pages: one enum that knows the status, what to tell the reader, and what to log.
//!
//! Which to use: `NotFound` for an address or an article that is not there or not public,
//! `BadRequest` for an address that makes no sense, `BrokenDocument` for an article whose document
//! cannot be read, `StoreDown` and `DatabaseDown` where the platform gave no answer. Form problems
//! are no errors: the form shows them.

use crate::article::Problem;
use crate::platform::{DatabaseError, StoreError};
use crate::vietnamese::Timestamp;
use crate::web::CachePolicy;

#[derive(Debug)]
pub enum PageError {
    /// Nothing is there; `changes_at` is when an article will be, if one is scheduled.
    NotFound {
        changes_at: Option<Timestamp>,
    },
    /// What stands for a receipt's code is none.
    ReceiptMistyped,
    ReceiptUnknown,
    /// The methods that the address does take.
    MethodNotAllowed(&'static str),
    BadRequest,
    /// The form came from another site, or from a browser that hides where from.
    ForeignOrigin,
    FormTooLarge,
    /// A field has more characters than it takes, whatever their normal form.
    FieldTooLong,
    /// The sender's network sent too many forms within a minute.
    TooManyForms,
    /// The body is no form.
    NotAForm,
    /// No usable signing key is set.
    FormsClosed,
    BrokenDocument {
        slug: String,
        problems: Vec<Problem>,
    },
    StoreDown(StoreError),
    DatabaseDown(DatabaseError),
    /// The request's body broke off.
    Interrupted(String),
    /// A form of the desk from another sign-in than today's.
    OtherSession,
    /// An editor who is no publisher asks for what only those may do.
    PublishersOnly,
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::StoreDown(error)
    }
}

impl From<DatabaseError> for PageError {
    fn from(error: DatabaseError) -> Self {
        Self::DatabaseDown(error)
    }
}

impl PageError {
    pub const NOT_FOUND: Self = Self::NotFound { changes_at: None };

    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } | Self::ReceiptMistyped | Self::ReceiptUnknown => 404,
            Self::MethodNotAllowed(_) => 405,
            Self::BadRequest | Self::Interrupted(_) => 400,
            Self::ForeignOrigin | Self::PublishersOnly => 403,
            Self::OtherSession => 409,
            Self::FormTooLarge => 413,
            Self::FieldTooLong => 422,
            Self::TooManyForms => 429,
            Self::NotAForm => 415,
            Self::FormsClosed
            | Self::BrokenDocument { .. }
            | Self::StoreDown(_)
            | Self::DatabaseDown(_) => 503,
        }
    }

    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "Không tìm thấy trang",
            Self::ReceiptMistyped => "Mã biên nhận chưa đúng",
            Self::ReceiptUnknown => "Không tìm thấy biên nhận",
            Self::MethodNotAllowed(_) => "Không làm được việc này ở đây",
            Self::BadRequest => "Địa chỉ không đúng",
            Self::ForeignOrigin => "Không nhận được biểu mẫu",
            Self::FormTooLarge | Self::FieldTooLong => "Nội dung quá dài",
            Self::TooManyForms => "Hãy đợi một phút rồi gửi lại",
            Self::NotAForm => "Không đọc được biểu mẫu",
            Self::FormsClosed => "Tạm thời chưa nhận ý kiến qua mạng",
            Self::BrokenDocument { .. } | Self::StoreDown(_) | Self::DatabaseDown(_) => {
                "Tạm thời chưa xem được"
            }
            Self::Interrupted(_) => "Việc gửi bị gián đoạn",
            Self::OtherSession => "Phiên đăng nhập đã thay đổi",
            Self::PublishersOnly => "Việc này dành cho người được công bố",
        }
    }

    /// What to tell the reader, a paragraph each. Never anything internal.
    pub fn message(&self) -> &'static [&'static str] {
        match self {
            Self::NotFound { .. } => &[
                "Địa chỉ có thể đã gõ sai, hoặc bài viết đã được gỡ xuống.",
                "Nếu bạn tới đây từ một đường dẫn trên trang này, xin báo cho cơ quan biết.",
            ],
            Self::ReceiptMistyped => &[
                "Mã này thiếu chữ hoặc có chỗ gõ nhầm. Hãy so lại từng chữ với mã bạn đã chép; mã gồm 20 chữ cái và chữ số.",
            ],
            Self::ReceiptUnknown => &["Mã đúng dạng nhưng không có ý kiến nào mang mã này."],
            Self::MethodNotAllowed(_) => {
                &["Địa chỉ này không nhận cách gửi vừa dùng. Hãy mở lại trang rồi thực hiện lại."]
            }
            Self::BadRequest => {
                &["Một phần của địa chỉ không đọc được, ví dụ số trang không phải là số."]
            }
            Self::ForeignOrigin => &[
                "Biểu mẫu phải được gửi từ chính trang này. Trình duyệt của bạn cho biết nó được gửi từ nơi khác, \
                 hoặc giấu nơi gửi.",
                "Hãy bấm nút quay lại của trình duyệt: nội dung bạn viết thường vẫn còn. Sau đó mở lại trang Góp ý và gửi từ đó.",
            ],
            Self::FormTooLarge => &[
                "Nội dung gửi lên vượt quá mức trang nhận được trong một lần.",
                "Hãy bấm nút quay lại của trình duyệt: nội dung bạn viết thường vẫn còn. Rút gọn, hoặc chia thành nhiều lần gửi.",
            ],
            Self::FieldTooLong => &[
                "Một ô của biểu mẫu dài hơn mức nhận được nên chưa có gì được lưu. Hãy chép nội dung, rút gọn rồi gửi lại.",
            ],
            Self::TooManyForms => {
                &["Từ mạng của bạn vừa có quá nhiều lần gửi nên chưa có gì được lưu."]
            }
            Self::NotAForm => &["Nội dung gửi lên không phải là biểu mẫu của trang này."],
            Self::FormsClosed => &[
                "Trang chưa sẵn sàng nhận ý kiến. Xin liên hệ trực tiếp với cơ quan theo trang Liên hệ.",
            ],
            Self::BrokenDocument { .. } => {
                &["Bài viết này đang được chỉnh sửa. Xin quay lại sau ít phút."]
            }
            Self::StoreDown(_) | Self::DatabaseDown(_) => &[
                "Hệ thống đang gián đoạn. Xin thử lại sau ít phút; các phần khác của trang vẫn có thể xem được.",
            ],
            Self::Interrupted(_) => &[
                "Đường truyền bị ngắt giữa chừng. Hãy bấm nút quay lại của trình duyệt rồi gửi lại.",
            ],
            Self::OtherSession => {
                &["Biểu mẫu được mở trong lần đăng nhập trước nên chưa có gì được lưu."]
            }
            Self::PublishersOnly => &[
                "Chỉ người có địa chỉ thư trong thiết lập PUBLISHERS mới được công bố, thu hồi và xóa. Hãy nhờ một người \
                 trong số đó.",
            ],
        }
    }

    /// The full cause, where there is one for operators to act on.
    pub fn log(&self) -> Option<String> {
        match self {
            Self::BrokenDocument { slug, problems } => {
                let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
                Some(format!("document {slug} cannot be shown: {}", problems.join("; ")))
            }
            Self::StoreDown(error) => Some(format!("KV failed: {error}")),
            Self::DatabaseDown(error) => Some(format!("D1 failed: {error}")),
            Self::FormsClosed => {
                Some("forms are closed: SIGNING_KEY is missing, too short, or the test key on a public host".to_owned())
            }
            Self::Interrupted(error) => Some(format!("a request's body broke off: {error}")),
            _ => None,
        }
    }

    /// Whether the request itself is at fault, which is known before any store is read: its page reads none either.
    pub fn is_of_the_request(&self) -> bool {
        matches!(self.status(), 400 | 403 | 405 | 409 | 413 | 415 | 422 | 429)
    }

    /// Only an article's absence may be kept, and no longer than until it appears.
    pub fn cache(&self) -> CachePolicy {
        match self {
            Self::NotFound { changes_at } => CachePolicy::Page { changes_at: *changes_at },
            _ => CachePolicy::NoStore,
        }
    }

    /// Headers that belong to the status.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MethodNotAllowed(allowed) => vec![("allow", (*allowed).to_owned())],
            error if matches!(error.status(), 429 | 503) => vec![("retry-after", "60".to_owned())],
            _ => Vec::new(),
        }
    }
}
