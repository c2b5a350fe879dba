//! `PageError`: every way in which a page can fail, with its status, its text for the reader, and its log line.
//!
//! Use `NotFound` for an address or an article that does not exist or is not public, `BadRequest` for an address with
//! an invalid part, `BrokenDocument` for an article whose document cannot be parsed, and `StoreDown` and `DatabaseDown`
//! if KV or D1 gave no answer. Invalid fields of a form are not errors of the page: the form is shown again with
//! messages.

use cong_core::addresses::Methods;
use cong_core::article::DocumentProblem;
use cong_core::vietnamese::Timestamp;

use super::cache_policy::CachePolicy;
use crate::platform::{DatabaseError, StoreError};

#[derive(Debug)]
pub enum PageError {
    /// There is no page at this address. `changes_at` is when a scheduled article will appear there.
    NotFound {
        changes_at: Option<Timestamp>,
    },
    /// The receipt code has a wrong length, a wrong character or a wrong checksum.
    ReceiptMistyped,
    ReceiptUnknown,
    /// The page does not accept the request's method. The value holds the methods that it accepts.
    MethodNotAllowed(Methods),
    BadRequest,
    /// The form was sent from another site, or by a browser that does not say from which site.
    ForeignOrigin,
    FormTooLarge,
    /// The value of a field is too long, whatever Unicode normal form it is converted to.
    FieldTooLong,
    /// Too many forms were sent from the sender's network.
    TooManyForms,
    /// The request's body is not an encoded form.
    NotAForm,
    /// No usable signing key is set, so the portal accepts no forms.
    FormsClosed,
    BrokenDocument {
        slug: String,
        problems: Vec<DocumentProblem>,
    },
    StoreDown(StoreError),
    DatabaseDown(DatabaseError),
    /// The connection broke off while the request's body was read. The value is the cause, for the log.
    Interrupted(String),
    /// The form of the desk was opened in another sign-in session.
    OtherSession,
    /// The action is for publishers only, and the signed-in editor is not one.
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

    /// The text for the reader. Each string is one paragraph. It never contains internal details.
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

    /// The full cause for the log; `None` if operators can do nothing about it.
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

    /// Whether the request itself is the cause, for example an invalid address. Such an error is known before any store
    /// is read, and the error page reads no store either.
    pub fn is_of_the_request(&self) -> bool {
        matches!(self.status(), 400 | 403 | 405 | 409 | 413 | 415 | 422 | 429)
    }

    /// The cache policy of the error page. Only `NotFound` may be cached, and no longer than until a scheduled article
    /// appears at the address.
    pub fn cache(&self) -> CachePolicy {
        match self {
            Self::NotFound { changes_at } => CachePolicy::Page { changes_at: *changes_at },
            _ => CachePolicy::NoStore,
        }
    }

    /// The headers that a response with this status should have: `Allow` or `Retry-After`.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MethodNotAllowed(allowed) => vec![("allow", allowed.allow().to_owned())],
            error if matches!(error.status(), 429 | 503) => vec![("retry-after", "60".to_owned())],
            _ => Vec::new(),
        }
    }
}
