//! Reads a table: its rows and cells, also those in content controls, and merged cells.

use roxmltree::Node;

use crate::alternatives::chosen_branch;
use crate::block::{WordBlock, WordCell, WordTable};
use crate::body::{BodyReader, is_empty};
use crate::content_control::shown_content;
use crate::problem::WordOmission;
use crate::styles::has_borders;
use crate::xml::{attribute, child, flag, value};

/// The maximum number of columns that a table cell can span. A larger span is reduced to this number, so that a crafted
/// file cannot fill the memory.
const MAX_COLUMNS: u16 = 60;

/// Collects the rows of a table or the cells of a row: the elements with this name in `node`, also those in content
/// controls, in custom XML and in tracked insertions. The second value says whether the content is shown: the
/// placeholder of a content control keeps its rows and cells, but not its text.
fn parts<'a, 'i>(node: Node<'a, 'i>, name: &str, out: &mut Vec<(Node<'a, 'i>, bool)>) {
    for child_node in node.children().filter(Node::is_element) {
        match child_node.tag_name().name() {
            found if found == name => out.push((child_node, true)),
            "sdt" => {
                let first = out.len();
                if let Some(content) = child(child_node, "sdtContent") {
                    parts(content, name, out);
                }
                if shown_content(child_node).is_none() {
                    out.iter_mut().skip(first).for_each(|(_, is_shown)| *is_shown = false);
                }
            }
            "customXml" | "ins" | "moveTo" | "smartTag" => parts(child_node, name, out),
            "AlternateContent" => {
                if let Some(branch) = chosen_branch(child_node) {
                    parts(branch, name, out);
                }
            }
            _ => {}
        }
    }
}

impl BodyReader<'_, '_> {
    /// Reads the rows of a table and adds them to `table`.
    pub fn table(&mut self, node: Node<'_, '_>, mut table: WordTable) -> WordTable {
        if let Some(properties) = child(node, "tblPr") {
            let style = value(properties, "tblStyle");
            let styled = style.is_some_and(|style| self.context.styles.has_table_borders(style));
            table.has_borders = match child(properties, "tblBorders") {
                Some(_) => has_borders(properties),
                None => styled,
            };
        }
        let mut rows = Vec::new();
        parts(node, "tr", &mut rows);
        for (row, is_shown) in rows {
            let properties = child(row, "trPr");
            let has = |name: &str| properties.is_some_and(|node| child(node, name).is_some());
            if has("del") || has("moveFrom") {
                self.context.leave_out(WordOmission::DeletedText);
                continue;
            }
            if has("ins") || has("moveTo") {
                self.context.leave_out(WordOmission::TrackedChanges);
            }
            let is_header = properties.is_some_and(|node| flag(node, "tblHeader") == Some(true));
            if is_header && table.header_rows == table.rows.len() {
                table.header_rows += 1;
            }
            let row = self.row(row, is_shown, &mut table);
            table.rows.push(row);
        }
        table
    }

    fn row(&mut self, node: Node<'_, '_>, is_shown: bool, table: &mut WordTable) -> Vec<WordCell> {
        let properties = child(node, "trPr");
        let mut skipped = |name: &str| {
            let count = properties.and_then(|node| value(node, name)?.parse().ok()).unwrap_or(0);
            let count = self.context.take_columns(u16::min(count, MAX_COLUMNS));
            vec![WordCell { columns: 1, ..WordCell::default() }; usize::from(count)]
        };
        let (mut cells, after) = (skipped("gridBefore"), skipped("gridAfter"));
        let mut found = Vec::new();
        parts(node, "tc", &mut found);
        for (cell, is_cell_shown) in found {
            let properties = child(cell, "tcPr");
            if properties.is_some_and(|node| child(node, "cellDel").is_some()) {
                self.context.leave_out(WordOmission::DeletedText);
                continue;
            }
            table.has_borders |= properties.is_some_and(has_borders);
            let read = self.cell(cell, is_shown && is_cell_shown, table.rows.is_empty());
            let merge = properties.and_then(|node| child(node, "hMerge"));
            let extends_left =
                merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
            match cells.last_mut().filter(|_| extends_left) {
                Some(left) => left.columns = (left.columns + read.columns).min(MAX_COLUMNS),
                None => cells.push(read),
            }
        }
        cells.extend(after);
        cells.shrink_to_fit();
        cells
    }

    fn cell(&mut self, node: Node<'_, '_>, is_shown: bool, is_in_first_row: bool) -> WordCell {
        let properties = child(node, "tcPr");
        let span = properties.and_then(|node| value(node, "gridSpan")?.parse().ok());
        let columns = span.unwrap_or(1).clamp(1, MAX_COLUMNS);
        let columns = 1 + self.context.take_columns(columns - 1);
        let merge = properties.and_then(|node| child(node, "vMerge"));
        let extends_above = !is_in_first_row
            && merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
        let mut blocks = if is_shown { self.read_story(node) } else { Vec::new() };
        blocks.retain(
            |block| !matches!(block, WordBlock::Paragraph(paragraph) if is_empty(paragraph)),
        );
        blocks.shrink_to_fit();
        WordCell { columns, extends_above, blocks }
    }
}
