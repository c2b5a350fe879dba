//! Reads the text of a Word file as blocks (paragraphs, headings, lists and tables), in order.

use std::collections::HashMap;

use cong_core::markdown_writer::{
    ContentBlock, ContentCell, ContentTable, TextRun, cell_runs, is_blank, is_layout, plain,
};
use roxmltree::Node;

use super::context::{WordBody, WordContext};
use super::lists::{MarkedParagraph, lists};
use super::numbering::{Numbering, ParagraphMark};
use super::package::WordPackage;
use super::paragraph::{ParagraphRuns, RunReader};
use super::styles::{WordStyles, numbering, outline};
use crate::problem::{WordError, WordOmission};
use crate::xml::{self, attribute, child};

/// The maximum number of columns that a table cell can span. A larger span is reduced to this number, so that a crafted
/// file cannot fill the memory.
const MAX_COLUMNS: usize = 60;

struct BodyReader<'p, 'a> {
    context: WordContext<'p, 'a>,
    numbering: Numbering,
    items: Vec<MarkedParagraph>,
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
    let mut reader = BodyReader { context, numbering, items: Vec::new() };
    for (part, is_end) in [("footnotes", false), ("endnotes", true)] {
        reader.read_notes(&format!("{folder}/{part}.xml"), is_end)?;
    }
    let mut blocks = Vec::new();
    if let Some(body) = child(document.root_element(), "body") {
        reader.blocks(body, &mut blocks);
    }
    reader.context.found.content.blocks = blocks;
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
                self.blocks(note, &mut blocks);
                self.context.notes.insert((id.to_owned(), is_end), blocks);
            }
        }
        self.context.relations = outer;
        Ok(())
    }

    fn blocks(&mut self, node: Node<'_, '_>, out: &mut Vec<ContentBlock>) {
        self.read_blocks(node, out);
        self.end_list(out);
    }

    fn read_blocks(&mut self, node: Node<'_, '_>, out: &mut Vec<ContentBlock>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => self.paragraph(child, out),
                "tbl" => {
                    self.end_list(out);
                    self.table(child, out);
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                    self.read_blocks(child, out)
                }
                "altChunk" => self.context.leave_out(WordOmission::InsertedPart),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>, out: &mut Vec<ContentBlock>) {
        let properties = child(node, "pPr");
        let style =
            properties.and_then(|p| child(p, "pStyle")).and_then(|style| attribute(style, "val"));
        let mut look = self.context.styles.look(style);
        let heading = look.heading.or_else(|| properties.and_then(outline));
        let counted = properties.and_then(numbering).or_else(|| look.numbering.clone());
        if heading.is_some() {
            // Headings are bold by their style. That is not emphasis.
            look.bold = Some(false);
        }
        let ParagraphRuns { mut runs, text_boxes } = RunReader::of(&mut self.context, node, look);
        // The text of the text boxes is placed after the paragraph.
        let mut later = Vec::new();
        for text_box in text_boxes {
            let outer = std::mem::take(&mut self.items);
            self.blocks(text_box, &mut later);
            self.items = outer;
        }
        if !is_blank(&runs) {
            let mark =
                counted.and_then(|(id, level)| Some((self.numbering.next(&id, level)?, level)));
            let number = match (&mark, heading) {
                (Some((ParagraphMark::Number(number), _)), Some(_)) => Some(format!("{number}.")),
                (Some((ParagraphMark::Label(label), _)), _) => Some(label.clone()),
                _ => None,
            };
            if let Some(label) = number {
                runs.insert(0, TextRun::text(format!("{label} ")));
            }
            match (heading, mark) {
                (Some(0), _) if self.context.found.title.is_none() && plain(&runs).len() > 3 => {
                    self.end_list(out);
                    self.context.found.title = Some(plain(&runs));
                }
                (Some(level), _) => {
                    self.end_list(out);
                    out.push(ContentBlock::Heading(level.max(1), runs));
                }
                (
                    None,
                    Some((mark @ (ParagraphMark::Bullet | ParagraphMark::Number(_)), level)),
                ) => {
                    let number =
                        if let ParagraphMark::Number(number) = mark { Some(number) } else { None };
                    let block = ContentBlock::Paragraph(runs);
                    self.items.push(MarkedParagraph { level, number, block });
                }
                _ => {
                    self.end_list(out);
                    out.push(ContentBlock::Paragraph(runs));
                }
            }
        }
        if !later.is_empty() {
            self.end_list(out);
            out.extend(later);
        }
    }

    fn end_list(&mut self, out: &mut Vec<ContentBlock>) {
        let items = std::mem::take(&mut self.items);
        out.extend(lists(items));
    }

    fn table(&mut self, node: Node<'_, '_>, out: &mut Vec<ContentBlock>) {
        let mut rows: Vec<Vec<Vec<ContentBlock>>> = Vec::new();
        let mut is_merged = false;
        for row in node.children().filter(|child| child.tag_name().name() == "tr") {
            let mut line: Vec<Vec<ContentBlock>> = Vec::new();
            for cell in row.children().filter(|child| child.tag_name().name() == "tc") {
                let properties = child(cell, "tcPr");
                let span = properties
                    .and_then(|p| child(p, "gridSpan"))
                    .and_then(|span| attribute(span, "val")?.parse().ok());
                let span: usize = span.unwrap_or(1).clamp(1, MAX_COLUMNS);
                let merge = properties.and_then(|p| child(p, "vMerge"));
                let hangs = merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
                let mut blocks = Vec::new();
                let outer = std::mem::take(&mut self.items);
                self.blocks(cell, &mut blocks);
                self.items = outer;
                if hangs && let Some(above) = rows.last().and_then(|above| above.get(line.len())) {
                    blocks.clone_from(above);
                }
                is_merged |= span > 1 || merge.is_some();
                line.push(blocks);
                for _ in 1..span {
                    // In the header (the first row), a merged cell is repeated in each of its columns. In other rows,
                    // it fills only the first of its columns.
                    let copy = if rows.is_empty() {
                        line.last().cloned().unwrap_or_default()
                    } else {
                        Vec::new()
                    };
                    line.push(copy);
                }
            }
            rows.push(line);
        }
        let once = |row: &Vec<Vec<ContentBlock>>| {
            let mut row = row.clone();
            row.dedup();
            row
        };
        if is_layout(&rows.iter().map(once).collect::<Vec<_>>()) {
            out.extend(rows.iter().flat_map(once).flatten());
            return;
        }
        if is_merged {
            self.context.leave_out(WordOmission::MergedCells);
        }
        let cell = |cell: &Vec<ContentBlock>| ContentCell::Text(cell_runs(cell));
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        out.push(ContentBlock::Table(ContentTable { header_rows: 1, rows }));
    }
}
