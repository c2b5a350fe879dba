//! The content of a feed entry: the article's lead picture, its body, its attachments.

use maud::{Markup, PreEscaped, html};

use crate::site::Site;
use cong_core::article::{Article, file_url};

/// `body` is the article's body, rendered with absolute links for use outside of its page.
pub fn feed_content(site: &Site, article: &Article, body: &str) -> Markup {
    html! {
        @if let Some(image) = &article.image {
            p { img src=(site.absolute(&file_url(&image.file))) alt=(image.alt); }
        }
        (PreEscaped(body))
        @if !article.attachments.is_empty() {
            ul {
                @for attachment in &article.attachments {
                    li { a href=(site.absolute(&file_url(&attachment.file))) { (attachment.title) } }
                }
            }
        }
        @if let Some(source) = &article.source { p { "Nguồn: " (source) } }
    }
}
