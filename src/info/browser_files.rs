//! Small files for browsers and robots: robots.txt, the web app manifest, and stylesheets at the addresses of earlier
//! or later versions of the portal.

use cong_core::addresses::Route;
use cong_core::stylesheet::Stylesheet;

use crate::layout::web_app_manifest;
use crate::web::{CachePolicy, PageError, Portal, Response};

/// The file robots.txt (RFC 9309), which tells search engines what not to read.
pub fn robots(portal: &Portal) -> Response {
    let sitemap = portal.site.absolute(&Route::SitemapIndex.to_string());
    let text = format!(
        "User-agent: *\n\
         Disallow: /tim-kiem\n\
         Disallow: /gop-y/da-nhan/\n\
         Disallow: /bien-tap/\n\
         \n\
         Sitemap: {sitemap}\n"
    );
    Response::text(200, "text/plain; charset=utf-8", text, CachePolicy::Feed { changes_at: None })
}

pub fn manifest(portal: &Portal) -> Response {
    let text = web_app_manifest(&portal.site);
    Response::text(200, "application/manifest+json", text, CachePolicy::File)
}

/// Sends this version's stylesheet at an address that another version of the portal uses for its stylesheet, because
/// cached pages of that version still link to it. Caches must not store the answer: after the other version is deployed
/// again, the address has its own stylesheet.
pub async fn stylesheet(portal: &Portal, sheet: Stylesheet) -> Result<Response, PageError> {
    let text = portal.asset(&sheet.file_name()).await?;
    Ok(Response::text(200, "text/css; charset=utf-8", text, CachePolicy::NoStore))
}
