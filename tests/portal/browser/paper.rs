//! What comes out of a printer.

use super::chromium::chromium;
use super::stage::stage;

/// All text of a PDF, with single blanks between words.
fn text_of(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a page of the stage has on paper.
fn printed(path: &str) -> String {
    let mut tab = chromium().tab();
    tab.open(&format!("http://localhost:{}{path}", stage().port));
    text_of(&tab.print())
}

#[test]
fn an_article_is_printed_without_what_leads_elsewhere() {
    let paper = printed("/bai-viet/van-ban-ban-hanh");
    for text in ["Quyết định dài", "27/QĐ-LHH", "Điều 150. Việc thứ 150", "Hạn thứ 150 là bảy ngày"]
    {
        assert!(paper.contains(text), "{text:?} is not printed: {paper:.2000}");
    }
    for text in
        ["Trang chủ", "Sơ đồ trang", "Thông tin này có ích không?", "Tin bài mới", "Đi thẳng tới"]
    {
        assert!(!paper.contains(text), "{text:?} is printed");
    }
}
