//! The images made from the office's emblem: icons in the sizes that browsers and operating systems ask for, and the
//! image that link previews show for pages without a picture.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::messages::cannot_write;
use super::share_image::share_image;
use super::studio::{EMBLEM, SETTINGS, Studio};
use crate::input_hash::collect_files;

pub fn inputs(root: &Path) -> Result<Vec<PathBuf>> {
    let fixed = [EMBLEM, SETTINGS, "package-lock.json", "crates/core/src/accent.rs"];
    let mut inputs: Vec<_> = fixed.iter().map(|file| root.join(file)).collect();
    collect_files(&root.join("crates/cong/src/assets"), &mut inputs)?;
    Ok(inputs)
}

pub fn make(root: &Path, folder: &Path) -> Result<()> {
    let studio = Studio::open(root)?.with_fonts(root)?;
    let write = |name: &str, picture: &[u8]| {
        fs::write(folder.join(name), picture).with_context(cannot_write)
    };
    let ground = Some(studio.accent.ground);
    write("favicon.ico", &ico(32, &studio.icon(32, 100, None)?))?;
    write("apple-touch-icon.png", &studio.icon(180, 84, ground)?)?;
    write("icon-192.png", &studio.icon(192, 100, None)?)?;
    write("icon-512.png", &studio.icon(512, 100, None)?)?;
    // Operating systems crop a maskable icon to shapes of their own, but never inside a circle of 80 % (W3C, "Web
    // Application Manifest", 3.2).
    write("icon-maskable.png", &studio.icon(512, 72, ground)?)?;
    write("share.png", &share_image(&studio)?)
}

/// Returns an ICO file with a PNG of at most 255 pixels as its only image. Browsers and other programs request
/// `favicon.ico` even if no page links to it (format: learn.microsoft.com/previous-versions/ms997538).
fn ico(size: u8, png: &[u8]) -> Vec<u8> {
    const HEAD: u32 = 22;
    let mut file = vec![0, 0, 1, 0, 1, 0, size, size, 0, 0, 1, 0, 32, 0];
    file.extend(u32::try_from(png.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend(HEAD.to_le_bytes());
    file.extend(png);
    file
}

#[cfg(test)]
mod tests {
    use super::ico;

    #[test]
    fn the_header_of_an_ico_file_gives_the_place_and_size_of_its_image() {
        let file = ico(32, b"picture");
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(&file[number(18)..number(18) + number(14)], b"picture");
        assert_eq!((file[6], file[7]), (32, 32));
    }
}
