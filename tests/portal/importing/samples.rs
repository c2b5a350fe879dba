//! Pages of office portals, as browsers and wget save them. Their structure is that of SharePoint, DotNetNuke, Liferay,
//! Joomla and a Vietnamese system. Their texts are invented.

/// A page made with SharePoint. wget saves it as `SitePages/ChiTietTin.aspx@ItemID=512.html`. The date at its top is
/// the day on which it was saved, not the date of the article.
pub const SHAREPOINT: &str = r##"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html dir="ltr" lang="vi-VN"><head><meta name="GENERATOR" content="Microsoft SharePoint" />
<meta http-equiv="Content-type" content="text/html; charset=utf-8" />
<title>
	Chi tiết tin
</title><script type="text/javascript">var _spPageContextInfo = {webServerRelativeUrl: "\u002f"};</script></head>
<body onload="_spBodyOnLoadWrapper();"><form method="post" action="./ChiTietTin.aspx?ItemID=512" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="/wEPDwU" />
<div id="s4-workspace"><div class="top-date">Thứ tư, 25/11/2026</div>
<div id="menu"><ul class="root static"><li><a href="/SitePages/Home.aspx">Trang chủ</a></li></ul></div>
<div class="ms-webpart-zone">
<div class="duong-dan"><a href="/SitePages/Home.aspx">Trang chủ</a> » <a href="/SitePages/Tin.aspx?Cat=3">Kinh tế - Xã hội</a></div>
<div class="TinChiTiet"><div class="tieude-tin">Bàn giao 42 ngôi nhà cho hộ nghèo ở Bản Lục</div>
<div class="ngay-dang">Cập nhật lúc: 05/07/2019 09:30:33</div>
<div class="sapo"><strong>Sáng 4/7, huyện bàn giao nhà cho 42 hộ nghèo của ba thôn vùng cao.</strong></div>
<div id="ctl00_m_g_noidung" class="noidung-tin"><div class="ExternalClassA1B2C3">
<p style="text-align:justify"><span style="font-size:14pt">Mỗi ngôi nhà rộng 45&nbsp;m<sup>2</sup>, do Quỹ &ldquo;Vì người nghèo&rdquo; hỗ trợ 50&nbsp;triệu đồng.</span></p>
<p style="text-align:center"><img alt="" src="/Lists/Attachments/anh%201.jpg" style="width:500px" /></p>
<table border="1"><tbody><tr><td><p><strong>Thôn</strong></p></td><td><p><strong>Số nhà</strong></p></td></tr>
<tr><td>Khuổi Tấu</td><td>20</td></tr><tr><td>Nà Khoang</td><td>22</td></tr></tbody></table>
<p>Xem <a href="/Lists/Attachments/Download.aspx?id=7">Quyết định số 27</a> và <a href="/SitePages/ChiTietTin.aspx?ItemID=513">tin trước</a>.</p>
<p style="text-align:right"><strong>Nông Minh Quý</strong></p></div></div>
<div class="file-dinh-kem">Tệp đính kèm: <a href="/Lists/Attachments/KeHoach.docx">Kế hoạch 112</a></div>
<div class="tin-lien-quan"><h3>Tin liên quan</h3><ul><li><a href="/SitePages/ChiTietTin.aspx?ItemID=511">Tin khác (01/07/2019)</a></li></ul></div>
</div></div></div></form></body></html>"##;

/// A page that only lists articles.
pub const HOME: &str = r#"<html><head><title>Cổng thông tin điện tử tỉnh Sơn Lâm</title></head><body><form id="aspnetForm"><ul>
<li><a href="a">Bàn giao 42 ngôi nhà cho hộ nghèo ở Bản Lục, xã vùng cao xa nhất của tỉnh</a></li>
<li><a href="b">Mở đường lên thôn Nà Khoang trước mùa mưa năm nay để bà con đi lại</a></li>
<li><a href="c">Mời họp báo thông tin tình hình kinh tế, xã hội quý I của tỉnh</a></li></ul></form></body></html>"#;

/// A page made with DotNetNuke. Tests encode it in TCVN3 and remove every `@`. Only the fonts of the page show its
/// encoding; the one that it declares is wrong.
pub const DOTNETNUKE_TCVN3: &str = r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<title>@Họp báo quý I@</title></head>
<body><div id="dnn_ctr412_ContentPane" class="DNNAlignleft"><table width="100%" cellpadding="4">
<tr><td class="News_Title"><font face=".VnTimeH" size="4"><b>@họp báo quý i@</b></font></td></tr>
<tr><td><font face=".VnTime" size=2>(@Thứ hai, ngày@ 05/04/2004 - 14:20)</font></td></tr>
<tr><td><font face=".VnTime"><P>@Chiều 2/4, Văn phòng tỉnh tổ chức họp báo thông tin tình hình kinh tế, xã hội quý I năm 2004.@</P>
<P><b>@1. Nông nghiệp@</b><br>@Toàn tỉnh gieo cấy 12.000 ha lúa, đạt 98% kế hoạch; đàn trâu, bò tăng 3% so với cùng kỳ.@</P>
<P align=right><b>@Theo Báo Sơn Lâm@</b></P></font></td></tr></table></div></body></html>"#;

/// A page made with Liferay, as a browser saves it. Tests encode it in windows-1258.
pub const LIFERAY_1258: &str = r#"<!DOCTYPE html>
<!-- saved from url=(0079)https://sonlam.gov.vn/web/guest/chi-tiet/-/asset_publisher/x/content/mo-lop-tap-huan -->
<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258">
<title>Mở lớp tập huấn trồng nấm - Sở Nông nghiệp</title></head><body>
<div id="wrapper"><nav class="sort-pages" id="navigation"><a href="/">Trang nhất</a></nav>
<div class="portlet-boundary portlet-asset-publisher"><div class="portlet-body">
<ul class="breadcrumb breadcrumb-horizontal"><li><a href="/">Trang chủ</a></li><li><a href="/khuyen-nong">Khuyến nông</a></li></ul>
<div class="asset-full-content"><h1 class="header-title"><span>Mở lớp tập huấn trồng nấm</span></h1>
<div class="metadata-entry">Thứ sáu, 12/03/2021 | 14:05 (GMT+7)</div>
<div class="journal-content-article"><p>Ngày 11/3, Trạm Khuyến nông huyện mở lớp tập huấn kỹ thuật trồng nấm cho 60 hộ ở ba xã.</p>
<h4>Nội dung</h4><ol><li>Làm giá thể</li><li>Chăm sóc, thu hái<ul><li>Tưới nước</li></ul></li></ol>
<p><img src="./Mo-lop_files/nam.png" alt="Bà con xem giàn nấm"></p></div></div>
<div class="taglib-social-bookmarks">Chia sẻ lên Facebook</div></div></div></div></body></html>"#;

/// A page made with Joomla. Tests encode it in UTF-16, as some text editors do.
pub const JOOMLA: &str = r#"<!DOCTYPE html><html lang="vi-vn"><head><meta charset="utf-8">
<title>Thông báo tuyển dụng viên chức</title><link href="/index.php/thong-bao/57-tuyen-dung" rel="canonical">
<meta property="og:url" content="https://truongdaynghe.vn/index.php/thong-bao/57-tuyen-dung"></head>
<body><div class="item-page" itemscope itemtype="https://schema.org/Article">
<h2 itemprop="headline">Thông báo tuyển dụng viên chức</h2>
<dl class="article-info"><dd class="createdby" itemprop="author"><span itemprop="name">Phòng Tổ chức</span></dd>
<dd class="published"><time datetime="2020-02-10T08:15:00+07:00" itemprop="datePublished">10/02/2020</time></dd>
<dd class="modified"><time datetime="2020-02-12T16:00:00+07:00" itemprop="dateModified">Cập nhật: 12/02/2020</time></dd></dl>
<div itemprop="articleBody"><p>Trường tuyển 5 viên chức giảng dạy nghề điện, hàn và may; hồ sơ nhận đến hết ngày 10/3.</p>
<iframe src="https://video.example.vn/v/9"></iframe></div></div></body></html>"#;

pub const WORDPRESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Hội Làm vườn</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[van]]></wp:author_login><wp:author_display_name><![CDATA[Hà Thị Vân]]></wp:author_display_name></wp:author>
<item><title>Ghép cam &#8211; kinh nghiệm</title><link>https://hoilamvuon.vn/2022/05/ghep-cam/</link><dc:creator><![CDATA[van]]></dc:creator>
<content:encoded><![CDATA[Mùa ghép bắt đầu từ tháng 3.

[caption id="attachment_9" width="300"]<img src="https://hoilamvuon.vn/wp-content/uploads/2022/05/cam.png" alt="Cành ghép" /> Cành ghép sau 20 ngày[/caption]

Xem <a href="https://hoilamvuon.vn/wp-content/uploads/2022/05/quy-trinh.pdf">quy trình</a>. [contact-form-7 id="5"]]]></content:encoded>
<excerpt:encoded><![CDATA[Cách chọn cành và mắt ghép.]]></excerpt:encoded>
<wp:post_id>8</wp:post_id><wp:post_date>2022-05-04 09:00:00</wp:post_date><wp:post_date_gmt>2022-05-04 02:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="ky-thuat"><![CDATA[Kỹ thuật]]></category><category domain="category" nicename="cam"><![CDATA[Cây cam]]></category></item>
<item><title>Bài viết dở</title><link>https://hoilamvuon.vn/?p=11</link><dc:creator>van</dc:creator><content:encoded><![CDATA[<p>Chưa xong.</p>]]></content:encoded>
<wp:post_id>11</wp:post_id><wp:post_date>2022-06-01 10:00:00</wp:post_date><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Menu</title><wp:post_id>12</wp:post_id><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>"#;

pub const ATOM: &str = r#"<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Đài Khí tượng</title>
<id>urn:x</id><updated>2023-08-01T00:00:00Z</updated>
<entry><title>Bản tin dông, sét</title><id>urn:x:1</id><link href="https://dai.vn/ban-tin/1"/><updated>2023-08-01T02:30:00Z</updated>
<author><name>Tổ Dự báo</name></author><category term="Thời tiết"/><content type="html">&lt;p&gt;Chiều tối nay có &lt;b&gt;dông&lt;/b&gt; ở vùng cao.&lt;/p&gt;</content></entry></feed>"#;
