//! One article, with all that its document says of it, and "Tin bài mới".

use maud::{Markup, PreEscaped, html};

use super::consultation::consultation_panel;
use super::layout::{Frame, Head, layout_with};
use super::metadata;
use super::parts::{date, date_time, foreign, latest};
use super::rating::rating_form;
use crate::article::{Article, Attachment, Consultation, Image, LegalDocument, file_url};
use crate::catalogue::RelatedArticle;
use crate::consultation::Tally;
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
    /// The comments on its draft; `None` where there is none, or nobody knows now.
    pub tally: Option<&'a Tally>,
}

pub fn article(frame: Frame<'_>, page: &ArticlePage<'_>) -> Markup {
    let ArticlePage { slug, article, body, related, source_type, tally } = page;
    let history = history(article);
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
                    (consultation_panel(frame.site, slug, consultation, *tally, frame.now))
                }
                @if let Some(document) = &article.document { (legal_document(document)) }
                @if let Some(image) = &article.image { (lead_image(image)) }
                div class="body" { (PreEscaped(body)) }
                p class="author" { (article.author) }
                @if let Some(source) = &article.source {
                    p class="source" lang="vi" { "Nguồn: " span lang=(article.lang) { (source) } }
                }
                @if !article.attachments.is_empty() { (attachments(&article.attachments)) }
                @if !history.is_empty() { (changes(&history)) }
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

/// The changes that the document names and the extensions of its draft, the first one first.
fn history(article: &Article) -> Vec<(Instant, String)> {
    let named = article.changes.iter().map(|change| (change.date, change.note.clone()));
    let extended =
        article.consultation.iter().flat_map(Consultation::extensions).map(|(extension, until)| {
            let (until, from) = (until.hour_and_date(), extension.from.hour_and_date());
            (extension.on, format!("Gia hạn nhận ý kiến đến {until} (trước đó: đến {from})."))
        });
    let mut history: Vec<_> = named.chain(extended).collect();
    history.sort_by_key(|(date, _)| *date);
    history
}

fn changes(history: &[(Instant, String)]) -> Markup {
    html! {
        section class="changes" lang="vi" aria-labelledby="lich_su" {
            h2 id="lich_su" { "Lịch sử thay đổi" }
            ul {
                @for (at, note) in history { li { (date(*at)) ": " (note) } }
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
