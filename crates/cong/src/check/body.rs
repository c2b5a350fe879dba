//! Checks the body of a document, except its links: headings, pictures, and text that is not shown as its author
//! intended.

use super::finding::{Finding, MAX_FINDINGS, Severity};
use super::studied::Studied;
use crate::language::say;
use cong_core::article::OutlineElement;

pub fn findings(studied: &Studied<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The page's title is the heading of level 1.
    let mut level = 1;
    for (element, range) in &studied.outline {
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        let mut warn = |code, message: String, hint: String| {
            let span = studied.in_body(range);
            findings.push(studied.finding(Severity::Warning, code, &span, message).with_hint(hint));
        };
        match element {
            OutlineElement::Heading(heading) => {
                if heading.text.is_empty() {
                    warn(
                        "heading-empty",
                        say!("tiêu đề mục không có chữ", "the heading has no text"),
                        say!("thêm chữ, hoặc bỏ các dấu #", "give it a text, or remove the #"),
                    );
                } else if heading.level > level + 1 {
                    let (wanted, found) =
                        ("#".repeat(usize::from(level) + 1), "#".repeat(heading.level.into()));
                    warn(
                        "heading-jump",
                        say!(
                            "tiêu đề mục nhảy cấp: {found} mà trước đó chưa có {wanted}",
                            "the heading skips a level: {found} without {wanted} before it"
                        ),
                        say!(
                            "dùng {wanted}; cỡ chữ là việc của trang, cấp là việc của bài",
                            "use {wanted}: the page sees to the size, the document to the level"
                        ),
                    );
                }
                level = heading.level;
            }
            OutlineElement::Image { alt, .. } if alt.is_empty() => warn(
                "alt-missing",
                say!("ảnh không có lời mô tả", "the picture has no description"),
                say!(
                    "viết ![ảnh cho thấy gì](tệp) cho người không nhìn thấy ảnh",
                    "write ![what it shows](file) for those who cannot see it"
                ),
            ),
            OutlineElement::RemoteImage { .. } => warn(
                "remote-image",
                say!(
                    "ảnh ở trang khác: chỉ hiện thành liên kết",
                    "a picture from elsewhere: only a link to it is shown"
                ),
                say!(
                    "chép ảnh vào files/ rồi ghi tên tệp",
                    "copy the picture into files/ and name the file"
                ),
            ),
            OutlineElement::Html => warn(
                "html",
                say!("mã HTML: hiện ra như chữ thường", "HTML: it is shown as text"),
                say!(
                    "viết bằng Markdown, hoặc đặt trong dấu ` nếu muốn hiện như thế",
                    "write it in Markdown, or put it in backticks if that is wanted"
                ),
            ),
            OutlineElement::LooseMark => warn(
                "footnote-missing",
                say!("dấu chú thích mà không có chú thích", "a mark without a footnote"),
                say!(
                    "thêm dòng [^…]: Nội dung chú thích.",
                    "add a line [^…]: The text of the footnote."
                ),
            ),
            OutlineElement::LooseMarker => warn(
                "passage",
                say!(
                    "dòng này không đánh dấu đoạn tiếng khác: hiện ra như chữ thường",
                    "this line marks no passage in another language: it is shown as text"
                ),
                say!(
                    "mở đoạn bằng dòng ::: lang=hmn (mã ngôn ngữ), đóng bằng dòng :::",
                    "begin it with a line ::: lang=hmn (the code of its language), end it with a line :::"
                ),
            ),
            OutlineElement::Link { address: None } => warn(
                "unsafe-link",
                say!(
                    "địa chỉ không dùng được: chỉ chữ của liên kết hiện ra",
                    "the address cannot be used: only the text of the link is shown"
                ),
                say!(
                    "dùng https:, http:, mailto:, tel: hoặc đường dẫn trên cổng",
                    "use https:, http:, mailto:, tel: or a path of the portal"
                ),
            ),
            OutlineElement::Link { .. } | OutlineElement::Image { .. } => {}
        }
    }
    findings
}
