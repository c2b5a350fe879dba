//! All kinds of pages, each with a name and with an address on the portal `stage()`.

/// Who opens a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Anybody,
    /// Somebody signed in as an editor, who reads and answers.
    Editor,
    /// Somebody signed in as a publisher, who also releases and erases.
    Publisher,
}

/// A kind of page, and how a test opens a page of this kind.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub name: &'static str,
    /// The path and the query of the page's address.
    pub address: &'static str,
    /// A text by which the page is recognised, because few other kinds of pages contain it.
    pub shows: &'static str,
    pub status: i64,
    pub reader: Reader,
    /// The fault that is injected while the page is made (see `tests/faults.mjs`); empty for none.
    pub fault: &'static str,
    /// The fields of a form at the address. If there are any, the test sends this form, and inspects the page that
    /// follows.
    pub sent: &'static [(&'static str, &'static str)],
    /// Whether the page is opened on the portal `bare()`, which is not set up yet.
    pub is_bare: bool,
}

const fn page(name: &'static str, address: &'static str, shows: &'static str) -> Kind {
    Kind {
        name,
        address,
        shows,
        status: 200,
        reader: Reader::Anybody,
        fault: "",
        sent: &[],
        is_bare: false,
    }
}

/// A page of the desk, as a publisher sees it.
const fn desk(name: &'static str, address: &'static str, shows: &'static str) -> Kind {
    page(name, address, shows).by(Reader::Publisher)
}

impl Kind {
    const fn status(self, status: i64) -> Self {
        Self { status, ..self }
    }

    const fn by(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    const fn fault(self, fault: &'static str) -> Self {
        Self { fault, ..self }
    }

    const fn sent(self, sent: &'static [(&'static str, &'static str)]) -> Self {
        Self { sent, ..self }
    }

    const fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }
}

pub const PAGES: &[Kind] = &[
    // Articles and their lists.
    page("home", "/", "Tin bài mới"),
    page("home-bare", "/", "Liên hiệp").bare(),
    page(
        "article",
        "/bai-viet/lien-hiep-hoi-tinh-so-ket-cong-tac-sau-thang-dau-nam-2026",
        "Cập nhật lúc",
    ),
    page("article-document", "/bai-viet/van-ban-ban-hanh", "27/QĐ-LHH"),
    page("article-long-title", "/bai-viet/tieu-de-rat-dai", "nhiệm vụ khoa học"),
    page("article-one-word", "/bai-viet/mot-tu", "Lúa"),
    page("article-no-summary", "/bai-viet/khong-tom-tat", "Chỉ có danh sách"),
    page("article-small-image", "/bai-viet/anh-nho", "Lời chú"),
    page("article-wide-table", "/bai-viet/bang-12-cot", "Tiêu đề cột"),
    page(
        "article-merged-cells",
        "/bai-viet/ke-hoach-pho-bien-kien-thuc-khoa-hoc-va-cong-nghe-tai-cac-xa-vung-cao-giai-doan-2026-2028",
        "Thành tiền",
    ),
    page("article-deep-headings", "/bai-viet/de-muc-sau", "Đề mục cấp 6"),
    page("article-footnotes", "/bai-viet/nhieu-chu-thich", "Lời chú 12."),
    page("article-long-words", "/bai-viet/tu-rat-dai", "Nghiêncứu"),
    page("article-hmong", "/bai-viet/tieng-mong", "Nyob zoo."),
    page("article-english", "/bai-viet/english-07", "A note."),
    page("articles", "/tin-bai", "Tất cả"),
    page("articles-page-2", "/tin-bai?trang=2", "Bài"),
    page("articles-of-year", "/tin-bai/2020", "Bài số 25"),
    page("articles-of-month", "/tin-bai/2020/01", "Bài số 25"),
    page("category", "/chuyen-muc/nhieu-bai", "Bài số 25"),
    page("category-page-2", "/chuyen-muc/nhieu-bai?trang=2", "Bài số 3"),
    page("category-extremes", "/chuyen-muc/chua-tung-thay", "Ảnh rộng 40 điểm"),
    page("english", "/en", "upland rice"),
    page("english-page-2", "/en?trang=2", "upland rice"),
    page("english-empty", "/en", "There are no articles in English yet.").bare(),
    page("search", "/tim-kiem", "Tìm kiếm"),
    page("search-found", "/tim-kiem?q=l%C3%BAa+c%E1%BA%A1n", "lúa cạn"),
    page("search-found-page-2", "/tim-kiem?q=b%C3%A0i&trang=2", "Bài"),
    page("search-not-found", "/tim-kiem?q=khongcotunaynhuthe", "khongcotunaynhuthe"),
    page("search-away", "/tim-kiem?q=l%C3%BAa", "Tìm kiếm").status(503).fault("catalogue-fails"),
    page("rating-thanks", "/bai-viet/mot-tu/danh-gia", "Lúa"),
    page("rating-mistake", "/bai-viet/mot-tu", "Hãy bấm").status(422).sent(&[("nhan_xet", "Tốt")]),
    // Feedback and receipts.
    page("feedback", "/gop-y", "Góp ý"),
    page("feedback-about", "/gop-y?bai=mot-tu", "Về bài"),
    page("feedback-mistakes", "/gop-y", "chỗ cần sửa").status(422).sent(&[
        ("noi_dung", ""),
        ("loai", "phan-anh"),
        ("thu_dien_tu", "hien@"),
    ]),
    page("feedback-closed", "/gop-y", "chưa nhận ý kiến").status(503).bare(),
    page("lookup", "/gop-y/tra-cuu", "Tra cứu"),
    page("lookup-mistake", "/gop-y/tra-cuu", "Hãy điền đủ mã").status(422).sent(&[("ma", "7K2QM")]),
    page("receipt-received", "/gop-y/da-nhan/00000-00000-00000-00101", "Đã nhận ý kiến của bạn"),
    page("receipt-passed-on", "/gop-y/da-nhan/00000-00000-00000-00202", "Sở Xây dựng"),
    page("receipt-overdue", "/gop-y/da-nhan/00000-00000-00000-00303", "đã quá hạn"),
    page("receipt-answered", "/gop-y/da-nhan/00000-00000-00000-00404", "một cửa"),
    page("receipt-withdrawn", "/gop-y/da-nhan/00000-00000-00000-00505", "đã được rút lại"),
    page("receipt-of-comment", "/gop-y/da-nhan/00000-00000-00000-00808", "Góp ý về"),
    page("receipt-of-comment-answered", "/gop-y/da-nhan/00000-00000-00000-00909", "Đã mở rộng"),
    page("receipt-withdrawal", "/gop-y/da-nhan/00000-00000-00000-00101?viec=rut", "Rút lại ý kiến"),
    page("receipt-erasure", "/gop-y/da-nhan/00000-00000-00000-00101?viec=xoa", "Xóa thông tin"),
    page("receipt-other-contact", "/gop-y/da-nhan/00000-00000-00000-00101?viec=rut", "không khớp")
        .status(422)
        .sent(&[("lien_lac", "0987 654 320")]),
    page("receipt-mistyped", "/gop-y/da-nhan/00000-00000-00000-00001", "chưa đúng").status(404),
    page("receipt-unknown", "/gop-y/da-nhan/00000-00000-00000-00A0A", "không có ý kiến")
        .status(404),
    page("questions", "/hoi-dap", "Hỏi về việc thứ 125"),
    page("questions-page-2", "/hoi-dap?trang=2", "Hỏi về việc thứ 101"),
    page("questions-of-category", "/hoi-dap?chuyen-muc=dat-dai", "Hỏi đáp: Đất đai"),
    page("questions-none", "/hoi-dap", "Hỏi đáp").bare(),
    page("question", "/hoi-dap/107", "Hỏi về việc thứ 107"),
    // Drafts open for comment.
    page("consultations", "/du-thao", "Dự thảo đang mở"),
    page("consultations-none", "/du-thao", "Dự thảo").bare(),
    page("draft-coming", "/bai-viet/du-thao-sap-mo", "Dự thảo sắp mở"),
    page("draft-open", "/bai-viet/du-thao-dang-mo", "Góp ý điều này"),
    page("draft-closed", "/bai-viet/du-thao-da-dong", "đang tổng hợp ý kiến"),
    page("draft-answered", "/bai-viet/du-thao-da-tra-loi", "Đã tiếp thu, giải trình"),
    page("draft-issued", "/bai-viet/du-thao-ban-hanh", "so-sanh"),
    page("draft-comment", "/gop-y?du-thao=du-thao-dang-mo&dieu=dieu-2-pham-vi", "Góp ý dự thảo"),
    page("draft-comment-mistakes", "/gop-y?du-thao=du-thao-dang-mo", "chỗ cần sửa")
        .status(422)
        .sent(&[("noi_dung", "Tốt."), ("thu_dien_tu", "hien@"), ("ho_ten", "Hiên")]),
    page("draft-comment-too-late", "/gop-y?du-thao=du-thao-da-dong", "Đã hết thời gian góp ý")
        .status(404),
    page("draft-comments", "/du-thao/du-thao-dang-mo/y-kien", "còn hẹp."),
    page("draft-comments-of-clause", "/du-thao/du-thao-dang-mo/y-kien?dieu=_", "còn hẹp."),
    page("draft-comments-page-2", "/du-thao/du-thao-dang-mo/y-kien?trang=2", "còn hẹp."),
    page("draft-answers", "/du-thao/du-thao-da-tra-loi/tiep-thu", "Đã mở rộng phạm vi."),
    page("draft-record", "/du-thao/du-thao-dang-mo/so-cai", "mục chờ"),
    page("comparison", "/du-thao/du-thao-ban-hanh/so-sanh", "Sửa lời"),
    page("comparison-page-2", "/du-thao/du-thao-ban-hanh/so-sanh?trang=2", "Tóm tắt và danh sách"),
    // Pages about the portal, and errors.
    page("site-map", "/so-do-trang", "Chuyên mục thứ 40 của một cơ quan"),
    page("contact", "/lien-he", "Liên hệ"),
    page("privacy", "/quyen-rieng-tu", "Quyền riêng tư"),
    page("error-not-found", "/khong-co", "Không tìm thấy trang").status(404),
    page("error-address", "/tin-bai?trang=x", "Địa chỉ không đúng").status(400),
    page("error-broken-article", "/bai-viet/tai-lieu-hong", "đang được chỉnh sửa").status(503),
    page("error-database", "/hoi-dap", "đang gián đoạn").status(503).fault("db-fails"),
    // The desk.
    page("desk-sign-in", "/bien-tap", "Đăng nhập bàn biên tập").status(401),
    page("desk-not-set-up", "/bien-tap", "ACCESS_TEAM").status(503).bare(),
    desk("desk-today", "/bien-tap", "quá hạn"),
    desk("desk-today-editor", "/bien-tap", "quá hạn").by(Reader::Editor),
    desk("desk-synced", "/bien-tap?da=dong-bo", "Đã đồng bộ một lượt"),
    desk("desk-not-found", "/bien-tap/khong-co", "Không tìm thấy trang").status(404),
    desk("desk-database-away", "/bien-tap/y-kien", "gián đoạn").status(503).fault("db-fails"),
    desk("desk-articles", "/bien-tap/bai-viet", "Bài viết"),
    desk("desk-articles-broken", "/bien-tap/bai-viet?trang-thai=loi", "trường “author”"),
    desk("desk-articles-none", "/bien-tap/bai-viet?q=khongcotu", "Không có tài liệu nào"),
    desk("desk-old-addresses", "/bien-tap/bai-viet/dia_chi_cu", "/cu/bang.aspx?id=1"),
    desk("desk-article", "/bien-tap/bai-viet/mot-tu", "Nhận xét thứ"),
    desk("desk-article-broken", "/bien-tap/bai-viet/tai-lieu-hong", "trường “author”"),
    desk("desk-article-preview", "/bien-tap/bai-viet/ban-nhap/xem-truoc", "Bản xem trước"),
    desk("desk-article-preview-broken", "/bien-tap/bai-viet/tai-lieu-hong/xem-truoc", "Chưa xem"),
    desk("desk-submissions", "/bien-tap/y-kien", "Giờ mở cửa thư viện"),
    desk("desk-submissions-page-2", "/bien-tap/y-kien?trang-thai=tat-ca&trang=2", "Câu hỏi"),
    desk("desk-submissions-none", "/bien-tap/y-kien?q=khongcotu", "Không có ý kiến nào"),
    desk("desk-submission", "/bien-tap/y-kien/1", "Lò Thị Hiên"),
    desk("desk-submission-suspect", "/bien-tap/y-kien/7", "Mua hàng giá rẻ"),
    desk("desk-submission-answered", "/bien-tap/y-kien/4", "một cửa"),
    desk("desk-submission-withdrawn", "/bien-tap/y-kien/5", "rút lại"),
    desk("desk-submission-mistake", "/bien-tap/y-kien/1", "Hãy ghi tên đơn vị nhận")
        .status(422)
        .sent(&[("don_vi", ""), ("viec", "chuyen")]),
    desk("desk-answer", "/bien-tap/y-kien/3/tra-loi", "Khi nào đóng điện?"),
    desk("desk-release", "/bien-tap/y-kien/4/cong-bo", "Thủ tục cấp giấy phép"),
    desk("desk-erase", "/bien-tap/y-kien/2/xoa", "Xóa"),
    desk("desk-drafts", "/bien-tap/du-thao", "Dự thảo đã đóng"),
    desk("desk-draft", "/bien-tap/du-thao/du-thao-da-dong", "còn hẹp."),
    desk("desk-draft-editor", "/bien-tap/du-thao/du-thao-da-dong", "còn hẹp.").by(Reader::Editor),
    desk("desk-draft-page-2", "/bien-tap/du-thao/du-thao-dang-mo?trang=2", "còn hẹp."),
    desk("desk-draft-mistake", "/bien-tap/du-thao/du-thao-da-dong", "Hãy")
        .status(422)
        .sent(&[("tra_loi", ""), ("viec", "tra-loi")]),
    desk("desk-comment", "/bien-tap/du-thao/du-thao-da-dong/301", "còn hẹp."),
    desk("desk-draft-preview", "/bien-tap/du-thao/du-thao-da-dong/xem-truoc", "chưa trả lời"),
    desk("desk-draft-preview-released", "/bien-tap/du-thao/du-thao-da-tra-loi/xem-truoc", "Đã mở"),
];
