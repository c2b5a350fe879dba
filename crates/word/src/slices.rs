//! Divides the XML of a part into slices that are parsed one after the other, because the parser needs many times the
//! memory of its text. Each slice is a complete XML document: the tags of the elements around it are repeated.

use crate::tags::{TagKind, XmlTag, XmlTags};
use crate::xml::{DepthGuard, XmlError};

/// A slice ends at the first possible place after this number of bytes.
const SLICE_BYTES: usize = 128 * 1024;

/// Elements that may be divided between slices. All others stay whole.
const DIVISIBLE: [&str; 10] = [
    "document",
    "body",
    "tbl",
    "sdt",
    "sdtContent",
    "customXml",
    "ins",
    "moveTo",
    "footnotes",
    "endnotes",
];

pub struct XmlSlice {
    pub text: String,
    /// Whether the slice begins within a table, whose first rows are in the slices before.
    pub continues_table: bool,
}

pub struct XmlSlices<'a> {
    text: &'a str,
    tags: XmlTags<'a>,
    guard: DepthGuard,
    /// The divisible elements around the current position.
    open: Vec<XmlTag<'a>>,
    /// The number of open elements, from the outermost one that must stay whole.
    whole: usize,
    /// The byte position at which the next slice begins.
    start: usize,
    /// The opening tags of the elements around this position.
    before: String,
    continues_table: bool,
}

impl<'a> XmlSlices<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            tags: XmlTags::of(text),
            guard: DepthGuard::default(),
            open: Vec::new(),
            whole: 0,
            start: 0,
            before: String::new(),
            continues_table: false,
        }
    }

    /// Reads a tag. Returns whether the text may be divided after this tag.
    fn pass(&mut self, tag: XmlTag<'a>) -> bool {
        match tag.kind {
            TagKind::Open if self.whole > 0 => self.whole += 1,
            TagKind::Open if DIVISIBLE.contains(&tag.local_name()) => self.open.push(tag),
            TagKind::Open => self.whole = 1,
            TagKind::Close if self.whole > 0 => self.whole -= 1,
            TagKind::Close => {
                self.open.pop();
            }
            TagKind::Empty => {}
        }
        self.whole == 0 && !self.open.is_empty()
    }

    fn slice(&mut self, end: usize) -> XmlSlice {
        let mut text = std::mem::take(&mut self.before);
        text.push_str(self.text.get(self.start..end).unwrap_or_default());
        let continues_table = self.continues_table;
        for tag in self.open.iter().rev() {
            text.push_str(&format!("</{}>", tag.name));
        }
        self.start = end;
        self.before =
            self.open.iter().filter_map(|tag| self.text.get(tag.start..tag.end)).collect();
        self.continues_table = self.open.iter().any(|tag| tag.local_name() == "tbl");
        XmlSlice { text, continues_table }
    }
}

impl Iterator for XmlSlices<'_> {
    type Item = Result<XmlSlice, XmlError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.start >= self.text.len() {
            return None;
        }
        // Long tags around a slice make the slice longer, so that repeating the tags costs little.
        let length = SLICE_BYTES.max(4 * self.before.len());
        while let Some(tag) = self.tags.next() {
            if let Err(error) = self.guard.pass(&tag) {
                self.start = self.text.len();
                return Some(Err(error));
            }
            if self.pass(tag) && tag.end - self.start >= length {
                return Some(Ok(self.slice(tag.end)));
            }
        }
        // The last slice gets no closing tags, so that the parser reports elements that the text does not close.
        self.open.clear();
        Some(Ok(self.slice(self.text.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::parse_part;

    #[test]
    fn slices_have_all_the_text_and_mark_continued_tables() {
        let paragraph = format!("<w:p>{}</w:p>", "a".repeat(1_000));
        let row = format!("<w:tr>{}</w:tr>", paragraph.repeat(10));
        let text = format!(
            "<w:document xmlns:w=\"w\"><w:body>{}<w:tbl>{}</w:tbl><w:p/></w:body></w:document>",
            paragraph.repeat(200),
            row.repeat(40)
        );
        let slices: Vec<_> = XmlSlices::of(&text).collect::<Result<_, _>>().unwrap();
        assert!(slices.len() > 3, "{}", slices.len());
        let count = |slice: &XmlSlice, name: &str| {
            let document = parse_part(&slice.text).unwrap();
            document.descendants().filter(|node| node.tag_name().name() == name).count()
        };
        assert_eq!(slices.iter().map(|slice| count(slice, "p")).sum::<usize>(), 601);
        assert_eq!(slices.iter().map(|slice| count(slice, "tr")).sum::<usize>(), 40);
        let continued = slices.iter().filter(|slice| slice.continues_table).count();
        assert_eq!(continued, slices.iter().map(|slice| count(slice, "tbl")).sum::<usize>() - 1);
        let cut = text.trim_end_matches("</w:body></w:document>");
        let cut: Vec<_> = XmlSlices::of(cut).collect::<Result<_, _>>().unwrap();
        assert!(cut.last().is_some_and(|slice| parse_part(&slice.text).is_err()));
    }
}
