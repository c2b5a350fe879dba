//! Writes addresses: the path and the query of each page.

use super::about::About;
use super::list_period::ListPeriod;
use super::part::clause_code;
use super::route::{Direction, FIXED, Route};
use crate::article::file_url;

/// The canonical address of the page: path and query.
impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut paged = |path: &str, page: u32| match page {
            1 => f.write_str(path),
            page => write!(f, "{path}?trang={page}"),
        };
        match self {
            Self::English { page } => paged("/en", *page),
            Self::Articles { period: ListPeriod::All, page } => paged("/tin-bai", *page),
            Self::Articles { period: ListPeriod::Year(year), page } => {
                paged(&format!("/tin-bai/{year}"), *page)
            }
            Self::Articles { period: ListPeriod::Month(month), page } => {
                paged(&format!("/tin-bai/{}/{:02}", month / 100, month % 100), *page)
            }
            Self::Consultations { page } => paged("/du-thao", *page),
            Self::Search(searched) => searched.fmt(f),
            Self::Category { slug, page } => paged(&format!("/chuyen-muc/{slug}"), *page),
            Self::Article { slug } => write!(f, "/bai-viet/{slug}"),
            Self::ArticleSource { slug } => write!(f, "/bai-viet/{slug}.md"),
            Self::Neighbour { slug, direction: Direction::Previous } => {
                write!(f, "/bai-viet/{slug}/truoc")
            }
            Self::Neighbour { slug, direction: Direction::Next } => {
                write!(f, "/bai-viet/{slug}/sau")
            }
            Self::Feedback { about: None } => f.write_str("/gop-y"),
            Self::Feedback { about: Some(About::Article(slug)) } => write!(f, "/gop-y?bai={slug}"),
            Self::Feedback { about: Some(About::Draft { slug, clause: None }) } => {
                write!(f, "/gop-y?du-thao={slug}")
            }
            Self::Feedback { about: Some(About::Draft { slug, clause: Some(id) }) } => {
                write!(f, "/gop-y?du-thao={slug}&dieu={}", clause_code(id))
            }
            Self::Draft { slug, page } => write!(f, "/du-thao/{slug}/{page}"),
            Self::Receipt { receipt, action: None } => write!(f, "/gop-y/da-nhan/{receipt}"),
            Self::Receipt { receipt, action: Some(action) } => {
                write!(f, "/gop-y/da-nhan/{receipt}?viec={}", action.code())
            }
            Self::Questions { category: None, page } => paged("/hoi-dap", *page),
            Self::Questions { category: Some(category), page: 1 } => {
                write!(f, "/hoi-dap?chuyen-muc={category}")
            }
            Self::Questions { category: Some(category), page } => {
                write!(f, "/hoi-dap?chuyen-muc={category}&trang={page}")
            }
            Self::Question { id } => write!(f, "/hoi-dap/{id}"),
            Self::Rating { slug } => write!(f, "/bai-viet/{slug}/danh-gia"),
            Self::File { name } => f.write_str(&file_url(name)),
            Self::Feed { category: None, format } => write!(f, "/{}", format.file_name()),
            Self::Feed { category: Some(slug), format } => {
                write!(f, "/chuyen-muc/{slug}/{}", format.file_name())
            }
            Self::SitemapMonth { month, page } => {
                paged(&format!("/sitemap-{}-{:02}.xml", month / 100, month % 100), *page)
            }
            Self::OldStylesheet { sheet, fingerprint } if fingerprint.is_empty() => {
                write!(f, "/{}.css", sheet.name())
            }
            Self::OldStylesheet { sheet, fingerprint } => {
                write!(f, "/{}.{fingerprint}.css", sheet.name())
            }
            Self::Desk(page) => page.fmt(f),
            Self::Home
            | Self::Lookup
            | Self::QuestionsFeed
            | Self::SitemapIndex
            | Self::SitemapPages
            | Self::Robots
            | Self::Health
            | Self::Manifest
            | Self::SiteMap
            | Self::Contact
            | Self::Privacy => {
                let fixed = FIXED.iter().find(|(_, route)| route == self);
                f.write_str(fixed.map_or("/", |(path, _)| path))
            }
        }
    }
}

/// In templates, a route is rendered as its address.
impl maud::Render for Route {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}
