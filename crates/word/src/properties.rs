//! The properties that Word stores beside the text of a file: title, author, and when the file was last saved.

use cong_core::article::can_be_author;
use cong_core::vietnamese::{Timestamp, WrittenTime, fold, visible_line};

use crate::package::WordPackage;
use crate::problem::WordError;
use crate::xml;

#[derive(Default)]
pub struct FileProperties {
    pub title: Option<String>,
    pub author: Option<String>,
    pub saved_at: Option<Timestamp>,
}

impl FileProperties {
    pub fn of(package: &mut WordPackage<'_>) -> Result<Self, WordError> {
        let relations = package.relations("")?;
        let part = relations.target_of_kind("core-properties").unwrap_or("docProps/core.xml");
        let Some(text) = package.text(part)? else { return Ok(Self::default()) };
        // Properties that cannot be parsed are ignored, because the text may still be readable.
        let Ok(document) = xml::parse_part(&text) else { return Ok(Self::default()) };
        let field = |name: &str| {
            let found = xml::child(document.root_element(), name);
            found.map(|node| visible_line(&xml::text(node))).filter(|text| !text.is_empty())
        };
        let saved_at = ["modified", "created"].iter().find_map(|name| field(name));
        Ok(Self {
            title: field("title"),
            author: field("creator").filter(|name| is_name_of_person(name)),
            saved_at: saved_at.and_then(|time| WrittenTime::parse(&time)).map(WrittenTime::start),
        })
    }
}

/// Whether the author in a file's properties can be a person or an office, and not the name of a computer or a program:
/// `Admin`, `User`, `ismail - [2010]`.
fn is_name_of_person(name: &str) -> bool {
    const MACHINES: [&str; 16] = [
        "pc",
        "admin",
        "user",
        "users",
        "windows",
        "win",
        "laptop",
        "desktop",
        "computer",
        "hp",
        "dell",
        "asus",
        "acer",
        "lenovo",
        "microsoft",
        "owner",
    ];
    let folded = fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    can_be_author(name)
        && name.trim().contains(char::is_whitespace)
        && !name.contains(|c: char| c.is_numeric() || "[]{}<>@_\\/".contains(c))
        && !words.any(|word| MACHINES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_name_of_person;

    #[test]
    fn computers_and_programs_are_no_authors() {
        for name in ["Lò Thị Mai", "Phòng Văn hóa - Xã hội", "Ủy ban nhân dân xã Nà Lốc"]
        {
            assert!(is_name_of_person(name), "{name}");
        }
        for name in [
            "Admin",
            "User",
            "PC",
            "Windows User",
            "ismail - [2010]",
            "DELL",
            "python-docx",
            "Mai PC",
            "thuy",
            "MyComputer",
            "home-pc",
            "a@b.vn",
            "Windows 10",
        ] {
            assert!(!is_name_of_person(name), "{name}");
        }
    }
}
