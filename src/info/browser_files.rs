//! Small files for browsers and robots: robots.txt, the web app manifest, and stylesheets of other deployments.

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

/// The web app manifest (W3C, "Web Application Manifest").
pub fn manifest(portal: &Portal) -> Response {
    let text = web_app_manifest(&portal.site);
    Response::text(200, "application/manifest+json", text, CachePolicy::File)
}

/// The current stylesheet, at the address of another deployment's stylesheet. Pages in caches may still name that
/// address. Caches must not store the stylesheet there, because that deployment may become the current one again.
pub async fn stylesheet(portal: &Portal, sheet: Stylesheet) -> Result<Response, PageError> {
    let text = portal.asset(&sheet.file_name()).await?;
    Ok(Response::text(200, "text/css; charset=utf-8", text, CachePolicy::NoStore))
}
