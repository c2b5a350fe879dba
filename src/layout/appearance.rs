//! The appearance of pages in the browser: stylesheets, the office's colour, icons.

use cong_core::accent::Colour;
use cong_core::addresses::Route;
use cong_core::stylesheet::Stylesheet;
use maud::{Markup, PreEscaped, html};
use serde_json::json;

use crate::site::Site;

/// The elements in the head of a page that determine its appearance. `/favicon.ico` needs no element, because browsers
/// request it anyway.
pub fn appearance(site: &Site, stylesheets: &[Stylesheet]) -> Markup {
    html! {
        meta name="color-scheme" content="light dark";
        meta name="theme-color" content=(site.accent.ground);
        @for sheet in stylesheets {
            link rel="stylesheet" href={ "/" (sheet.file_name()) };
        }
        @if let Some(style) = &site.accent_style {
            style { (PreEscaped(&style.css)) }
        }
        link rel="icon" href="/emblem.svg" type="image/svg+xml";
        link rel="apple-touch-icon" href="/apple-touch-icon.png";
        link rel="manifest" href=(Route::Manifest);
    }
}

/// The address of the picture for link previews, if a page has no picture of its own. It shows the emblem and the name
/// of the office.
pub const SHARE_IMAGE: &str = "/share.png";

/// The width and height of the picture `SHARE_IMAGE` in pixels. `cong build` makes the picture in this size.
pub const SHARE_IMAGE_SIZE: (u32, u32) = (1200, 630);

/// The web app manifest: name, colours and icons of the portal for a phone's home screen.
pub fn web_app_manifest(site: &Site) -> String {
    let name = &site.body_name;
    let icon = |file: &str, sizes: &str, purpose: &str| json!({ "src": file, "sizes": sizes, "type": "image/png", "purpose": purpose });
    json!({
        "name": name,
        "short_name": site.short_name.as_ref().unwrap_or(name),
        "lang": "vi",
        "start_url": "/",
        "display": "minimal-ui",
        "theme_color": site.accent.ground.to_string(),
        "background_color": Colour::WHITE.to_string(),
        "icons": [
            icon("/icon-192.png", "192x192", "any"),
            icon("/icon-512.png", "512x512", "any"),
            icon("/icon-maskable.png", "512x512", "maskable"),
        ],
    })
    .to_string()
}
