//! The desk's page with the preview of a draft's answers, and the forms that release them and take the release back.

use cong_core::addresses::{
    CommentsPart, DeskConsultationsPage, DeskPage, Done, MissingPart, Part,
};
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::draft::{DeskDraft, IncompleteComment, facts};
use super::draft_request::{draft, write_record};
use super::parts::{draft_title, publishers_only, route};
use super::release::status;
use super::release_store::DELAY_SECONDS;
use super::{draft, release_store};
use crate::consultations::{
    COMMENTS_PER_PAGE, ClauseCount, CommentsPage, ListedComments, Tally, Window, clause_title,
    contents, count_comments, received, released_comments,
};
use crate::desk::editor::Role;
use crate::desk::layout::{DeskFrame, VERSION, desk_layout, done_message, trail, version_field};
use crate::desk::request::Desk;
use crate::desk::trail::AuditLine;
use crate::layout::date_time;
use crate::web::{CachePolicy, PageError, Response};

pub async fn preview(
    desk: &Desk<'_>,
    slug: &str,
    part: &Part,
    done: Option<Done>,
) -> Result<Response, PageError> {
    show(desk, slug, part, done, None).await
}

async fn show(
    desk: &Desk<'_>,
    slug: &str,
    part: &Part,
    done: Option<Done>,
    notice: Option<PreviewNotice>,
) -> Result<Response, PageError> {
    let draft = draft(desk.portal, slug).await?;
    let ids: Vec<String> = draft.clauses.iter().map(|clause| clause.id.clone()).collect();
    let db = desk.portal.feedback()?;
    let counts = count_comments(&db, slug, &ids).await?;
    let shown: Vec<ClauseCount> = counts
        .iter()
        .filter(|count| part.clause.as_ref().is_none_or(|clause| *clause == count.clause))
        .cloned()
        .collect();
    let total: u32 = shown.iter().map(|count| count.shown(ListedComments::Prepared)).sum();
    let pages = COMMENTS_PER_PAGE.pages(total);
    let part = Part { page: part.page.min(pages), ..part.clone() };
    let window = Window::of_page(&shown, ListedComments::Prepared, part.page);
    let comments = released_comments(&db, slug, &window, desk.portal.now).await?;
    let missing = draft::missing(&db, slug).await?;
    let (received, withdrawn) = (draft.facts.received, draft.facts.withdrawn);
    let tally = Tally { received, withdrawn, ..Tally::default() };
    let page = draft.article.as_ref().map(|article| CommentsPage {
        slug,
        article,
        clauses: &draft.clauses,
        tally: &tally,
        counts: &counts,
        part: &part,
        pages,
        comments: &comments,
    });
    let status = if notice.is_some() { 409 } else { 200 };
    let view = PreviewView { draft: &draft, page: page.as_ref(), missing: &missing, notice, done };
    Ok(Response::page(status, preview_page(&desk.frame(), &view), CachePolicy::NoStore))
}

/// Releases all answers of a draft, or takes the release back.
pub async fn change(desk: &Desk<'_>, slug: &str, part: &Part) -> Result<Response, PageError> {
    let fields = desk.form(&[]).await?;
    desk.publishers_only()?;
    let number = |name| fields.get(name).parse::<i64>().map_err(|_| PageError::BadRequest);
    let (notice, done) = match fields.get("viec") {
        "cong-bo" => (release(desk, slug, number(VERSION.name)?).await?, Done::AnswersReleased),
        "giu-lai" => (hold_back(desk, slug, number("hien_ra")?).await?, Done::AnswersHeldBack),
        "thu-hoi" => (take_back(desk, slug, number("hien_ra")?).await?, Done::AnswersTakenBack),
        _ => return Err(PageError::BadRequest),
    };
    match notice {
        Some(notice) => show(desk, slug, part, None, Some(notice)).await,
        None => {
            let page = DeskConsultationsPage::Preview {
                slug: slug.to_owned(),
                part: Part::ALL,
                done: Some(done),
            };
            Ok(desk.done(&DeskPage::Consultations(page)))
        }
    }
}

/// Releases the answers of a draft. Returns `None`, or the reason why they were not released.
async fn release(
    desk: &Desk<'_>,
    slug: &str,
    version: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    draft(desk.portal, slug).await?;
    if release_store::release(&db, slug, version, now, &desk.editor.email).await? {
        return Ok(None);
    }
    let changes = release_store::changes_since(&db, slug, version).await?;
    let is_changed = !changes.is_empty();
    Ok(Some(if is_changed { PreviewNotice::Changed(changes) } else { PreviewNotice::OtherRelease }))
}

/// Takes the release back before the answers are public. Returns `None`, or the reason why it was not taken back.
async fn hold_back(
    desk: &Desk<'_>,
    slug: &str,
    released_at: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    let who = &desk.editor.email;
    Ok(if release_store::take_back(&db, slug, released_at, Some(now), who).await? {
        None
    } else if released_at <= now.0 {
        Some(PreviewNotice::SeenMeanwhile)
    } else {
        Some(PreviewNotice::OtherRelease)
    })
}

/// Takes the release back after the answers became public. Without ledger entries no trace of these answers would
/// remain, so missing entries are written first. Returns `None`, or the reason why the release was not taken back.
async fn take_back(
    desk: &Desk<'_>,
    slug: &str,
    released_at: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let db = desk.portal.feedback()?;
    write_record(desk, slug).await?;
    if release_store::take_back(&db, slug, released_at, None, &desk.editor.email).await? {
        return Ok(None);
    }
    let facts = facts(&db, slug).await?;
    let is_same = facts.released_at.is_some_and(|at| at.0 == released_at);
    Ok(Some(if is_same { PreviewNotice::RecordBehind } else { PreviewNotice::OtherRelease }))
}

pub struct PreviewView<'a> {
    pub draft: &'a DeskDraft,
    /// The page that visitors will see once the answers are public; `None` if the document cannot be read, because then
    /// visitors cannot see the answers either.
    pub page: Option<&'a CommentsPage<'a>>,
    pub missing: &'a [IncompleteComment],
    pub notice: Option<PreviewNotice>,
    pub done: Option<Done>,
}

/// Why answers were not released, or why a release was not taken back.
pub enum PreviewNotice {
    /// Somebody has changed the comments since the editor loaded the page. The value has the lines of the audit trail
    /// about the changes, newest first.
    Changed(Vec<AuditLine>),
    /// The answers became public before the release could be taken back.
    SeenMeanwhile,
    /// Somebody else has released the answers or taken the release back.
    OtherRelease,
    /// The ledger does not contain all public answers yet.
    RecordBehind,
}

pub fn preview_page(frame: &DeskFrame<'_>, view: &PreviewView<'_>) -> Markup {
    let draft = view.draft;
    let main = html! {
        (done_message(view.done))
        @if let Some(problem) = &view.notice { (notice(problem)) }
        h1 { "Xem trước trả lời" }
        (draft_title(draft, frame.now))
        p { a href=(route(DeskConsultationsPage::of_draft(&draft.slug))) { "Mọi ý kiến về dự thảo này" } }
        (status(frame, draft))
        @if !draft.facts.is_complete() { (missing(view)) }
        @else if draft.facts.released_at.is_none() { (release_form(frame, draft)) }
        @match view.page {
            Some(page) => section class="desk-preview" aria-labelledby="nguoi_doc_thay" {
                h2 id="nguoi_doc_thay" { "Điều người đọc sẽ thấy" }
                p { (received(page.tally)) }
                (contents(page, &|part| route(DeskConsultationsPage::Preview { slug: draft.slug.clone(), part, done: None })))
            },
            None => p class="desk-warning" {
                "Bài của dự thảo đã gỡ hoặc đang có lỗi, nên người đọc không xem được trang trả lời. Hãy sửa bài trước."
            },
        }
    };
    let part = view.page.map(|page| page.part);
    let clause = part.and_then(|part| part.clause.as_ref());
    let clause =
        clause.map(|clause| format!(" – {}", clause_title(&draft.clauses, clause, clause)));
    let page = part.filter(|part| part.page > 1).map(|part| format!(" – trang {}", part.page));
    let title = format!(
        "Xem trước trả lời: {}{}{}",
        draft.title(),
        clause.unwrap_or_default(),
        page.unwrap_or_default()
    );
    desk_layout(frame, Some(&DeskPage::CONSULTATIONS), &title, &main)
}

fn notice(notice: &PreviewNotice) -> Markup {
    html! {
        section class="desk-warning" role="alert" {
            @match notice {
                PreviewNotice::Changed(lines) => {
                    h2 { "Ý kiến đã thay đổi từ lúc bạn mở trang, nên chưa công bố" }
                    (trail(lines))
                    p { "Hãy xem lại bảng dưới đây rồi công bố lần nữa." }
                }
                PreviewNotice::SeenMeanwhile => {
                    h2 { "Trả lời vừa hiện ra với mọi người, nên chưa thu hồi" }
                    p { "Thu hồi bây giờ thì có thể đã có người thấy, và sổ cái góp ý giữ lại việc đó. Vẫn muốn thu hồi thì bấm lần nữa." }
                }
                PreviewNotice::OtherRelease => {
                    h2 { "Có người khác vừa công bố hoặc thu hồi, nên chưa làm gì" }
                    p { "Dưới đây là tình trạng hiện nay." }
                }
                PreviewNotice::RecordBehind => {
                    h2 { "Sổ cái góp ý chưa ghi xong các trả lời này, nên chưa thu hồi" }
                    p { "Dự thảo có nhiều trả lời thì sổ cái cần thêm ít phút. Hãy bấm lần nữa." }
                }
            }
        }
    }
}

fn missing(view: &PreviewView<'_>) -> Markup {
    let draft = view.draft;
    let all = |lacking| {
        let part = CommentsPart { lacking: Some(lacking), ..CommentsPart::ALL };
        route(DeskConsultationsPage::Comments { slug: draft.slug.clone(), part, done: None })
    };
    let count = |lacking| grouped(draft.facts.lacking(Some(lacking)) as usize);
    html! {
        section class="desk-missing" aria-labelledby="con_thieu" {
            h2 id="con_thieu" { "Còn thiếu" }
            p {
                "Công bố được khi mọi ý kiến có kết quả, câu trả lời và bản công bố. "
                a href=(all(MissingPart::Decision)) { (count(MissingPart::Decision)) " ý kiến chưa trả lời" } ", "
                a href=(all(MissingPart::PublicText)) { (count(MissingPart::PublicText)) " ý kiến chưa công bố" } "."
            }
            ul {
                @for one in view.missing {
                    @let own = DeskConsultationsPage::Comment { slug: draft.slug.clone(), id: one.id, done: None };
                    li {
                        a href=(route(own)) { "Ý kiến số " (one.id) } ", "
                        (clause_title(&draft.clauses, &one.clause, &one.clause_title)) ": "
                        @if one.is_undecided == 1 { "chưa trả lời" }
                        @if one.is_undecided == 1 && one.is_unreleased == 1 { ", " }
                        @if one.is_unreleased == 1 { "chưa có bản công bố" }
                    }
                }
            }
        }
    }
}

fn release_form(frame: &DeskFrame<'_>, draft: &DeskDraft) -> Markup {
    let closes =
        draft.article.as_ref().and_then(|article| Some(article.consultation.as_ref()?.closes));
    html! {
        section class="panel" aria-labelledby="cong_bo_tat_ca" {
            h2 id="cong_bo_tat_ca" { "Không còn thiếu gì" }
            @if let Some(closes) = closes.filter(|closes| *closes >= frame.now) {
                p { strong { "Dự thảo còn nhận ý kiến đến " (date_time(closes)) ": ý kiến đến sau khi công bố sẽ chưa có trả lời." } }
            }
            @if frame.editor.role == Role::Publisher {
                p {
                    "Sau khi bấm, " (DELAY_SECONDS / 60) " phút nữa trả lời hiện ra với mọi người: trên trang dự thảo, trong tệp CSV và "
                    "trên từng biên nhận. Trong lúc chờ có thể thu hồi mà chưa ai thấy."
                }
                form action=(route(DeskConsultationsPage::preview(&draft.slug))) method="post" {
                    (frame.token_field())
                    (version_field(draft.facts.version))
                    button class="button" type="submit" name="viec" value="cong-bo" { "Công bố toàn bộ trả lời" }
                }
            } @else { (publishers_only("Công bố trả lời")) }
        }
    }
}
