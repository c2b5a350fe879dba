//! The images made of the office's emblem: icons in the sizes that browsers and systems ask for, and the image
//! that previews of links show for pages without a picture.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cong_core::accent::{Accent, Colour};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde::Deserialize;

use super::cannot_write;
use super::share_image::share_image;
use crate::language::{cannot_read, say};

const EMBLEM: &str = "static/emblem.svg";
const SETTINGS: &str = "wrangler.toml";
const FONTS: [&str; 2] = ["Regular", "Semibold"];

/// The settings that appear in the images.
#[derive(Deserialize, Default)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
pub struct Settings {
    pub body_name: String,
    pub parent_name: String,
    pub base_url: String,
    accent: String,
}

#[derive(Deserialize)]
struct Configuration {
    vars: Settings,
}

/// The settings, colours, emblem and fonts from which the images are drawn.
pub struct Studio {
    pub settings: Settings,
    pub accent: Accent,
    /// The emblem as a `data:` URL.
    pub emblem: String,
    options: Options<'static>,
}

pub fn inputs(root: &Path) -> Result<Vec<PathBuf>> {
    let fixed = [EMBLEM, SETTINGS, "package-lock.json", "crates/core/src/accent.rs"];
    let mut inputs: Vec<_> = fixed.iter().map(|file| root.join(file)).collect();
    crate::build::collect_files(&root.join("crates/cong/src/assets"), &mut inputs)?;
    Ok(inputs)
}

/// Writes all images into a folder.
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
    // Systems crop it to their own shapes, but never inside a circle of 80 % (W3C, "Web Application Manifest", 3.2).
    write("icon-maskable.png", &studio.icon(512, 72, ground)?)?;
    write("share.png", &share_image(&studio)?)
}

impl Studio {
    fn open(root: &Path) -> Result<Self> {
        let path = root.join(SETTINGS);
        let text = fs::read_to_string(&path).with_context(|| cannot_read(&path))?;
        let Configuration { vars: settings } = toml::from_str(&text).with_context(|| {
            say!("{SETTINGS} không đúng cú pháp", "The settings in {SETTINGS} cannot be read")
        })?;
        let accent = match settings.accent.trim() {
            "" => Accent::default(),
            setting => Accent::new(Colour::parse(setting).ok_or_else(|| {
                anyhow!(say!(
                    "ACCENT trong {SETTINGS} không phải là màu: {setting}. Viết như #8f1d1d",
                    "ACCENT in {SETTINGS} is no colour: {setting}. Write one like #8f1d1d"
                ))
            })?),
        };
        let path = root.join(EMBLEM);
        let emblem = fs::read(&path).with_context(|| cannot_read(&path))?;
        Tree::from_data(&emblem, &Options::default()).with_context(|| {
            say!("{EMBLEM} không phải là SVG đọc được", "{EMBLEM} is no SVG that can be read")
        })?;
        let emblem = format!("data:image/svg+xml;base64,{}", STANDARD.encode(emblem));
        let options = Options { font_family: "Source Sans 3".to_owned(), ..Options::default() };
        Ok(Self { settings, accent, emblem, options })
    }

    /// Loads the whole font, because a name may have letters that the subset for the pages lacks.
    fn with_fonts(mut self, root: &Path) -> Result<Self> {
        for weight in FONTS {
            let path = root.join(format!("node_modules/source-sans/TTF/SourceSans3-{weight}.ttf"));
            let font = fs::read(&path).with_context(|| cannot_read(&path))?;
            self.options.fontdb_mut().load_font_data(font);
        }
        Ok(self)
    }

    /// A square icon, `size` pixels wide. The emblem takes `percent` % of the width.
    fn icon(&self, size: u32, percent: u32, ground: Option<Colour>) -> Result<Vec<u8>> {
        let ground = ground.map_or_else(String::new, |ground| {
            format!(r#"<rect width="100" height="100" fill="{ground}"/>"#)
        });
        let margin = f64::from(100 - percent) / 2.0;
        let emblem = &self.emblem;
        self.png(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 100 100">{ground}<image x="{margin}" y="{margin}" width="{percent}" height="{percent}" href="{emblem}"/></svg>"#
        ))
    }

    /// Renders an SVG at its own size as a PNG.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>> {
        let tree = self.tree(svg)?;
        let size = tree.size().to_int_size();
        let Some(mut pixels) = Pixmap::new(size.width(), size.height()) else {
            bail!("a picture of no size");
        };
        resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
        Ok(pixels.encode_png()?)
    }

    pub fn tree(&self, svg: &str) -> Result<Tree> {
        Ok(Tree::from_str(svg, &self.options)?)
    }
}

/// Wraps a PNG of at most 255 pixels as the only image of an ICO file. Browsers and other programs ask for
/// `favicon.ico` without any link to it (format: learn.microsoft.com/previous-versions/ms997538).
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
    use super::*;

    #[test]
    fn an_icon_has_its_size_and_a_ground_only_where_it_is_given_one() {
        let studio = Studio::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        let ground = Colour::parse("#0b4f3c").unwrap();
        for (ground, corner) in [(None, [0, 0, 0, 0]), (Some(ground), [0x0b, 0x4f, 0x3c, 0xff])] {
            let icon = Pixmap::decode_png(&studio.icon(48, 80, ground).unwrap()).unwrap();
            assert_eq!((icon.width(), icon.height()), (48, 48));
            let pixel = icon.pixel(0, 0).unwrap();
            assert_eq!([pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()], corner);
            assert_ne!(icon.pixel(24, 24), icon.pixel(0, 0), "the emblem is in the middle");
        }
    }

    #[test]
    fn an_ico_holds_its_picture_where_its_head_says() {
        let file = ico(32, b"picture");
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(&file[number(18)..number(18) + number(14)], b"picture");
        assert_eq!((file[6], file[7]), (32, 32));
    }
}
