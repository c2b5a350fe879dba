//! The desk's first page: the submissions, drafts and documents that need attention today.

mod store;

pub use store::{feedback_today, waiting};

use chrono::NaiveDate;
use cong_core::addresses::{ArticleState, DeskConsultationsPage, DeskPage, Done, SubmissionFilter};
use cong_core::vietnamese;
use cong_core::vietnamese::{Timestamp, date_of, grouped};
use futures_util::future::join3;
use maud::{Markup, html};

use super::articles::{document_link, problem_list};
use super::layout::{AWAY, DeskFrame, desk_layout, done_message};
use super::request::Desk;
use super::sync::{sync_form, sync_progress};
use crate::layout::{date, date_time};
use crate::web::{PageError, Response};
use store::{
    ArticlesToday, ClosingDraft, DueSubmission, FeedbackToday, MAX_COUNTED, MAX_NAMED,
    articles_today,
};

/// Shows the desk's first page. A message replaces each part that cannot be read.
pub async fn today(desk: &Desk<'_>, done: Option<Done>) -> Result<Response, PageError> {
    let portal = desk.portal;
    let (db, catalogue, inbox) = (portal.feedback()?, portal.catalogue()?, portal.inbox()?);
    let (feedback, articles, waiting) = join3(
        feedback_today(&db, portal.now),
        articles_today(&catalogue, portal.now),
        store::waiting(&inbox),
    )
    .await;
    let feedback = desk.or_without("submissions", feedback);
    let waiting = desk.or_without("INBOX", waiting);
    let mut articles = desk.or_without("articles", articles);
    let drafts = match articles.as_mut().map(|articles| std::mem::take(&mut articles.drafts)) {
        Some(drafts) => desk.or_without("drafts", store::without_answers(&db, drafts).await),
        None => None,
    };
    let holidays_end = vietnamese::end_of_holidays_near(portal.now.day());
    let page = Today { done, feedback, articles, drafts, waiting, holidays_end };
    Ok(desk.page(today_page(&desk.frame(), &page)))
}

/// The data of the desk's first page. `feedback`, `articles`, `drafts` and `waiting` are `None` if they could not be
/// read.
pub struct Today {
    pub done: Option<Done>,
    pub feedback: Option<FeedbackToday>,
    pub articles: Option<ArticlesToday>,
    /// Drafts that close soon, or that are closed and wait for their answers.
    pub drafts: Option<Vec<ClosingDraft>>,
    /// How many submissions wait in `INBOX` to be stored in the database.
    pub waiting: Option<usize>,
    /// The last day of the table of public holidays, if that day is near or past.
    pub holidays_end: Option<NaiveDate>,
}

pub fn today_page(frame: &DeskFrame<'_>, page: &Today) -> Markup {
    let main = html! {
        (done_message(page.done))
        h1 { "Hôm nay, " (frame.now.date()) }
        div class="desk-board" {
            section {
                h2 { "Ý kiến" }
                @match &page.feedback {
                    Some(feedback) => (submissions(feedback)),
                    None => p { (AWAY) },
                }
                @match page.waiting {
                    Some(0) => {},
                    Some(count) => p class="desk-warning" {
                        @if count >= MAX_COUNTED { "Từ " }
                        (grouped(count)) " ý kiến đã có biên nhận còn chờ trong KV; chúng được chuyển vào cơ sở dữ liệu mỗi mười phút."
                    },
                    None => p { "Chưa đếm được số ý kiến còn chờ trong KV." },
                }
            }
            section {
                h2 { "Dự thảo" }
                @match &page.drafts {
                    Some(drafts) => (consultations(drafts, frame.now)),
                    None => p { (AWAY) },
                }
            }
            section {
                h2 { "Bài viết" }
                @match &page.articles {
                    Some(articles) => (documents(articles)),
                    None => p { (AWAY) },
                }
                (sync_form(frame, &DeskPage::TODAY))
            }
            @if let Some(end) = page.holidays_end {
                section {
                    h2 { "Ngày nghỉ lễ" }
                    p class="desk-warning" {
                        "Bảng ngày nghỉ lễ chỉ tới " (date_of(end)) "; sau ngày đó hạn trả lời chỉ là ước tính. Người phát triển bổ sung năm tiếp theo."
                    }
                }
            }
        }
    };
    desk_layout(frame, Some(&DeskPage::TODAY), "Hôm nay", &main)
}

fn submissions(feedback: &FeedbackToday) -> Markup {
    html! {
        p {
            a href=(DeskPage::submissions()) { strong { (grouped(feedback.open)) } " ý kiến đang chờ" }
            @if feedback.flagged > 0 {
                "; " a href=(DeskPage::listed(SubmissionFilter::flagged())) {
                    strong { (grouped(feedback.flagged)) } " ý kiến bị nghi là rác, cần xem"
                }
            }
            "."
        }
        @if feedback.due.is_empty() { p { "Không có ý kiến nào quá hạn hoặc sắp đến hạn." } }
        @else {
            table class="desk-table" {
                caption { "Quá hạn hoặc sắp đến hạn" }
                thead { tr { th scope="col" { "Số" } th scope="col" { "Loại" } th scope="col" { "Tiêu đề" } th scope="col" { "Hạn trả lời" } } }
                tbody { @for due in &feedback.due { (due_row(due)) } }
            }
        }
    }
}

fn due_row(due: &DueSubmission) -> Markup {
    html! {
        tr {
            th scope="row" { (due.id) }
            td { @if let Some(kind) = due.kind { (kind.label()) } }
            td {
                a href=(DeskPage::submission(due.id)) {
                    @if due.subject.is_empty() { "(không có tiêu đề)" } @else { (due.subject) }
                }
            }
            td {
                (date_of(due.due.date))
                @if due.is_overdue { " " strong class="desk-overdue" { "quá hạn" } }
                @if due.due.is_estimate { " (ước tính)" }
            }
        }
    }
}

fn consultations(drafts: &[ClosingDraft], now: Timestamp) -> Markup {
    html! {
        @if drafts.is_empty() { p { "Không có dự thảo nào sắp hết hạn góp ý hoặc đang chờ trả lời." } }
        @else {
            ul {
                @for draft in drafts {
                    @let closes = Timestamp(draft.closes);
                    li {
                        a href=(DeskPage::Consultations(DeskConsultationsPage::of_draft(&draft.slug))) { (draft.title) } ": "
                        @if closes < now { "đã hết hạn góp ý ngày " (date(closes)) ", chờ công bố trả lời" }
                        @else { "hết hạn góp ý lúc " (date_time(closes)) }
                    }
                }
            }
        }
    }
}

fn documents(articles: &ArticlesToday) -> Markup {
    html! {
        p { strong { (grouped(articles.sync.documents)) } " tài liệu." }
        (sync_progress(&articles.sync))
        @if articles.broken.is_empty() { p { "Không có bài nào bị lỗi." } }
        @else {
            h3 { "Bài có lỗi, người đọc chưa xem được" }
            @for broken in &articles.broken {
                p { strong { (document_link(&broken.slug)) } }
                (problem_list(&broken.problems))
            }
            @if articles.broken.len() >= MAX_NAMED as usize {
                p { a href=(DeskPage::articles_in(ArticleState::Broken)) { "Tất cả bài có lỗi" } }
            }
        }
    }
}
