//! The desk's page of one document: its state, its problems, and the readers' ratings.

use cong_core::addresses::{
    ArticleState, ArticlesPage, DeskConsultationsPage, DeskPage, Route, SubmissionFilter,
};
use cong_core::article::{Article, DocumentProblem};
use cong_core::vietnamese::{Timestamp, grouped};
use maud::{Markup, html};

use super::aliases::{Alias, AliasOutcome};
use super::excerpt::ExcerptLine;
use super::problems::{problem_list, problems_in_place};
use super::ratings::RatingsPage;
use crate::desk::layout::{AWAY, DeskFrame, desk_layout};
use crate::desk::stored_problem::StoredProblem;
use crate::layout::{date_time, foreign, page_links};

pub struct ArticleView<'a> {
    pub slug: &'a str,
    pub document: DocumentView,
    /// Whether the sync has yet to read the document in the version that is now in KV.
    pub is_behind: bool,
    /// The readers' ratings; `None` if they could not be read.
    pub ratings: Option<RatingsPage>,
}

/// The document in KV, as the page shows it.
pub enum DocumentView {
    /// The document was deleted.
    Gone,
    Broken(Vec<DocumentProblem>),
    Good {
        article: Box<Article>,
        warnings: Vec<DocumentProblem>,
        /// The old addresses of the article; `None` if the catalogue could not be read.
        aliases: Option<Vec<Alias>>,
        /// Which files of the article are missing from FILES; `None` if FILES could not be read.
        files: Option<FilesView>,
    },
}

/// The result of checking whether the files that an article names exist.
pub struct FilesView {
    /// The names of the files that were looked for and are not in `FILES`.
    pub missing: Vec<String>,
    pub looked_for: usize,
    /// How many files the article names. If it names many, only the first `looked_for` of them were looked for.
    pub total: usize,
}

pub fn article_page(frame: &DeskFrame<'_>, view: &ArticleView<'_>) -> Markup {
    let slug = view.slug;
    let name = match &view.document {
        DocumentView::Good { article, .. } => article.title.as_str(),
        DocumentView::Gone | DocumentView::Broken(_) => slug,
    };
    let page = view.ratings.as_ref().map_or(1, |ratings| ratings.page);
    let mut title = if name == slug { slug.to_owned() } else { format!("{name} ({slug})") };
    if page > 1 {
        title.push_str(&format!(" – nhận xét, trang {page}"));
    }
    let lang = match &view.document {
        DocumentView::Good { article, .. } => foreign(&article.lang),
        _ => None,
    };
    let main = html! {
        p { a href=(DeskPage::ARTICLES) { "Tất cả bài viết" } }
        h1 lang=[lang] { (name) }
        @if view.is_behind {
            p class="desk-warning" {
                "Danh sách và tìm kiếm chưa theo kịp tài liệu này; lượt đồng bộ tới sẽ đọc lại nó."
            }
        }
        @match &view.document {
            DocumentView::Gone => p { "Tài liệu " code { (slug) } " không còn trong KV. Lượt đồng bộ tới sẽ bỏ nó khỏi danh sách." },
            DocumentView::Broken(problems) => (broken(slug, problems)),
            DocumentView::Good { article, warnings, aliases, files } => {
                (facts(frame, slug, article))
                @if !warnings.is_empty() {
                    h2 { "Nên xem lại" }
                    (problem_list(&stored(warnings)))
                }
                (old_addresses_of(aliases.as_deref()))
                (missing_files(files.as_ref()))
            }
        }
        (readers(view))
    };
    desk_layout(frame, Some(&DeskPage::ARTICLES), &title, &main)
}

/// Renders the page that takes the place of the preview if the document has errors.
pub fn broken_preview_page(
    frame: &DeskFrame<'_>,
    slug: &str,
    problems: &[(StoredProblem, Vec<ExcerptLine>)],
) -> Markup {
    let main = html! {
        p { a href=(DeskPage::article(slug)) { "Về bài " (slug) } }
        h1 { "Chưa xem trước được: bài có lỗi" }
        p { "Sửa những chỗ sau trong tài liệu " code { (slug) } " rồi đưa lên lại." }
        (problems_in_place(problems))
    };
    let title = format!("Chưa xem trước được: {slug}");
    desk_layout(frame, Some(&DeskPage::ARTICLES), &title, &main)
}

fn broken(slug: &str, problems: &[DocumentProblem]) -> Markup {
    html! {
        h2 { "Bài có lỗi, người đọc chưa xem được" }
        (problem_list(&stored(problems)))
        p { a href=(preview(slug)) { "Xem các dòng quanh chỗ sai" } }
    }
}

fn stored(problems: &[DocumentProblem]) -> Vec<StoredProblem> {
    problems.iter().map(StoredProblem::from).collect()
}

fn preview(slug: &str) -> DeskPage {
    DeskPage::Articles(ArticlesPage::Preview { slug: slug.to_owned() })
}

fn facts(frame: &DeskFrame<'_>, slug: &str, article: &Article) -> Markup {
    let state = ArticleState::of(article.draft, article.publish_at, frame.now);
    let consultation = article.consultation.as_ref();
    let times: [(&str, Option<Timestamp>); 7] = [
        ("Cập nhật", Some(article.updated)),
        ("Công bố lần đầu", Some(article.published)),
        ("Hẹn giờ công bố", article.publish_at),
        ("Nhận ý kiến từ", consultation.map(|consultation| consultation.opens)),
        ("Nhận ý kiến đến", consultation.map(|consultation| consultation.closes)),
        ("Thông báo hiện từ", article.notice.as_ref().map(|notice| notice.from)),
        ("Thông báo hiện đến", article.notice.as_ref().map(|notice| notice.until)),
    ];
    html! {
        section class="panel" aria-label="Tóm lược" {
            dl {
                div { dt { "Tên bài" } dd { (slug) } }
                div { dt { "Trạng thái" } dd { strong { (state.label()) } } }
                @for (label, time) in times {
                    @if let Some(time) = time { div { dt { (label) } dd { (date_time(time)) } } }
                }
                div { dt { "Tác giả" } dd { (article.author) } }
                @if let Some(category) = &article.category { div { dt { "Chuyên mục" } dd { (category.name) } } }
            }
        }
        ul class="draft-links" {
            @if state == ArticleState::Public { li { a href=(Route::article(slug)) { "Xem trang công khai" } } }
            li { a href=(preview(slug)) { "Xem trước" } }
            @if consultation.is_some() { li { a href=(DeskPage::Consultations(DeskConsultationsPage::of_draft(slug))) { "Ý kiến góp ý dự thảo này" } } }
        }
    }
}

fn old_addresses_of(aliases: Option<&[Alias]>) -> Markup {
    html! {
        h2 { "Địa chỉ cũ" }
        @match aliases {
            None => p { (AWAY) },
            Some([]) => p { "Bài không ghi địa chỉ cũ nào." },
            Some(aliases) => ul {
                @for alias in aliases { li { code { (alias.address) } ": " (outcome(&alias.outcome)) } }
            },
        }
    }
}

fn outcome(outcome: &AliasOutcome) -> Markup {
    html! {
        @match outcome {
            AliasOutcome::Here => "dẫn tới bài này.",
            AliasOutcome::Elsewhere(slug) => { "dẫn tới " a href=(DeskPage::article(slug)) { (slug) } ", là bài công bố trước." }
            AliasOutcome::HeldByPage => "không bao giờ dùng tới: cổng có trang ở địa chỉ đó.",
            AliasOutcome::HeldByArticle(slug) => { "không bao giờ dùng tới: đó là địa chỉ của bài " a href=(DeskPage::article(slug)) { (slug) } "." }
            AliasOutcome::NotYet => "chưa dùng được: bài chưa đăng, hoặc danh sách chưa theo kịp.",
        }
    }
}

fn missing_files(files: Option<&FilesView>) -> Markup {
    html! {
        h2 { "Ảnh và tệp đính kèm" }
        @match files {
            None => p { (AWAY) },
            Some(files) if files.total == 0 => p { "Bài không dùng ảnh hay tệp nào." },
            Some(files) => {
                @if files.missing.is_empty() { p { "Đã thấy đủ " (files.looked_for) " ảnh và tệp trong FILES." } }
                @else {
                    div class="desk-warning" {
                        p { "Không có trong FILES:" }
                        ul { @for name in &files.missing { li { code { (name) } } } }
                    }
                }
                @if files.looked_for < files.total {
                    p { "Chỉ tìm " (files.looked_for) " tệp đầu tiên trong " (grouped(files.total)) " tệp mà bài dùng." }
                }
            }
        }
    }
}

fn readers(view: &ArticleView<'_>) -> Markup {
    let slug = view.slug;
    let at = |page| {
        Route::Desk(DeskPage::Articles(ArticlesPage::Article { slug: slug.to_owned(), page }))
    };
    html! {
        h2 { "Người đọc" }
        p { a href=(DeskPage::listed(SubmissionFilter::all_about(slug))) { "Ý kiến gửi về bài này" } }
        @match &view.ratings {
            None => p { (AWAY) },
            Some(page) => {
                p {
                    strong { (grouped(page.ratings.useful)) } " lượt đánh giá có ích, "
                    strong { (grouped(page.ratings.not_useful)) } " lượt chưa có ích; "
                    (grouped(page.written as usize)) " nhận xét."
                }
                @if !page.remarks.is_empty() {
                    h3 { "Nhận xét, mới nhất trước" }
                    ul {
                        @for remark in &page.remarks {
                            li {
                                (date_time(remark.at)) ", "
                                @if remark.is_useful == 1 { "có ích" } @else { "chưa có ích" }
                                ": " bdi { (remark.remark) }
                            }
                        }
                    }
                }
                (page_links(page.page, page.pages, at))
            }
        }
    }
}
