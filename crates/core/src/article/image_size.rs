//! Reads the size of a picture from the beginning of its file: PNG, JPEG, GIF, WebP, AVIF or SVG.
//!
//! The crate `imagesize` knows neither SVG nor the orientation of a photograph, so JPEG and SVG are read here.

use imagesize::ImageError;
use serde::{Deserialize, Serialize};

/// The size of a picture in CSS pixels, as browsers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSize {
    pub width: u32,
    pub height: u32,
}

/// The maximum width and height of a picture, in pixels. A file with larger numbers is probably broken.
const MAX_PIXELS: u32 = 65_535;

impl ImageSize {
    fn new(width: u32, height: u32) -> Option<Self> {
        let is_sound = |pixels| (1..=MAX_PIXELS).contains(&pixels);
        (is_sound(width) && is_sound(height)).then_some(Self { width, height })
    }
}

/// The size of the picture whose file begins with `bytes`; `None` if these bytes do not contain the size.
pub fn image_size(bytes: &[u8]) -> Option<ImageSize> {
    if bytes.starts_with(b"\xFF\xD8") {
        return jpeg(bytes);
    }
    match imagesize::blob_size(bytes) {
        Ok(size) => ImageSize::new(size.width.try_into().ok()?, size.height.try_into().ok()?),
        Err(ImageError::NotSupported) => svg(bytes),
        Err(_) => None,
    }
}

/// Reads `count` bytes (at most four) from the offset `at` on, as a little-endian number.
fn le(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// Reads `count` bytes (at most four) from the offset `at` on, as a big-endian number.
fn be(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// Reads the size from a JPEG file. A camera stores the picture as the sensor took it, and the rotation as Exif data,
/// so width and height may have to be swapped.
fn jpeg(bytes: &[u8]) -> Option<ImageSize> {
    let mut is_turned = false;
    let mut at = 2;
    loop {
        let (0xFF, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else { return None };
        match marker {
            // A fill byte.
            0xFF => at += 1,
            // Markers without content.
            0x01 | 0xD0..=0xD7 => at += 2,
            // The frame header: precision, height, width.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let (height, width) = (be(bytes, at + 5, 2)?, be(bytes, at + 7, 2)?);
                let (width, height) = if is_turned { (height, width) } else { (width, height) };
                return ImageSize::new(width, height);
            }
            // The picture's data or end, without a frame header before it.
            0xD8..=0xDA => return None,
            _ => {
                let length = be(bytes, at + 2, 2)? as usize;
                if marker == 0xE1 {
                    let exif = bytes.get(at + 4..at + 2 + length)?.strip_prefix(b"Exif\0\0");
                    is_turned |= exif.and_then(orientation).is_some_and(|turn| turn >= 5);
                }
                at += 2 + length.max(2);
            }
        }
    }
}

/// Reads the orientation from Exif data: a number from 1 to 8 (Exif 2.32, section 4.6.4). With 5 to 8, width and height
/// are swapped.
fn orientation(tiff: &[u8]) -> Option<u32> {
    const ORIENTATION: u32 = 0x0112;
    let number = if tiff.starts_with(b"II") { le } else { be };
    let directory = number(tiff, 4, 4)? as usize;
    let entries = number(tiff, directory, 2)? as usize;
    (0..entries)
        .map_while(|entry| {
            let at = directory.checked_add(2 + entry * 12)?;
            Some((at, number(tiff, at, 2)?))
        })
        .find(|(_, tag)| *tag == ORIENTATION)
        .and_then(|(at, _)| number(tiff, at + 8, 2))
}

/// Reads the size from an SVG file: the attributes `width` and `height` if both are in pixels, otherwise the size of
/// the `viewBox`.
fn svg(bytes: &[u8]) -> Option<ImageSize> {
    let start = bytes.windows(4).position(|tag| tag == b"<svg")?;
    let tag = bytes.get(start + 4..)?;
    let tag = tag.get(..tag.iter().position(|byte| *byte == b'>')?)?;
    let tag = std::str::from_utf8(tag).ok()?;
    let length = |name| pixels(attribute(tag, name)?.trim_end_matches("px"));
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return ImageSize::new(width, height);
    }
    let shown = attribute(tag, "viewBox")?;
    let mut sides = shown.split([' ', ',', '\n', '\t']).filter(|side| !side.is_empty()).skip(2);
    ImageSize::new(pixels(sides.next()?)?, pixels(sides.next()?)?)
}

/// The value of the attribute `name` of a tag. The value must be in single or double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        tag.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace()).then_some(())?;
        let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
        value.get(1..)?.split(quote).next()
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is within the bounds"
)]
fn pixels(number: &str) -> Option<u32> {
    let number: f64 = number.trim().parse().ok()?;
    let is_sound = (0.5..=f64::from(MAX_PIXELS)).contains(&number);
    is_sound.then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_size(bytes: &[u8], width: u32, height: u32) {
        assert_eq!(image_size(bytes), Some(ImageSize { width, height }));
        for end in 0..bytes.len().min(200) {
            // A truncated file has no size, or the right one.
            let cut = image_size(&bytes[..end]);
            assert!(cut.is_none_or(|size| size == ImageSize { width, height }), "{end}: {cut:?}");
        }
    }

    /// Makes a segment of a JPEG file.
    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    }

    fn exif(turn: u8, is_intel: bool) -> Vec<u8> {
        let tiff: &[u8] = if is_intel {
            &[b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0]
        } else {
            &[b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0]
        };
        segment(0xE1, &[b"Exif\0\0", tiff].concat())
    }

    /// A box of an AVIF file (ISO/IEC 14496-12, section 4.2).
    fn avif_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content].concat()
    }

    /// Makes the beginning of an AVIF file whose picture has these properties.
    fn avif(properties: &[&[u8]]) -> Vec<u8> {
        let properties = avif_box(b"iprp", &avif_box(b"ipco", &properties.concat()));
        let meta = avif_box(b"meta", &[[0; 4].as_slice(), &properties].concat());
        [avif_box(b"ftyp", b"avif\0\0\0\0avif"), meta, avif_box(b"mdat", &[0; 64])].concat()
    }

    const FRAME: &[u8] = &[8, 0x03, 0x20, 0x04, 0xB0, 3, 1, 0x22, 0];

    #[test]
    fn sizes_are_read_from_file_headers() {
        assert_size(
            b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x04\xB0\0\0\x03\x20\x08\x02\0\0\0",
            1200,
            800,
        );
        assert_size(b"GIF89a\xB0\x04\x20\x03\xF7\0\0", 1200, 800);
        assert_size(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\xB0\x04\x20\x03", 1200, 800);
        assert_size(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\xAF\xC4\xC7\0", 1200, 800);
        assert_size(b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\xAF\x04\0\x1F\x03\0", 1200, 800);
        let tile = b"\0\0\0\x14ispe\0\0\0\0\0\0\x02\0\0\0\x02\0";
        let whole = b"\0\0\0\x14ispe\0\0\0\0\0\0\x04\xB0\0\0\x03\x20";
        assert_size(&avif(&[whole, tile]), 1200, 800);
        let turned = image_size(&avif(&[whole, b"\0\0\0\x09irot\x01"]));
        assert_eq!(turned, Some(ImageSize { width: 800, height: 1200 }));
    }

    #[test]
    fn exif_orientation_swaps_width_and_height() {
        let photograph = |segments: &[Vec<u8>]| {
            let ends = [vec![0xFF, 0xD8], segments.concat(), vec![0xFF], segment(0xC2, FRAME)];
            ends.concat()
        };
        assert_size(&photograph(&[segment(0xE0, b"JFIF\0"), segment(0xC4, &[0; 30])]), 1200, 800);
        for is_intel in [true, false] {
            assert_size(&photograph(&[exif(3, is_intel)]), 1200, 800);
            let turned = image_size(&photograph(&[exif(6, is_intel)]));
            assert_eq!(turned, Some(ImageSize { width: 800, height: 1200 }));
        }
        assert_eq!(image_size(&photograph(&[vec![0xFF, 0xDA, 0, 2]])), None);
    }

    #[test]
    fn svg_size_comes_from_width_and_height_or_view_box() {
        for (tag, size) in [
            ("<svg width='640px' height = \"480.4\">", Some((640, 480))),
            (
                "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\" viewBox=\"0 0 1200, 800\">",
                Some((1200, 800)),
            ),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"-5 -5 30 20\">", Some((30, 20))),
            ("<svg stroke-width=\"2\" width=\"3\" height=\"4\"/>", Some((3, 4))),
            ("<svg width=\"1e9\" height=\"1\">", None),
            ("<svg width=\"-1\" height=\"NaN\" viewBox=\"0 0\">", None),
            ("<svg>", None),
            ("Chỉ là chữ.", None),
        ] {
            let expected = size.map(|(width, height)| ImageSize { width, height });
            assert_eq!(image_size(tag.as_bytes()), expected, "{tag}");
        }
    }

    #[test]
    fn malformed_files_are_read_without_a_panic() {
        let frame = segment(0xC0, FRAME);
        for head in [&b"\xFF\xD8"[..], b"\xFF\xD8\xFF\xE1\xFF\xFFExif\0\0", b"\0\0\0\0ftypispe"] {
            for filling in [0x00, 0x01, 0xFF, b'I', b'<'] {
                image_size(&[head, &vec![filling; 70_000], &frame].concat());
            }
        }
        image_size(b"\xFF\xD8\xFF\xE1\0\x16Exif\0\0II*\0\xFF\xFF\xFF\xFF\0\0\0\0");
        for zero in
            [b"GIF89a\0\0\0\0".as_slice(), b"\x89PNG\r\n\x1A\n\0\0\0\0IHDR\0\0\0\0\0\0\0\x01"]
        {
            assert_eq!(image_size(zero), None);
        }
    }

    /// The beginnings of files, in five formats, of a picture of this size.
    fn files(width: u16, height: u16) -> [Vec<u8>; 5] {
        let [w, h] = [width, height].map(u32::from);
        let three = |number: u32| number.to_le_bytes()[..3].to_vec();
        let bits = (w - 1) & 0x3FFF | ((h - 1) & 0x3FFF) << 14;
        let frame = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[3]].concat();
        [
            [&b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"[..], &w.to_be_bytes(), &h.to_be_bytes()].concat(),
            [&b"GIF89a"[..], &width.to_le_bytes(), &height.to_le_bytes(), &[0; 3]].concat(),
            [&b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0"[..], &three(w - 1), &three(h - 1)].concat(),
            [&b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F"[..], &bits.to_le_bytes()].concat(),
            [&[0xFF, 0xD8][..], &segment(0xE0, b"JFIF\0"), &segment(0xC2, &frame)].concat(),
        ]
    }

    proptest! {
        #[test]
        fn every_size_is_read_regardless_of_following_bytes(
            width in 1..=0x3FFF_u16, height in 1..=0x3FFF_u16, rest: Vec<u8>
        ) {
            let expected = Some(ImageSize { width: width.into(), height: height.into() });
            for file in files(width, height) {
                prop_assert_eq!(image_size(&file), expected);
                prop_assert_eq!(image_size(&[file, rest.clone()].concat()), expected);
            }
            let drawing = format!("<svg width=\"{width}\" height='{height}px'>");
            prop_assert_eq!(image_size(drawing.as_bytes()), expected);
        }

        #[test]
        fn sizes_are_within_the_limits(
            head in prop::sample::select(vec![
                &b"\x89PNG\r\n\x1A\n"[..], b"GIF89a", b"\xFF\xD8", b"\xFF\xD8\xFF\xE1", b"RIFF\0\0\0\0WEBPVP8",
                b"\0\0\0\0ftypispe", b"<svg viewBox=\"0 0 ", b"",
            ]),
            rest in prop::collection::vec(any::<u8>(), 0..200)
        ) {
            if let Some(ImageSize { width, height }) = image_size(&[head, &rest].concat()) {
                prop_assert!((1..=MAX_PIXELS).contains(&width) && (1..=MAX_PIXELS).contains(&height));
            }
        }
    }
}
