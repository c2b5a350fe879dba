//! What the readers of a Word file's body and of its paragraphs share: the parts of the file, and the content that was
//! found so far.

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
    /// The words that the file shows.
    pub words: WordTally,
}

/// A footnote or endnote.
pub enum WordNote {
    /// The text has not referred to it yet: its content, and its words.
    Waiting(Vec<ContentBlock>, Vec<u32>),
    /// The text has referred to it. It has this number in the article.
    Numbered(usize),
}

pub struct WordContext<'p, 'a> {
    pub package: &'p mut WordPackage<'a>,
    pub styles: WordStyles,
    pub numbering: NumberingCounters,
    pub relations: PartRelations,
    /// The fields around the current position.
    pub fields: FieldStack,
    /// The beginnings of fields in the current slice that are ignored.
    pub unended: HashSet<NodeId>,
    /// From a note's id, and whether the note is an endnote, to the note.
    pub notes: HashMap<(String, bool), WordNote>,
    /// How many columns cells of tables may still span beyond their first. A few bytes can be crafted to span many.
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

    /// Reduces a number of columns beyond the first one of a cell to the number that is left.
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
    /// picture. The bytes of a part are read only once. A picture that cannot be read is reported, and has no address.
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
