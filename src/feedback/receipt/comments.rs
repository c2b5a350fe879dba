//! The part of a receipt about comments on a draft: each comment with its answer, and the ledger entries about them.

use cong_core::addresses::{DraftPage, Part, Route};
use cong_core::consultation::Clause;
use cong_core::ledger::{AuditStep, LedgerEntry};
use cong_core::vietnamese::{date_of, grouped};
use maud::{Markup, html};

use crate::consultations::{EntryProof, Sealed, SentComment, answer, hash};
use crate::layout::as_written;

/// The comments of one submission on the draft `slug`, and the proofs that they are in the ledger.
pub struct ReceiptComments<'a> {
    pub slug: &'a str,
    pub comments: &'a [SentComment],
    pub proofs: &'a [EntryProof],
}

pub fn receipt_comments(page: &ReceiptComments<'_>) -> Markup {
    html! {
        section class="sent-comments" aria-labelledby="y_kien_da_gui" {
            h2 id="y_kien_da_gui" { "Nội dung đã gửi" }
            @if page.comments.iter().any(|comment| comment.decision.is_some()) {
                p {
                    a href=(Route::draft(page.slug, DraftPage::Answers(Part::ALL))) {
                        "Xem toàn bộ kết quả tiếp thu, giải trình"
                    }
                }
            }
            @for comment in page.comments { (one(page, comment)) }
        }
        @if !page.proofs.is_empty() { (record(page)) }
    }
}

fn one(page: &ReceiptComments<'_>, comment: &SentComment) -> Markup {
    let title = match comment.clause_title.as_str() {
        "" => Clause::WHOLE_LABEL,
        title => title,
    };
    html! {
        section class="sent-comment" {
            h3 {
                @if page.comments.len() > 1 { (comment.position) ". " }
                "Góp ý về: " (title)
            }
            @match &comment.text {
                Some(text) => (as_written(text)),
                None => p { "Nội dung đã được xóa." },
            }
            @if comment.decision.is_some() {
                h4 { "Trả lời" }
                (answer(comment.decision, comment.answer.as_deref(), comment.changed.as_deref()))
            }
        }
    }
}

fn record(page: &ReceiptComments<'_>) -> Markup {
    html! {
        section class="proofs" aria-labelledby="trong_so_cai" {
            h2 id="trong_so_cai" { "Trong sổ cái góp ý" }
            p {
                "Ý kiến đã được ghi vào "
                a href=(Route::draft(page.slug, DraftPage::Record)) { "sổ cái" }
                ". Nếu mục dưới đây về sau bị bỏ hay sửa, các mã sẽ không còn khớp. "
                a href=(format!("{}#cach_tinh", Route::draft(page.slug, DraftPage::Record))) {
                    "Mã được tính thế nào"
                }
            }
            @for proof in page.proofs { (entry(proof)) }
        }
    }
}

fn entry(proof: &EntryProof) -> Markup {
    html! {
        details class="proof" {
            summary {
                (what(proof)) ": "
                @match &proof.sealed {
                    Some(sealed) => {
                        "mục " (grouped(usize::try_from(sealed.place + 1).unwrap_or(usize::MAX)))
                        " của ngày " (date_of(sealed.seal.day))
                    },
                    None => "chờ khóa sổ sau nửa đêm nay",
                }
            }
            dl {
                div { dt { "Mục đã ghi" } dd { code class="entry-content" { (proof.content) } } }
                div { dt { "Lá" } dd { (hash(proof.leaf)) } }
                @if let Some(sealed) = &proof.sealed { (way_to_chain(sealed)) }
            }
        }
    }
}

/// What a ledger entry is about, in words for the sender: a comment, an answer, or a removal (an erased value).
fn what(proof: &EntryProof) -> String {
    let number = proof.position;
    match LedgerEntry::parse(&proof.content) {
        Ok(LedgerEntry::Answer(_)) => format!("Trả lời ý kiến {number}"),
        Ok(LedgerEntry::Removal(removal)) => format!("Ý kiến {number}, xóa {}", removal.field),
        _ => format!("Ý kiến {number}"),
    }
}

fn way_to_chain(sealed: &Sealed) -> Markup {
    html! {
        @if !sealed.path.is_empty() {
            div {
                dt { "Đường đến mã gốc, từ lá lên" }
                dd {
                    ol {
                        @for step in &sealed.path {
                            @match step {
                                AuditStep::Left(other) => li { "bên trái: " (hash(*other)) },
                                AuditStep::Right(other) => li { "bên phải: " (hash(*other)) },
                            }
                        }
                    }
                }
            }
        }
        div { dt { "Mã gốc của ngày" } dd { (hash(sealed.seal.root)) } }
        div { dt { "Mã chuỗi" } dd { (hash(sealed.seal.chain)) } }
    }
}
