//! Reads Word files as articles: text with headings, lists, tables, links, footnotes and pictures. All of it is pure:
//! bytes become a document.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod body;
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

use package::WordPackage;

/// What a Word file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDocument {
    pub title: String,
    /// Whether the title is the name of the file, because the file itself has none.
    pub is_title_from_name: bool,
    pub author: Option<String>,
    /// When the file was last saved.
    pub saved_at: Option<Timestamp>,
    /// The text below the title. The addresses of its pictures are the names in `pictures`, or addresses on the web.
    pub content: ArticleContent,
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What the file has and `content` has not, each once.
    pub left_out: Vec<WordOmission>,
}

/// Reads a Word file (`*.docx`, `*.docm`). `file_name` gives the title if the file has none.
///
/// # Errors
/// The bytes are no Word file, or unpack to too much.
pub fn read(bytes: &[u8], file_name: &str) -> Result<WordDocument, WordError> {
    let mut package = WordPackage::open(bytes)?;
    let main = package.main_part()?;
    let found = body::read(&mut package, &main)?;
    let properties = FileProperties::of(&mut package)?;
    let mut content = found.content;
    let title = found.title.or(properties.title).or_else(|| first_heading(&content));
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

fn first_heading(content: &ArticleContent) -> Option<String> {
    content.blocks.iter().find_map(|block| match block {
        ContentBlock::Heading(_, runs) => Some(plain(runs)).filter(|text| !text.is_empty()),
        _ => None,
    })
}

/// The properties of a file, beside its text.
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

/// Whether the title in the file's properties is a real one. Word fills it with the first line of a new file,
/// which in offices is often the name of the state.
fn is_title(title: &str) -> bool {
    let title = fold(title);
    title.len() >= 6
        && !["microsoft word", "cong hoa xa hoi", "document", "uy ban nhan dan", "so ", "untitled"]
            .iter()
            .any(|start| title.starts_with(start))
}

#[cfg(test)]
mod tests;
