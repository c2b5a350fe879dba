//! The texts of the page frame (header, navigation, footer) in Vietnamese.

use cong_core::article::Labels;
use cong_core::vietnamese::{Timestamp, grouped};

use super::types::{
    ArticleTexts, DraftTexts, Forms, FrameTexts, HomeTexts, ListTexts, RatingTexts, ReadingTexts,
    Texts,
};

pub static VIETNAMESE: Texts = Texts {
    frame: FrameTexts {
        language: "Tiếng Việt",
        skip: "Đi thẳng tới nội dung",
        quick_search: "Tìm nhanh",
        search_label: "Tìm trong các tin bài",
        search_placeholder: "Tìm tin bài, văn bản",
        search: "Tìm",
        navigation: "Chính",
        home: "Trang chủ",
        articles: "Tin bài",
        drafts: "Dự thảo",
        feedback: "Góp ý",
        questions: "Hỏi đáp",
        site_map: "Sơ đồ trang",
        contact: "Liên hệ",
        notice: "Thông báo",
        responsible: "Chịu trách nhiệm nội dung",
        address: "Địa chỉ",
        phone: "Điện thoại",
        email: "Thư điện tử",
        look_up: "Tra cứu ý kiến đã gửi",
        privacy: "Quyền riêng tư",
        feed: "Nguồn tin (Atom)",
        sign_in: "Đăng nhập",
        feed_of_all: "Tất cả tin bài",
        feed_of_category: "Chuyên mục này",
    },
    list: ListTexts {
        latest: "Tin bài mới",
        all: "Tất cả tin bài",
        none: "Chưa có bài viết nào.",
        pinned: "Nổi bật",
        pages: "Các trang",
        page: "Trang",
        previous_page: "‹ Trang trước",
        next_page: "Trang sau ›",
    },
    home: HomeTexts {
        all_drafts: "Tất cả dự thảo",
        categories: "Chuyên mục",
        all_categories: "Tất cả chuyên mục",
        feedback: "Góp ý, hỏi đáp",
        about_feedback: "Gửi góp ý, câu hỏi hoặc phản ánh tới cơ quan; mỗi lần gửi có một mã biên nhận.",
        send_feedback: "Gửi góp ý",
        answered_questions: "Câu hỏi đã được trả lời",
    },
    article: ArticleTexts {
        place: "Vị trí",
        updated: "Cập nhật lúc",
        document: "Thông tin văn bản",
        number: "Số, ký hiệu",
        kind: "Loại văn bản",
        issuer: "Cơ quan ban hành",
        parent: "Cơ quan chủ quản",
        issued_on: "Ngày ban hành",
        issued_at: "Nơi ban hành",
        signer: "Người ký",
        source: "Nguồn",
        original: "Văn bản gốc",
        attachments: "Tệp đính kèm",
        related: "Bài liên quan",
        history: "Lịch sử thay đổi",
        extended: |until, before| {
            let (until, before) = (until.hour_and_date(), before.hour_and_date());
            format!("Gia hạn nhận ý kiến đến {until} (trước đó: đến {before}).")
        },
        neighbours: "Bài trước và bài sau",
        previous: "‹ Bài trước trong chuyên mục",
        next: "Bài sau trong chuyên mục ›",
        report: "Góp ý hoặc báo thông tin chưa chính xác về bài này",
        preview: "Xem trước",
        markdown: Labels {
            table: "Bảng",
            footnotes: "Chú thích",
            back_to_text: "Về chỗ trích dẫn",
        },
    },
    reading: ReadingTexts {
        contents: "Nội dung",
        minutes: |minutes| format!("{} phút đọc", grouped(minutes)),
        to_top: "Về đầu trang",
        share: "Chia sẻ",
        print_hint: "Bản in (Ctrl+P) gọn, không có khung trang, và ghi địa chỉ các liên kết ở cuối.",
        listen: "Nghe bài này",
        recording: "Tải bản ghi âm",
    },
    draft: DraftTexts {
        not_yet_open: "Sắp lấy ý kiến",
        open: "Đang lấy ý kiến",
        closed: "Đã hết hạn góp ý, đang tổng hợp ý kiến",
        answered: "Đã tiếp thu, giải trình",
        issued: "Đã ban hành",
        opens: "Nhận ý kiến từ",
        closes: "Đến hết",
        open_until: "Nhận ý kiến đến",
        local_time: "giờ Việt Nam",
        days_left: |days| match days {
            0 => "hôm nay là ngày cuối".to_owned(),
            days => format!("còn {days} ngày"),
        },
        extended_on: "Gia hạn ngày",
        open_until_before: "Trước đó nhận ý kiến đến",
        unit: "Đơn vị tổng hợp",
        comments: "Ý kiến",
        received,
        comment: "Góp ý dự thảo này",
        comment_clause,
        answers: "Xem báo cáo tiếp thu, giải trình",
        issued_document: "Xem văn bản đã ban hành",
        comparison: "So sánh dự thảo với văn bản đã ban hành",
        released_comments: "Ý kiến đã công bố",
        record: "Sổ cái góp ý",
        other_ways: "Gửi ý kiến bằng cách khác",
    },
    rating: RatingTexts {
        question: "Thông tin này có ích không?",
        remark: "Nhận xét thêm",
        remark_hint: "(không bắt buộc; xin đừng ghi thông tin cá nhân)",
        yes: "Có ích",
        no: "Chưa có ích",
        thanks: "Cảm ơn bạn đã đánh giá",
        purpose: "Đánh giá chỉ dùng để cải thiện nội dung, không ghi lại ai đã đánh giá và không được trả lời.",
        for_answer: ["Nếu cần câu trả lời, hãy", "gửi góp ý", "để có mã biên nhận."],
        back: "Quay lại bài",
        again: "Đánh giá bài viết",
        not_taken: "Chưa ghi nhận được",
        about: "Về bài",
        error: "Lỗi",
        no_button: "Hãy bấm một trong hai nút.",
        too_long: |limit| format!("Nhận xét dài quá {limit} ký tự; hãy rút gọn rồi bấm lại."),
        too_many: "Từ mạng của bạn vừa có quá nhiều lần đánh giá. Xin đợi một phút rồi bấm lại.",
        not_stored: "Hệ thống tạm thời không lưu được. Xin đợi một phút rồi bấm lại.",
    },
    forms: Forms {
        count: grouped,
        date: Timestamp::date,
        date_time: Timestamp::date_time,
        hour_and_date: Timestamp::hour_and_date,
    },
};

fn received(all: u32, withdrawn: u32) -> String {
    let mut text = format!("Đã nhận {} ý kiến", grouped(all as usize));
    if withdrawn > 0 {
        text.push_str(&format!(", {} đã rút lại", grouped(withdrawn as usize)));
    }
    text
}

/// The text of the link to comment on a clause. The first word of the clause's heading tells the kind of clause, such
/// as "chương" (chapter) or "điều" (article).
fn comment_clause(heading: &str) -> &'static str {
    let first = heading.split_whitespace().next().unwrap_or_default().to_lowercase();
    match first.trim_end_matches(['.', ':']) {
        "chương" => "Góp ý chương này",
        "mục" => "Góp ý mục này",
        "điều" => "Góp ý điều này",
        "khoản" => "Góp ý khoản này",
        "phụ" => "Góp ý phụ lục này",
        _ => "Góp ý phần này",
    }
}
