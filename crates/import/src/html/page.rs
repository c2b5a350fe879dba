//! A parsed page, and functions to read its text and find its elements by name.

use std::collections::HashSet;

use cong_core::vietnamese::legacy::LegacyEncoding;
use cong_core::vietnamese::visible_line;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use super::fonts::PageFonts;
use super::junk;

pub struct SavedPage {
    pub html: Html,
    pub fonts: PageFonts,
    /// Elements that contain most of the page although their id or class is that of a part beside the article, such as
    /// a sidebar.
    frames: HashSet<NodeId>,
}

impl SavedPage {
    pub fn parse(text: &str) -> Self {
        let html = Html::parse_document(text);
        let fonts = PageFonts::of(&html);
        let frames = frames(&html);
        Self { html, fonts, frames }
    }

    /// Whether an element is a part beside the article, such as a menu, by its name, id and classes.
    pub fn is_beside(&self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        junk::is_beside_the_article(element).is_some() && !self.is_frame(node)
    }

    /// Whether an element contains the article although its id or class is that of a part beside it, such as an element
    /// with the classes `main` and `has-sidebar`.
    pub fn is_frame(&self, node: NodeRef<'_, Node>) -> bool {
        self.frames.contains(&node.id())
    }

    pub fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        // Selectors are constants of this program; an invalid one finds nothing.
        Selector::parse(selector)
            .map(|found| self.html.select(&found).collect())
            .unwrap_or_default()
    }

    /// The elements whose id or class is in `names`, a list separated by spaces. Case and punctuation are ignored. An
    /// id or class that ends in a name of at least seven letters matches too.
    pub fn named<'a>(&'a self, names: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
        let elements = self.html.tree.nodes().filter_map(ElementRef::wrap);
        elements.filter(move |element| {
            junk::names(element.value()).any(|name| {
                names
                    .split(' ')
                    .any(|known| name == known || known.len() >= 7 && name.ends_with(known))
            })
        })
    }

    /// The text of an element on one line, without scripts.
    pub fn text(&self, element: ElementRef<'_>) -> String {
        self.lines(element).join(" ")
    }

    /// The text of an element as lines, one for each block.
    pub fn lines(&self, element: ElementRef<'_>) -> Vec<String> {
        let mut reader = LineReader::new(self, self.fonts.at(element));
        for edge in element.traverse() {
            reader.edge(&edge);
        }
        reader.finish()
    }

    /// The lines of an article's text, without parts beside the article such as menus and lists of related articles.
    pub fn lines_of_article(&self, element: ElementRef<'_>) -> Vec<String> {
        let mut reader = LineReader::new(self, self.fonts.at(element));
        reader.skips_junk = true;
        // The id or class of the article's element may name a part of it, so only its children are tested.
        for edge in element.children().flat_map(|child| child.traverse()) {
            reader.edge(&edge);
        }
        reader.finish()
    }

    /// The lines from the end of `after`, or from the beginning of the page, to the beginning of `before`.
    pub fn lines_between(
        &self,
        after: Option<ElementRef<'_>>,
        before: ElementRef<'_>,
    ) -> Vec<String> {
        let mut reader = LineReader::new(self, None);
        reader.skips_junk = true;
        let mut is_between = after.is_none();
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if node.id() == before.id() => break,
                Edge::Close(node) if Some(node.id()) == after.map(|after| after.id()) => {
                    is_between = true
                }
                edge if is_between => reader.edge(&edge),
                _ => {}
            }
        }
        reader.finish()
    }

    /// At most `count` lines of text that follow an element, up to the heading of a list of other articles.
    pub fn lines_after(&self, element: ElementRef<'_>, count: usize) -> Vec<String> {
        let mut reader = LineReader::new(self, None);
        reader.skips_junk = true;
        let mut is_after = false;
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Close(node) if node.id() == element.id() => is_after = true,
                edge if is_after && reader.lines.len() < count => reader.edge(&edge),
                _ => {}
            }
        }
        let mut lines = reader.finish();
        let others = lines.iter().position(|line| junk::heads_others(line));
        lines.truncate(others.unwrap_or(count));
        lines
    }

    /// The content of the first `<meta>` element with this name, property or itemprop.
    pub fn meta(&self, name: &str) -> Option<String> {
        let metas = self.select("meta");
        let found = metas.iter().map(|meta| meta.value()).find(|meta| {
            ["property", "name", "itemprop"]
                .iter()
                .any(|key| meta.attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
        });
        let content = self.fonts.read(found?.attr("content")?, None);
        Some(visible_line(&content)).filter(|content| !content.is_empty())
    }
}

/// Finds the elements whose id or class is that of a part beside the article, but that contain more than two thirds of
/// the page's text outside links.
fn frames(html: &Html) -> HashSet<NodeId> {
    let is_unread =
        |element: &Element| matches!(element.name(), "script" | "style" | "noscript" | "a");
    let (mut read, mut unread) = (0_usize, 0_usize);
    // Elements with such an id or class: `open` contains those that have not ended yet, each with the number of bytes
    // before it, and `closed` those that have ended, each with the number of bytes in it.
    let mut open: Vec<(NodeId, usize)> = Vec::new();
    let mut closed: Vec<(NodeId, usize)> = Vec::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if unread == 0 => read += text.trim().len(),
                Node::Element(element) => {
                    unread += usize::from(is_unread(element));
                    if junk::is_beside_the_article(element).is_some() || junk::is_footer(element) {
                        open.push((node.id(), read));
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                unread -= usize::from(node.value().as_element().is_some_and(is_unread));
                if let Some((id, before)) = open.pop_if(|(id, _)| *id == node.id()) {
                    closed.push((id, read - before));
                }
            }
        }
    }
    closed.into_iter().filter(|(_, length)| length * 3 > read * 2).map(|(id, _)| id).collect()
}

struct LineReader<'a> {
    page: &'a SavedPage,
    legacy: Vec<Option<LegacyEncoding>>,
    silent: usize,
    /// Whether this `LineReader` skips the parts beside the article, such as menus.
    skips_junk: bool,
    line: String,
    lines: Vec<String>,
}

impl<'a> LineReader<'a> {
    fn new(page: &'a SavedPage, legacy: Option<LegacyEncoding>) -> Self {
        Self {
            page,
            legacy: vec![legacy],
            silent: 0,
            skips_junk: false,
            line: String::new(),
            lines: Vec::new(),
        }
    }

    fn edge(&mut self, edge: &Edge<'_, Node>) {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let is_open = matches!(edge, Edge::Open(_));
        match node.value() {
            Node::Text(text) if is_open && self.silent == 0 => {
                let legacy = self.legacy.last().copied().flatten();
                self.line.push_str(&self.page.fonts.read(text, legacy));
            }
            Node::Element(element) => {
                if !matches!(
                    element.name(),
                    "b" | "i"
                        | "u"
                        | "em"
                        | "strong"
                        | "font"
                        | "span"
                        | "a"
                        | "sup"
                        | "sub"
                        | "time"
                ) {
                    self.end_line();
                }
                let is_silent = matches!(
                    element.name(),
                    "script" | "style" | "noscript" | "head" | "select" | "textarea"
                ) || self.skips_junk && self.page.is_beside(*node, element);
                if is_open {
                    let outer = self.legacy.last().copied().flatten();
                    self.legacy.push(self.page.fonts.within(element, outer));
                    self.silent += usize::from(is_silent);
                } else {
                    if self.legacy.len() > 1 {
                        self.legacy.pop();
                    }
                    self.silent = self.silent.saturating_sub(usize::from(is_silent));
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = visible_line(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_line();
        self.lines
    }
}
