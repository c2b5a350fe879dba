//! The page with the public comments on a draft, grouped by clause.

use cong_core::addresses::{DraftPage, Part, Route};
use cong_core::article::Article;
use cong_core::consultation::Clause;
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::store::{ClauseCount, ReleasedComment};
use super::tally::Tally;
use crate::layout::{Frame, Head, as_written, breadcrumb, date_time, foreign, layout, page_links};

/// The data of a page that shows comments on a draft, with or without the answers to them.
pub struct CommentsPage<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
    /// The clauses of the draft as it is now.
    pub clauses: &'a [Clause],
    pub tally: &'a Tally,
    /// For each clause with comments, the number of comments on it. It has all such clauses, even if the page shows
    /// only one.
    pub counts: &'a [ClauseCount],
    pub part: &'a Part,
    pub pages: u32,
    pub comments: &'a [ReleasedComment],
}

impl CommentsPage<'_> {
    /// The title of the clause `id` on this page (`clause_title`). `title` is the title that the clause had when the
    /// comment was sent.
    pub fn title_of<'t>(&'t self, id: &str, title: &'t str) -> &'t str {
        clause_title(self.clauses, id, title)
    }

    /// The comments on this page of the list, in groups. Each group has the comments on one clause.
    pub fn by_clause(&self) -> impl Iterator<Item = &[ReleasedComment]> {
        self.comments.chunk_by(|one, next| one.clause == next.clause)
    }

    /// The heading above the comments on a clause. It is a link to the clause in the draft, if the draft still has the
    /// clause.
    pub fn clause_heading(&self, comment: &ReleasedComment) -> Markup {
        let title = self.title_of(&comment.clause, &comment.clause_title);
        let is_there = self.clauses.iter().any(|clause| clause.id == comment.clause);
        html! {
            @if is_there {
                a href=(format!("{}#{}", Route::article(self.slug), comment.clause)) { (title) }
            } @else { (title) }
        }
    }
}

/// The title that the clause `id` has in the draft now. If the draft no longer has the clause, returns `title`, which
/// the clause had when the comment was sent. For a comment on the whole draft, returns a label.
pub fn clause_title<'t>(clauses: &'t [Clause], id: &str, title: &'t str) -> &'t str {
    match clauses.iter().find(|clause| clause.id == id) {
        Some(clause) => &clause.title,
        None if title.is_empty() => Clause::WHOLE_LABEL,
        None => title,
    }
}

pub fn comments_page(frame: Frame<'_>, page: &CommentsPage<'_>) -> Markup {
    let CommentsPage { slug, article, tally, counts, part, .. } = page;
    let released: u32 = counts.iter().map(|count| count.released).sum();
    let main = html! {
        (draft_head(frame, slug, article, "Ý kiến góp ý"))
        p {
            (received(tally)) " "
            @if released > 0 { "Đã công bố " strong { (grouped(released as usize)) } " ý kiến. " }
            "Một lượt góp ý có thể gồm nhiều ý kiến về các điều khoản khác nhau. Tên người góp ý chỉ hiện khi chính "
            "họ đề nghị."
        }
        (links(slug, tally, "y-kien"))
        @if !counts.is_empty() { (clause_table(page)) }
        @if let Some(clause) = &part.clause {
            @let title = page.title_of(clause, "");
            p {
                "Đang xem riêng: " strong { (title) } ". "
                a href=(route(slug, Part::ALL)) { "Xem ý kiến về mọi điều khoản" }
            }
        }
        @if page.comments.is_empty() {
            p { "Chưa có ý kiến nào được công bố ở phần này." }
        }
        @for group in page.by_clause() {
            @if let Some(first) = group.first() {
                section class="clause-comments" {
                    h2 lang=[foreign(&article.lang)] { (page.clause_heading(first)) }
                    @for comment in group { (one(comment)) }
                }
            }
        }
        (page_links(part.page, page.pages, |number| {
            route(slug, Part { page: number, ..(*part).clone() })
        }))
    };
    let title = format!("Ý kiến góp ý: {}", article.title);
    let own = route(slug, (*part).clone());
    layout(
        frame,
        Head {
            title: &title,
            description: Some("Những ý kiến đã công bố về dự thảo, theo từng điều, mục."),
            route: Some(&own),
        },
        main,
    )
}

fn route(slug: &str, part: Part) -> Route {
    Route::draft(slug, DraftPage::Comments(part))
}

fn one(comment: &ReleasedComment) -> Markup {
    html! {
        article class="comment" id=(format!("y_kien_{}", comment.id)) {
            p class="entry-meta" {
                strong { (commenter(comment)) } " · " (date_time(comment.received_at))
            }
            (as_written(&comment.text))
        }
    }
}

/// The sender's name if the sender asked to show it, otherwise the capacity in which the sender wrote (such as
/// "organisation").
pub fn commenter(comment: &ReleasedComment) -> &str {
    comment.name.as_deref().unwrap_or(comment.capacity.label())
}

/// The beginning of every page about a draft: breadcrumb, title, and the title of the draft.
pub fn draft_head(frame: Frame<'_>, slug: &str, article: &Article, title: &str) -> Markup {
    let drafts = html! { a href=(Route::CONSULTATIONS) { "Dự thảo" } };
    let draft = html! {
        a href=(Route::article(slug)) lang=[foreign(&article.lang)] { (article.title) }
    };
    html! {
        (breadcrumb(frame, None, &[drafts, draft]))
        h1 { (title) }
        p class="draft-title" lang=[foreign(&article.lang)] {
            a href=(Route::article(slug)) { (article.title) }
        }
    }
}

/// A sentence with the number of submissions on a draft that were received, and how many of them were withdrawn.
pub fn received(tally: &Tally) -> Markup {
    html! {
        "Đã nhận " strong { (grouped(tally.received as usize)) } " lượt góp ý"
        @if tally.withdrawn > 0 {
            ", trong đó " (grouped(tally.withdrawn as usize)) " đã được người gửi rút lại"
        }
        "."
    }
}

/// Links to the other pages about the draft, such as its answers and its ledger. `here` is the last path segment of the
/// page on which the links are; that page itself is left out.
pub fn links(slug: &str, tally: &Tally, here: &str) -> Markup {
    html! {
        ul class="draft-links" {
            @if tally.answered_at.is_some() && here != "tiep-thu" {
                li {
                    a href=(Route::draft(slug, DraftPage::Answers(Part::ALL))) {
                        "Kết quả tiếp thu, giải trình"
                    }
                }
            }
            @if here != "y-kien" {
                li { a href=(route(slug, Part::ALL)) { "Ý kiến đã công bố" } }
            }
            @if here != "so-cai" {
                li { a href=(Route::draft(slug, DraftPage::Record)) { "Sổ cái góp ý" } }
            }
        }
    }
}

fn clause_table(page: &CommentsPage<'_>) -> Markup {
    html! {
        details open[page.part.clause.is_none() && page.part.page == 1] {
            summary { "Số ý kiến theo điều khoản" }
            div class="table-scroll" role="region" tabindex="0" aria-label="Số ý kiến theo điều khoản" {
                table {
                    thead {
                        tr {
                            th scope="col" { "Điều khoản" }
                            th scope="col" class="right" { "Đã nhận" }
                            th scope="col" class="right" { "Đã công bố" }
                        }
                    }
                    tbody {
                        @for count in page.counts {
                            @let title = page.title_of(&count.clause, &count.title);
                            tr {
                                th scope="row" {
                                    @if count.released > 0 {
                                        a href=(route(page.slug, Part::of_clause(&count.clause))) { (title) }
                                    } @else { (title) }
                                }
                                td class="right" { (grouped(count.received as usize)) }
                                td class="right" { (grouped(count.released as usize)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
