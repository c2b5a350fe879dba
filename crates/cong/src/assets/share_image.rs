//! The image that link previews show for pages without a picture: the emblem, the name of the office, the name of the
//! body above it, and the portal's address.

use anyhow::Result;
use cong_core::vietnamese::nfc;

use super::studio::Studio;

/// Width and height of the image, in pixels. Pages state the same size as `og:image:width` and `og:image:height`.
const SIZE: (u32, u32) = (1200, 630);
const MARGIN: u32 = 72;
const EMBLEM: u32 = 236;
/// The left edge of the text, in pixels.
const TEXT: u32 = MARGIN + EMBLEM + 56;
/// The maximum width of a line of text, in pixels.
const LINE: u32 = SIZE.0 - TEXT - MARGIN;
/// Font sizes for the name of the office, in pixels, each with the number of lines that fit at that size. The first
/// size at which the whole name fits is used.
const NAME_SIZES: [(u32, usize); 5] = [(80, 3), (72, 4), (64, 4), (56, 5), (48, 6)];
const SMALL: u32 = 34;

/// Draws the image for link previews, as a PNG.
pub fn share_image(studio: &Studio) -> Result<Vec<u8>> {
    let settings = &studio.settings;
    let mut name = Vec::new();
    let mut name_size = 0;
    for (size, lines) in NAME_SIZES {
        name_size = size;
        name = wrapped(&settings.body_name, |line| fits(studio, line, size))?;
        if name.len() <= lines {
            break;
        }
    }
    let parent = wrapped(&settings.parent_name, |line| fits(studio, line, SMALL))?;
    let host = settings.base_url.split_once("://").map_or("", |(_, host)| host);

    let height = |size: u32| size * 5 / 4;
    let count = |lines: &[String]| u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let whole = count(&parent) * height(SMALL) + 12 + count(&name) * height(name_size);
    let mut text = String::new();
    let mut top = SIZE.1.saturating_sub(whole) / 2;
    for line in &parent {
        text.push_str(&text_line(line, SMALL, 400, top));
        top += height(SMALL);
    }
    top += 12;
    for line in &name {
        text.push_str(&text_line(line, name_size, 600, top));
        top += height(name_size);
    }
    text.push_str(&text_line(host, 28, 400, SIZE.1 - MARGIN - 10));

    let (width, height) = SIZE;
    let (ground, on, emblem) = (studio.accent.ground, studio.accent.on, &studio.emblem);
    let emblem_top = (height - EMBLEM) / 2;
    studio.png(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="{ground}"/><image x="{MARGIN}" y="{emblem_top}" width="{EMBLEM}" height="{EMBLEM}" href="{emblem}"/><g fill="{on}">{text}</g></svg>"#
    ))
}

/// A line of text as SVG. `top` is the distance in pixels from the upper edge to the top of the letters.
fn text_line(text: &str, size: u32, weight: u32, top: u32) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let baseline = top + size;
    format!(
        r#"<text x="{TEXT}" y="{baseline}" font-size="{size}" font-weight="{weight}">{text}</text>"#
    )
}

/// Breaks a text into lines, each with as many words as `fits` allows. A word that alone is too long has its own line.
fn wrapped(text: &str, fits: impl Fn(&str) -> Result<bool>) -> Result<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in nfc(text).split_whitespace() {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if fits(&longer)? {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    Ok(lines)
}

/// Whether a line in bold type of this size fits into the width `LINE`.
fn fits(studio: &Studio, text: &str, size: u32) -> Result<bool> {
    let line = text_line(text, size, 600, 0);
    let tree = studio.tree(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{line}</svg>"#
    ))?;
    Ok(f64::from(tree.root().abs_bounding_box().width()) <= f64::from(LINE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_into_lines_that_fit_and_keep_all_words() {
        let lines = |name| wrapped(name, |line| Ok(line.chars().count() <= 12)).unwrap();
        assert_eq!(
            lines("Hội đồng nhân dân phường Nguyễn Đình Chiểu"),
            ["Hội đồng", "nhân dân", "phường", "Nguyễn Đình", "Chiểu"]
        );
        assert_eq!(lines("Thông-tin-điện-tử của xã"), ["Thông-tin-điện-tử", "của xã"]);
        assert_eq!(lines("  "), [""; 0]);
    }

    #[test]
    fn markup_in_a_name_is_escaped() {
        assert!(text_line("Sở A & <B>", 34, 400, 0).contains(">Sở A &amp; &lt;B&gt;</text>"));
    }
}
