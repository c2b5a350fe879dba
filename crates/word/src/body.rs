//! Reads the text of a Word file as blocks (paragraphs and tables), in order.

use std::collections::HashMap;

use cong_core::markdown_writer::is_blank;
use roxmltree::Node;

use crate::block::{WordBlock, WordCell, WordParagraph, WordTable};
use crate::compose::compose;
use crate::context::{WordBody, WordContext};
use crate::numbering::Numbering;
use crate::package::WordPackage;
use crate::paragraph::{ParagraphRuns, RunReader};
use crate::problem::{WordError, WordOmission};
use crate::styles::{WordStyles, alignment, numbering, outline};
use crate::xml::{self, attribute, child};

/// The maximum number of columns that a table cell can span. A larger span is reduced to this number, so that a crafted
/// file cannot fill the memory.
const MAX_COLUMNS: usize = 60;

struct BodyReader<'p, 'a> {
    context: WordContext<'p, 'a>,
    numbering: Numbering,
}

pub fn read(package: &mut WordPackage<'_>, main: &str) -> Result<WordBody, WordError> {
    let text = package.text(main)?.ok_or(WordError::NoMainPart)?;
    let document = xml::parse(&text)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = match package.text(&format!("{folder}/styles.xml"))? {
        Some(text) => WordStyles::of(xml::parse(&text)?.root_element()),
        None => WordStyles::default(),
    };
    let numbering = match package.text(&format!("{folder}/numbering.xml"))? {
        Some(text) => Numbering::of(xml::parse(&text)?.root_element()),
        None => Numbering::default(),
    };
    let relations = package.relations(main)?;
    let context = WordContext {
        package,
        styles,
        relations,
        notes: HashMap::new(),
        found: WordBody::default(),
    };
    let mut reader = BodyReader { context, numbering };
    for (part, is_end) in [("footnotes", false), ("endnotes", true)] {
        reader.read_notes(&format!("{folder}/{part}.xml"), is_end)?;
    }
    let mut blocks = Vec::new();
    if let Some(body) = child(document.root_element(), "body") {
        reader.read_blocks(body, &mut blocks);
    }
    reader.context.found.blocks = blocks;
    Ok(reader.context.found)
}

impl BodyReader<'_, '_> {
    fn read_notes(&mut self, part: &str, is_end: bool) -> Result<(), WordError> {
        let Some(text) = self.context.package.text(part)? else { return Ok(()) };
        let document = xml::parse(&text)?;
        // The parts of footnotes and endnotes have their own relations for links.
        let relations = self.context.package.relations(part)?;
        let outer = std::mem::replace(&mut self.context.relations, relations);
        for note in document.root_element().children().filter(Node::is_element) {
            let is_text = attribute(note, "type").is_none_or(|kind| kind == "normal");
            if let Some(id) = attribute(note, "id").filter(|_| is_text) {
                let mut blocks = Vec::new();
                self.read_blocks(note, &mut blocks);
                self.context.notes.insert((id.to_owned(), is_end), compose(blocks));
            }
        }
        self.context.relations = outer;
        Ok(())
    }

    fn read_blocks(&mut self, node: Node<'_, '_>, out: &mut Vec<WordBlock>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => {
                    let paragraph = self.paragraph(child);
                    out.push(WordBlock::Paragraph(paragraph));
                }
                "tbl" => {
                    let table = self.table(child);
                    out.push(WordBlock::Table(table));
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                    self.read_blocks(child, out)
                }
                "altChunk" => self.context.leave_out(WordOmission::InsertedPart),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> WordParagraph {
        let properties = child(node, "pPr");
        let style =
            properties.and_then(|p| child(p, "pStyle")).and_then(|style| attribute(style, "val"));
        let mut look = self.context.styles.look(style);
        let heading = look.heading.or_else(|| properties.and_then(outline));
        let counted = properties.and_then(numbering).or_else(|| look.numbering.clone());
        let alignment = properties.and_then(alignment).or(look.alignment).unwrap_or_default();
        let starts_page =
            properties.is_some_and(|properties| child(properties, "pageBreakBefore").is_some());
        if heading.is_some() {
            // Headings are bold by their style. That is not emphasis.
            look.bold = Some(false);
        }
        let is_capitals = look.capitals == Some(true);
        let ParagraphRuns { runs, text_boxes } = RunReader::of(&mut self.context, node, look);
        let text_boxes = text_boxes.into_iter().map(|text_box| {
            let mut blocks = Vec::new();
            self.read_blocks(text_box, &mut blocks);
            blocks
        });
        let text_boxes = text_boxes.collect();
        let mark = match counted {
            Some((id, level)) if !is_blank(&runs) => self.numbering.next(&id, level),
            _ => None,
        };
        WordParagraph { runs, mark, heading, alignment, is_capitals, starts_page, text_boxes }
    }

    fn table(&mut self, node: Node<'_, '_>) -> WordTable {
        let has_borders = child(node, "tblPr").and_then(|p| child(p, "tblBorders")).is_some();
        let mut table = WordTable { has_borders, ..WordTable::default() };
        for row in node.children().filter(|child| child.tag_name().name() == "tr") {
            let is_header = child(row, "trPr").is_some_and(|p| child(p, "tblHeader").is_some());
            if is_header && table.header_rows == table.rows.len() {
                table.header_rows += 1;
            }
            let cells = row.children().filter(|child| child.tag_name().name() == "tc");
            let cells = cells.map(|cell| self.cell(cell)).collect();
            table.rows.push(cells);
        }
        table
    }

    fn cell(&mut self, node: Node<'_, '_>) -> WordCell {
        let properties = child(node, "tcPr");
        let span = properties
            .and_then(|p| child(p, "gridSpan"))
            .and_then(|span| attribute(span, "val")?.parse().ok());
        let columns = span.unwrap_or(1).clamp(1, MAX_COLUMNS);
        let merge = properties.and_then(|p| child(p, "vMerge"));
        let extends_above = merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
        let mut blocks = Vec::new();
        self.read_blocks(node, &mut blocks);
        WordCell { columns, extends_above, blocks }
    }
}
