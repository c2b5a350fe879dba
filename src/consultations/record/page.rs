//! The page about the ledger of a consultation, and the export of the ledger, with which anybody can verify it.

use cong_core::addresses::{DraftPage, Part, Route};
use cong_core::article::Article;
use cong_core::ledger::{ExportLine, Hash, Seal};
use cong_core::vietnamese::{date_of, grouped};
use maud::{Markup, html};

use super::export::ENTRIES_PER_PART;
use super::seals::{SealedDays, StoredSeal};
use super::{export, seals};
use crate::catalogue::{hot_index, public_article};
use crate::consultations::comments::draft_head;
use crate::layout::{Frame, Head, frame, layout};
use crate::platform::DatabaseError;
use crate::web::{CachePolicy, PageError, Portal, Response, in_parts};

pub async fn record(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let days = seals::sealed_days(&portal.feedback()?, slug, portal.now).await?;
    let index = hot_index(portal).await;
    let page = RecordPage { slug, article: &article, days: &days };
    let page = record_page(frame(portal, &index), &page);
    let changes_at = index.next_change(portal.now);
    Ok(Response::page(200, page, CachePolicy::Released { changes_at }))
}

/// The export of a ledger for its verification: a file of JSON lines, which is read from the database while it is sent.
pub async fn export_record(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    if article.consultation.is_none() {
        return Err(PageError::NOT_FOUND);
    }
    let days = seals::sealed_days(&portal.feedback()?, slug, portal.now).await?;
    let export = Export { slug: slug.to_owned(), days };
    let read = async move |portal: &Portal, step| export.part(portal, step).await;
    let body = in_parts(portal, ExportStep::Header, read).await?;
    let cache = CachePolicy::Released { changes_at: None };
    Ok(Response::download("application/jsonl", &format!("{slug}.jsonl"), body, cache))
}

/// An export of a ledger that is being sent.
struct Export {
    slug: String,
    /// The sealed days that the export contains. Days that are sealed while it is sent are left out.
    days: SealedDays,
}

/// The next step in writing an export.
enum ExportStep {
    Header,
    /// The entries of one sealed day: the index of the day in `Export::days`, and the position of the first entry to
    /// write.
    Entries(usize, u64),
    End,
}

impl Export {
    /// Returns the text of one step of the export, and the next step; `None` after the last step.
    async fn part(
        &self,
        portal: &Portal,
        step: ExportStep,
    ) -> Result<(String, Option<ExportStep>), DatabaseError> {
        let mut text = String::new();
        let next = match step {
            ExportStep::Header => {
                push(&mut text, &ExportLine::header(&self.slug, portal.now));
                Some(self.day_or_end(0))
            }
            ExportStep::Entries(day, from) => {
                Some(self.entries(portal, day, from, &mut text).await?)
            }
            ExportStep::End => {
                let entries = self.days.days.iter().map(|stored| stored.seal.size).sum();
                push(&mut text, &ExportLine::Unsealed { unsealed: self.days.waiting });
                push(&mut text, &ExportLine::end(entries));
                None
            }
        };
        Ok((text, next))
    }

    fn day_or_end(&self, day: usize) -> ExportStep {
        if day < self.days.days.len() { ExportStep::Entries(day, 0) } else { ExportStep::End }
    }

    /// Appends the next batch of entries of a sealed day to `text`. If the batch starts with the day's first entry,
    /// appends the day's seal before it. Returns the next step of the export.
    async fn entries(
        &self,
        portal: &Portal,
        day: usize,
        from: u64,
        text: &mut String,
    ) -> Result<ExportStep, DatabaseError> {
        let days = &self.days.days;
        let (Some(StoredSeal { id, seal }), Some(last)) = (days.get(day), days.last()) else {
            return Ok(ExportStep::End);
        };
        if from == 0 {
            push(text, &ExportLine::Seal { seal: *seal });
        }
        let db = portal.feedback()?;
        for entry in export::export_entries(&db, *id, from, last.id, portal.now).await? {
            push(text, &ExportLine::Entry(entry));
        }
        let next = from + ENTRIES_PER_PART;
        Ok(if next < seal.size { ExportStep::Entries(day, next) } else { self.day_or_end(day + 1) })
    }
}

fn push(text: &mut String, line: &ExportLine) {
    text.push_str(&line.to_string());
    text.push('\n');
}

pub struct RecordPage<'a> {
    pub slug: &'a str,
    pub article: &'a Article,
    pub days: &'a SealedDays,
}

pub fn record_page(frame: Frame<'_>, page: &RecordPage<'_>) -> Markup {
    let RecordPage { slug, article, days } = page;
    let main = html! {
        (draft_head(frame, slug, article, "Sổ cái góp ý"))
        p {
            "Mỗi ý kiến gửi đến và mỗi câu trả lời được ghi thành một mục của sổ này ngay khi có. Hết mỗi ngày, sổ được "
            "khóa: các mục của ngày được tính thành một mã. Ai chép lại mã của một ngày thì về sau biết được có mục nào bị "
            "bỏ, sửa hay thêm hay không."
        }
        ul class="draft-links" {
            li { a href=(Route::draft(slug, DraftPage::Comments(Part::ALL))) { "Ý kiến đã công bố" } }
            li { a href=(Route::draft(slug, DraftPage::RecordExport)) { "Tải toàn bộ sổ (JSON Lines)" } }
        }
        h2 { "Các ngày đã khóa sổ" }
        @if days.days.is_empty() {
            p { "Chưa có ngày nào." }
        } @else {
            @for stored in days.days.iter().rev() { (day(&stored.seal)) }
        }
        @if days.waiting > 0 {
            p {
                "Có thêm " strong { (grouped(usize::try_from(days.waiting).unwrap_or(usize::MAX))) }
                " mục chờ khóa sổ vào lần tới, ít phút sau nửa đêm (giờ Việt Nam)."
            }
        }
        (how(slug))
    };
    let title = format!("Sổ cái góp ý: {}", article.title);
    let route = Route::draft(slug, DraftPage::Record);
    layout(
        frame,
        Head {
            title: &title,
            description: Some(
                "Sổ cái của các ý kiến góp ý: ai cũng kiểm tra được rằng không ý kiến nào bị bỏ hay bị sửa.",
            ),
            route: Some(&route),
        },
        main,
    )
}

fn day(seal: &Seal) -> Markup {
    html! {
        section class="seal" {
            h3 {
                time datetime=(seal.day) { "Ngày " (date_of(seal.day)) }
                ": " (grouped(usize::try_from(seal.size).unwrap_or(usize::MAX))) " mục"
            }
            dl {
                div { dt { "Mã gốc" } dd { (hash(seal.root)) } }
                div { dt { "Mã chuỗi" } dd { (hash(seal.chain)) } }
            }
        }
    }
}

/// A hash in an HTML element from which readers can copy it.
pub fn hash(hash: Hash) -> Markup {
    html! { code class="hash" { (hash) } }
}

fn how(slug: &str) -> Markup {
    html! {
        h2 id="cach_tinh" { "Mã được tính thế nào" }
        ol {
            li {
                "Mỗi mục là một dòng JSON. Mục không chứa nội dung hay tên, chỉ chứa mã cam kết của chúng: SHA-256 "
                "của " code { "muối:trường:giá trị" } ", muối là 32 chữ số hệ mười sáu lấy ngẫu nhiên. Trường là "
                code { "text" } " (ý kiến), " code { "name" } " (tên), " code { "answer" } " (trả lời) hoặc "
                code { "changed" } " (nơi đã sửa)."
            }
            li { "Lá của một mục: SHA-256 của một byte 0 rồi đến dòng JSON của mục." }
            li {
                "Mã gốc của ngày: cây Merkle của các lá theo thứ tự (RFC 9162, mục 2.1.1); nút là SHA-256 của một byte 1, mã "
                "bên trái, mã bên phải."
            }
            li {
                "Mã chuỗi: SHA-256 của bốn dòng chữ – mã chuỗi của lần khóa sổ trước (lần đầu để trống), ngày (năm-tháng-ngày), số mục, mã gốc – "
                "nối nhau bằng dấu xuống dòng."
            }
        }
        h2 { "Xóa theo yêu cầu không làm hỏng sổ" }
        p {
            "Người góp ý có quyền xóa tên hoặc rút ý kiến. Khi ấy giá trị và muối của nó bị xóa hẳn, nên không ai dò lại được; "
            "mã cam kết ở lại, và một mục mới ghi rõ đã xóa gì, lúc nào, theo yêu cầu của ai. Địa chỉ, điện thoại và thư điện "
            "tử không nằm trong sổ, kể cả dưới dạng mã."
        }
        h2 { "Tự kiểm tra" }
        p {
            "Tải toàn bộ sổ vào một thư mục rồi chạy " code { "cong verify <thư mục>" } " (công cụ trong mã nguồn của cổng): "
            "không cần mạng, không cần tin cơ quan. Thêm " code { "--chain <mã>" } " để đối chiếu với mã chuỗi bạn đã chép "
            "trước đây. Trên biên nhận của mỗi ý kiến có đường đi từ mục của ý kiến đó đến mã gốc của ngày. "
            a href=(Route::draft(slug, DraftPage::RecordExport)) { "Tải sổ" } "."
        }
    }
}
