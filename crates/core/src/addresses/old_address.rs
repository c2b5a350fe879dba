//! Decides which addresses can serve as old addresses of articles. The Worker looks up an old address only if no page
//! has the requested address.

use super::desk_page::DeskPage;
use super::feed_format::FeedFormat;
use super::no_route::NoRoute;
use super::parse::{AddressArea, RequestedAddress};
use super::route::{FIXED, Route};

/// The owner of an address: a page of the portal, an article, or nobody.
#[derive(Debug, PartialEq, Eq)]
pub enum Holder {
    /// No page, or a page that exists only while data other than an article are stored for it, such as a category or a
    /// question.
    None,
    Page,
    /// The page of the article with this slug, or another page about it, such as its document. The page exists only
    /// while the article does.
    Article(String),
}

/// Finds out what an address belongs to. `address` is a path, with or without a query.
pub fn holder(address: &str) -> Holder {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let requested = RequestedAddress::read(path, query);
    if requested.area == AddressArea::Desk {
        return Holder::Page;
    }
    match requested.parsed {
        Err(NoRoute::Unknown) => Holder::None,
        Err(NoRoute::Nonsense | NoRoute::MistypedReceipt) => Holder::Page,
        Ok(matched) => match matched.route {
            Route::Article { slug }
            | Route::ArticleSource { slug }
            | Route::Neighbour { slug, .. }
            | Route::Rating { slug }
            | Route::Draft { slug, .. } => Holder::Article(slug),
            route
                if fixed_paths()
                    .iter()
                    .any(|path| *path == route.to_string().trim_end_matches('/')) =>
            {
                Holder::Page
            }
            Route::Search(_) | Route::Feedback { .. } => Holder::Page,
            _ => Holder::None,
        },
    }
}

/// The paths of the pages that always exist, without a trailing slash. The path of the home page is empty.
pub fn fixed_paths() -> Vec<String> {
    let feeds = FeedFormat::ALL.map(|format| Route::Feed { category: None, format });
    let first_pages = [
        Route::ENGLISH,
        Route::ARTICLES,
        Route::CONSULTATIONS,
        Route::SEARCH,
        Route::FEEDBACK,
        Route::QUESTIONS,
        Route::Desk(DeskPage::TODAY),
    ];
    let fixed = FIXED.into_iter().map(|(path, _)| path.trim_end_matches('/').to_owned());
    fixed.chain(feeds.into_iter().chain(first_pages).map(|route| route.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_always_there_holds_its_address_however_it_is_asked_for() {
        for path in fixed_paths() {
            for query in ["", "/", "?p=123"] {
                assert_eq!(holder(&format!("{path}{query}")), Holder::Page, "{path}{query}");
            }
        }
        for address in ["/Tin-Bai/", "/bien-tap/x", "/tin-bai?trang=x", "/gop-y/da-nhan/x"] {
            assert_eq!(holder(address), Holder::Page, "{address}");
        }
    }

    #[test]
    fn an_article_holds_its_address_and_those_below() {
        for address in ["/bai-viet/mot", "/Bai-Viet/Mot/", "/du-thao/mot", "/bai-viet/mot.md"] {
            assert_eq!(holder(address), Holder::Article("mot".into()), "{address}");
        }
    }

    #[test]
    fn what_no_page_has_is_free_for_an_alias() {
        for address in ["/SitePages/Tin.aspx?ItemID=1", "/index.php", "/tep/a.pdf", "/hoi-dap/7"] {
            assert_eq!(holder(address), Holder::None, "{address}");
        }
    }
}
