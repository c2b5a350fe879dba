//! Reads Word files as articles: text with headings, lists, tables, links, footnotes and pictures. The crate takes
//! bytes and returns a document; it opens no files.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod block;
mod body;
mod compose;
mod context;
mod lists;
mod numbering;
mod package;
mod paragraph;
mod problem;
mod styles;
pub mod xml;

use cong_core::article::can_be_author;
use cong_core::markdown_writer::{ArticleContent, ContentBlock, plain};
use cong_core::vietnamese::{Timestamp, WrittenTime, fold, visible_line};

pub use problem::{WordError, WordOmission};

use block::{WordBlock, WordParagraph};
use package::WordPackage;

/// The content of a Word file: title, author, text and pictures, and a list of what was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDocument {
    pub title: String,
    /// Whether `title` was made from the name of the file, because the file itself has no title.
    pub is_title_from_name: bool,
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

/// Reads a Word file (`*.docx`, `*.docm`). If the file has no title, one is made from `file_name`.
///
/// # Errors
/// The bytes are not a readable Word file, or the unpacked file is too large.
pub fn read(bytes: &[u8], file_name: &str) -> Result<WordDocument, WordError> {
    let mut package = WordPackage::open(bytes)?;
    let main = package.main_part()?;
    let found = body::read(&mut package, &main)?;
    let properties = FileProperties::of(&mut package)?;
    let title = styled_title(&found.blocks);
    let mut content = ArticleContent { blocks: compose::compose(found.blocks), notes: found.notes };
    let title = title.or(properties.title).or_else(|| first_heading(&content));
    let is_title_from_name = title.is_none();
    let title = title.unwrap_or_else(|| {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        visible_line(&stem.replace('_', " "))
    });
    if content.blocks.first().is_some_and(|block| fold(&block.plain()) == fold(&title)) {
        content.blocks.remove(0);
    }
    Ok(WordDocument {
        title,
        is_title_from_name,
        author: properties.author,
        saved_at: properties.saved_at,
        content,
        pictures: found.pictures,
        left_out: found.left_out,
    })
}

/// The text of the first paragraph in Word's style "Title".
fn styled_title(blocks: &[WordBlock]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        WordBlock::Paragraph(WordParagraph { heading: Some(0), runs, .. }) => {
            Some(plain(runs)).filter(|title| title.len() > 3)
        }
        _ => None,
    })
}

fn first_heading(content: &ArticleContent) -> Option<String> {
    content.blocks.iter().find_map(|block| match block {
        ContentBlock::Heading(_, runs) => Some(plain(runs)).filter(|text| !text.is_empty()),
        _ => None,
    })
}

/// The properties that Word stores beside the text of a file: title, author, and when the file was last saved.
#[derive(Default)]
struct FileProperties {
    title: Option<String>,
    author: Option<String>,
    saved_at: Option<Timestamp>,
}

impl FileProperties {
    fn of(package: &mut WordPackage<'_>) -> Result<Self, WordError> {
        let Some(text) = package.text("docProps/core.xml")? else { return Ok(Self::default()) };
        let document = xml::parse(&text)?;
        let field = |name: &str| {
            let found = xml::child(document.root_element(), name);
            found.map(|node| visible_line(&xml::text(node))).filter(|text| !text.is_empty())
        };
        let saved_at = ["modified", "created"].iter().find_map(|name| field(name));
        Ok(Self {
            title: field("title").filter(|title| is_title(title)),
            author: field("creator").filter(|author| can_be_author(author)),
            saved_at: saved_at.and_then(|time| WrittenTime::parse(&time)).map(WrittenTime::start),
        })
    }
}

/// Whether the title in a file's properties can be the title of an article. Word often fills this property with the
/// first line of a new file, which in offices is the name of the state or of the people's committee.
fn is_title(title: &str) -> bool {
    let title = fold(title);
    title.len() >= 6
        && !["microsoft word", "cong hoa xa hoi", "document", "uy ban nhan dan", "so ", "untitled"]
            .iter()
            .any(|start| title.starts_with(start))
}

#[cfg(test)]
mod tests;
