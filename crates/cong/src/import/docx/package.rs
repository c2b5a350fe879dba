//! The ZIP archive of a Word file: its parts, and the relations between them. The unpacked size is limited.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::import::{text, xml};
use crate::language::say;

/// The limit for all parts together, in bytes; a few bytes can be crafted to unpack to any size.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
const MAX_PARTS: usize = 20_000;

pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// Relations by id: where each leads, and whether the target is outside the file.
pub type Relations = HashMap<String, Relation>;

pub struct Relation {
    pub target: String,
    pub is_external: bool,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        if archive.len() > MAX_PARTS {
            return Err(say!("quá nhiều phần", "too many parts"));
        }
        Ok(Self { archive, left: MAX_UNPACKED })
    }

    /// The bytes of a part, or `None` if there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        let size = bytes.len() as u64;
        if size > self.left {
            let megabytes = MAX_UNPACKED / 1024 / 1024;
            return Err(say!(
                "giải nén ra hơn {megabytes} MiB",
                "it unpacks to more than {megabytes} MiB"
            ));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        Ok(self.bytes(name)?.map(|bytes| text::decode(&bytes).text))
    }

    /// The name of the part with the main text.
    pub fn main_part(&mut self) -> Result<String, String> {
        let relations = self.relations("")?;
        let found =
            relations.into_values().find(|relation| relation.target.ends_with("document.xml"));
        Ok(found.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target))
    }

    /// The relations of a part. Targets inside the file are names of parts.
    pub fn relations(&mut self, part: &str) -> Result<Relations, String> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let Some(text) = self.text(&path)? else { return Ok(Relations::new()) };
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
                Some((node.attribute("Id")?.to_owned(), Relation { target, is_external }))
            })
            .collect())
    }
}
