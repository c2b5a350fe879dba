//! The desk's list of submissions, and the lookup of a submission by its receipt code.

use cong_core::addresses::{
    DeskPage, DueFilter, MAX_WORDS_CHARS, Route, StateFilter, SubmissionFilter, SubmissionsPage,
    SuspicionFilter,
};
use cong_core::submission::{Receipt, ReceiptError, SubmissionKind};
use cong_core::vietnamese::{date_of, grouped};
use maud::{Markup, html};

use super::dossier;
use super::list_store::{ListedSubmission, Matching, SubmissionList, list_submissions};
use crate::desk::editor::Role;
use crate::desk::layout::{DeskFrame, FormErrors, desk_layout};
use crate::desk::request::Desk;
use crate::feedback;
use crate::layout::{date, page_links};
use crate::web::{CachePolicy, FormField, FormProblems, PageError, Response};

const CODE: FormField<'_> = FormField {
    hint: "Người gửi đọc cho: 20 chữ cái và chữ số. Mã không nằm trong địa chỉ trang nào của bàn biên tập.",
    ..FormField::code("ma", "Mã biên nhận")
};

pub async fn list(
    desk: &Desk<'_>,
    filter: &SubmissionFilter,
    page: u32,
) -> Result<Response, PageError> {
    show(desk, filter, page, "", &FormErrors::default()).await
}

async fn show(
    desk: &Desk<'_>,
    filter: &SubmissionFilter,
    page: u32,
    code: &str,
    again: &FormErrors,
) -> Result<Response, PageError> {
    let db = desk.portal.feedback()?;
    let now = desk.portal.now;
    let matching = Matching::of(&db, filter, now).await?;
    let list = list_submissions(&db, &matching, page, now).await?.ok_or(PageError::NOT_FOUND)?;
    let page = ListPage { filter, page, list: &list, code, again };
    let page = list_page(&desk.frame(), &page);
    Ok(Response::page(again.status(), page, CachePolicy::NoStore))
}

/// Redirects to the submission with the typed receipt code, or shows the list again with the problem of the code.
pub async fn look_up(desk: &Desk<'_>) -> Result<Response, PageError> {
    let typed = desk.form(&[CODE]).await?.value(&CODE).trim();
    let problem = match Receipt::parse(typed) {
        Err(ReceiptError::Shape) => {
            "Hãy điền đủ mã: 20 chữ cái và chữ số, ví dụ 7K2QM-3D9XA-0B5RT-E8WNZ."
        }
        Err(ReceiptError::Checksum) => "Mã có một chỗ gõ nhầm. Hãy nhờ người gửi đọc lại từng chữ.",
        Ok(receipt) => {
            let db = desk.portal.feedback()?;
            if let Some(id) = dossier::id_of_receipt(&db, &receipt).await? {
                return Ok(desk.done(&DeskPage::submission(id)));
            }
            let waiting = feedback::find_waiting(&desk.portal.inbox()?, &receipt).await?;
            match waiting {
                Some(_) => {
                    "Ý kiến này còn chờ trong KV; nó vào cơ sở dữ liệu trong vòng mười phút."
                }
                None => "Mã đúng dạng nhưng không có ý kiến nào mang mã này.",
            }
        }
    };
    let problems = FormProblems::of_field(&CODE, problem);
    let again = FormErrors { problems, ..FormErrors::default() };
    show(desk, &SubmissionFilter::default(), 1, typed, &again).await
}

pub struct ListPage<'a> {
    pub filter: &'a SubmissionFilter,
    pub page: u32,
    pub list: &'a SubmissionList,
    /// The receipt code as the editor typed it.
    pub code: &'a str,
    pub again: &'a FormErrors,
}

pub fn list_page(frame: &DeskFrame<'_>, page: &ListPage<'_>) -> Markup {
    let ListPage { filter, list, again, .. } = page;
    let route = |number| {
        let filter = (*filter).clone();
        Route::Desk(DeskPage::Submissions(SubmissionsPage::List { filter, page: number }))
    };
    let title = title(filter, page.page);
    let main = html! {
        (again.head())
        h1 { (title) }
        (filter_form(filter))
        p role="status" {
            strong { (grouped(list.total as usize)) } " ý kiến theo bộ lọc này. "
            @if list.total > 0 { (exports(frame, filter)) }
        }
        @if list.submissions.is_empty() { p { "Không có ý kiến nào như vậy. Thử bớt điều kiện lọc." } }
        @else { (table(&list.submissions)) }
        (page_links(page.page, list.pages, route))
        section {
            h2 { "Tìm theo mã biên nhận" }
            form class="form desk-short" action=(DeskPage::submissions()) method="post" {
                (frame.token_field())
                (CODE.show(&again.problems, page.code))
                button class="button" type="submit" { "Mở ý kiến" }
            }
        }
    };
    desk_layout(frame, Some(&DeskPage::submissions()), &title, &main)
}

/// The title of the page. It names the filter, so that browser tabs can be told apart. It leaves out the search words,
/// which may be a person's name.
fn title(filter: &SubmissionFilter, page: u32) -> String {
    let SubmissionFilter { state, kind, about, due, suspicion, words: _ } = filter;
    let state = StateFilter::CHOICES.into_iter().find(|(own, ..)| own == state);
    let due = DueFilter::CHOICES.into_iter().find(|(own, ..)| Some(*own) == *due);
    let suspicion = SuspicionFilter::CHOICES.into_iter().find(|(own, ..)| own == suspicion);
    let narrowed = [
        about.as_ref().map(|slug| format!("về {slug}")),
        kind.map(|kind| kind.label().to_owned()),
        state.filter(|(own, ..)| *own != StateFilter::default()).map(|(.., name)| name.to_owned()),
        due.map(|(.., name)| name.to_owned()),
        suspicion
            .filter(|(own, ..)| *own != SuspicionFilter::default())
            .map(|(.., name)| name.to_owned()),
        (page > 1).then(|| format!("trang {page}")),
    ];
    narrowed.into_iter().flatten().fold("Ý kiến".to_owned(), |title, part| title + " – " + &part)
}

fn filter_form(filter: &SubmissionFilter) -> Markup {
    html! {
        form class="desk-filter" action=(DeskPage::submissions()) method="get" role="search" aria-label="Lọc ý kiến" {
            (choice("trang-thai", "Trạng thái", StateFilter::CHOICES.map(|(value, code, name)| {
                (code, name, value == filter.state)
            }).to_vec(), None))
            (choice("loai", "Loại", SubmissionKind::ALL.map(|kind| {
                (kind.code(), kind.label(), filter.kind == Some(kind))
            }).to_vec(), Some("Mọi loại")))
            (choice("han", "Hạn trả lời", DueFilter::CHOICES.map(|(value, code, name)| {
                (code, name, filter.due == Some(value))
            }).to_vec(), Some("Bất kỳ")))
            (choice("nghi-rac", "Nghi là rác", SuspicionFilter::CHOICES.map(|(value, code, name)| {
                (code, name, value == filter.suspicion)
            }).to_vec(), None))
            div {
                label for="bai" { "Về bài hoặc dự thảo" }
                input type="text" id="bai" name="bai" value=(filter.about.as_deref().unwrap_or_default()) aria-describedby="bai_goi_y";
                p class="hint" id="bai_goi_y" { "Tên trong địa chỉ của bài, hoặc cả địa chỉ." }
            }
            div {
                label for="q" { "Có các từ" }
                input type="search" id="q" name="q" value=(filter.words) maxlength=(MAX_WORDS_CHARS) aria-describedby="q_goi_y";
                p class="hint" id="q_goi_y" {
                    "Có dấu hay không đều được. Chỉ tìm trong tiêu đề và nội dung, không tìm trong thông tin của người gửi."
                }
            }
            div class="desk-filter-buttons" {
                button class="button" type="submit" { "Lọc" }
                a href=(DeskPage::submissions()) { "Bỏ lọc" }
            }
        }
    }
}

/// A drop-down list. Each element of `options` is a code, its label, and whether it is chosen. `any` is the label of
/// the empty choice; `None` if a choice is required.
fn choice(name: &str, label: &str, options: Vec<(&str, &str, bool)>, any: Option<&str>) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @if let Some(any) = any { option value="" { (any) } }
                @for (code, text, is_chosen) in options {
                    option value=(code) selected[is_chosen] { (text) }
                }
            }
        }
    }
}

fn exports(frame: &DeskFrame<'_>, filter: &SubmissionFilter) -> Markup {
    let csv = |with_senders| {
        let filter = filter.clone();
        DeskPage::Submissions(SubmissionsPage::Csv { filter, with_senders })
    };
    html! {
        a href=(csv(false)) { "Tải bảng (CSV)" }
        @if frame.editor.role == Role::Publisher {
            " · " a href=(csv(true)) { "Tải bảng kèm người gửi" }
        }
    }
}

fn table(submissions: &[ListedSubmission]) -> Markup {
    html! {
        div class="desk-scroll" role="region" aria-label="Bảng ý kiến" tabindex="0" {
            table class="desk-table" {
                caption class="visually-hidden" { "Các ý kiến theo bộ lọc" }
                thead {
                    tr {
                        th scope="col" { "Số" } th scope="col" { "Ý kiến" }
                        th scope="col" { "Hạn trả lời" } th scope="col" { "Trạng thái" }
                    }
                }
                tbody { @for one in submissions { (row(one)) } }
            }
        }
    }
}

fn row(one: &ListedSubmission) -> Markup {
    html! {
        tr {
            td { (one.id) }
            th scope="row" class="desk-title" {
                a href=(DeskPage::submission(one.id)) {
                    @if one.title.is_empty() { "(nội dung đã xóa)" } @else { (one.title) }
                }
                @if one.suspected.is_some() { " " span class="desk-mark" { "nghi rác" } }
                span class="hint" {
                    @if let Some(kind) = one.kind { (kind.label()) ", " }
                    "nhận ngày " (date(one.received_at))
                }
            }
            td {
                @if let Some(due) = one.due {
                    (date_of(due.date))
                    @if one.is_overdue { " " strong class="desk-overdue" { "quá hạn" } }
                    @if due.is_estimate { " (ước tính)" }
                }
            }
            td { @if let Some(state) = one.state { (state.label()) } }
        }
    }
}
