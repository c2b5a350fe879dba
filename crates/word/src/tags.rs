//! Finds the tags in XML text without the parser, which needs many times the memory of the text.

/// A tag in XML text: its start and end as byte positions, and its name with the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlTag<'a> {
    pub start: usize,
    pub end: usize,
    pub kind: TagKind,
    pub name: &'a str,
    /// The number of quoted values in the tag.
    pub values: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    Open,
    Close,
    Empty,
}

impl<'a> XmlTag<'a> {
    /// The name without its prefix.
    pub fn local_name(&self) -> &'a str {
        self.name.rsplit_once(':').map_or(self.name, |(_, local)| local)
    }
}

/// The tags of a text in order. Comments, CDATA sections, processing instructions and declarations are skipped.
pub struct XmlTags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> XmlTags<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn skip_past(&mut self, from: usize, end: &str) {
        let rest = self.text.get(from..).unwrap_or_default();
        self.at = rest.find(end).map_or(self.text.len(), |found| from + found + end.len());
    }

    /// Returns the position after the tag that begins at `start`, and the number of quoted values in the tag.
    fn end_of_tag(&self, start: usize) -> (usize, usize) {
        let mut quote = None;
        let mut values = 0;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        for (index, byte) in bytes.iter().enumerate() {
            match (quote, byte) {
                (None, b'>') => return (start + index + 1, values),
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), byte) if open == *byte => {
                    quote = None;
                    values += 1;
                }
                _ => {}
            }
        }
        (self.text.len(), values)
    }
}

impl<'a> Iterator for XmlTags<'a> {
    type Item = XmlTag<'a>;

    fn next(&mut self) -> Option<XmlTag<'a>> {
        loop {
            let start = self.at + self.text.get(self.at..)?.find('<')?;
            let rest = self.text.get(start + 1..)?;
            if rest.starts_with("![CDATA[") {
                self.skip_past(start, "]]>");
            } else if rest.starts_with("!--") {
                self.skip_past(start + 4, "-->");
            } else if rest.starts_with('?') {
                self.skip_past(start, "?>");
            } else if rest.starts_with('!') {
                self.skip_past(start, ">");
            } else {
                let (end, values) = self.end_of_tag(start);
                self.at = end;
                let tag = self.text.get(start..end)?;
                let kind = if tag.starts_with("</") {
                    TagKind::Close
                } else if tag.ends_with("/>") {
                    TagKind::Empty
                } else {
                    TagKind::Open
                };
                let name = tag.trim_start_matches(['<', '/']);
                let length = name.find(|c: char| c.is_whitespace() || c == '/' || c == '>');
                let name = name.get(..length.unwrap_or(name.len())).unwrap_or_default();
                return Some(XmlTag { start, end, kind, name, values });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_beside_comments_data_and_quoted_angle_brackets() {
        let text = "<?xml a='<b>'?><!-- <c> --><d e=\"</f>\" g='>'><![CDATA[<h>]]><i:j/></d>";
        let tags: Vec<_> = XmlTags::of(text).map(|tag| (tag.local_name(), tag.kind)).collect();
        assert_eq!(tags, [("d", TagKind::Open), ("j", TagKind::Empty), ("d", TagKind::Close)]);
    }
}
