//! Reads a paragraph: its runs, its heading level, and its label.

use roxmltree::Node;

use crate::block::WordParagraph;
use crate::body::BodyReader;
use crate::numbering::ParagraphMark;
use crate::problem::WordOmission;
use crate::runs::RunReader;
use crate::styles::{alignment, numbering, outline};
use crate::xml::{attribute, child, flag, value};

impl BodyReader<'_, '_> {
    /// Reads a paragraph. Also returns whether the paragraph continues in the next one.
    pub fn paragraph(&mut self, node: Node<'_, '_>) -> (WordParagraph, bool) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|properties| value(properties, "pStyle"));
        let mut look = self.context.styles.look(style);
        let own_outline = properties.and_then(outline);
        let heading = own_outline.or(look.outline).flatten();
        if heading.is_some() {
            // Headings are bold by their style. That is not emphasis.
            look.bold = Some(false);
        }
        let alignment = properties.and_then(alignment).or(look.alignment).unwrap_or_default();
        let is_capitals = look.capitals == Some(true);
        let goes_on = properties.is_some_and(goes_on);
        let mark = if goes_on { None } else { self.mark(properties, style).map(Box::new) };
        self.report_changes(properties);
        let found = RunReader::of(&mut self.context, node, look);
        let breaks = properties.is_some_and(|p| flag(p, "pageBreakBefore") == Some(true));
        let starts_page =
            (std::mem::take(&mut self.starts_page) | breaks) || found.begins_with_page_break();
        let is_section_end = properties.is_some_and(|p| child(p, "sectPr").is_some());
        let next_section = if is_section_end { self.sections.next() } else { None };
        self.starts_page = found.ends_with_page_break() || next_section == Some(true);
        let runs = found.runs;
        let text_boxes = found.text_boxes.into_iter().map(|content| {
            let fields = std::mem::take(&mut self.context.fields);
            let page = std::mem::take(&mut self.starts_page);
            let blocks = self.read_story(content);
            self.context.fields = fields;
            self.starts_page = page;
            blocks
        });
        let text_boxes = text_boxes.collect();
        let paragraph =
            WordParagraph { runs, mark, heading, alignment, is_capitals, starts_page, text_boxes };
        (paragraph, goes_on)
    }

    /// Counts the paragraph, if it is numbered, and returns its list marker or label.
    fn mark(
        &mut self,
        properties: Option<Node<'_, '_>>,
        style: Option<&str>,
    ) -> Option<ParagraphMark> {
        let own = properties.map(numbering).unwrap_or_default();
        let (styled, styles) = self.context.styles.numbering(style);
        let is_own = own.id.is_some();
        let id = own.id.or(styled.id)?;
        let definitions = self.context.numbering.definitions();
        // A level of the numbering can name the paragraph style to which it belongs.
        let level = own
            .level
            .or_else(|| styles.iter().find_map(|style| definitions.level_of_style(&id, style)))
            .or(styled.level.filter(|_| !is_own))
            .unwrap_or(0);
        let mark = self.context.numbering.next(&id, level)?;
        self.context.found.words.add_generated(&mark.text);
        Some(mark)
    }

    fn report_changes(&mut self, properties: Option<Node<'_, '_>>) {
        let Some(end) = properties.and_then(|properties| child(properties, "rPr")) else { return };
        if child(end, "ins").is_some() || child(end, "moveTo").is_some() {
            self.context.leave_out(WordOmission::TrackedChanges);
        }
        if child(end, "del").is_some() || child(end, "moveFrom").is_some() {
            self.context.leave_out(WordOmission::DeletedText);
        }
    }
}

/// Whether a paragraph continues in the next one: the mark at its end is deleted or hidden, or the paragraph is a
/// large first letter (drop cap).
fn goes_on(properties: Node<'_, '_>) -> bool {
    let is_drop_cap = child(properties, "framePr")
        .and_then(|frame| attribute(frame, "dropCap"))
        .is_some_and(|kind| kind != "none");
    let end = child(properties, "rPr");
    let is_deleted = end.is_some_and(|end| {
        child(end, "del").is_some()
            || child(end, "moveFrom").is_some()
            || flag(end, "vanish") == Some(true) && flag(end, "specVanish") != Some(true)
    });
    is_drop_cap || is_deleted
}
