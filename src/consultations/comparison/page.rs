//! The page that compares a draft with the issued text. It needs only KV: the documents of both articles, and the hot
//! index.

use cong_core::addresses::{DraftPage, Route};
use cong_core::article::{Article, sections};
use cong_core::vietnamese::grouped;
use futures_util::future::join;
use maud::{Markup, html};

use super::clause::{ClauseText, clauses};
use super::paging::{ClausePart, pages as distribute};
use super::paragraphs::Paragraph;
use super::words::{WordChange, segments};
use super::{ClauseChange, ClausePair, Comparison, are_comparable, compare};
use crate::catalogue::{hot_index, public_article};
use crate::layout::{Frame, Head, foreign, frame, layout, page_links, public_page};
use crate::site::labels;
use crate::web::{PageError, Portal, Response};

/// Answers a request for the page `number` of the comparison.
///
/// # Errors
/// `NotFound` if the draft does not name an issued text, if either article is not public, or if the page number is too
/// large.
pub async fn comparison(portal: &Portal, slug: &str, number: u32) -> Result<Response, PageError> {
    let (both, index) = join(draft_and_issued(portal, slug), hot_index(portal)).await;
    let (draft, issued_slug, issued) = both?;
    let (draft_clauses, issued_clauses) = (clauses_of(&draft), clauses_of(&issued));
    let comparison = are_comparable(&draft_clauses, &issued_clauses)
        .then(|| compare(&draft_clauses, &issued_clauses));
    let parts = comparison.as_ref().map_or_else(|| vec![Vec::new()], distribute);
    if number as usize > parts.len() {
        return Err(PageError::NOT_FOUND);
    }

    let changes_at = [&draft, &issued].into_iter().filter_map(|a| a.next_change(portal.now)).min();
    let page = ComparisonPage {
        draft: ComparedDocument { slug, article: &draft },
        issued: ComparedDocument { slug: &issued_slug, article: &issued },
        comparison: comparison.as_ref(),
        pages: &parts,
        number,
    };
    let frame = frame(portal, &index);
    Ok(public_page(frame, comparison_page(frame, &page), changes_at))
}

/// Reads the draft, and the issued text that the draft names by its slug. Returns the draft, the slug of the issued
/// text, and the issued text.
async fn draft_and_issued(
    portal: &Portal,
    slug: &str,
) -> Result<(Article, String, Article), PageError> {
    let (draft, _) = public_article(portal, slug).await?;
    let issued = draft.consultation.as_ref().and_then(|consultation| consultation.issued.clone());
    let issued_slug = issued.ok_or(PageError::NOT_FOUND)?;
    let (issued, _) = public_article(portal, &issued_slug).await?;
    Ok((draft, issued_slug, issued))
}

fn clauses_of(article: &Article) -> Vec<ClauseText> {
    clauses(sections(&article.body, labels(&article.lang)))
}

pub struct ComparisonPage<'a> {
    pub draft: ComparedDocument<'a>,
    pub issued: ComparedDocument<'a>,
    /// The comparison; `None` if the two texts are too large to be compared.
    pub comparison: Option<&'a Comparison<'a>>,
    /// The changed clauses, divided into pages: one inner list for each page.
    pub pages: &'a [Vec<ClausePart>],
    /// The number of this page, counted from 1. It must not exceed the length of `pages`.
    pub number: u32,
}

#[derive(Clone, Copy)]
pub struct ComparedDocument<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
}

pub fn comparison_page(frame: Frame<'_>, page: &ComparisonPage<'_>) -> Markup {
    let ComparisonPage { draft, issued, pages, number, .. } = page;
    let parts = pages.get(number.saturating_sub(1) as usize).map_or(&[][..], Vec::as_slice);
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let route = |page: u32| Route::draft(draft.slug, DraftPage::Comparison { page });
    let main = html! {
        h1 { "So sánh dự thảo với văn bản đã ban hành" }
        div class="panel" {
            dl {
                div { dt { "Dự thảo" } dd { (document_link(*draft)) } }
                div { dt { "Đã ban hành" } dd { (document_link(*issued)) } }
            }
        }
        @match page.comparison {
            Some(comparison) if *number == 1 => {
                (summary(comparison)) (clause_list(page, comparison))
            }
            Some(_) => {}
            None => (too_large(*draft, *issued)),
        }
        @if let Some(comparison) = page.comparison && !parts.is_empty() {
            h2 { "Những chỗ thay đổi" }
            @if count > 1 {
                p class="entry-meta" {
                    "Trang " (grouped(*number as usize)) " trên " (grouped(count as usize))
                    @if *number > 1 { " · " a href=(route(1)) { "Tóm tắt và danh sách các điều, mục" } }
                }
            }
            (legend())
            @for part in parts {
                @if let Some(entry) = comparison.entries.get(part.entry) {
                    (changed_clause(*draft, *issued, part, *entry))
                }
            }
        }
        (page_links(*number, count, route))
    };
    let title = format!("So sánh dự thảo với văn bản đã ban hành: {}", issued.article.title);
    let title = if *number == 1 { title } else { format!("{title} – trang {number}") };
    let route = route(*number);
    layout(
        frame,
        Head {
            title: &title,
            description: Some(
                "Từng điều, mục của dự thảo bên cạnh văn bản đã ban hành: giữ nguyên, sửa, thêm hay bỏ.",
            ),
            route: Some(&route),
        },
        main,
    )
}

fn document_link(document: ComparedDocument<'_>) -> Markup {
    let ComparedDocument { slug, article } = document;
    html! { a href=(Route::article(slug)) lang=[foreign(&article.lang)] { (article.title) } }
}

fn too_large(draft: ComparedDocument<'_>, issued: ComparedDocument<'_>) -> Markup {
    html! {
        p {
            "Hai văn bản quá lớn nên không so sánh được trên trang này. Trân trọng mời xem toàn văn "
            a href=(Route::article(draft.slug)) { "dự thảo" } " và toàn văn "
            a href=(Route::article(issued.slug)) { "văn bản đã ban hành" } "."
        }
    }
}

fn summary(comparison: &Comparison<'_>) -> Markup {
    let tally = comparison.tally();
    let both = tally.kept + tally.reworded;
    let is_opening = |entry: &ClausePair<'_>| {
        entry.issued.or(entry.draft).is_some_and(|clause| clause.heading.is_none())
    };
    let rows = [
        ("Giữ nguyên lời", tally.kept),
        ("Sửa lời", tally.reworded),
        ("Thêm mới", tally.new),
        ("Bỏ", tally.dropped),
    ];
    html! {
        section class="panel" aria-labelledby="tom_tat" {
            h2 id="tom_tat" { "Tóm tắt" }
            p {
                @if comparison.entries.iter().any(is_opening) { "Kể cả phần mở đầu, văn bản" }
                @else { "Văn bản" }
                " đã ban hành có " (grouped(both + tally.new)) " điều, mục; dự thảo có "
                (grouped(both + tally.dropped)) "."
                @if tally.reworded + tally.new + tally.dropped == 0 {
                    " Không điều, mục nào khác lời."
                }
            }
            dl {
                @for (label, count) in rows { div { dt { (label) } dd { (grouped(count)) } } }
            }
            @if tally.renumbered + tally.moved > 0 {
                p {
                    "Trong số có ở cả hai, " strong { (grouped(tally.renumbered)) } " đổi số và "
                    strong { (grouped(tally.moved)) } " chuyển chỗ so với các điều, mục khác."
                }
            }
        }
    }
}

/// The list of all clauses, each with what changed (such as "reworded" or "new"). A changed clause links to its
/// comparison, an unchanged one to the issued text.
fn clause_list(page: &ComparisonPage<'_>, comparison: &Comparison<'_>) -> Markup {
    let ComparisonPage { draft, issued, pages, .. } = page;
    let mut page_of = vec![None; comparison.entries.len()];
    for (number, parts) in (1..).zip(*pages) {
        for part in parts.iter().filter(|part| !part.continues()) {
            if let Some(page_of) = page_of.get_mut(part.entry) {
                *page_of = Some(number);
            }
        }
    }
    html! {
        section aria-labelledby="danh_sach" {
            h2 id="danh_sach" { "Từng điều, mục" }
            ul class="clauses" {
                @for (entry, page_of) in comparison.entries.iter().zip(page_of) {
                    @let address = match page_of {
                        Some(page) => {
                            let route = Route::draft(draft.slug, DraftPage::Comparison { page });
                            let path = if page == 1 { String::new() } else { route.to_string() };
                            format!("{path}#{}", anchor(entry))
                        }
                        None => in_article(*issued, entry.issued),
                    };
                    li {
                        a href=(address) lang=[foreign(&shown_document(*draft, *issued, entry).article.lang)] {
                            (entry.issued.or(entry.draft).map_or("", name))
                        }
                        " – " (state(entry))
                    }
                }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        p class="legend" {
            "Cách đọc: " (mark(WordChange::Added, "gạch chân, in đậm")) " là chữ được thêm, "
            (mark(WordChange::Dropped, "gạch ngang")) " là chữ đã bỏ, chữ không đánh dấu là giữ nguyên."
        }
    }
}

fn changed_clause(
    draft: ComparedDocument<'_>,
    issued: ComparedDocument<'_>,
    part: &ClausePart,
    entry: ClausePair<'_>,
) -> Markup {
    let ClausePart { paragraphs, .. } = part;
    let shown = entry.paragraphs().into_iter().skip(paragraphs.start).take(paragraphs.len());
    let lang = &shown_document(draft, issued, &entry).article.lang;
    html! {
        section class="compared" {
            h3 id=[(!part.continues()).then(|| anchor(&entry))] lang=[foreign(lang)] {
                (heading(&entry))
            }
            p class="entry-meta" {
                (state(&entry))
                @if part.continues() { ", tiếp theo trang trước" }
                span class="ways" {
                    @for (document, clause, label) in [
                        (draft, entry.draft, "xem trong dự thảo"),
                        (issued, entry.issued, "xem trong văn bản"),
                    ] {
                        @if clause.is_some() {
                            " · " a href=(in_article(document, clause)) { (label) }
                        }
                    }
                }
            }
            div lang=[foreign(lang)] { @for paragraph in shown { p { (compared(paragraph)) } } }
        }
    }
}

fn heading(entry: &ClausePair<'_>) -> Markup {
    compared(Paragraph { draft: entry.draft.map(name), issued: entry.issued.map(name) })
}

fn compared(paragraph: Paragraph<'_>) -> Markup {
    match paragraph {
        Paragraph { draft: Some(draft), issued: Some(issued) } if draft == issued => {
            html! { (issued) }
        }
        Paragraph { draft, issued } => {
            let segments = segments(draft.unwrap_or_default(), issued.unwrap_or_default());
            html! {
                @for (at, segment) in segments.into_iter().enumerate() {
                    @if at > 0 && segment.is_spaced { " " }
                    (mark(segment.change, segment.text))
                }
            }
        }
    }
}

fn mark(change: WordChange, text: &str) -> Markup {
    let hidden = |text: &str| html! { span class="visually-hidden" { (text) } };
    html! {
        @match change {
            WordChange::Kept => (text),
            WordChange::Added => ins { (hidden("[thêm: ")) (text) (hidden("]")) },
            WordChange::Dropped => del { (hidden("[bỏ: ")) (text) (hidden("]")) },
        }
    }
}

/// A description of what changed in a clause: its text, its number, its position.
fn state(entry: &ClausePair<'_>) -> Markup {
    html! {
        strong {
            @match entry.kind() {
                ClauseChange::Kept => "giữ nguyên lời",
                ClauseChange::Reworded => "sửa lời",
                ClauseChange::New => "thêm mới",
                ClauseChange::Dropped => "bỏ",
            }
        }
        @if let Some(number) = entry.old_number() { ", trước là " (number) }
        @if entry.is_moved { ", chuyển chỗ" }
    }
}

fn name(clause: &ClauseText) -> &str {
    clause.heading.as_ref().map_or("Phần mở đầu", |heading| &heading.text)
}

/// The article in which a clause is shown: the issued text, or the draft for a dropped clause.
fn shown_document<'a>(
    draft: ComparedDocument<'a>,
    issued: ComparedDocument<'a>,
    entry: &ClausePair<'_>,
) -> ComparedDocument<'a> {
    if entry.issued.is_some() { issued } else { draft }
}

/// The id of the HTML element with the comparison of a clause. It contains an underscore, so that it never equals the
/// id of a heading.
fn anchor(entry: &ClausePair<'_>) -> String {
    let text = if entry.issued.is_some() { "ban_hanh" } else { "du_thao" };
    let heading = entry.issued.or(entry.draft).and_then(|clause| clause.heading.as_ref());
    format!("{text}_{}", heading.map_or("mo_dau", |heading| &heading.id))
}

/// The address of a clause within the page of its article, or of the whole page if the clause has no heading.
fn in_article(document: ComparedDocument<'_>, clause: Option<&ClauseText>) -> String {
    let page = Route::article(document.slug);
    match clause.and_then(|clause| clause.heading.as_ref()) {
        Some(heading) => format!("{page}#{}", heading.id),
        None => page.to_string(),
    }
}
