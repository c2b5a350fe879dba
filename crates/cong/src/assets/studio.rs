//! Draws the images of the office from its emblem, accent colour, settings and font.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cong_core::accent::{Accent, Colour};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde::Deserialize;

use crate::language::{cannot_read, say};

pub const EMBLEM: &str = "static/emblem.svg";
pub const SETTINGS: &str = "wrangler.toml";
const FONTS: [&str; 2] = ["Regular", "Semibold"];

/// The settings whose values appear in the images.
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

pub struct Studio {
    pub settings: Settings,
    pub accent: Accent,
    /// The emblem as a `data:` URL.
    pub emblem: String,
    options: Options<'static>,
}

impl Studio {
    pub fn open(root: &Path) -> Result<Self> {
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

    /// Loads the complete font. The subset that pages use may lack letters of the office's name.
    pub fn with_fonts(mut self, root: &Path) -> Result<Self> {
        for weight in FONTS {
            let path = root.join(format!("node_modules/source-sans/TTF/SourceSans3-{weight}.ttf"));
            let font = fs::read(&path).with_context(|| cannot_read(&path))?;
            self.options.fontdb_mut().load_font_data(font);
        }
        Ok(self)
    }

    /// Draws a square icon, `size` pixels wide, as a PNG. The emblem takes `percent` % of the width. `ground` is the
    /// colour behind the emblem; `None` leaves the background transparent.
    pub fn icon(&self, size: u32, percent: u32, ground: Option<Colour>) -> Result<Vec<u8>> {
        let ground = ground.map_or_else(String::new, |ground| {
            format!(r#"<rect width="100" height="100" fill="{ground}"/>"#)
        });
        let margin = f64::from(100 - percent) / 2.0;
        let emblem = &self.emblem;
        self.png(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 100 100">{ground}<image x="{margin}" y="{margin}" width="{percent}" height="{percent}" href="{emblem}"/></svg>"#
        ))
    }

    /// Renders an SVG as a PNG, at the size that the SVG declares.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_has_the_given_size_and_is_transparent_without_a_ground() {
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
}
