//! The page of a consultation's ledger: its sealed days, and how anyone can verify them.

use maud::{Markup, html};

use super::comments::draft_head;
use super::frame::Frame;
use super::layout::{Head, layout};
use crate::consultation::record::SealedDays;
use cong_core::addresses::{DraftPage, Part, Route};
use cong_core::article::Article;
use cong_core::ledger::{Hash, Seal};
use cong_core::vietnamese::{date_of, grouped};

pub struct RecordPage<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
    pub days: &'a SealedDays,
}

pub fn record(frame: Frame<'_>, page: &RecordPage<'_>) -> Markup {
    let RecordPage { slug, article, days } = page;
    let main = html! {
        (draft_head(frame, slug, article, "Sổ cái góp ý"))
        p {
            "Mỗi ý kiến gửi đến và mỗi câu trả lời được ghi thành một mục của sổ này ngay khi có. Hết mỗi ngày, sổ được "
            "khóa: các mục của ngày được tính thành một mã. Ai chép lại mã của một ngày thì về sau biết được có mục nào bị "
            "bỏ, sửa hay thêm hay không."
        }
        ul class="draft-links" {
            li { a href=(Route::draft(slug, DraftPage::Comments(Part::ALL))) { "Ý kiến đã công bố" } }
            li { a href=(Route::draft(slug, DraftPage::RecordExport)) { "Tải toàn bộ sổ (JSON Lines)" } }
        }
        h2 { "Các ngày đã khóa sổ" }
        @if days.days.is_empty() {
            p { "Chưa có ngày nào." }
        } @else {
            @for stored in days.days.iter().rev() { (day(&stored.seal)) }
        }
        @if days.waiting > 0 {
            p {
                "Có thêm " strong { (grouped(usize::try_from(days.waiting).unwrap_or(usize::MAX))) }
                " mục chờ khóa sổ vào lần tới, ít phút sau nửa đêm (giờ Việt Nam)."
            }
        }
        (how(slug))
    };
    let title = format!("Sổ cái góp ý: {}", article.title);
    let route = Route::draft(slug, DraftPage::Record);
    layout(
        frame,
        Head {
            title: &title,
            description: Some(
                "Sổ cái của các ý kiến góp ý: ai cũng kiểm tra được rằng không ý kiến nào bị bỏ hay bị sửa.",
            ),
            route: Some(&route),
        },
        main,
    )
}

fn day(seal: &Seal) -> Markup {
    html! {
        section class="seal" {
            h3 {
                time datetime=(seal.day) { "Ngày " (date_of(seal.day)) }
                ": " (grouped(usize::try_from(seal.size).unwrap_or(usize::MAX))) " mục"
            }
            dl {
                div { dt { "Mã gốc" } dd { (hash(seal.root)) } }
                div { dt { "Mã chuỗi" } dd { (hash(seal.chain)) } }
            }
        }
    }
}

/// A hash, in a form for copying.
pub fn hash(hash: Hash) -> Markup {
    html! { code class="hash" { (hash) } }
}

fn how(slug: &str) -> Markup {
    html! {
        h2 id="cach_tinh" { "Mã được tính thế nào" }
        ol {
            li {
                "Mỗi mục là một dòng JSON. Mục không chứa nội dung hay tên, chỉ chứa mã cam kết của chúng: SHA-256 "
                "của " code { "muối:trường:giá trị" } ", muối là 32 chữ số hệ mười sáu lấy ngẫu nhiên. Trường là "
                code { "text" } " (ý kiến), " code { "name" } " (tên), " code { "answer" } " (trả lời) hoặc "
                code { "changed" } " (nơi đã sửa)."
            }
            li { "Lá của một mục: SHA-256 của một byte 0 rồi đến dòng JSON của mục." }
            li {
                "Mã gốc của ngày: cây Merkle của các lá theo thứ tự (RFC 9162, mục 2.1.1); nút là SHA-256 của một byte 1, mã "
                "bên trái, mã bên phải."
            }
            li {
                "Mã chuỗi: SHA-256 của bốn dòng chữ – mã chuỗi của lần khóa sổ trước (lần đầu để trống), ngày (năm-tháng-ngày), số mục, mã gốc – "
                "nối nhau bằng dấu xuống dòng."
            }
        }
        h2 { "Xóa theo yêu cầu không làm hỏng sổ" }
        p {
            "Người góp ý có quyền xóa tên hoặc rút ý kiến. Khi ấy giá trị và muối của nó bị xóa hẳn, nên không ai dò lại được; "
            "mã cam kết ở lại, và một mục mới ghi rõ đã xóa gì, lúc nào, theo yêu cầu của ai. Địa chỉ, điện thoại và thư điện "
            "tử không nằm trong sổ, kể cả dưới dạng mã."
        }
        h2 { "Tự kiểm tra" }
        p {
            "Tải toàn bộ sổ vào một thư mục rồi chạy " code { "cong verify <thư mục>" } " (công cụ trong mã nguồn của cổng): "
            "không cần mạng, không cần tin cơ quan. Thêm " code { "--chain <mã>" } " để đối chiếu với mã chuỗi bạn đã chép "
            "trước đây. Trên biên nhận của mỗi ý kiến có đường đi từ mục của ý kiến đó đến mã gốc của ngày. "
            a href=(Route::draft(slug, DraftPage::RecordExport)) { "Tải sổ" } "."
        }
    }
}
