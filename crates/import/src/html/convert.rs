//! Converts the elements of a page to blocks (such as paragraphs and tables) and runs (pieces of text in one style) of
//! an article. What an article cannot contain is left out and reported.

use cong_core::markdown_writer::{
    ArticleContent, ContentBlock, RunContent, RunStyle, TextRun, is_blank, is_layout, plain_blocks,
    script_text,
};
use cong_core::vietnamese::legacy::LegacyEncoding;
use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::fonts::PageFonts;
use super::kinds::{is_block, is_heading, is_hidden, is_named};
use super::media::caption_of;
use super::tables::HtmlCell;
use super::{junk, media, tables};
use crate::report::Omission;

/// The maximum nesting depth of elements. Of deeper elements, only the text is read.
const MAX_DEPTH: usize = 500;

#[derive(Debug, Default)]
pub struct ConvertedHtml {
    pub content: ArticleContent,
    /// The kinds of content that were left out, each once.
    pub left_out: Vec<Omission>,
}

pub fn convert(root: ElementRef<'_>, fonts: &PageFonts) -> ConvertedHtml {
    convert_nodes(&root.children().collect::<Vec<_>>(), fonts)
}

/// Converts nodes from different places of a page as if they were siblings.
pub fn convert_nodes(nodes: &[NodeRef<'_, Node>], fonts: &PageFonts) -> ConvertedHtml {
    let mut converter =
        HtmlConverter { fonts, out: Vec::new(), runs: Vec::new(), left_out: Vec::new() };
    for node in nodes {
        let around = node.parent().and_then(ElementRef::wrap);
        let legacy = around.and_then(|around| fonts.at(around));
        converter.node(*node, &ElementContext { legacy, ..ElementContext::default() });
    }
    converter.flush();
    let mut blocks = converter.out;
    demote_headings(&mut blocks);
    media::join_captions(&mut blocks);
    ConvertedHtml {
        content: ArticleContent { blocks, notes: Vec::new() },
        left_out: converter.left_out,
    }
}

/// Converts headings to paragraphs if they make up most of the text: they were then used only for larger letters.
fn demote_headings(blocks: &mut [ContentBlock]) {
    let length = |block: &ContentBlock| block.plain().len();
    let headings: usize =
        blocks.iter().filter(|block| matches!(block, ContentBlock::Heading(..))).map(length).sum();
    if headings * 2 <= blocks.iter().map(length).sum() {
        return;
    }
    for block in blocks {
        if let ContentBlock::Heading(_, runs) = block {
            *block = ContentBlock::Paragraph(std::mem::take(runs));
        }
    }
}

/// The properties that an element passes on to its descendants, such as bold type.
#[derive(Clone, Debug, Default)]
struct ElementContext {
    style: RunStyle,
    legacy: Option<LegacyEncoding>,
    depth: usize,
}

struct HtmlConverter<'a> {
    fonts: &'a PageFonts,
    /// The finished blocks of the element being read, such as a quotation or a list item.
    out: Vec<ContentBlock>,
    /// The runs of the paragraph being read.
    runs: Vec<TextRun>,
    left_out: Vec<Omission>,
}

impl HtmlConverter<'_> {
    fn children(&mut self, node: NodeRef<'_, Node>, context: &ElementContext) {
        node.children().for_each(|child| self.node(child, context));
    }

    fn node(&mut self, node: NodeRef<'_, Node>, context: &ElementContext) {
        match node.value() {
            Node::Text(text) => self.text(text, context),
            Node::Element(element) => self.element(node, element, context),
            _ => {}
        }
    }

    /// Runs `read`, and returns the blocks that it makes instead of adding them to the surrounding element.
    fn inside(&mut self, read: impl FnOnce(&mut Self)) -> Vec<ContentBlock> {
        let out = std::mem::take(&mut self.out);
        let runs = std::mem::take(&mut self.runs);
        read(self);
        self.flush();
        self.runs = runs;
        std::mem::replace(&mut self.out, out)
    }

    fn push(&mut self, block: ContentBlock) {
        self.flush();
        self.out.push(block);
    }

    fn leave_out(&mut self, what: Omission) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    fn text(&mut self, text: &str, context: &ElementContext) {
        let text = self.fonts.read(text, context.legacy);
        self.runs.push(TextRun { content: RunContent::Text(text), style: context.style.clone() });
    }

    fn push_content(&mut self, content: RunContent, context: &ElementContext) {
        self.runs.push(TextRun { content, style: context.style.clone() });
    }

    /// Ends the paragraph being read. Two line breaks in a row divide it into two paragraphs.
    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let mut paragraph: Vec<TextRun> = Vec::new();
        let mut after_break = false;
        for run in runs {
            let is_break = run.content == RunContent::Break;
            if is_break && after_break && !is_blank(&paragraph) {
                self.out.push(ContentBlock::Paragraph(std::mem::take(&mut paragraph)));
            }
            if is_break || !is_blank(std::slice::from_ref(&run)) {
                after_break = is_break;
            }
            paragraph.push(run);
        }
        if !is_blank(&paragraph) {
            self.out.push(ContentBlock::Paragraph(paragraph));
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element, outer: &ElementContext) {
        if outer.depth >= MAX_DEPTH {
            let text: String =
                ElementRef::wrap(node).map(|e| e.text().collect()).unwrap_or_default();
            return self.text(&text, outer);
        }
        if is_hidden(element) {
            return;
        }
        if let Some(name) = junk::is_beside_the_article(element) {
            if ElementRef::wrap(node).is_some_and(|e| e.text().any(|text| !text.trim().is_empty()))
            {
                self.leave_out(Omission::BesideArticle(name));
            }
            return;
        }
        let context = self.context(element, outer);
        match element.name() {
            "script" | "style" | "noscript" | "template" | "head" | "title" | "meta" | "link" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, element, &context),
            "br" => self.push_content(RunContent::Break, &context),
            "hr" => self.push(ContentBlock::Rule),
            "ul" | "ol" | "menu" | "dir" => self.list(node, element, &context),
            "blockquote" => {
                let inner = self.inside(|c| c.children(node, &context));
                if !inner.is_empty() {
                    self.push(ContentBlock::Quote(inner));
                }
            }
            "pre" | "xmp" | "listing" => self.code(node, &context),
            "table" => self.table(node, &context),
            "img" => self.image(element, &context),
            "figure" => self.figure(node, &context),
            "sup" | "sub" => self.script(node, element.name() == "sup", &context),
            "q" => {
                self.text("“", &context);
                self.children(node, &context);
                self.text("”", &context);
            }
            "iframe" | "video" | "audio" | "embed" | "object" => {
                self.embed(node, element, &context)
            }
            "input" | "select" | "textarea" | "button" => {
                if element.attr("type") != Some("hidden") {
                    self.leave_out(Omission::FormFields);
                }
            }
            "svg" | "canvas" | "math" | "applet" | "map" => {
                self.leave_out(Omission::Drawing(element.name().to_owned()));
            }
            name if is_block(name) => {
                self.flush();
                self.children(node, &context);
                self.flush();
            }
            _ => self.children(node, &context),
        }
    }

    fn context(&self, element: &Element, outer: &ElementContext) -> ElementContext {
        let mut context = ElementContext {
            style: outer.style.clone(),
            legacy: self.fonts.within(element, outer.legacy),
            depth: outer.depth + 1,
        };
        match element.name() {
            "b" | "strong" => context.style.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => context.style.italic = true,
            "s" | "strike" | "del" => context.style.struck = true,
            "a" => {
                let target = element.attr("href").map(str::trim).unwrap_or_default();
                // Anchors within the old page do not exist in the document.
                if !target.is_empty() && !target.starts_with('#') {
                    context.style.link = Some(target.to_owned());
                }
            }
            _ => {}
        }
        let style: String = element.attr("style").unwrap_or_default().to_lowercase();
        for declaration in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let (property, value) = (declaration.0.trim(), declaration.1.trim());
            match property {
                "font-weight" => {
                    context.style.bold = matches!(value, "bold" | "bolder" | "600" | "700" | "800")
                }
                "font-style" => context.style.italic = matches!(value, "italic" | "oblique"),
                "text-decoration" | "text-decoration-line" if value.contains("line-through") => {
                    context.style.struck = true;
                }
                _ => {}
            }
        }
        context
    }

    fn heading(&mut self, node: NodeRef<'_, Node>, element: &Element, context: &ElementContext) {
        let level = element.name().as_bytes().get(1).map_or(2, |digit| digit - b'0');
        let blocks = self.inside(|c| c.children(node, context));
        self.flush();
        for block in blocks {
            self.out.push(match block {
                // A picture, or a whole paragraph in large letters, is not a heading.
                ContentBlock::Paragraph(runs) if is_heading(&runs) => {
                    ContentBlock::Heading(level, runs)
                }
                other => other,
            });
        }
    }

    fn list(&mut self, node: NodeRef<'_, Node>, element: &Element, context: &ElementContext) {
        let is_ordered = element.name() == "ol";
        let start =
            element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1_u32);
        let mut items: Vec<Vec<ContentBlock>> = Vec::new();
        for child in node.children() {
            let is_item = child.value().as_element().is_some_and(|element| element.name() == "li");
            let blocks = self.inside(|c| match child.value() {
                Node::Element(item) if is_item => {
                    let context = c.context(item, context);
                    c.children(child, &context);
                }
                _ => c.node(child, context),
            });
            match items.last_mut() {
                _ if blocks.is_empty() => {}
                // A nested list that is a sibling of the items belongs to the item before it.
                Some(last) if !is_item => last.extend(blocks),
                _ => items.push(blocks),
            }
        }
        if !items.is_empty() {
            self.push(ContentBlock::List {
                start: is_ordered.then_some(start.min(999_999)),
                items,
            });
        }
    }

    fn code(&mut self, node: NodeRef<'_, Node>, context: &ElementContext) {
        let text: String = ElementRef::wrap(node).map(|e| e.text().collect()).unwrap_or_default();
        let text = self.fonts.read(&text, context.legacy);
        if !text.trim().is_empty() {
            self.push(ContentBlock::Code(text));
        }
    }

    /// Converts superscript or subscript to plain text: m², CO₂, 10^1,5.
    fn script(&mut self, node: NodeRef<'_, Node>, is_raised: bool, context: &ElementContext) {
        let text: String = ElementRef::wrap(node).map(|e| e.text().collect()).unwrap_or_default();
        let text = text.trim();
        let script = script_text(text, is_raised);
        let has_link = node.descendants().any(|inner| is_named(&inner, "a"));
        if has_link && script.starts_with(['^', '_']) {
            self.children(node, context);
        } else {
            self.text(&script, context);
        }
    }

    fn image(&mut self, element: &Element, context: &ElementContext) {
        let Some(address) = media::picture_address(element) else { return };
        let alt = self.fonts.read(element.attr("alt").unwrap_or_default(), context.legacy);
        let content = RunContent::Image { address: address.to_owned(), alt, title: String::new() };
        self.push_content(content, context);
    }

    fn figure(&mut self, node: NodeRef<'_, Node>, context: &ElementContext) {
        let captions = node.descendants().filter(|inner| is_named(inner, "figcaption"));
        let caption = plain_blocks(&self.inside(|c| {
            captions.for_each(|caption| c.children(caption, context));
        }));
        let mut blocks = self.inside(|c| c.children(node, context));
        // The caption was also read as a part of the figure.
        blocks.retain(|block| caption.is_empty() || block.plain() != caption);
        let is_placed =
            caption.is_empty() || blocks.iter_mut().any(|block| caption_of(block, &caption));
        self.flush();
        self.out.extend(blocks);
        if !is_placed {
            self.push(ContentBlock::Paragraph(vec![TextRun::text(caption)]));
        }
    }

    /// Converts an embedded player or page to a link.
    fn embed(&mut self, node: NodeRef<'_, Node>, element: &Element, context: &ElementContext) {
        let address = media::embedded_address(node, element);
        let name = element.name().to_owned();
        self.leave_out(Omission::Embedded { element: name, address: address.clone() });
        let Some(address) = address else { return };
        let mut linked = context.clone();
        linked.style.link = Some(address.clone());
        self.flush();
        self.push_content(RunContent::Text(address), &linked);
        self.flush();
    }

    /// Converts a table with data. A table that serves only for layout is replaced by the content of its cells.
    fn table(&mut self, node: NodeRef<'_, Node>, context: &ElementContext) {
        for caption in node.children().filter(|child| is_named(child, "caption")) {
            let blocks = self.inside(|c| c.children(caption, context));
            blocks.into_iter().for_each(|block| self.push(block));
        }
        let mut rows = tables::rows(node);
        let mut cell = |cell: &HtmlCell<'_>| self.inside(|c| c.children(cell.node, context));
        let read: Vec<Vec<_>> =
            rows.iter().map(|row| row.cells.iter().map(&mut cell).collect()).collect();
        let is_too_large = tables::is_too_large(&rows);
        if is_too_large {
            self.leave_out(Omission::LargeTable);
        }
        if is_too_large || is_layout(&read) {
            let mut blocks: Vec<_> = read.into_iter().flatten().flatten().collect();
            // The table contains only a picture and its caption.
            if let [picture, caption] = blocks.as_mut_slice()
                && caption_of(picture, &caption.plain())
            {
                blocks.pop();
            }
            blocks.into_iter().for_each(|block| self.push(block));
            return;
        }
        if tables::split_excessive_cells(&mut rows) {
            self.leave_out(Omission::LargeTable);
        }
        self.push(tables::table(&rows, &read));
    }
}
