//! The desk's page of the comments on a draft, grouped by clause, and the form that answers several of them at once or
//! makes several of them public.

use std::collections::HashMap;

use cong_core::addresses::{CommentsPart, DeskConsultationsPage, DeskPage, Done, MissingPart};
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::changes::ChangedLine;
use super::comments_store::StoredComment;
use super::draft::{DeskClauseCount, DeskDraft};
use super::fields::{answer_fields, typed_before};
use super::input::{AnswerInput, HAS_READ, LIST};
use super::parts::{answered, draft_title, publishers_only, route, sender, texts};
use super::release::status;
use crate::consultations::clause_title;
use crate::desk::editor::Role;
use crate::desk::layout::{DeskFrame, desk_layout, done_message, problem_summary, trail};
use crate::desk::trail::AuditLine;
use crate::layout::page_links;
use crate::web::FormProblems;

pub struct CommentsView<'a> {
    pub draft: &'a DeskDraft,
    pub part: &'a CommentsPart,
    pub pages: u32,
    pub comments: &'a [StoredComment],
    pub form: &'a BatchForm,
    pub done: Option<Done>,
}

/// The form for several comments, as the editor sent it; empty if the editor only opened the page.
#[derive(Default)]
pub struct BatchForm {
    /// The ids of the ticked comments, each with the version of its submission that the editor saw.
    pub ticked: HashMap<i64, i64>,
    pub typed: AnswerInput,
    pub has_read: bool,
    pub problems: FormProblems,
    /// The lines of the audit trail about changes that somebody else has made since the page was loaded.
    pub changed: Vec<ChangedLine>,
    /// The ticked comments that somebody else has changed, or that this page no longer lists. The page shows them above
    /// the other comments.
    pub apart: Vec<StoredComment>,
}

impl CommentsView<'_> {
    fn page(&self, part: CommentsPart) -> DeskConsultationsPage {
        DeskConsultationsPage::Comments { slug: self.draft.slug.clone(), part, done: None }
    }

    fn title_of<'a>(&'a self, clause: &str, title: &'a str) -> &'a str {
        clause_title(&self.draft.clauses, clause, title)
    }

    fn is_ticked(&self, comment: &StoredComment) -> bool {
        self.part.are_all_ticked || self.form.ticked.contains_key(&comment.id)
    }
}

pub fn comments_page(frame: &DeskFrame<'_>, view: &CommentsView<'_>) -> Markup {
    let CommentsView { draft, part, pages, form, .. } = view;
    let main = html! {
        (done_message(view.done))
        (changed_meanwhile(&form.changed))
        (problem_summary(&form.problems))
        h1 { "Ý kiến về dự thảo" }
        (draft_title(draft, frame.now))
        (numbers(draft))
        p { a class="button" href=(route(DeskConsultationsPage::preview(&draft.slug))) { "Xem trước và công bố trả lời" } }
        (status(frame, draft))
        (clauses(view))
        (filters(view))
        @if view.comments.is_empty() && form.apart.is_empty() {
            p { "Không có ý kiến nào ở phần này." }
            (typed_before(&form.typed))
        } @else { (batch(frame, view)) }
        (page_links(part.page, *pages, |page| route(view.page(CommentsPart { page, are_all_ticked: false, ..(*part).clone() }))))
        h2 { "Nhật ký của dự thảo" }
        @if draft.facts.trail.is_empty() { p { "Chưa có việc nào." } } @else { (trail(&draft.facts.trail)) }
    };
    desk_layout(frame, Some(&DeskPage::CONSULTATIONS), &title(view), &main)
}

/// The title of the page. It contains the clause, the filter and the page number, so that browser tabs can be told
/// apart.
fn title(view: &CommentsView<'_>) -> String {
    let CommentsView { draft, part, .. } = view;
    let clause = part.clause.as_ref().map(|clause| {
        let counted = draft.facts.counts.iter().find(|count| count.clause == *clause);
        view.title_of(clause, counted.map_or("", |count| &count.title)).to_owned()
    });
    let narrowed = [
        clause,
        part.lacking.map(|lacking| label(lacking).to_owned()),
        (part.page > 1).then(|| format!("trang {}", part.page)),
        part.are_all_ticked.then(|| "đã chọn tất cả".to_owned()),
    ];
    let title = format!("Ý kiến về dự thảo: {}", draft.title());
    narrowed.into_iter().flatten().fold(title, |title, part| title + " – " + &part)
}

fn label(lacking: MissingPart) -> &'static str {
    match lacking {
        MissingPart::Decision => "Chưa trả lời",
        MissingPart::PublicText => "Chưa công bố",
    }
}

fn numbers(draft: &DeskDraft) -> Markup {
    let facts = &draft.facts;
    let number = |count: u32| html! { strong { (grouped(count as usize)) } };
    html! {
        p {
            "Đã nhận " (number(facts.received)) " lượt góp ý"
            @if facts.withdrawn > 0 { ", " (number(facts.withdrawn)) " đã rút lại" }
            "; gồm " (number(facts.lacking(None))) " ý kiến: "
            (number(facts.lacking(Some(MissingPart::Decision)))) " chưa trả lời, "
            (number(facts.lacking(Some(MissingPart::PublicText)))) " chưa công bố. Ý kiến đã rút lại và thư rác không tính."
        }
    }
}

/// The warning that somebody else has changed chosen comments, with a list of the changes.
fn changed_meanwhile(changed: &[ChangedLine]) -> Markup {
    html! {
        @if !changed.is_empty() {
            section class="desk-warning" role="alert" {
                h2 { "Có thay đổi trong lúc bạn viết, nên chưa lưu gì" }
                @for lines in changed.chunk_by(|one, next| one.comment == next.comment) {
                    @if let Some(first) = lines.first() {
                        @let lines: Vec<AuditLine> = lines.iter().map(|one| one.line.clone()).collect();
                        h3 { "Ý kiến số " (first.comment) }
                        (trail(&lines))
                    }
                }
                p {
                    "Các ý kiến đã chọn và nội dung bạn gõ còn nguyên dưới đây. Hãy xem lại ý kiến đã thay đổi, bỏ chọn nếu cần, "
                    "rồi gửi lần nữa."
                }
            }
        }
    }
}

fn clauses(view: &CommentsView<'_>) -> Markup {
    let counts = &view.draft.facts.counts;
    html! {
        @if !counts.is_empty() {
            details open[view.part.clause.is_none() && view.part.page == 1 && counts.len() <= 12] {
                summary { "Số ý kiến theo điều khoản" }
                div class="table-scroll" role="region" tabindex="0" aria-label="Số ý kiến theo điều khoản" {
                    table {
                        caption class="visually-hidden" { "Số ý kiến theo điều khoản" }
                        thead {
                            tr {
                                th scope="col" { "Điều khoản" }
                                th scope="col" class="right" { "Ý kiến" }
                                th scope="col" class="right" { "Chưa trả lời" }
                                th scope="col" class="right" { "Chưa công bố" }
                            }
                        }
                        tbody { @for count in counts { (clause_row(view, count)) } }
                    }
                }
            }
        }
    }
}

fn clause_row(view: &CommentsView<'_>, count: &DeskClauseCount) -> Markup {
    let link = |lacking: Option<MissingPart>| {
        let part =
            CommentsPart { clause: Some(count.clause.clone()), lacking, ..CommentsPart::ALL };
        route(view.page(part))
    };
    html! {
        tr {
            th scope="row" { a href=(link(None)) { (view.title_of(&count.clause, &count.title)) } }
            td class="right" { (grouped(count.comments as usize)) }
            @for lacking in MissingPart::ALL {
                @let number = count.lacking(Some(lacking));
                td class="right" {
                    @if number > 0 { a href=(link(Some(lacking))) { (grouped(number as usize)) } } @else { "0" }
                }
            }
        }
    }
}

fn filters(view: &CommentsView<'_>) -> Markup {
    let CommentsView { draft, part, .. } = view;
    let choices = [
        (None, "Tất cả"),
        (Some(MissingPart::Decision), label(MissingPart::Decision)),
        (Some(MissingPart::PublicText), label(MissingPart::PublicText)),
    ];
    let shown =
        |count: &&DeskClauseCount| part.clause.as_ref().is_none_or(|id| *id == count.clause);
    html! {
        @if let Some(clause) = &part.clause {
            @let title = draft.facts.counts.iter().find(shown).map_or("", |count| &count.title);
            p {
                "Đang xem riêng: " strong { (view.title_of(clause, title)) } ". "
                a href=(route(view.page(CommentsPart { clause: None, page: 1, are_all_ticked: false, ..(*part).clone() }))) {
                    "Xem mọi điều khoản"
                }
            }
        }
        nav class="categories" aria-label="Lọc ý kiến" {
            ul {
                @for (lacking, label) in choices {
                    @let number: u32 = draft.facts.counts.iter().filter(shown).map(|count| count.lacking(lacking)).sum();
                    @let filtered = CommentsPart { clause: part.clause.clone(), lacking, ..CommentsPart::ALL };
                    li {
                        a href=(route(view.page(filtered))) aria-current=[(part.lacking == lacking).then_some("true")] {
                            (label) " (" (grouped(number as usize)) ")"
                        }
                    }
                }
            }
        }
    }
}

/// The form with all comments of the page, a check box for each of them, and the actions for those that are ticked.
fn batch(frame: &DeskFrame<'_>, view: &CommentsView<'_>) -> Markup {
    let CommentsView { part, form, .. } = view;
    let is_apart = |comment: &StoredComment| form.apart.iter().any(|other| other.id == comment.id);
    let there: Vec<&StoredComment> =
        view.comments.iter().filter(|comment| !is_apart(comment)).collect();
    let all = CommentsPart { are_all_ticked: !part.are_all_ticked, ..(*part).clone() };
    let action = CommentsPart { are_all_ticked: false, ..(*part).clone() };
    html! {
        form class="form" action=(route(view.page(action))) method="post" {
            (frame.token_field())
            div id=(LIST.id()) tabindex="-1" class=[form.problems.of(&LIST).map(|_| "has-problem")] {
                (LIST.message(&form.problems))
                p {
                    a href={ (route(view.page(all))) "#danh_sach" } {
                        @if part.are_all_ticked { "Bỏ chọn tất cả" } @else { "Chọn tất cả ở trang này" }
                    }
                    " (mở lại trang, nên hãy bấm trước khi viết) · " a href="#tra_loi_chung" { "Xuống phần trả lời" }
                }
                @if !form.apart.is_empty() {
                    section class="clause-comments" {
                        h2 { "Ý kiến đã chọn có thay đổi, hoặc không còn ở trang này" }
                        @for comment in &form.apart { (one(view, comment)) }
                    }
                }
                @for group in there.chunk_by(|one, next| one.clause == next.clause) {
                    @if let Some(first) = group.first() {
                        section class="clause-comments" {
                            h2 { (view.title_of(&first.clause, &first.clause_title)) }
                            @for comment in group { (one(view, comment)) }
                        }
                    }
                }
            }
            (actions(frame, view))
        }
    }
}

fn one(view: &CommentsView<'_>, comment: &StoredComment) -> Markup {
    let id = format!("chon_{}", comment.id);
    let own = DeskConsultationsPage::Comment {
        slug: view.draft.slug.clone(),
        id: comment.id,
        done: None,
    };
    html! {
        article class="desk-comment" id=(format!("y_kien_{}", comment.id)) {
            div class="choice" {
                input type="checkbox" id=(id) name="y_kien" value=(format!("{}:{}", comment.id, comment.version))
                    checked[view.is_ticked(comment)];
                div {
                    label for=(id) { "Chọn ý kiến số " (comment.id) }
                    " · " a href=(route(own)) { "Mở riêng" span class="visually-hidden" { " ý kiến số " (comment.id) } }
                    p class="entry-meta" { (sender(comment)) }
                }
            }
            (texts(comment))
            (answered(comment))
        }
    }
}

fn actions(frame: &DeskFrame<'_>, view: &CommentsView<'_>) -> Markup {
    let form = view.form;
    let is_publisher = frame.editor.role == Role::Publisher;
    let is_released = view.draft.facts.released_at.is_some();
    html! {
        section class="desk-actions" id="tra_loi_chung" aria-labelledby="tra_loi_cac_y" {
            h2 id="tra_loi_cac_y" { "Trả lời các ý kiến đã chọn" }
            @if is_released && !is_publisher {
                (publishers_only("Sửa trả lời khi đã công bố"))
                (typed_before(&form.typed))
            } @else {
                @if is_released { p class="desk-warning" { "Trả lời đã công bố: điều bạn sửa là điều người đọc thấy, và sổ cái ghi lại." } }
                (answer_fields(&form.typed, &form.problems))
                p { button class="button" type="submit" name="viec" value="tra-loi" { "Lưu trả lời cho các ý kiến đã chọn" } }
            }
        }
        section class="desk-actions" aria-labelledby="cong_bo_cac_y" {
            h2 id="cong_bo_cac_y" { "Công bố các ý kiến đã chọn" }
            @if is_publisher {
                p { "Mọi người đọc được ngay. Ý kiến có thông tin cá nhân thì mở riêng để che; bản đã che được giữ nguyên." }
                (HAS_READ.show(&form.problems, if form.has_read { "1" } else { "" }))
                p { button class="button quiet" type="submit" name="viec" value="cong-bo" { "Công bố nguyên văn các ý đã chọn" } }
            } @else { (publishers_only("Công bố")) }
        }
    }
}
