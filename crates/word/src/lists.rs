//! Builds nested lists. A Word file stores a list only as paragraphs, each with a list marker and a level.

use cong_core::markdown_writer::ContentBlock;

/// A paragraph with a list marker, before it becomes an item of a list. `number` is `None` if the marker is a bullet.
pub struct MarkedParagraph {
    pub level: usize,
    pub number: Option<u32>,
    pub block: ContentBlock,
}

/// Groups consecutive paragraphs into lists and nested lists, by their levels and list markers. A list continues while
/// its numbers follow each other; an item with another number starts a new list, so that Markdown shows its number.
pub fn lists(items: Vec<MarkedParagraph>) -> Vec<ContentBlock> {
    let mut out: Vec<ContentBlock> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(first) = items.next() {
        let (level, start) = (first.level, first.number);
        let mut number = start;
        let mut entries = vec![vec![first.block]];
        while let Some(next) = items.peek() {
            if next.level > level {
                let mut inner = Vec::new();
                while let Some(item) = items.next_if(|item| item.level > level) {
                    inner.push(item);
                }
                if let Some(last) = entries.last_mut() {
                    last.extend(lists(inner));
                }
            } else if next.level == level && next.number == number.map(|number| number + 1) {
                number = next.number;
                entries.extend(items.next().map(|item| vec![item.block]));
            } else {
                break;
            }
        }
        out.push(ContentBlock::List { start, items: entries });
    }
    out
}
