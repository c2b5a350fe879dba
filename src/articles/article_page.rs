//! The page of one article: the fields of its document, its text, and the list "Tin bài mới" ("New articles").

use cong_core::addresses::{About, DeskPage, Route};
use cong_core::article::{
    Article, ArticleAttachment, Category, Consultation, ImageSize, LeadImage, LegalDocument,
    RenderedBody, file_url,
};
use cong_core::order::sort_by_key;
use cong_core::vietnamese::Timestamp;
use maud::{Markup, PreEscaped, html};

use super::rating::rating_form;
use super::reading::{
    audio_player, contents, is_long, print_hint, print_links, reading_time, share, to_top,
};
use crate::catalogue::RelatedArticle;
use crate::consultations::{Tally, consultation_panel};
use crate::layout::{
    Frame, Head, Within, article_metadata, breadcrumb, category_link, file_kind, latest, layout,
    layout_with, print_head,
};
use crate::site::Language;
use crate::web::FormProblems;

/// The maximum number of articles in the list "Tin bài mới" ("New articles") on an article's page.
const LATEST: usize = 10;

pub struct ArticlePage<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
    /// The body of the article as HTML. Raw HTML in the author's Markdown has been removed.
    pub body: &'a RenderedBody,
    /// The dimensions of the lead picture (the picture above the text), if they are known.
    pub image_size: Option<ImageSize>,
    /// The media type of the article's document, such as `text/markdown`.
    pub source_type: &'a str,
    pub audience: Audience<'a>,
}

/// For whom the article's page is made: for readers, or for editors who preview it.
pub enum Audience<'a> {
    Readers {
        related: &'a [RelatedArticle],
        /// The number of submissions about the draft; `None` if the article is no draft, or if `DB` did not answer.
        tally: Option<&'a Tally>,
    },
    /// Editors who preview the article. The page has no forms, and no links to pages that may not exist yet.
    Editors,
}

/// The page of an article. The page frame (header, navigation, footer) is in the article's language if the portal has
/// texts for it, otherwise in Vietnamese.
pub fn article_page(frame: Frame<'_>, page: &ArticlePage<'_>) -> Markup {
    let ArticlePage { slug, article, body, image_size, source_type, audience } = page;
    let route = Route::article(slug);
    let frame = frame.in_language(Language::of(&article.lang));
    let within = frame.within(&article.lang);
    let texts = &frame.texts().article;
    let others = match frame.language {
        Language::Vietnamese => frame.index.latest(frame.now, LATEST, Some(slug)),
        Language::English => frame.index.latest_in_english(frame.now, LATEST, Some(slug)),
    };
    let (is_for_readers, tally) = match audience {
        Audience::Readers { tally, .. } => (true, *tally),
        Audience::Editors => (false, None),
    };
    let main = html! {
        @if let Audience::Editors = audience { (preview_banner(frame, slug)) }
        div class="columns" {
            article lang=[within.foreign()] {
                (print_head(frame, &route))
                @if let Some(category) = &article.category { (place(within, category)) }
                h1 { (article.title) }
                p class="updated" lang=[within.own()] {
                    "(" (texts.updated) ": " (frame.date_time(article.updated)) ")"
                    (reading_time(within, body))
                }
                @if let Some(consultation) = &article.consultation {
                    (consultation_panel(within, slug, consultation, tally, is_for_readers))
                }
                @if let Some(document) = &article.document { (legal_document(within, document)) }
                @if let Some(image) = &article.image { (lead_image(image, *image_size)) }
                @if let Some(audio) = &article.audio { (audio_player(within, audio)) }
                (contents(within, body))
                div class="body" { (PreEscaped(&body.html)) }
                (print_links(within, &route, body))
                p class="author" { (article.author) }
                @if let Some(source) = &article.source {
                    p class="source" lang=[within.own()] { (texts.source) ": " (within.text(source)) }
                }
                @if !article.attachments.is_empty() { (attachments(within, &article.attachments)) }
                (changes(within, article))
                @if let Audience::Readers { related, .. } = audience {
                    (share(within, &route, &article.title))
                    (print_hint(within))
                    (rating_form(within, slug, "", &FormProblems::default()))
                    (related_articles(within, related))
                    (after_article(within, slug, article))
                }
                @if is_long(body) { (to_top(within)) }
            }
            (latest(frame, &others))
        }
    };
    if let Audience::Editors = audience {
        let title = format!("{}: {} ({slug})", texts.preview, article.title);
        return layout(frame, Head { title: &title, description: None, route: None }, main);
    }
    let head =
        Head { title: &article.title, description: Some(&article.summary), route: Some(&route) };
    let metadata = article_metadata(frame, slug, article, source_type);
    layout_with(frame, &head, &metadata, &main)
}

/// The banner above the preview of an article. It is in Vietnamese, the language of the editors, whatever the language
/// of the article is.
fn preview_banner(frame: Frame<'_>, slug: &str) -> Markup {
    html! {
        p class="preview" role="status" lang=[frame.vietnamese()] {
            strong { "Bản xem trước, chỉ ban biên tập thấy." }
            " Phần đánh giá, các liên kết góp ý và bài liên quan không có ở đây. "
            a href=(DeskPage::article(slug)) { "Về bàn biên tập" }
        }
    }
}

fn place(within: Within<'_>, category: &Category) -> Markup {
    let category = category_link(within.frame, &category.slug, &category.name);
    breadcrumb(within.frame, within.own(), &[category])
}

/// The lead picture, above the text. It is visible at once on most screens, so browsers are told to fetch it early
/// (`fetchpriority`).
fn lead_image(image: &LeadImage, size: Option<ImageSize>) -> Markup {
    let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
    html! {
        figure class="lead-image" {
            img src=(file_url(&image.file)) alt=(image.alt) width=[width] height=[height]
                fetchpriority="high";
        }
    }
}

fn legal_document(within: Within<'_>, document: &LegalDocument) -> Markup {
    let texts = &within.frame.texts().article;
    let written = |value: &Option<String>| value.as_deref().map(|value| within.text(value));
    let rows = [
        (texts.number, written(&document.number)),
        (texts.kind, written(&document.kind)),
        (texts.issuer, written(&document.issuer)),
        (texts.parent, written(&document.parent)),
        (texts.issued_on, document.issued_on.map(|at| within.frame.date(at))),
        (texts.issued_at, written(&document.place)),
        (texts.signer, signers(within, document)),
    ];
    html! {
        section class="panel" lang=[within.own()] aria-label=(texts.document) {
            dl {
                @for (label, value) in rows {
                    @if let Some(value) = value { div { dt { (label) } dd { (value) } } }
                }
            }
        }
    }
}

/// The signers of a legal document: one as text, several as a list.
fn signers(within: Within<'_>, document: &LegalDocument) -> Option<Markup> {
    let signers = document.signer_texts();
    match signers.as_slice() {
        [] => None,
        [signer] => Some(within.text(signer)),
        signers => Some(html! { ul { @for signer in signers { li { (within.text(signer)) } } } }),
    }
}

fn attachments(within: Within<'_>, attachments: &[ArticleAttachment]) -> Markup {
    html! {
        section class="attachments" lang=[within.own()] aria-labelledby="tep_dinh_kem" {
            h2 id="tep_dinh_kem" { (within.frame.texts().article.attachments) }
            ul {
                @for attachment in attachments {
                    li {
                        a href=(file_url(&attachment.file)) { (within.text(&attachment.title)) }
                        (file_kind(&attachment.file))
                    }
                }
            }
        }
    }
}

fn related_articles(within: Within<'_>, related: &[RelatedArticle]) -> Markup {
    let frame = within.frame;
    html! {
        @if !related.is_empty() {
            section class="related" lang=[within.own()] aria-labelledby="bai_lien_quan" {
                h2 id="bai_lien_quan" { (frame.texts().article.related) }
                ul {
                    @for article in related {
                        li {
                            a href=(Route::article(&article.slug)) lang=[frame.foreign(&article.lang)] {
                                (article.title)
                            }
                            " " span class="latest-time" { "(" (frame.date(article.listed_at)) ")" }
                        }
                    }
                }
            }
        }
    }
}

/// The history of the article, oldest entry first: the changes that its document lists, and the extensions of its
/// consultation.
fn history(within: Within<'_>, article: &Article) -> Vec<(Timestamp, Markup)> {
    let named = article.changes.iter().map(|change| (change.date, within.text(&change.note)));
    let extended =
        article.consultation.iter().flat_map(Consultation::extensions).map(|(extension, until)| {
            let note = (within.frame.texts().article.extended)(until, extension.from);
            (extension.on, html! { (note) })
        });
    let mut history: Vec<_> = named.chain(extended).collect();
    sort_by_key(&mut history, |(date, _)| *date);
    history
}

fn changes(within: Within<'_>, article: &Article) -> Markup {
    let history = history(within, article);
    html! {
        @if !history.is_empty() {
            section class="changes" lang=[within.own()] aria-labelledby="lich_su" {
                h2 id="lich_su" { (within.frame.texts().article.history) }
                ul {
                    @for (at, note) in history { li { (within.frame.date(at)) ": " (note) } }
                }
            }
        }
    }
}

/// Links below the article: to the previous and the next article, and to the form for reporting an error. The links to
/// the previous and the next article contain the slug of this article. The server looks for the other article when a
/// reader follows the link, so this page need not change when another article is published.
fn after_article(within: Within<'_>, slug: &str, article: &Article) -> Markup {
    let (frame, texts) = (within.frame, &within.frame.texts().article);
    let about = Route::Feedback { about: Some(About::Article(slug.to_owned())) };
    html! {
        nav class="after-article" lang=[within.own()] aria-label=(texts.neighbours) {
            @if article.category.is_some() {
                a rel="prev" href=(Route::previous(slug)) { (texts.previous) }
                a rel="next" href=(Route::next(slug)) { (texts.next) }
            }
        }
        p class="report" lang=[within.own()] {
            a href=(about) hreflang=[frame.vietnamese()] rel="nofollow" { (texts.report) }
        }
    }
}
