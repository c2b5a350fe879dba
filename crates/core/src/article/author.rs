//! Recognises texts that cannot be the name of an author, such as the default names that office programs and scanners
//! enter.

use crate::vietnamese::fold;

/// Names that office programs and scanners enter as the author by default, in lower case and without accents.
const DEFAULT_NAMES: [&str; 22] = [
    "admin",
    "administrator",
    "super user",
    "superuser",
    "system account",
    "system",
    "host",
    "root",
    "quan tri",
    "quan tri vien",
    "nguoi quan tri",
    "quantri",
    "user",
    "windows user",
    "microsoft",
    "microsoft office user",
    "pc",
    "hp",
    "dell",
    "may tinh",
    "dotnetnuke",
    "computer",
];

/// Whether a text can be the name of an author: it has 2 to 120 characters and at least one letter, and is neither a
/// default name nor a web address.
pub fn can_be_author(name: &str) -> bool {
    let folded = fold(name);
    (2..=120).contains(&name.chars().count())
        && !DEFAULT_NAMES.contains(&folded.as_str())
        && !folded.contains("://")
        && folded.contains(char::is_alphabetic)
}
