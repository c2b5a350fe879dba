//! One article, with all that its document says of it, and "Tin bài mới".

use maud::{Markup, PreEscaped, html};

use super::layout::{Frame, Head, layout_with, phone_digits};
use super::metadata;
use super::parts::{date, date_time, foreign, latest};
use super::rating::rating_form;
use crate::article::{Article, Attachment, Change, Consultation, Image, LegalDocument, file_url};
use crate::catalogue::RelatedArticle;
use crate::consultation::State;
use crate::routes::{About, Route};
use crate::vietnamese::Instant;

/// Articles under "Tin bài mới".
const LATEST: usize = 10;

pub struct ArticlePage<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
    /// The body as HTML; its author's own HTML was taken out when it was rendered.
    pub body: &'a str,
    pub related: &'a [RelatedArticle],
    /// The media type of the document.
    pub source_type: &'a str,
}

pub fn article(frame: Frame<'_>, page: &ArticlePage<'_>) -> Markup {
    let ArticlePage { slug, article, body, related, source_type } = page;
    let others = frame.index.latest(frame.now, LATEST, Some(slug));
    let main = html! {
        div class="columns" {
            article lang=[foreign(&article.lang)] {
                @if let Some(category) = &article.category {
                    nav class="breadcrumb" aria-label="Vị trí" lang="vi" {
                        a href=(Route::Home) { "Trang chủ" } " › "
                        a href=(Route::category(&category.slug)) { (category.name) }
                    }
                }
                h1 { (article.title) }
                p class="updated" lang="vi" { "(Cập nhật lúc: " (date_time(article.updated)) ")" }
                @if let Some(consultation) = &article.consultation {
                    (consultation_panel(slug, consultation, frame.now))
                }
                @if let Some(document) = &article.document { (legal_document(document)) }
                @if let Some(image) = &article.image { (lead_image(image)) }
                div class="body" { (PreEscaped(body)) }
                p class="author" { (article.author) }
                @if let Some(source) = &article.source {
                    p class="source" lang="vi" { "Nguồn: " span lang=(article.lang) { (source) } }
                }
                @if !article.attachments.is_empty() { (attachments(&article.attachments)) }
                @if !article.changes.is_empty() { (changes(&article.changes)) }
                (rating_form(slug, "", false))
                (related_articles(related))
                (after_article(slug, article))
            }
            (latest(&others))
        }
    };
    let route = Route::article(slug);
    let head =
        Head { title: &article.title, description: Some(&article.summary), route: Some(&route) };
    let metadata = metadata::article(frame.site, slug, article, source_type);
    layout_with(frame, &head, &metadata, &main)
}

fn lead_image(image: &Image) -> Markup {
    html! {
        figure class="lead-image" { img src=(file_url(&image.file)) alt=(image.alt); }
    }
}

fn legal_document(document: &LegalDocument) -> Markup {
    let rows = [
        ("Số, ký hiệu", document.number.clone()),
        ("Loại văn bản", document.kind.clone()),
        ("Ngày ban hành", document.issued_on.map(Instant::date)),
        ("Cơ quan ban hành", document.issuer.clone()),
        ("Người ký", document.signer.clone()),
    ];
    html! {
        section class="panel" lang="vi" aria-label="Thông tin văn bản" {
            dl {
                @for (label, value) in rows {
                    @if let Some(value) = value { div { dt { (label) } dd { (value) } } }
                }
            }
        }
    }
}

fn consultation_panel(slug: &str, consultation: &Consultation, now: Instant) -> Markup {
    let state = State::at(consultation, now);
    let form = Route::Feedback { about: Some(About::Draft(slug.to_owned())) };
    html! {
        section class="panel consultation" lang="vi" aria-labelledby="lay_y_kien" {
            h2 id="lay_y_kien" {
                @match state {
                    State::NotYetOpen => "Sắp lấy ý kiến",
                    State::Open => "Đang lấy ý kiến",
                    State::Closed => "Đã hết hạn góp ý, đang tổng hợp ý kiến",
                    State::Issued => "Đã ban hành",
                }
            }
            dl {
                div {
                    dt { "Nhận ý kiến từ" }
                    dd { (consultation.opens.hour_and_date()) ", giờ Việt Nam" }
                }
                div {
                    dt { "Đến hết" }
                    dd { strong { (consultation.closes.hour_and_date()) } ", giờ Việt Nam" }
                }
                div { dt { "Đơn vị tổng hợp" } dd { (consultation.unit) } }
                @if let Some(email) = &consultation.email {
                    div {
                        dt { "Thư điện tử" }
                        dd { a href=(format!("mailto:{email}")) { (email) } }
                    }
                }
                @if let Some(phone) = &consultation.phone {
                    div {
                        dt { "Điện thoại" }
                        dd { a href=(format!("tel:{}", phone_digits(phone))) { (phone) } }
                    }
                }
                @if let Some(address) = &consultation.address {
                    div { dt { "Địa chỉ" } dd { (address) } }
                }
            }
            @if state == State::Open {
                p { a class="button" href=(form) { "Góp ý dự thảo này" } }
            }
            @if let Some(issued) = &consultation.issued {
                p {
                    a href=(Route::article(issued)) { "Xem văn bản đã ban hành" }
                    " · "
                    a href=(Route::comparison(slug)) { "So sánh dự thảo với văn bản đã ban hành" }
                }
            }
        }
    }
}

fn attachments(attachments: &[Attachment]) -> Markup {
    html! {
        section class="attachments" lang="vi" aria-labelledby="tep_dinh_kem" {
            h2 id="tep_dinh_kem" { "Tệp đính kèm" }
            ul {
                @for attachment in attachments {
                    li {
                        a href=(file_url(&attachment.file)) { (attachment.title) }
                        @if let Some((_, extension)) = attachment.file.rsplit_once('.') {
                            " (" (extension.to_uppercase()) ")"
                        }
                    }
                }
            }
        }
    }
}

fn related_articles(related: &[RelatedArticle]) -> Markup {
    html! {
        @if !related.is_empty() {
            section class="related" lang="vi" aria-labelledby="bai_lien_quan" {
                h2 id="bai_lien_quan" { "Bài liên quan" }
                ul {
                    @for article in related {
                        li {
                            a href=(Route::article(&article.slug)) lang=[foreign(&article.lang)] {
                                (article.title)
                            }
                            " " span class="latest-time" { "(" (date(article.listed_at)) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn changes(changes: &[Change]) -> Markup {
    html! {
        section class="changes" lang="vi" aria-labelledby="lich_su" {
            h2 id="lich_su" { "Lịch sử thay đổi" }
            ul {
                @for change in changes { li { (date(change.date)) ": " (change.note) } }
            }
        }
    }
}

/// Links to the neighbours are the same for every article: they are found when followed.
fn after_article(slug: &str, article: &Article) -> Markup {
    let about = Route::Feedback { about: Some(About::Article(slug.to_owned())) };
    html! {
        nav class="after-article" lang="vi" aria-label="Bài trước và bài sau" {
            @if article.category.is_some() {
                a rel="prev" href=(Route::previous(slug)) { "‹ Bài trước trong chuyên mục" }
                a rel="next" href=(Route::next(slug)) { "Bài sau trong chuyên mục ›" }
            }
        }
        p class="report" lang="vi" {
            a href=(about) rel="nofollow" { "Góp ý hoặc báo thông tin chưa chính xác về bài này" }
        }
    }
}
