//! The page about the personal data that the portal stores.

use cong_core::addresses::Route;
use maud::{Markup, html};

use crate::catalogue::hot_index;
use crate::layout::{Frame, Head, frame, layout, public_page};
use crate::web::{PageError, Portal, Response};

pub async fn privacy(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, privacy_page(frame), None))
}

pub fn privacy_page(frame: Frame<'_>) -> Markup {
    let site = frame.site;
    let main = html! {
        h1 { "Quyền riêng tư" }
        div class="body" {
            p {
                "Trang này cho biết " (site.body_name) " giữ những gì khi bạn đọc và khi bạn gửi ý kiến, "
                "theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15."
            }
            h2 { "Khi bạn đọc" }
            ul {
                li { "Trang không đặt cookie, không chạy mã trong trình duyệt, không đếm riêng từng người đọc." }
                li { "Trang không tải gì từ nơi khác: không quảng cáo, không nút mạng xã hội, không phông chữ ngoài." }
                li {
                    "Hạ tầng mạng phân phối trang (Cloudflare) xử lý địa chỉ mạng của bạn để chuyển trang "
                    "tới bạn và chống tấn công; cổng thông tin không lưu địa chỉ ấy."
                }
            }
            h2 { "Khi bạn gửi góp ý" }
            ul {
                li { "Tiêu đề và nội dung được lưu để xem xét và trả lời." }
                li {
                    "Họ tên, địa chỉ, điện thoại, thư điện tử chỉ được lưu khi bạn điền và đánh dấu đồng ý. "
                    "Các thông tin này được giữ trong một bảng riêng, chỉ người xử lý ý kiến được xem, "
                    "và không bao giờ tự ý đưa lên trang công khai. Chúng tự bị xóa " (site.identity_months)
                    " tháng sau khi ý kiến được trả lời."
                }
                li {
                    "Nội dung chỉ được công bố ở mục Hỏi đáp sau khi người biên tập đã bỏ những gì cho biết ai là "
                    "người gửi."
                }
                li {
                    "Góp ý dự thảo được công bố cùng câu trả lời. Tên bạn hoặc tổ chức chỉ hiện bên ý kiến khi bạn đánh dấu đề nghị "
                    "như vậy, và thôi hiện ngay khi bạn xóa thông tin cá nhân. Sổ cái góp ý giữ mã băm có muối của ý kiến và "
                    "của tên; khi xóa, muối cũng bị xóa, nên không ai suy ngược lại được."
                }
                @if site.turnstile.is_some() {
                    li {
                        "Riêng trang góp ý có bước xác nhận người gửi không phải là máy, do Cloudflare Turnstile "
                        "thực hiện; bước này chạy mã trong trình duyệt của bạn."
                    }
                }
                li {
                    "Mã biên nhận là chìa khóa duy nhất để xem lại ý kiến đã gửi; cổng thông tin không "
                    "lưu chính mã này, nên nếu mất mã thì không tìm lại được."
                }
            }
            h2 { "Khi bạn đánh giá một bài viết" }
            p {
                "Chỉ lưu tên bài, nút bạn bấm, nhận xét (nếu có) và thời điểm; không lưu ai đã đánh giá."
            }
            h2 { "Quyền của bạn" }
            p {
                "Bạn có quyền được biết, xem, sửa, rút lại sự đồng ý và yêu cầu xóa dữ liệu cá nhân của mình. "
                "Ở trang biên nhận, bạn tự rút lại ý kiến hoặc xóa thông tin cá nhân được ngay: hãy "
                a href=(Route::Lookup) { "tra cứu bằng mã biên nhận" } ". Các yêu cầu khác, xin "
                a href=(Route::Contact) { "liên hệ cơ quan" }
                ", nêu mã biên nhận của lần gửi."
            }
            p {
                "Dữ liệu đã xóa còn nằm trong bản sao lưu của cơ sở dữ liệu tối đa 30 ngày, chỉ để khôi phục khi có sự cố; "
                "khi khôi phục, những gì đã xóa lại bị xóa ngay."
            }
        }
    };
    let description = format!(
        "{} nhận thông tin cá nhân nào, dùng vào việc gì, giữ bao lâu, và bạn có những quyền gì.",
        frame.site.body_name
    );
    let head = Head {
        title: "Quyền riêng tư",
        description: Some(&description),
        route: Some(&Route::Privacy),
    };
    layout(frame, head, main)
}
