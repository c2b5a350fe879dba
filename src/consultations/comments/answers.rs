//! The answers to the comments on a draft: a table by clause, charts of the decisions, and the rows of the CSV file.

use cong_core::addresses::{DraftPage, Part, Route};
use cong_core::consultation::Clause;
use cong_core::ledger::Decision;
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::page::{CommentsPage, clause_title, commenter, draft_head, links, received};
use super::store::{ClauseCount, ReleasedComment};
use crate::layout::{Frame, Head, as_written, date_time, foreign, layout, page_links, print_head};
use crate::web::{csv_head, push_csv_row};

pub fn answers_page(frame: Frame<'_>, page: &CommentsPage<'_>) -> Markup {
    let CommentsPage { slug, article, tally, part, .. } = page;
    let own = route(slug, (*part).clone());
    let main = html! {
        (print_head(frame, &own))
        (draft_head(frame, slug, article, "Tiếp thu, giải trình ý kiến góp ý"))
        p {
            (received(tally))
            @if let Some(at) = tally.answered_at { " Kết quả được công bố lúc " (date_time(at)) "." }
        }
        (links(slug, tally, "tiep-thu"))
        p { a class="button" href=(Route::draft(slug, DraftPage::AnswersCsv)) { "Tải bảng này (CSV)" } }
        (contents(page, &|part| route(slug, part)))
    };
    let title = format!("Tiếp thu, giải trình: {}", article.title);
    let description = format!(
        "Từng ý kiến góp ý cho dự thảo và cách {} tiếp thu, giải trình.",
        frame.site.body_name
    );
    layout(frame, Head { title: &title, description: Some(&description), route: Some(&own) }, main)
}

fn route(slug: &str, part: Part) -> Route {
    Route::draft(slug, DraftPage::Answers(part))
}

/// Charts of the answers to the comments on all clauses, and tables of the answers: for all clauses, or for the one
/// clause that the reader chose. `route` returns the address of this page for another clause or another page of the
/// list.
pub fn contents(page: &CommentsPage<'_>, route: &dyn Fn(Part) -> Route) -> Markup {
    let part = page.part;
    html! {
        (figures(page, route))
        @if let Some(clause) = &part.clause {
            p {
                "Đang xem riêng: " strong { (page.title_of(clause, "")) } ". "
                a href=(route(Part::ALL)) { "Xem mọi điều khoản" }
            }
        }
        @if page.comments.is_empty() { p { "Không có ý kiến nào ở phần này." } }
        @for group in page.by_clause() {
            @if let Some(first) = group.first() {
                section class="clause-comments" {
                    h2 lang=[foreign(&page.article.lang)] { (page.clause_heading(first)) }
                    (table(group, page.title_of(&first.clause, &first.clause_title)))
                }
            }
        }
        (page_links(part.page, page.pages, |number| {
            route(Part { page: number, ..part.clone() })
        }))
    }
}

fn table(comments: &[ReleasedComment], clause: &str) -> Markup {
    html! {
        table class="answers" {
            caption class="visually-hidden" { "Ý kiến và trả lời: " (clause) }
            thead {
                tr {
                    th scope="col" { "Ý kiến" }
                    th scope="col" { "Trả lời" }
                }
            }
            tbody {
                @for comment in comments {
                    tr id=(format!("y_kien_{}", comment.id)) {
                        td {
                            p class="entry-meta" {
                                strong { (commenter(comment)) } " · " (date_time(comment.received_at))
                            }
                            (as_written(&comment.text))
                        }
                        td { (answer(comment.decision, comment.answer.as_deref(), comment.changed.as_deref())) }
                    }
                }
            }
        }
    }
}

/// The office's answer to a comment, as the page of answers and the sender's receipt show it. `changed` says where in
/// the draft the office made a change because of the comment.
pub fn answer(decision: Option<Decision>, answer: Option<&str>, changed: Option<&str>) -> Markup {
    html! {
        @if let Some(decision) = decision {
            p class={ "decision " (class_of(decision)) } { (decision.label()) }
        }
        @if let Some(answer) = answer { (as_written(answer)) }
        @if let Some(changed) = changed { p { strong { "Đã sửa tại: " } (changed) } }
    }
}

fn class_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Accepted => "accepted",
        Decision::Partly => "partly",
        Decision::Explained => "explained",
    }
}

/// Charts of the answers: for all clauses together and for each clause, one bar that shows how many answers have each
/// decision. The numbers are also written beside the bar.
fn figures(page: &CommentsPage<'_>, route: &dyn Fn(Part) -> Route) -> Markup {
    let counts = page.counts;
    let sum = |of: fn(&ClauseCount) -> u32| counts.iter().map(of).sum::<u32>();
    let all = [sum(|c| c.accepted), sum(|c| c.partly), sum(|c| c.explained)];
    let most = counts.iter().map(ClauseCount::answered).max().unwrap_or(1);
    html! {
        section class="figures" aria-labelledby="so_lieu" {
            h2 id="so_lieu" { "Số liệu" }
            (bar(all, all.iter().sum()))
            ul class="legend" {
                @for (decision, count) in Decision::ALL.into_iter().zip(all) {
                    li {
                        span class={ "key " (class_of(decision)) } aria-hidden="true" {}
                        (decision.label()) ": " strong { (grouped(count as usize)) }
                    }
                }
            }
            details open[page.part.clause.is_none() && page.part.page == 1 && counts.len() <= 12] {
                summary { "Theo từng điều khoản" }
                div class="table-scroll" role="region" tabindex="0" aria-label="Số liệu theo từng điều khoản" {
                    table class="by-clause" {
                        thead {
                            tr {
                                th scope="col" { "Điều khoản" }
                                @for decision in Decision::ALL {
                                    th scope="col" class="right" { (decision.label()) }
                                }
                                th scope="col" class="bar-column" aria-hidden="true" {}
                            }
                        }
                        tbody {
                            @for count in counts {
                                @let title = page.title_of(&count.clause, &count.title);
                                tr {
                                    th scope="row" {
                                        a href=(route(Part::of_clause(&count.clause))) { (title) }
                                    }
                                    @for number in by_answer(count) {
                                        td class="right" { (grouped(number as usize)) }
                                    }
                                    td class="bar-column" aria-hidden="true" { (bar(by_answer(count), most)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn by_answer(count: &ClauseCount) -> [u32; 3] {
    [count.accepted, count.partly, count.explained]
}

/// A bar with one segment for each decision. `parts` has the number of answers with each decision, which determines the
/// length of the segment; `most` answers would fill the full width. Screen readers skip the bar, because the numbers
/// are beside it as text.
fn bar(parts: [u32; 3], most: u32) -> Markup {
    let width = |count: u32| f64::from(count) * 100.0 / f64::from(most.max(1));
    let mut before = 0;
    html! {
        svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (decision, count) in Decision::ALL.into_iter().zip(parts) {
                @if count > 0 {
                    rect class=(class_of(decision)) x=(format!("{:.2}", width(before))) y="0"
                        width=(format!("{:.2}", width(count))) height="6" {}
                }
                @let () = before += count;
            }
        }
    }
}

/// The beginning of the CSV table of answers: the byte order mark, and the row with the names of the columns.
pub fn answers_csv_head() -> String {
    csv_head([
        "Mã ý kiến",
        "Điều khoản",
        "Ý kiến",
        "Người góp ý",
        "Tư cách",
        "Nhận lúc",
        "Kết quả",
        "Trả lời",
        "Đã sửa tại",
    ])
}

/// Appends the row of one comment and its answer to the CSV table.
pub fn push_answer_row(out: &mut String, clauses: &[Clause], comment: &ReleasedComment) {
    push_csv_row(
        out,
        [
            comment.id.to_string().as_str(),
            clause_title(clauses, &comment.clause, &comment.clause_title),
            &comment.text,
            comment.name.as_deref().unwrap_or_default(),
            comment.capacity.label(),
            &comment.received_at.date_time(),
            comment.decision.map(Decision::label).unwrap_or_default(),
            comment.answer.as_deref().unwrap_or_default(),
            comment.changed.as_deref().unwrap_or_default(),
        ],
    );
}
