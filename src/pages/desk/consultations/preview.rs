//! The preview of a draft's answers: what visitors will see, what is missing, and the release.

use maud::{Markup, html};

use super::super::layout::{DeskFrame, done, layout};
use super::super::trail::trail;
use super::parts::{draft_title, publishers_only};
use super::{release, route};
use crate::desk::consultations::{DELAY_SECONDS, Draft, IncompleteComment};
use crate::desk::{AuditLine, Role};
use crate::pages::answers::contents;
use crate::pages::comments::{CommentsPage, clause_title, received};
use crate::pages::parts::date_time;
use cong_core::addresses::{CommentsPart, DeskConsultationsPage, DeskPage, Done, MissingPart};
use cong_core::vietnamese::grouped;

/// The data of the page.
pub struct PreviewView<'a> {
    pub draft: &'a Draft,
    /// The page that visitors will see; `None` if the document cannot be read, because visitors then see no answers.
    pub page: Option<&'a CommentsPage<'a>>,
    pub missing: &'a [IncompleteComment],
    pub notice: Option<PreviewNotice>,
    pub done: Option<Done>,
}

/// Why a release, or taking it back, was not carried out.
pub enum PreviewNotice {
    /// The comments have changed since the editor loaded the page. The lines say how, newest first.
    Changed(Vec<AuditLine>),
    /// The answers became public before the release could be taken back.
    SeenMeanwhile,
    /// Somebody else has released the answers or taken the release back.
    OtherRelease,
    /// The ledger does not hold all public answers yet.
    RecordBehind,
}

pub fn preview(frame: &DeskFrame<'_>, view: &PreviewView<'_>) -> Markup {
    let draft = view.draft;
    let main = html! {
        (done(view.done))
        @if let Some(problem) = &view.notice { (notice(problem)) }
        h1 { "Xem trước trả lời" }
        (draft_title(draft, frame.now))
        p { a href=(route(DeskConsultationsPage::of_draft(&draft.slug))) { "Mọi ý kiến về dự thảo này" } }
        (release::status(frame, draft))
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
    layout(frame, Some(&DeskPage::CONSULTATIONS), &title, &main)
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

fn release_form(frame: &DeskFrame<'_>, draft: &Draft) -> Markup {
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
                    input type="hidden" name="phien_ban" value=(draft.facts.version);
                    button class="button" type="submit" name="viec" value="cong-bo" { "Công bố toàn bộ trả lời" }
                }
            } @else { (publishers_only("Công bố trả lời")) }
        }
    }
}
