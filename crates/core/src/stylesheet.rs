//! The two stylesheets and their addresses. The address of a stylesheet contains a fingerprint of its source files. A
//! changed stylesheet has a new address, so browsers may cache each file forever.

/// A stylesheet that `cong build` makes from files in `styles/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stylesheet {
    /// The stylesheet of every page.
    Portal,
    /// The additional stylesheet for the pages of the desk, which use both.
    Desk,
}

/// The source files of a stylesheet, as pairs of path and content. Paths are relative to the root of the repository.
type Sources = &'static [(&'static str, &'static [u8])];

macro_rules! sources {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../../", $file)) as &[u8])),+]
    };
}

/// The source files of [`Stylesheet::Portal`], including the script that makes the subset of the font, and
/// `package-lock.json`, which pins the packages that the script uses.
const PORTAL: Sources = sources![
    "styles/portal.css",
    "styles/tokens.css",
    "styles/fonts.css",
    "styles/base.css",
    "styles/frame.css",
    "styles/parts.css",
    "styles/lists.css",
    "styles/article.css",
    "styles/search.css",
    "styles/forms.css",
    "styles/receipt.css",
    "styles/consultation.css",
    "styles/print.css",
    "styles/subset-font.mjs",
    "package-lock.json",
];
/// The source files of [`Stylesheet::Desk`].
const DESK: Sources = sources!["styles/desk.css", "package-lock.json"];

impl Stylesheet {
    pub const ALL: [Self; 2] = [Self::Portal, Self::Desk];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Desk => "desk",
        }
    }

    /// The file name in `build/assets`, which is also the path on the site: `portal.0123456789abcdef.css`.
    pub fn file_name(self) -> String {
        const PORTAL_FINGERPRINT: u64 = fingerprint(PORTAL);
        const DESK_FINGERPRINT: u64 = fingerprint(DESK);
        let fingerprint = match self {
            Self::Portal => PORTAL_FINGERPRINT,
            Self::Desk => DESK_FINGERPRINT,
        };
        format!("{}.{fingerprint:016x}.css", self.name())
    }

    /// Splits the name of a stylesheet file into the stylesheet and the fingerprint. The fingerprint is empty if the
    /// name has none, as in `portal.css`, and may be that of another deployment. Returns `None` for any other file
    /// name.
    pub fn of_file(file: &str) -> Option<(Self, &str)> {
        let (name, fingerprint) = match file.strip_suffix(".css")?.split_once('.') {
            Some((name, fingerprint)) => (name, Some(fingerprint)),
            None => (file.strip_suffix(".css")?, None),
        };
        let is_hex = |text: &str| {
            text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let sheet = Self::ALL.into_iter().find(|sheet| sheet.name() == name)?;
        match fingerprint {
            None => Some((sheet, "")),
            Some(text) => is_hex(text).then_some((sheet, text)),
        }
    }
}

/// The 64-bit FNV-1a hash of the contents of all files, in their order. The function is simple enough to be computed at
/// compile time.
const fn fingerprint(sources: Sources) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut files = sources;
    while let [(_, content), others @ ..] = files {
        let mut rest = *content;
        while let [first, tail @ ..] = rest {
            hash = (hash ^ *first as u64).wrapping_mul(0x0100_0000_01b3);
            rest = tail;
        }
        files = others;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_covers_every_file_of_styles() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../styles");
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = format!("styles/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(PORTAL.iter().chain(DESK).any(|(name, _)| *name == file), "{file}");
        }
    }

    #[test]
    fn fingerprint_depends_on_every_file() {
        const ONE: Sources = &[("a", b"x"), ("b", b"y")];
        const OTHER: Sources = &[("a", b"x"), ("b", b"z")];
        assert_ne!(fingerprint(ONE), fingerprint(OTHER));
        // The published 64-bit FNV-1a hash of "a".
        assert_eq!(fingerprint(&[("", b"a")]), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn stylesheet_is_recognised_by_file_names_of_all_deployments() {
        for sheet in Stylesheet::ALL {
            let file = sheet.file_name();
            let fingerprint = file.split('.').nth(1).unwrap();
            assert_eq!(Stylesheet::of_file(&file), Some((sheet, fingerprint)));
        }
        assert_eq!(Stylesheet::of_file("portal.css"), Some((Stylesheet::Portal, "")));
        let earlier = Stylesheet::of_file("desk.0123456789abcdef.css");
        assert_eq!(earlier, Some((Stylesheet::Desk, "0123456789abcdef")));
        for other in [
            "portal",
            ".css",
            "portal..css",
            "portal.0123.css",
            "portal.0123456789ABCDEF.css",
            "portal.0123456789abcdef.min.css",
            "other.css",
        ] {
            assert_eq!(Stylesheet::of_file(other), None, "{other}");
        }
    }
}
