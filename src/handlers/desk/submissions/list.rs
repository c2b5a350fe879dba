//! The desk's list of submissions, and the lookup of a submission by its receipt code.

use super::super::Desk;
use crate::desk::Checks;
use crate::desk::submissions::{self, Matching};
use crate::feedback;
use crate::pages::desk::FormErrors;
use crate::pages::desk::submissions::{self as pages, ListPage};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::{DeskPage, SubmissionFilter};
use cong_core::submission::{Receipt, ReceiptError};

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
    let list = submissions::list(&db, &matching, page, now).await?.ok_or(PageError::NOT_FOUND)?;
    let page = ListPage { filter, page, list: &list, code, again };
    let page = pages::list(&desk.frame(), &page);
    Ok(Response::page(again.status(), page, CachePolicy::NoStore))
}

/// Redirects to the submission with the typed receipt code, or shows the list again with the problem of the code.
pub async fn look_up(desk: &Desk<'_>) -> Result<Response, PageError> {
    let typed = desk.form(&[]).await?.get("ma").trim();
    let problem = match Receipt::parse(typed) {
        Err(ReceiptError::Shape) => {
            "Hãy điền đủ mã: 20 chữ cái và chữ số, ví dụ 7K2QM-3D9XA-0B5RT-E8WNZ."
        }
        Err(ReceiptError::Checksum) => "Mã có một chỗ gõ nhầm. Hãy nhờ người gửi đọc lại từng chữ.",
        Ok(receipt) => {
            let db = desk.portal.feedback()?;
            if let Some(id) = submissions::id_of_receipt(&db, &receipt).await? {
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
    let mut checks = Checks::default();
    checks.add("ma", problem);
    let again = FormErrors { problems: checks.problems, ..FormErrors::default() };
    show(desk, &SubmissionFilter::default(), 1, typed, &again).await
}
