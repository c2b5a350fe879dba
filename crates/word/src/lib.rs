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
mod contact;
mod content_control;
mod context;
mod drawing;
mod fields;
mod formula;
mod lists;
mod numbering;
mod package;
mod paper;
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

use cong_core::article::LegalDocument;
use cong_core::markdown_writer::{ArticleContent, RunContent};
use cong_core::vietnamese::Timestamp;

pub use package::WordLimits;
pub use paper::PaperDoubt;
pub use problem::{WordError, WordOmission};
pub use title::TitleCertainty;
pub use word_count::WordDifference;

use block::WordBlock;
use package::WordPackage;
use paper::{PaperText, read_paper};
use properties::FileProperties;
use title::FoundTitle;

/// The content of a Word file: title, author, text and pictures, and a list of what was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDocument {
    pub title: String,
    pub title_certainty: TitleCertainty,
    /// The issuer of an official paper. Otherwise the author in the file's properties, which is the person who made the
    /// file, so it should be checked.
    pub author: Option<String>,
    /// The number, kind, issuer, date and signers, if the file is an official paper.
    pub document: Option<LegalDocument>,
    /// Facts of an official paper that an editor should check.
    pub doubts: Vec<PaperDoubt>,
    /// When the file was last saved.
    pub saved_at: Option<Timestamp>,
    /// The text below the title. The address of a picture in it is a name in `pictures`, or an address on the web.
    pub content: ArticleContent,
    /// The pictures inside the file: the name and the bytes of each.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The parts of the file that the article does not keep. Each omission is listed once.
    pub left_out: Vec<WordOmission>,
}

/// The letter eth, `Ð`. It looks like `Đ` (U+0110), and some keyboards type it in place of `Đ`.
const ETH: char = '\u{D0}';

/// Whether the layout of official papers is recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LayoutRules {
    /// The head, the signature and the headings of official papers are read by the rules for their layout. Other files
    /// are read as with `None`.
    #[default]
    OfficialPapers,
    /// All text is kept, in the order of the file.
    None,
}

/// Reads a Word file (`*.docx`, `*.docm`, `*.dotx`, `*.dotm`). If the file has no title, one is made from `file_name`.
///
/// # Errors
/// The bytes are not a readable Word file, or the unpacked file is larger than `limits`.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    rules: LayoutRules,
    limits: WordLimits,
) -> Result<WordDocument, WordError> {
    let mut package = WordPackage::open(bytes, limits)?;
    let main = package.main_part()?;
    let mut found = body::read(&mut package, &main)?;
    let properties = FileProperties::of(&mut package)?;
    found.left_out.extend(beside::read(&mut package, &main)?);
    let paper = match rules {
        LayoutRules::OfficialPapers => read_paper(found.blocks, &found.margins),
        LayoutRules::None => Err(found.blocks),
    };
    let (mut blocks, paper) = match paper {
        Ok(PaperText { blocks, paper }) => (blocks, Some(paper)),
        Err(blocks) => (blocks, None),
    };
    let mut title = title::find_title(&blocks, properties.title.as_deref(), file_name);
    if let Some(paper_title) = paper.as_ref().and_then(|paper| paper.title.clone()) {
        title = FoundTitle::certain(paper_title);
    }
    let mut taken: Vec<WordBlock> = blocks.drain(title.blocks.clone()).collect();
    let mut document = None;
    let mut doubts = Vec::new();
    let mut author = properties.author;
    if let Some(paper) = paper {
        taken.extend(paper.taken);
        paper.repeated.iter().for_each(|text| found.words.add_generated(text));
        author = paper.fields.issuer.clone();
        document = Some(paper.fields);
        doubts = paper.doubts;
    }
    let taken = compose::compose(taken, &mut Vec::new());
    let mut content = ArticleContent {
        blocks: compose::compose(blocks, &mut found.left_out),
        notes: found.notes,
    };
    let notes = content.notes.iter().flatten();
    found.words.add_article(taken.iter().chain(&content.blocks).chain(notes));
    found.left_out.extend(found.words.difference().map(WordOmission::Words));
    content.for_each_run(&mut |run| {
        if let RunContent::Text(text) = &mut run.content
            && text.contains(ETH)
        {
            *text = text.replace(ETH, "Đ");
        }
    });
    Ok(WordDocument {
        title: title.title.replace(ETH, "Đ"),
        title_certainty: title.certainty,
        author,
        document,
        doubts,
        saved_at: properties.saved_at,
        content,
        pictures: found.pictures,
        left_out: found.left_out,
    })
}

#[cfg(test)]
mod tests;
