//! Counts the words that Word shows. The count is independent of the reader of runs, so that text which this reader
//! loses is noticed.

use std::collections::HashSet;

use roxmltree::{Node, NodeId};

use crate::alternatives::chosen_branch;
use crate::content_control::shown_content;
use crate::formula::formula_text;
use crate::run_text::raised_text;
use crate::styles::{FontEncoding, WordScript, WordStyle, WordStyles};
use crate::symbols::symbol_character;
use crate::word_count::WordSplitter;
use crate::xml::{attribute, child, is, text, value};

/// Counts the words of the body or of a note. The state is kept between slices of the XML, because a field can span
/// several slices.
#[derive(Default)]
pub struct VisibleWords {
    splitter: WordSplitter,
    /// For each open field: whether its result has begun.
    fields: Vec<bool>,
    without_result: usize,
}

/// The data that all nodes of a slice share.
struct CountedSlice<'s> {
    styles: &'s WordStyles,
    unended: &'s HashSet<NodeId>,
}

impl VisibleWords {
    /// Calls `found` with the hash of each word in `node`.
    pub fn read(
        &mut self,
        node: Node<'_, '_>,
        styles: &WordStyles,
        unended: &HashSet<NodeId>,
        found: &mut dyn FnMut(u32),
    ) {
        let slice = CountedSlice { styles, unended };
        self.children(node, &slice, &WordStyle::default(), found);
    }

    fn children(
        &mut self,
        node: Node<'_, '_>,
        slice: &CountedSlice<'_>,
        look: &WordStyle,
        found: &mut dyn FnMut(u32),
    ) {
        for child in node.children().filter(Node::is_element) {
            self.element(child, slice, look, found);
        }
    }

    fn element(
        &mut self,
        node: Node<'_, '_>,
        slice: &CountedSlice<'_>,
        look: &WordStyle,
        found: &mut dyn FnMut(u32),
    ) {
        match node.tag_name().name() {
            "p" => {
                let properties = child(node, "pPr");
                let style = properties.and_then(|properties| value(properties, "pStyle"));
                let look = slice.styles.look(style);
                self.children(node, slice, &look, found);
                let end = properties.and_then(|properties| child(properties, "rPr"));
                let is_joined = end.is_some_and(|end| {
                    ["del", "moveFrom", "vanish"].iter().any(|name| child(end, name).is_some())
                }) || properties
                    .is_some_and(|node| child(node, "framePr").is_some());
                if !is_joined {
                    self.splitter.end(found);
                }
            }
            "r" => {
                let properties = child(node, "rPr");
                let named = properties.and_then(|properties| value(properties, "rStyle"));
                let named = named.map(|id| slice.styles.of_characters(id)).unwrap_or_default();
                let own = properties.map(WordStyle::of_run).unwrap_or_default();
                let look = own.or(&named).or(look);
                let is_script = !matches!(look.script, None | Some(WordScript::Baseline));
                if is_script {
                    self.splitter.end(found);
                }
                self.children(node, slice, &look, found);
                // A superscript without Unicode characters follows `^` in the article, and the text after it belongs to
                // the same word, as in `2^aB`.
                if is_script && !raised_text(&text(node)).starts_with('^') {
                    self.splitter.end(found);
                }
            }
            "t" if self.without_result == 0 && look.hidden != Some(true) => {
                // Text in a legacy or symbol font is counted after it is decoded (`run_text.rs`).
                if matches!(look.font, None | Some(FontEncoding::Unicode)) {
                    self.splitter.push(&text(node), found);
                } else {
                    self.splitter.end(found);
                }
            }
            "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "footnoteReference"
            | "endnoteReference" | "tc" => {
                self.splitter.end(found);
                self.cell(node, slice, look, found);
            }
            "fldChar" if !slice.unended.contains(&node.id()) => self.field(node),
            "sdt" => {
                if let Some(content) = shown_content(node) {
                    self.children(content, slice, look, found);
                }
            }
            "tr" => {
                let is_deleted = child(node, "trPr").is_some_and(|properties| {
                    child(properties, "del").is_some() || child(properties, "moveFrom").is_some()
                });
                if !is_deleted {
                    self.children(node, slice, look, found);
                }
            }
            "AlternateContent" => {
                if let Some(branch) = chosen_branch(node) {
                    self.children(branch, slice, look, found);
                }
            }
            "txbxContent" | "txBody" => {
                let fields = std::mem::take(&mut self.fields);
                let without_result = std::mem::take(&mut self.without_result);
                let outer = std::mem::take(&mut self.splitter);
                if without_result == 0 {
                    self.children(node, slice, &WordStyle::default(), found);
                }
                self.splitter.end(found);
                (self.fields, self.without_result, self.splitter) = (fields, without_result, outer);
            }
            "oMath" | "oMathPara" if self.without_result == 0 => {
                self.splitter.push(&formula_text(node), found);
            }
            "sym" if self.without_result == 0 && look.hidden != Some(true) => {
                if let Some(character) = symbol_character(node) {
                    self.splitter.push(&character.to_string(), found);
                }
            }
            "oMath" | "oMathPara" | "sym" => {}
            "del" | "moveFrom" | "rt" | "sdtPr" | "pPr" | "rPr" | "tblPr" | "trPr" | "tcPr" => {}
            _ => self.children(node, slice, look, found),
        }
    }

    fn cell(
        &mut self,
        node: Node<'_, '_>,
        slice: &CountedSlice<'_>,
        look: &WordStyle,
        found: &mut dyn FnMut(u32),
    ) {
        if !is(node, "tc") {
            return;
        }
        let properties = child(node, "tcPr");
        let is_merged = |name: &str| {
            let merge = properties.and_then(|properties| child(properties, name));
            merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"))
        };
        let is_deleted = properties.is_some_and(|node| child(node, "cellDel").is_some());
        if !is_deleted && !is_merged("vMerge") && !is_merged("hMerge") {
            self.children(node, slice, look, found);
        }
        self.splitter.end(found);
    }

    fn field(&mut self, node: Node<'_, '_>) {
        match attribute(node, "fldCharType") {
            Some("begin") => {
                self.fields.push(false);
                self.without_result += 1;
            }
            Some("separate") => {
                if let Some(has_result) = self.fields.last_mut().filter(|has_result| !**has_result)
                {
                    *has_result = true;
                    self.without_result -= 1;
                }
            }
            _ => {
                if self.fields.pop() == Some(false) {
                    self.without_result -= 1;
                }
            }
        }
    }
}
