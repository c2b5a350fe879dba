//! The office's accent colour, and the colours derived from it, with enough contrast for text to be readable (WCAG 2.2,
//! success criterion 1.4.3).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    pub const WHITE: Self = Self([0xff; 3]);
    const BLACK: Self = Self([0; 3]);
    /// The dark colour of text on backgrounds on which white text would not be readable.
    const INK: Self = Self([0x1b; 3]);

    /// Reads a hexadecimal colour such as `#9c1c1c` or `#9cc`. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        match *digits? {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Self([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn is_readable_on(self, ground: Self) -> bool {
        self.contrast(ground) >= READABLE
    }

    /// Mixes this colour with `other`. `percent` is the share of `other`.
    fn towards(self, other: Self, percent: u16) -> Self {
        let [r, g, b] = self.0;
        let [to_r, to_g, to_b] = other.0;
        let between = |from: u8, to: u8| {
            let sum = u16::from(from) * (100 - percent) + u16::from(to) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([between(r, to_r), between(g, to_g), between(b, to_b)])
    }

    /// Makes a dark colour brighter by multiplying its channels until the largest is 0xe0. Mixing it with white would
    /// turn it grey.
    fn brightened(self) -> Self {
        const BRIGHTEST: u16 = 0xe0;
        let brightest = u16::from(self.0.into_iter().max().unwrap_or_default());
        if brightest == 0 || brightest >= BRIGHTEST {
            return self;
        }
        let scaled = |channel| u16::from(channel) * BRIGHTEST / brightest;
        Self(self.0.map(|channel: u8| u8::try_from(scaled(channel)).unwrap_or(u8::MAX)))
    }

    /// Mixes this colour with as little of `other` as makes `is_enough` true, in steps of one percent. Returns `other`
    /// if no mix is enough.
    fn until(self, other: Self, is_enough: impl Fn(Self) -> bool) -> Self {
        let on_the_way = (0..=100).map(|percent| self.towards(other, percent));
        on_the_way.into_iter().find(|colour| is_enough(*colour)).unwrap_or(other)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// The minimum contrast ratio of text to its background (WCAG 2.2, success criterion 1.4.3).
const READABLE: f64 = 4.5;
/// The darkest background of text in light mode.
const LIGHT_SURFACE: Colour = Colour([0xec, 0xe9, 0xe2]);
/// The lightest background of text in dark mode.
const DARK_SURFACE: Colour = Colour([0x2c, 0x30, 0x34]);
/// How much a button's background changes while the pointer is over it: the percentage of black mixed in if the
/// button's text is white, of white if its text is dark.
const STRONGER: u16 = 20;

/// The colours that are derived from the colour in the setting `ACCENT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// The background of the banner and of buttons: the colour in the setting, darkened only if neither white nor dark
    /// text is readable on it.
    pub ground: Colour,
    /// The background of a button while the pointer is over it.
    pub strong: Colour,
    /// The colour of text on `ground` and `strong`: white if white is readable on them, otherwise dark.
    pub on: Colour,
    /// The colour of links and headings in light mode.
    pub text: Colour,
    /// The colour of links and headings in dark mode.
    pub text_on_dark: Colour,
}

impl Accent {
    /// The default of `ground`; `styles/tokens.css` repeats it.
    pub const DEFAULT_GROUND: Colour = Colour([0x8f, 0x1d, 0x1d]);

    pub fn new(colour: Colour) -> Self {
        let can_be_written_on = |ground: Colour| {
            Colour::WHITE.is_readable_on(ground) || Colour::INK.is_readable_on(ground)
        };
        let ground = colour.until(Colour::BLACK, can_be_written_on);
        let (on, away) = match Colour::WHITE.is_readable_on(ground) {
            true => (Colour::WHITE, Colour::BLACK),
            false => (Colour::INK, Colour::WHITE),
        };
        let readable_on_dark = |text: Colour| text.is_readable_on(DARK_SURFACE);
        let text_on_dark = match readable_on_dark(colour) {
            true => colour,
            false => colour.brightened().until(Colour::WHITE, readable_on_dark),
        };
        Self {
            ground,
            strong: ground.towards(away, STRONGER),
            on,
            text: colour.until(Colour::BLACK, |text| text.is_readable_on(LIGHT_SURFACE)),
            text_on_dark,
        }
    }

    /// The style element that sets these colours on a page. `None` for the default colours, which the stylesheet
    /// already contains.
    pub fn style(&self) -> Option<AccentStyle> {
        if *self == Self::default() {
            return None;
        }
        let Self { ground, strong, on, text, text_on_dark } = self;
        let css = format!(
            ":root{{--accent:{ground};--accent-strong:{strong};--on-accent:{on};--accent-text:{text}}}\
             @media(prefers-color-scheme:dark){{:root{{--accent-text:{text_on_dark}}}}}"
        );
        let source = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(&css)));
        Some(AccentStyle { css, source })
    }
}

/// A style element that sets the accent colours of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccentStyle {
    /// The content of the element: CSS custom properties. They are in no cascade layer, so they override those of the
    /// stylesheet, which are in layers.
    pub css: String,
    /// The source expression that allows this style element in a Content-Security-Policy: the SHA-256 of `css`, in
    /// quotes.
    pub source: String,
}

impl Default for Accent {
    fn default() -> Self {
        Self::new(Self::DEFAULT_GROUND)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn many() -> impl Iterator<Item = Colour> {
        let steps = || (0..=255).step_by(15);
        steps()
            .flat_map(move |r| steps().map(move |g| (r, g)))
            .flat_map(move |(r, g)| steps().map(move |b| Colour([r, g, b])))
    }

    #[test]
    fn contrast_ratios_follow_wcag() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 1e-9);
        assert!((Colour::WHITE.contrast(Colour::WHITE) - 1.0).abs() < 1e-9);
        // #767676 is the lightest grey that is readable on white; #777777 is too light.
        let grey = |channel| Colour([channel; 3]).contrast(Colour::WHITE);
        assert!(grey(0x76) >= READABLE && grey(0x77) < READABLE);
    }

    #[test]
    fn text_is_readable_with_every_accent_colour() {
        for colour in many() {
            let Accent { ground, strong, on, text, text_on_dark } = Accent::new(colour);
            for surface in [ground, strong] {
                assert!(on.contrast(surface) >= READABLE, "{colour}: {on} on {surface}");
            }
            for surface in [LIGHT_SURFACE, Colour::WHITE] {
                assert!(text.contrast(surface) >= READABLE, "{colour}: {text} on {surface}");
            }
            for surface in [DARK_SURFACE, Colour([0x16, 0x18, 0x1a]), Colour::BLACK] {
                let contrast = text_on_dark.contrast(surface);
                assert!(contrast >= READABLE, "{colour}: {text_on_dark} on {surface}");
            }
        }
    }

    #[test]
    fn readable_colours_are_not_changed() {
        let accent = Accent::new(Colour([0x0b, 0x4f, 0x3c]));
        assert_eq!((accent.ground, accent.text), (Colour([0x0b, 0x4f, 0x3c]), accent.ground));
        assert_eq!(accent.on, Colour::WHITE);
        let light = Accent::new(Colour([0xff, 0xd1, 0x4a]));
        assert_eq!((light.ground, light.on), (Colour([0xff, 0xd1, 0x4a]), Colour::INK));
        assert_ne!(light.text, light.ground);
    }

    #[test]
    fn settings_are_hexadecimal_colours() {
        assert_eq!(Colour::parse("#9c1c1c"), Some(Colour([0x9c, 0x1c, 0x1c])));
        assert_eq!(Colour::parse("#9CC"), Some(Colour([0x99, 0xcc, 0xcc])));
        for none in ["", "#", "9c1c1c", "#9c1c", "#9c1c1g", "#9c1c1c1c", "red", "#đđđ"] {
            assert_eq!(Colour::parse(none), None, "{none}");
        }
        assert_eq!(Accent::DEFAULT_GROUND.to_string(), "#8f1d1d");
    }

    #[test]
    fn stylesheet_has_the_default_colours() {
        let tokens = include_str!("../../../styles/tokens.css");
        let (light, dark) = tokens.split_once("prefers-color-scheme: dark").unwrap();
        let accent = Accent::default();
        for (name, colour) in [
            ("--accent", accent.ground),
            ("--accent-strong", accent.strong),
            ("--on-accent", accent.on),
            ("--accent-text", accent.text),
        ] {
            assert!(light.contains(&format!("{name}: {colour};")), "{name}: {colour};");
        }
        assert!(dark.contains(&format!("--accent-text: {};", accent.text_on_dark)), "{accent:?}");
        // The banner has the same colour in light and dark mode. `theme-color` and the accent style rely on that.
        for name in ["--accent:", "--accent-strong:", "--on-accent:"] {
            assert!(!dark.contains(name), "{name}");
        }
        assert_eq!(accent.style(), None);
    }

    #[test]
    fn other_colours_have_a_style_element() {
        let AccentStyle { css, source } = Accent::new(Colour([0x0b, 0x4f, 0x3c])).style().unwrap();
        assert!(css.starts_with(":root{--accent:#0b4f3c;--accent-strong:#"), "{css}");
        assert!(css.contains("@media(prefers-color-scheme:dark){:root{--accent-text:#"), "{css}");
        assert_eq!(source.len(), "'sha256-'".len() + 44, "{source}");
    }

    proptest! {
        #[test]
        fn colours_survive_a_round_trip(channels: [u8; 3]) {
            let colour = Colour(channels);
            prop_assert_eq!(Colour::parse(&colour.to_string()), Some(colour));
            prop_assert_eq!(Colour::parse(&colour.to_string().to_uppercase()), Some(colour));
        }

        #[test]
        fn only_hexadecimal_colours_are_parsed(text in "\\PC{0,8}|#[0-9a-zA-Z]{0,8}") {
            let is_colour = text.strip_prefix('#').is_some_and(|digits| {
                matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
            });
            prop_assert_eq!(Colour::parse(&text).is_some(), is_colour);
        }

        #[test]
        fn accent_style_cannot_be_escaped(channels: [u8; 3]) {
            if let Some(AccentStyle { css, source }) = Accent::new(Colour(channels)).style() {
                prop_assert!(!css.contains(['<', '&', '"', '\'']), "{css}");
                prop_assert_eq!(css.matches('{').count(), css.matches('}').count());
                prop_assert!(!source.contains([' ', ';']), "{source}");
            }
        }
    }
}
