//! Reads the text of a Word file as blocks (paragraphs and tables), in order.

use std::collections::{HashMap, HashSet};

use cong_core::markdown_writer::is_blank;
use cong_core::vietnamese::nfc;
use roxmltree::Node;

use crate::alternatives::chosen_branch;
use crate::block::{WordBlock, WordParagraph, WordTable};
use crate::compose::compose;
use crate::content_control::shown_content;
use crate::context::{WordBody, WordContext, WordNote};
use crate::fields::{FieldStack, UnendedFields};
use crate::numbering::{NumberingCounters, NumberingDefinitions};
use crate::package::WordPackage;
use crate::problem::{WordError, WordOmission};
use crate::relations::PartRelations;
use crate::sections::page_starts;
use crate::slices::XmlSlices;
use crate::styles::WordStyles;
use crate::visible_words::VisibleWords;
use crate::xml::{self, attribute};

/// The number of columns that all cells of a small file together may span beyond the first column of each cell. A
/// larger file may have more.
const SPARE_COLUMNS: usize = 20_000;

pub struct BodyReader<'p, 'a> {
    pub context: WordContext<'p, 'a>,
    /// A paragraph that continues in the next one, because the mark at its end is deleted or hidden, or because it is a
    /// drop cap.
    joined: Option<WordParagraph>,
    /// Whether the next paragraph is the first on a page.
    pub starts_page: bool,
    /// For each section that follows the current position: whether it starts on a new page.
    pub sections: std::vec::IntoIter<bool>,
}

/// Reads the part with the name `main`, and its styles, numbering, notes, page headers and page footers.
pub fn read(package: &mut WordPackage<'_>, main: &str) -> Result<WordBody, WordError> {
    let text = package.raw_text(main)?.ok_or(WordError::NoMainPart)?;
    let relations = package.relations(main)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = match part_text(package, &relations, &folder, "styles")? {
        Some(text) => WordStyles::of(xml::parse_part(&text)?.root_element()),
        None => WordStyles::default(),
    };
    let numbering = match part_text(package, &relations, &folder, "numbering")? {
        Some(text) => {
            let document = xml::parse_part(&text)?;
            let instance = |style: &str| styles.numbering(Some(style)).0.id;
            NumberingDefinitions::of(document.root_element(), instance)
        }
        None => NumberingDefinitions::default(),
    };
    let context = WordContext {
        package,
        styles,
        numbering: NumberingCounters::of(numbering),
        relations,
        fields: FieldStack::default(),
        unended: HashSet::new(),
        notes: HashMap::new(),
        spare_columns: SPARE_COLUMNS + text.len() / 40,
        found: WordBody::default(),
    };
    let mut reader =
        BodyReader { context, joined: None, starts_page: false, sections: Vec::new().into_iter() };
    for (kind, is_end) in [("footnotes", false), ("endnotes", true)] {
        let named = reader.context.relations.target_of_kind(kind).map(str::to_owned);
        reader.read_notes(&named.unwrap_or_else(|| format!("{folder}/{kind}.xml")), is_end)?;
    }
    reader.context.numbering.restart();
    reader.sections = page_starts(&text).into_iter();
    // The first section follows no other section, so it does not start a new page.
    reader.sections.next();
    let mut blocks = Vec::new();
    let mut words = VisibleWords::default();
    let mut unended = UnendedFields::of(&text);
    for slice in XmlSlices::of(&text) {
        let slice = slice?;
        let text = nfc(&slice.text);
        let document = xml::parse_part(&text)?;
        reader.context.unended = unended.in_slice(&document);
        // A damaged file may have several bodies. All of them are read.
        for body in document.root_element().children().filter(|node| xml::is(*node, "body")) {
            let WordContext { styles, unended, found, .. } = &mut reader.context;
            words.read(body, styles, unended, &mut |word| found.words.add_shown(word));
            reader.read_blocks(body, &mut blocks, slice.continues_table);
        }
    }
    reader.end_joined(&mut blocks);
    reader.context.found.blocks = blocks;
    reader.read_margins()?;
    Ok(reader.context.found)
}

/// Returns the text of the part to which a relation of this kind leads. Without such a relation, the part with the
/// usual name is read, such as `word/styles.xml`.
fn part_text(
    package: &mut WordPackage<'_>,
    relations: &PartRelations,
    folder: &str,
    kind: &str,
) -> Result<Option<String>, WordError> {
    let named = relations.target_of_kind(kind).map(str::to_owned);
    package.text(&named.unwrap_or_else(|| format!("{folder}/{kind}.xml")))
}

impl BodyReader<'_, '_> {
    fn read_notes(&mut self, part: &str, is_end: bool) -> Result<(), WordError> {
        let Some(text) = self.context.package.raw_text(part)? else { return Ok(()) };
        // The parts of footnotes and endnotes have their own relations for links.
        let relations = self.context.package.relations(part)?;
        let outer = std::mem::replace(&mut self.context.relations, relations);
        let mut unended = UnendedFields::of(&text);
        for slice in XmlSlices::of(&text) {
            let slice = slice?;
            let text = nfc(&slice.text);
            let document = xml::parse_part(&text)?;
            self.context.unended = unended.in_slice(&document);
            for note in document.root_element().children().filter(Node::is_element) {
                let is_text = attribute(note, "type").is_none_or(|kind| kind == "normal");
                if let Some(id) = attribute(note, "id").filter(|_| is_text) {
                    let mut words = Vec::new();
                    let WordContext { styles, unended, .. } = &self.context;
                    VisibleWords::default()
                        .read(note, styles, unended, &mut |word| words.push(word));
                    let blocks = self.read_story(note);
                    let blocks = compose(blocks, &mut self.context.found.left_out);
                    let note = WordNote::Waiting(blocks, words);
                    self.context.notes.insert((id.to_owned(), is_end), note);
                }
            }
        }
        self.context.relations = outer;
        Ok(())
    }

    /// Reads page headers and footers, which only the rules for official papers use. Their pictures are not kept, and
    /// their omissions are not reported here.
    fn read_margins(&mut self) -> Result<(), WordError> {
        let relations = &self.context.relations;
        let parts = ["header", "footer"].iter().flat_map(|kind| relations.targets_of_kind(kind));
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        let pictures = self.context.found.pictures.len();
        let left_out = self.context.found.left_out.len();
        self.context.unended.clear();
        for part in parts {
            let Some(text) = self.context.package.text(&part)? else { continue };
            let text = nfc(&text);
            let document = xml::parse_part(&text)?;
            let blocks = self.read_story(document.root_element());
            self.context.found.margins.push(blocks);
        }
        self.context.found.pictures.truncate(pictures);
        self.context.found.left_out.truncate(left_out);
        Ok(())
    }

    /// Reads the content of a note, a text box, a cell of a table, or a page header or footer.
    pub fn read_story(&mut self, node: Node<'_, '_>) -> Vec<WordBlock> {
        let outer = self.joined.take();
        let mut blocks = Vec::new();
        self.read_blocks(node, &mut blocks, false);
        self.end_joined(&mut blocks);
        self.joined = outer;
        blocks.shrink_to_fit();
        blocks
    }

    /// Reads the blocks in `node`. If `continues_table` is set, the rows of the first table are added to the table at
    /// the end of `out`.
    fn read_blocks(
        &mut self,
        node: Node<'_, '_>,
        out: &mut Vec<WordBlock>,
        mut continues_table: bool,
    ) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => self.add_paragraph(child, out),
                "tbl" => {
                    self.end_joined(out);
                    let begun = out.pop_if(|_| continues_table);
                    let table = match begun {
                        Some(WordBlock::Table(table)) => table,
                        other => {
                            out.extend(other);
                            WordTable::default()
                        }
                    };
                    let table = self.table(child, table);
                    out.push(WordBlock::Table(table));
                    continues_table = false;
                }
                "sdt" => {
                    if let Some(content) = shown_content(child) {
                        self.read_blocks(content, out, continues_table);
                    }
                }
                "ins" | "moveTo" => {
                    self.context.leave_out(WordOmission::TrackedChanges);
                    self.read_blocks(child, out, continues_table);
                }
                "del" | "moveFrom" => self.context.leave_out(WordOmission::DeletedText),
                "sdtContent" | "customXml" | "smartTag" => {
                    self.read_blocks(child, out, continues_table);
                }
                "AlternateContent" => {
                    if let Some(branch) = chosen_branch(child) {
                        self.read_blocks(branch, out, continues_table);
                    }
                }
                "altChunk" | "subDoc" => self.context.leave_out(WordOmission::InsertedPart),
                _ => {}
            }
        }
    }

    fn add_paragraph(&mut self, node: Node<'_, '_>, out: &mut Vec<WordBlock>) {
        let (mut paragraph, goes_on) = self.paragraph(node);
        if let Some(mut before) = self.joined.take() {
            before.runs.append(&mut paragraph.runs);
            before.text_boxes.append(&mut paragraph.text_boxes);
            paragraph.runs = before.runs;
            paragraph.text_boxes = before.text_boxes;
            paragraph.starts_page |= before.starts_page;
        }
        if goes_on {
            self.joined = Some(paragraph);
            return;
        }
        // A second empty paragraph after an empty one is left out.
        let repeats = is_empty(&paragraph)
            && out
                .last()
                .is_some_and(|last| matches!(last, WordBlock::Paragraph(last) if is_empty(last)));
        if !repeats {
            out.push(WordBlock::Paragraph(paragraph));
        }
    }

    fn end_joined(&mut self, out: &mut Vec<WordBlock>) {
        let last = self.joined.take().filter(|last| !is_empty(last));
        out.extend(last.map(WordBlock::Paragraph));
    }
}

/// Whether a paragraph shows nothing and does not start a page.
pub fn is_empty(paragraph: &WordParagraph) -> bool {
    is_blank(&paragraph.runs)
        && paragraph.mark.is_none()
        && paragraph.text_boxes.is_empty()
        && !paragraph.starts_page
}
