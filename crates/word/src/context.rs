//! What the readers of a Word file's body and of its paragraphs share: the parts of the file, and the content that was
//! found so far.

use std::collections::HashMap;

use cong_core::markdown_writer::ContentBlock;

use super::package::{PartRelations, WordPackage};
use super::styles::WordStyles;
use crate::block::WordBlock;
use crate::problem::WordOmission;

/// The content of a Word file: its text, footnotes and endnotes, and pictures.
#[derive(Default)]
pub struct WordBody {
    pub blocks: Vec<WordBlock>,
    pub notes: Vec<Vec<ContentBlock>>,
    /// The pictures in the text: the name of each picture's part in the Word file, and its bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    pub left_out: Vec<WordOmission>,
}

pub struct WordContext<'p, 'a> {
    pub package: &'p mut WordPackage<'a>,
    pub styles: WordStyles,
    pub relations: PartRelations,
    /// From a note's id, and whether the note is an endnote, to the blocks of the note. A note is removed when the text
    /// refers to it.
    pub notes: HashMap<(String, bool), Vec<ContentBlock>>,
    pub found: WordBody,
}

impl WordContext<'_, '_> {
    /// Adds a note to the notes of the article and returns its number, counted from 1. Returns `None` if no such note
    /// exists, or if it has been added already.
    pub fn note(&mut self, id: &str, is_end: bool) -> Option<usize> {
        let blocks = self.notes.remove(&(id.to_owned(), is_end))?;
        let notes = &mut self.found.notes;
        notes.push(blocks);
        Some(notes.len())
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
