//! The desk's page of old addresses that do not lead to their article, because several articles have the same old
//! address, or a page of the portal has that address.

use cong_core::addresses::{ArticlesPage, DeskPage, Route};
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::old_addresses_store;
use super::old_addresses_store::{Claimant, OldAddress, OldAddresses};
use crate::desk::layout::{DeskFrame, desk_layout};
use crate::desk::request::Desk;
use crate::layout::{date, foreign, page_links};
use crate::web::{PageError, Response};

pub async fn old_addresses(desk: &Desk<'_>, page: u32) -> Result<Response, PageError> {
    let catalogue = desk.portal.catalogue()?;
    let found = old_addresses_store::old_addresses(&catalogue, page, desk.portal.now).await?;
    let found = found.ok_or(PageError::NOT_FOUND)?;
    Ok(desk.page(old_addresses_page(&desk.frame(), &found)))
}

pub fn old_addresses_page(frame: &DeskFrame<'_>, found: &OldAddresses) -> Markup {
    let title = match found.page {
        1 => "Địa chỉ cũ bị trùng hoặc không dùng được".to_owned(),
        page => format!("Địa chỉ cũ bị trùng hoặc không dùng được – trang {page}"),
    };
    let at = |page| Route::Desk(DeskPage::Articles(ArticlesPage::OldAddresses { page }));
    let main = html! {
        p { a href=(DeskPage::ARTICLES) { "Tất cả bài viết" } }
        h1 { "Địa chỉ cũ bị trùng hoặc không dùng được" }
        p {
            "Địa chỉ ghi trong " code { "aliases" } " chỉ dẫn tới một bài: bài công bố trước. Nếu ở địa chỉ ấy "
            "đã có một trang của cổng hoặc một bài cùng tên thì nó không bao giờ được dùng tới. "
            "Sửa: bỏ địa chỉ ấy khỏi " code { "aliases" } " của những bài không được."
        }
        p class="entry-meta" {
            (grouped(found.found as usize)) " địa chỉ"
            @if found.pages > 1 { "; trang " (found.page) " trên " (found.pages) }
        }
        @if found.addresses.is_empty() { p { "Mọi địa chỉ cũ đều dẫn tới đúng bài của mình." } }
        @else {
            div class="table-scroll" tabindex="0" role="region" aria-labelledby="cac_dia_chi" {
                table class="desk-table" {
                    caption id="cac_dia_chi" { "Các địa chỉ cũ cần sửa" }
                    thead {
                        tr {
                            th scope="col" { "Địa chỉ cũ" }
                            th scope="col" { "Dẫn tới" }
                            th scope="col" { "Không dẫn tới" }
                        }
                    }
                    tbody { @for address in &found.addresses { (row(address)) } }
                }
            }
        }
        (page_links(found.page, found.pages, at))
    };
    desk_layout(frame, Some(&DeskPage::ARTICLES), &title, &main)
}

fn row(address: &OldAddress) -> Markup {
    let winner = address.claimants.first().filter(|first| first.is_public == 1 && !address.is_held);
    let losers = address.claimants.iter().skip(usize::from(winner.is_some()));
    let unnamed = (address.claims as usize).saturating_sub(address.claimants.len());
    html! {
        tr {
            th scope="row" { code { (address.address) } }
            td {
                @match winner {
                    Some(winner) => (claimant(winner)),
                    None if address.is_held => "trang hoặc bài đã có ở địa chỉ này",
                    None => "chưa bài nào: chưa bài nào được đăng",
                }
            }
            td {
                ul class="plain-list" { @for loser in losers { li { (claimant(loser)) } } }
                @if unnamed > 0 { p { "và " (grouped(unnamed)) " bài khác" } }
            }
        }
    }
}

fn claimant(claimant: &Claimant) -> Markup {
    html! {
        a href=(DeskPage::article(&claimant.slug)) lang=[foreign(&claimant.lang)] { (claimant.title) }
        " (" (claimant.slug) ", "
        @if claimant.is_public == 1 { "công bố " (date(claimant.published)) } @else { "chưa đăng" }
        ")"
    }
}
