//! Tells names of authors from what programs write in their place.

use crate::vietnamese::fold;

/// Default names of programs and machines, folded.
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

/// Whether a text can be the name of an author: it has letters, and is not a default name of a program.
pub fn can_be_author(name: &str) -> bool {
    let folded = fold(name);
    (2..=120).contains(&name.chars().count())
        && !DEFAULT_NAMES.contains(&folded.as_str())
        && !folded.contains("://")
        && folded.contains(char::is_alphabetic)
}
