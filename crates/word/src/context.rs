//! State that the readers of a Word file's body, tables and paragraphs share: the parts of the file, and the content
//! read so far.

use std::collections::{HashMap, HashSet};

use cong_core::markdown_writer::ContentBlock;
use roxmltree::NodeId;

use crate::block::WordBlock;
use crate::fields::FieldStack;
use crate::numbering::NumberingCounters;
use crate::package::WordPackage;
use crate::problem::WordOmission;
use crate::relations::PartRelations;
use crate::styles::WordStyles;
use crate::word_count::WordTally;

/// The content of a Word file: its text, footnotes and endnotes, and pictures.
#[derive(Default)]
pub struct WordBody {
    pub blocks: Vec<WordBlock>,
    /// The blocks of each page header and footer.
    pub margins: Vec<Vec<WordBlock>>,
    pub notes: Vec<Vec<ContentBlock>>,
    /// The pictures in the text: the name of each picture's part in the Word file, and its bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    pub left_out: Vec<WordOmission>,
    /// The counts of the words that the file shows, and later of those of the article.
    pub words: WordTally,
}

/// A footnote or endnote.
pub enum WordNote {
    /// A note that the text has not referred to yet: its content, and the hashes of its words.
    Waiting(Vec<ContentBlock>, Vec<u32>),
    /// A note that the text has referred to: its number in the article.
    Numbered(usize),
}

pub struct WordContext<'p, 'a> {
    pub package: &'p mut WordPackage<'a>,
    pub styles: WordStyles,
    pub numbering: NumberingCounters,
    pub relations: PartRelations,
    /// The fields around the current position.
    pub fields: FieldStack,
    /// The elements in the current slice that begin a field without an end. They are ignored.
    pub unended: HashSet<NodeId>,
    /// Maps the id of a note, and whether it is an endnote, to the note.
    pub notes: HashMap<(String, bool), WordNote>,
    /// The number of columns that cells may still span beyond the first column of each cell. Without this limit, a few
    /// crafted bytes could span very many columns.
    pub spare_columns: usize,
    pub found: WordBody,
}

impl WordContext<'_, '_> {
    /// Returns the number of a note in the article, counted from 1, and adds the note at the first reference to it.
    /// Returns `None` if no such note exists.
    pub fn note(&mut self, id: &str, is_end: bool) -> Option<usize> {
        let note = self.notes.get_mut(&(id.to_owned(), is_end))?;
        let found = &mut self.found;
        if let WordNote::Waiting(blocks, words) = note {
            found.notes.push(std::mem::take(blocks));
            words.iter().for_each(|word| found.words.add_shown(*word));
            *note = WordNote::Numbered(found.notes.len());
        }
        if let WordNote::Numbered(number) = note { Some(*number) } else { None }
    }

    /// Takes up to `count` columns from `spare_columns`, and returns how many were taken.
    pub fn take_columns(&mut self, count: u16) -> u16 {
        let taken = usize::from(count).min(self.spare_columns);
        self.spare_columns -= taken;
        u16::try_from(taken).unwrap_or(count)
    }

    pub fn external(&self, id: &str) -> Option<String> {
        self.relations
            .get(id)
            .filter(|relation| relation.is_external)
            .map(|relation| relation.target.clone())
    }

    /// Returns the address of a picture: the name of its part in the Word file, or the web address of an external
    /// picture. The bytes of a part are read only once. Returns `None` if the picture cannot be read, and reports it.
    pub fn picture(&mut self, id: &str) -> Option<String> {
        let relation = self.relations.get(id)?;
        let target = relation.target.clone();
        if relation.is_external || self.found.pictures.iter().any(|(name, _)| *name == target) {
            return Some(target);
        }
        match self.package.bytes(&target) {
            Ok(Some(bytes)) => {
                self.found.pictures.push((target.clone(), bytes));
                Some(target)
            }
            Ok(None) | Err(_) => {
                self.leave_out(WordOmission::Picture(target));
                None
            }
        }
    }

    pub fn leave_out(&mut self, what: WordOmission) {
        if !self.found.left_out.contains(&what) {
            self.found.left_out.push(what);
        }
    }
}
