//! Reads Word files as articles: text with headings, lists, tables, links, footnotes and pictures. The crate takes
//! bytes and returns a document; it opens no files.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod alternatives;
mod beside;
mod block;
mod body;
mod compose;
mod compose_table;
mod context;
mod drawing;
mod fields;
mod formula;
mod lists;
mod numbering;
mod package;
mod paragraph;
mod problem;
mod properties;
mod relations;
mod run_text;
mod runs;
mod sections;
mod slices;
mod styles;
mod symbols;
mod table;
mod tags;
mod title;
mod visible_words;
mod word_count;
pub mod xml;

use cong_core::markdown_writer::ArticleContent;
use cong_core::vietnamese::Timestamp;

pub use package::WordLimits;
pub use problem::{WordError, WordOmission};
pub use title::TitleCertainty;
pub use word_count::WordDifference;

use package::WordPackage;
use properties::FileProperties;

/// The content of a Word file: title, author, text and pictures, and a list of what was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDocument {
    pub title: String,
    pub title_certainty: TitleCertainty,
    /// The author in the file's properties. It is the person who made the file, so it should be checked.
    pub author: Option<String>,
    /// When the file was last saved.
    pub saved_at: Option<Timestamp>,
    /// The text below the title. The address of a picture in it is a name in `pictures`, or an address on the web.
    pub content: ArticleContent,
    /// The pictures inside the file: the name and the bytes of each.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What an article cannot keep of the file, without repetitions.
    pub left_out: Vec<WordOmission>,
}

/// Reads a Word file (`*.docx`, `*.docm`, `*.dotx`, `*.dotm`). If the file has no title, one is made from `file_name`.
///
/// # Errors
/// The bytes are not a readable Word file, or the unpacked file is larger than `limits`.
pub fn read(bytes: &[u8], file_name: &str, limits: WordLimits) -> Result<WordDocument, WordError> {
    let mut package = WordPackage::open(bytes, limits)?;
    let main = package.main_part()?;
    let mut found = body::read(&mut package, &main)?;
    let properties = FileProperties::of(&mut package)?;
    found.left_out.extend(beside::read(&mut package, &main)?);
    let title = title::find_title(&found.blocks, properties.title.as_deref(), file_name);
    let title_blocks = found.blocks.drain(title.blocks.clone()).collect();
    let title_blocks = compose::compose(title_blocks, &mut found.left_out);
    let content = ArticleContent {
        blocks: compose::compose(found.blocks, &mut found.left_out),
        notes: found.notes,
    };
    let notes = content.notes.iter().flatten();
    found.words.add_article(title_blocks.iter().chain(&content.blocks).chain(notes));
    found.left_out.extend(found.words.difference().map(WordOmission::Words));
    Ok(WordDocument {
        title: title.title,
        title_certainty: title.certainty,
        author: properties.author,
        saved_at: properties.saved_at,
        content,
        pictures: found.pictures,
        left_out: found.left_out,
    })
}

#[cfg(test)]
mod tests;
