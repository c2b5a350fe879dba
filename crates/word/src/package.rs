//! Reads the ZIP archive of a Word file: its parts (the files in the archive), and the relations between parts, such as
//! from the text to its pictures. The unpacked size is limited.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use cong_core::vietnamese::nfc;
use zip::ZipArchive;

use crate::problem::WordError;
use crate::xml;

/// The maximum unpacked size of all parts together, in MiB. A larger file is rejected, because a few bytes can be
/// crafted to unpack to any size.
pub const MAX_UNPACKED_MEBIBYTES: u64 = 128;
const MAX_PARTS: usize = 20_000;

pub struct WordPackage<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// The relations of a part: from the id of a relation to its target.
pub type PartRelations = HashMap<String, PartRelation>;

pub struct PartRelation {
    pub target: String,
    pub is_external: bool,
}

/// Decodes the text of a part: UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks();
        String::from_utf16_lossy(&pairs.iter().map(|pair| read(*pair)).collect::<Vec<_>>())
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl<'a> WordPackage<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, WordError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| WordError::Archive(error.to_string()))?;
        if archive.len() > MAX_PARTS {
            return Err(WordError::TooManyParts);
        }
        Ok(Self { archive, left: MAX_UNPACKED_MEBIBYTES * 1024 * 1024 })
    }

    /// The bytes of a part, or `None` if there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, WordError> {
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| WordError::Archive(error.to_string()))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(WordError::TooLarge(MAX_UNPACKED_MEBIBYTES));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// The text of a part in Unicode normal form C, or `None` if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, WordError> {
        Ok(self.bytes(name)?.map(|bytes| nfc(&decode(&bytes)).into_owned()))
    }

    /// The name of the part that contains the main text, usually `word/document.xml`.
    pub fn main_part(&mut self) -> Result<String, WordError> {
        let relations = self.relations("")?;
        let found =
            relations.into_values().find(|relation| relation.target.ends_with("document.xml"));
        Ok(found.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target))
    }

    /// The relations of a part, or of the whole file if `part` is empty. The target of a relation inside the file is
    /// the name of a part.
    pub fn relations(&mut self, part: &str) -> Result<PartRelations, WordError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let Some(text) = self.text(&path)? else { return Ok(PartRelations::new()) };
        let document = xml::parse(&text)?;
        let relations =
            document.descendants().filter(|node| node.tag_name().name() == "Relationship");
        Ok(relations
            .filter_map(|node| {
                let is_external = node.attribute("TargetMode") == Some("External");
                let target = node.attribute("Target")?;
                let target = match target.strip_prefix('/') {
                    _ if is_external => target.to_owned(),
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target.to_owned(),
                    None => match target.strip_prefix("../") {
                        Some(above) => above.to_owned(),
                        None => format!("{folder}/{target}"),
                    },
                };
                Some((node.attribute("Id")?.to_owned(), PartRelation { target, is_external }))
            })
            .collect())
    }
}
