//! Pages with the structure of systems that offices use or used, whose lead (introductory paragraph), title, time and
//! author are in unusual places. The texts are invented.

use super::{JPEG, Office, html, word};
use crate::harness::assert_says;

const FIRST: &str = "Theo kế hoạch, toàn tỉnh trồng mới 12.500 ha rừng gỗ lớn tại bảy huyện vùng cao; các hộ tham gia \
    được hỗ trợ cây giống và một nửa chi phí phân bón trong ba năm đầu.";
const SECOND: &str = "Các huyện kiến nghị tỉnh sớm ban hành định mức kinh tế kỹ thuật, bố trí vốn ngay từ đầu năm và \
    đơn giản hóa thủ tục giao rừng cho cộng đồng thôn bản.";
const LEAD: &str =
    "Sáng 12/6, tỉnh họp trực tuyến với các huyện để triển khai kế hoạch trồng rừng gỗ lớn.";
const TITLE: &str = "Sơn Lâm triển khai kế hoạch trồng rừng gỗ lớn";
const OTHERS: &str = "<li><a href='/tin/1'>Khai mạc hội chợ nông sản vùng cao năm nay</a> (01/06/2008)</li>\
    <li><a href='/tin/2'>Đoàn công tác kiểm tra tiến độ hồ chứa nước Khe Lùng</a> (02/06/2008)</li>";

/// Replaces the placeholders `@t`, `@l`, `@1`, `@2` and `@o` by the title, the lead, two paragraphs and a list of links
/// to other articles.
fn page(text: &str) -> String {
    let parts = [("@t", TITLE), ("@l", LEAD), ("@1", FIRST), ("@2", SECOND), ("@o", OTHERS)];
    parts.iter().fold(text.to_owned(), |text, (mark, part)| text.replace(mark, part))
}

/// For each system: its name, a page that it makes, and the time and the author of the article on that page.
const PAGES: [(&str, &str, &str, &str); 12] = [
    // SharePoint of several ministries: lead and source are in elements of their own.
    (
        "bo-a",
        "<title>Bộ Lâm nghiệp</title><form><div class='Around_News_Content'><div id='g_pnHide'>\
        <span class='News_Time_Post'>Thứ năm, 21/06/2018 16:17&nbsp;GMT+7</span><span>Xem với cỡ chữ</span></div>\
        <div id='divArticleDescription3'><h1 class='News_Detail_Title'>@t</h1></div><div id='divArticleDescription1'>@l</div>\
        <div id='divArticleDescription2'><p>@1</p><p>@2</p></div><div id='pnNguontin'><p><font>Theo Báo Xây dựng</font></p></div></div>\
        <div class='groupnews_head'>Tin khác</div><ul class='othernews_fullwidth'>@o</ul></form>",
        "21/06/2018 16:17:00",
        "Báo Xây dựng",
    ),
    // The title of the document and a box above the article name only the section.
    (
        "bo-b",
        "<title>Tin hoạt động của Bộ</title><div class='box-category'><h3 class='title-list-news'>Tin hoạt động</h3></div>\
        <div class='title_news'><h1>@t</h1><div class='date-detail'><span>14/05/2018 10:32 AM</span></div>\
        <div class='news_detail'><div id='divArticleDescription'>@l</div><div id='divArticleContent'><p>@1</p><p>@2</p>\
        <p><b>Lò Thị Hà</b></p></div></div></div>",
        "14/05/2018 10:32:00",
        "Lò Thị Hà",
    ),
    // The lead has a name that other portals use for the text, and the time is above the title.
    (
        "uy-ban",
        "<title>Cổng thông tin điện tử Ủy ban</title><span id='c_lblDate'>03:45 PM 09/06/2020 | Lượt xem: 94</span>\
        <h3><span id='c_newsTitle'>@t</span></h3><span id='c_newsContent'>@l</span><div id='divNewsDetails'><p>@1</p><p>@2</p></div>\
        <div><span>Vi Thanh Phong</span></div><h3>Tin đã đưa</h3><ul>@o</ul>",
        "09/06/2020 15:45:00",
        "Vi Thanh Phong",
    ),
    // The title is in an element named "related".
    (
        "bo-c",
        "<title>Bộ Kế hoạch</title><div id='x_pnTinLienQuan'><div class='title-detail'>@t</div>\
        <div class='ngaydang'>Ngày đăng : 30/03/2019 - 2:59 PM</div><div><span>(MPI) – @l</span></div></div>\
        <div class='content-detail-news'><p>@1</p><p>@2</p></div><div class='tacgia'>Nguồn: Vụ Kinh tế</div>",
        "30/03/2019 14:59:00",
        "Vụ Kinh tế",
    ),
    // A web part made of tables, whose title contains the time.
    (
        "bo-d",
        "<title>Tin tức</title><table><tr><td class='news_title'>@t<div>[03/08/2011 10:20]</div></td></tr><tr><td><div>@l</div>\
        <div><div class='ExternalClass21AB'><p>@1</p><p>@2</p></div></div></td></tr><tr><td>Các tin đã đưa:</td></tr>\
        <tr><td><ul>@o</ul></td></tr></table>",
        "03/08/2011 10:20:00",
        "Ban Biên tập",
    ),
    // DotNetNuke with English settings.
    (
        "dnn",
        "<meta name='author' content='DotNetNuke'><title>Trang tin điện tử > Chi tiết</title><table><tr><td class='Head'>\
        <span id='dnn_ctr421_lblTitle'>@t</span></td></tr><tr><td>Cập nhật: 9/7/2009 8:05:00 AM</td></tr><tr><td class='NormalBold'>@l</td></tr>\
        <tr><td><span id='dnn_ctr421_lblContent'><P>@1<P>@2<P align=right>Nông Văn Páo</span></td></tr>\
        <tr><td>Các tin liên quan</td></tr><tr><td><ul>@o</ul></td></tr></table>",
        "07/09/2009 08:05:00",
        "Nông Văn Páo",
    ),
    // NukeViet.
    (
        "nukeviet",
        "<title>@t - Tin tức - Trường Bản Lục</title><meta property='og:title' content='@t'><meta property='og:url' content='http://banluc.vn/tin/cay.html'><meta property='og:site_name' content='Trường Bản Lục'>\
        <meta name='author' content='Trường Bản Lục'><meta name='description' content='@t - Tin tức - Trường Bản Lục'><div class='newsdetail'><h1 class='title'>@t</h1>\
        <div class='row'><span class='h5'>Thứ hai - 15/06/2015 09:05</span> <span>Đã xem: 1234</span></div>\
        <figure class='article'><div><p><img src='/uploads/cay.jpg' alt='Cây'></p><figcaption>Học sinh trồng cây</figcaption></div></figure>\
        <div class='hometext'>@l</div><div id='news-bodyhtml' class='bodytext'><p>@1</p><p>@2</p></div>\
        <div><strong>File đính kèm</strong></div><div class='list-group news-download-file'><a href='/uploads/ke-hoach.pdf'>Tải về: <strong>Kế hoạch 112</strong></a></div>\
        <p><strong>Tác giả bài viết: </strong>Vừ A Chứ</p></div><p>Những tin mới hơn</p><ul class='related'>@o</ul>",
        "15/06/2015 09:05:00",
        "Vừ A Chứ",
    ),
    // Joomla 1.5.
    (
        "joomla",
        "<base href='http://sonlam.vn/tin/57-trong-rung'><title>@t</title><table class='contentpaneopen'><tr><td class='contentheading'>@t</td></tr></table>\
        <table class='contentpaneopen'><tr><td><span class='small'>Viết bởi Quàng Thị Lả</span></td></tr><tr><td class='createdate'>Thứ tư, 15 Tháng 9 2010 08:45</td></tr>\
        <tr><td><p><b>@l</b></p><p>@1</p><p>@2</p></td></tr></table>",
        "15/09/2010 08:45:00",
        "Quàng Thị Lả",
    ),
    // Drupal 8: author and time are in a footer above the text.
    (
        "drupal",
        "<title>@t | Sở Công Thương</title><h1 class='page-title'>@t</h1><article><footer class='node__meta'>Được gửi bởi <span>Vi Văn Lả</span> on \
        <span>Thứ 3, 08/19/2014 - 10:22</span></footer><div class='node__content'><p>@l</p><div class='field--name-body'><p>@1</p><p>@2</p></div></div></article>\
        <footer><p>Bản quyền thuộc về Sở Công Thương. Địa chỉ: số 1 đường Trung Tâm, điện thoại 0299 3800 800, thư điện tử so@sonlam.vn.</p></footer>",
        "19/08/2014 10:22:00",
        "Vi Văn Lả",
    ),
    // WordPress: the author's name is only in the JSON-LD for search engines.
    (
        "wordpress",
        "<title>@t</title><body class='footer-fixed'><div id='main' class='has-sidebar'><script type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2021-03-02T02:11:09+00:00\",\"author\":{\"name\":\"Sùng A Tủa\"}}]}</script>\
        <h1 class='entry-title'>@t</h1><span class='byline'> by <a>admin</a></span><div class='entry-content'><p>@l</p><p>@1</p><p>@2</p></div></div>",
        "02/03/2021 09:11:09",
        "Sùng A Tủa",
    ),
    // No element has a telling name, the lead is a heading, and the copy was made with HTTrack.
    (
        "bo-e",
        "<!-- Mirrored from bo.vn/chitiet?id=77 by HTTrack Website Copier/3.x --><title>Chi tiết tin tức</title><div class='detailBlogs'>\
        <div class='title'><h2>@t</h2><span>05/07/2019 09:30:33</span></div><div class='description'><h4>@l</h4></div>\
        <div class='contentBlogs'><p>@1</p><p>@2</p></div></div>",
        "05/07/2019 09:30:33",
        "Ban Biên tập",
    ),
    // Liferay, with every paragraph made a heading.
    (
        "liferay",
        "<title>@t - Bộ Y tế</title><div class='contentDetail'><h3>@t</h3><p>20/06/2021 | 10:15 AM</p><div class='sapo'><strong>@l</strong></div>\
        <div class='journal-content-article'><h2><span>@1</span></h2><h2>@2</h2><h2><em>Hà Nhiên - Trần Minh</em></h2></div></div>",
        "20/06/2021 10:15:00",
        "Hà Nhiên - Trần Minh",
    ),
];

#[test]
fn lead_time_and_author_are_found_on_the_pages_of_many_systems() {
    for (name, text, time, author) in PAGES {
        let office = Office::with(
            &format!("import-{name}"),
            &[("tin.html", format!("<html>{}", page(text)).as_bytes()), ("uploads/cay.jpg", JPEG)],
        );
        let report = office.imported(&[]);
        let article = office.article("son-lam-trien-khai-ke-hoach-trong-rung-go-lon");
        assert_eq!(article.title, TITLE, "{name}");
        assert_eq!(article.published.date_time(), time, "{name}\n{report}");
        assert_eq!(article.author, author, "{name}");
        let body = html(&article);
        assert_says(&body, &[LEAD, FIRST, SECOND]);
        for alien in ["Khai mạc", "Lượt xem", "Bản quyền", "<h2", "Tin khác", "tin mới hơn"]
        {
            assert!(!body.contains(alien), "{name}: {alien} in\n{body}");
        }
        if name == "nukeviet" {
            assert_says(
                &body,
                &["alt=\"Cây\"", "Học sinh trồng cây</figcaption>", "Kế hoạch 112</a>"],
            );
            assert_eq!(article.summary, LEAD);
        }
        match name {
            "uy-ban" => assert_says(&report, &["thời gian là phỏng đoán", "tác giả là phỏng đoán"]),
            "joomla" => assert_eq!(article.aliases, ["/tin/57-trong-rung"]),
            "bo-e" => assert_eq!(article.aliases, ["/chitiet?id=77"]),
            _ => {}
        }
    }
}

#[test]
fn lists_forms_and_footers_do_not_become_articles() {
    let item = format!(
        "<h3><a href='/t'>Khai mạc hội chợ nông sản vùng cao năm nay</a></h3><p>{LEAD} {}…</p>",
        &LEAD[..30]
    );
    let list = format!("<html><h1>Tin tức</h1><div class='content-news'>{}</div>", item.repeat(8));
    let foot = "<html><h1>Liên hệ</h1><form>Họ tên <input></form><div><p>Bản quyền thuộc về Ủy ban nhân dân tỉnh. Địa chỉ: số 1 đường \
        Trung Tâm, thành phố Sơn Lâm. Giấy phép số 12/GP-TTĐT ngày 01/02/2010. Ghi rõ nguồn khi phát lại thông tin từ trang này, \
        xin cảm ơn bạn đọc đã quan tâm theo dõi.</p></div>";
    let office = Office::with(
        "import-lists",
        &[("list.html", list.as_bytes()), ("contact.html", foot.as_bytes())],
    );
    assert_says(&office.imported(&[]), &["0 bài mới", "2 nguồn không thành bài"]);
}

#[test]
fn captions_table_headers_and_attached_word_files_stay_with_their_articles() {
    let text = "<html><h1>@t</h1><p>Đăng ngày 02/06/2018</p><div class=noidung><p>@1</p><table><tr><td><img src='uploads/a.jpg'></td></tr>\
        <tr><td>Đại biểu tham quan</td></tr></table><p>@2</p>\
        <table><tr><td rowspan=2>Họ tên</td><td colspan=2>Điểm</td></tr><tr><td>Viết</td><td>Nói</td></tr><tr><td>Lò Văn An</td><td>8</td><td>7</td></tr></table>\
        <p><img src='uploads/b.jpg'></p><p><em>Quang cảnh cuộc họp</em></p><p>Lượt xem: 77</p><p><a href='#'>In trang</a> | <a href='#'>Quay lại</a></p></div>\
        <div><b>Tài liệu đính kèm:</b> <a href='uploads/kh.docx'>Kế hoạch</a></div>\
        <div class=noidung><img src='/uploads/khong-co.jpg'></div>";
    let office = Office::with("import-attached", &[
        ("tin.html", page(text).as_bytes()),
        ("uploads/a.jpg", JPEG),
        ("uploads/b.jpg", &[JPEG, b"b"].concat()),
        ("uploads/kh.docx", &word::word(word::BODY)),
        ("scan.html", b"<html><title>x</title><h1>Th\xC3\xB4ng b\xC3\xA1o l\xE1\xBB\x8Bch ti\xE1\xBA\xBFp d\xC3\xA2n</h1><p>05/06/2018</p><div class=noidung><img src=uploads/a.jpg></div>"),
    ]);
    let report = office.imported(&[]);
    assert_says(&report, &["2 bài mới", "tệp đính kèm của một trang", "In trang | Quay lại"]);
    let article = office.article("son-lam-trien-khai-ke-hoach-trong-rung-go-lon");
    let body = html(&article);
    assert_says(
        &body,
        &[
            "Đại biểu tham quan</figcaption>",
            "Quang cảnh cuộc họp</figcaption>",
            "<th scope=\"col\" rowspan=\"2\">Họ tên</th><th scope=\"colgroup\" colspan=\"2\">Điểm</th>",
            "<tr><th scope=\"col\">Viết</th><th scope=\"col\">Nói</th></tr>",
        ],
    );
    assert!(!body.contains("Lượt xem") && !body.contains("In trang"), "{body}");
    assert_eq!(article.attachments.len(), 1);
    assert_says(&html(&office.article("thong-bao-lich-tiep-dan")), &["<figure><img src=\"/tep/"]);
}

#[test]
fn lookalike_letters_and_doubly_encoded_text_are_corrected() {
    let story = "<html><title>x</title><h1>Đoàn công tác kiểm tra ở Đồng Bản</h1><p>05/07/2009</p><div class=noidung><p>@1</p><p>@2</p></div>";
    let story = page(story);
    let (twice, ..) = encoding_rs::WINDOWS_1252.decode(story.as_bytes());
    let word = "<html><style><!--\n p.MsoNormal, li.MsoNormal\n\t{margin:0in; font-family:\"\\.VnTime\";}\n--></style>\
        <h1>Đội văn nghệ</h1><p>05/07/2009<div class=Section1><p class=MsoNormal>§éi v¨n nghÖ tØnh</p><p>@1</p></div>";
    let office = Office::with(
        "import-letters",
        &[
            ("eth.html", story.replace('Đ', "Ð").as_bytes()),
            ("word.html", page(word).as_bytes()),
            ("twice.html", twice.as_bytes()),
        ],
    );
    let report = office.imported(&[]);
    let article = office.article("doan-cong-tac-kiem-tra-o-dong-ban");
    assert_eq!(article.title, "Đoàn công tác kiểm tra ở Đồng Bản");
    assert_says(&html(&article), &[FIRST, SECOND]);
    assert_says(&report, &["twice.html: cùng nội dung với"]);
    assert_says(&html(&office.article("doi-van-nghe")), &["Đội văn nghệ tỉnh"]);
}
