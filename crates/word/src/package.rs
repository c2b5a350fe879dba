//! Reads the ZIP archive of a Word file: its parts (the files in the archive). The unpacked size is limited.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use cong_core::vietnamese::nfc;
use zip::ZipArchive;

use crate::problem::WordError;
use crate::relations::PartRelations;
use crate::xml;

const MIB: u64 = 1024 * 1024;
const MAX_PARTS: usize = 20_000;

/// Limits of the unpacked size. A larger file is rejected, because a small crafted file could unpack to any size. Apart
/// from the file and its pictures, reading needs less than eight times the memory of the main part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordLimits {
    /// The maximum unpacked size of one part with text, in MiB.
    pub text_mebibytes: u64,
    /// The maximum unpacked size of all parts together, in MiB.
    pub all_mebibytes: u64,
}

impl WordLimits {
    /// The limits of a program on a computer.
    pub const NATIVE: Self = Self { text_mebibytes: 64, all_mebibytes: 100 };
    /// The limits within a Worker, whose isolate has 128 MB of memory for everything.
    pub const WORKER: Self = Self { text_mebibytes: 6, all_mebibytes: 20 };
}

pub struct WordPackage<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Maps the name of a part, in lower case, to its index in the archive.
    names: HashMap<String, usize>,
    limits: WordLimits,
    /// The number of bytes that may still be unpacked.
    left: u64,
}

/// Decodes the text of a part: UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: Vec<u8>) -> String {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks();
        char::decode_utf16(pairs.iter().map(|pair| read(*pair)))
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

impl<'a> WordPackage<'a> {
    pub fn open(bytes: &'a [u8], limits: WordLimits) -> Result<Self, WordError> {
        // These bytes begin files of old formats (`*.doc`), and files that Word encrypted with a password.
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(WordError::OldOrProtected);
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| WordError::Archive(error.to_string()))?;
        if archive.len() > MAX_PARTS {
            return Err(WordError::TooManyParts);
        }
        let names = (0..archive.len())
            .filter_map(|index| {
                let name = archive.name_for_index(index)?.replace('\\', "/");
                Some((name.trim_start_matches('/').to_lowercase(), index))
            })
            .collect();
        Ok(Self { archive, names, limits, left: limits.all_mebibytes * MIB })
    }

    fn unpack(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, WordError> {
        let Some(index) = self.names.get(&name.to_lowercase()) else { return Ok(None) };
        let damaged = |error: String| WordError::Archive(error);
        let part = self.archive.by_index(*index).map_err(|error| damaged(error.to_string()))?;
        let limit = (limit * MIB).min(self.left);
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let size = bytes.len() as u64;
        if size > limit {
            let is_whole = limit == self.left;
            let (text, all) = (self.limits.text_mebibytes, self.limits.all_mebibytes);
            return Err(WordError::TooLarge(if is_whole { all } else { text }));
        }
        bytes.shrink_to_fit();
        self.left -= size;
        Ok(Some(bytes))
    }

    /// The bytes of a part, or `None` if there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, WordError> {
        self.unpack(name, self.limits.all_mebibytes)
    }

    /// The text of a part as it is in the file, or `None` if there is no such part.
    pub fn raw_text(&mut self, name: &str) -> Result<Option<String>, WordError> {
        Ok(self.unpack(name, self.limits.text_mebibytes)?.map(decode))
    }

    /// The text of a part in Unicode normal form C, or `None` if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, WordError> {
        Ok(self.raw_text(name)?.map(|text| nfc(&text).into_owned()))
    }

    /// The name of the part that contains the main text, usually `word/document.xml`.
    pub fn main_part(&mut self) -> Result<String, WordError> {
        let relations = self.relations("")?;
        let found = relations.target_of_kind("officeDocument").map(str::to_owned);
        Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
    }

    /// The relations of a part, or of the whole file if `part` is empty.
    pub fn relations(&mut self, part: &str) -> Result<PartRelations, WordError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}/_rels/{name}.rels");
        let Some(text) = self.text(path.trim_start_matches('/'))? else {
            return Ok(PartRelations::default());
        };
        let document = xml::parse_part(&text)?;
        Ok(PartRelations::of(document.root_element(), folder))
    }
}
