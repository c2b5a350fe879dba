//! Reads one paragraph as runs. A run is a piece of text in one style, a picture, a line break or a reference to a
//! note.

use cong_core::markdown_writer::{RunContent, RunStyle, TextRun, script_text};
use cong_core::vietnamese::legacy::{LegacyEncoding, repair};
use roxmltree::Node;

use super::context::WordContext;
use super::styles::WordStyle;
use crate::problem::WordOmission;
use crate::xml::{attribute, child, text};

/// Text in one encoding and one style, before it is decoded to Unicode. It is collected over several runs of the Word
/// file, because in legacy encodings (TCVN3, VNI) a letter and its tone mark may be in different runs.
struct UndecodedText {
    text: String,
    legacy: Option<LegacyEncoding>,
    style: RunStyle,
}

/// The runs of a paragraph, and the elements of the text boxes in it, which contain further paragraphs.
#[derive(Default)]
pub struct ParagraphRuns<'d, 'i> {
    pub runs: Vec<TextRun>,
    pub text_boxes: Vec<Node<'d, 'i>>,
}

/// Reads the runs of a paragraph.
pub struct RunReader<'r, 'p, 'a, 'd, 'i> {
    context: &'r mut WordContext<'p, 'a>,
    look: WordStyle,
    found: ParagraphRuns<'d, 'i>,
    raw: Option<UndecodedText>,
    /// The field that is being read, such as a hyperlink: its instruction, and whether its result has begun.
    field: Option<(String, bool)>,
}

impl<'r, 'p, 'a, 'd, 'i> RunReader<'r, 'p, 'a, 'd, 'i> {
    /// Reads the runs of a paragraph. `look` is the style of the paragraph.
    pub fn of(
        context: &'r mut WordContext<'p, 'a>,
        paragraph: Node<'d, 'i>,
        look: WordStyle,
    ) -> ParagraphRuns<'d, 'i> {
        let found = ParagraphRuns::default();
        let mut reader = Self { context, look, found, raw: None, field: None };
        reader.children(paragraph, None);
        reader.flush();
        reader.found
    }

    fn children(&mut self, node: Node<'d, 'i>, link: Option<&str>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "r" => self.run(child, link),
                "hyperlink" => {
                    let target = attribute(child, "id").and_then(|id| self.context.external(id));
                    self.children(child, target.as_deref().or(link));
                }
                "ins" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml"
                | "moveTo" | "dir" | "bdo" => {
                    self.children(child, link);
                }
                "del" | "moveFrom" => {
                    self.context.leave_out(WordOmission::DeletedText);
                }
                "oMath" | "oMathPara" => {
                    self.context.leave_out(WordOmission::Formula);
                    let style = RunStyle { link: link.map(str::to_owned), ..RunStyle::default() };
                    self.push_text(&text(child), None, style);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node<'d, 'i>, link: Option<&str>) {
        let properties = child(run, "rPr");
        let styled =
            properties.and_then(|p| child(p, "rStyle")).and_then(|style| attribute(style, "val"));
        let own = properties.map(WordStyle::of_run).unwrap_or_default();
        let named = styled.map(|id| self.context.styles.own(id)).unwrap_or_default();
        let look = own.or(&named).or(&self.look);
        if look.hidden == Some(true) {
            self.context.leave_out(WordOmission::HiddenText);
            return;
        }
        let raised = properties
            .and_then(|p| child(p, "vertAlign"))
            .and_then(|align| attribute(align, "val"));
        let by_field = self
            .field
            .as_ref()
            .filter(|(_, has_result)| *has_result)
            .and_then(|(instruction, _)| target(instruction));
        let style = RunStyle {
            bold: look.bold == Some(true),
            italic: look.italic == Some(true),
            struck: look.struck == Some(true),
            link: link.map(str::to_owned).or(by_field),
        };
        for part in run.children().filter(Node::is_element) {
            self.part(part, &style, look.legacy.flatten(), raised);
        }
    }

    fn part(
        &mut self,
        part: Node<'d, 'i>,
        style: &RunStyle,
        legacy: Option<LegacyEncoding>,
        raised: Option<&str>,
    ) {
        match part.tag_name().name() {
            "t" => {
                let text = text(part);
                let text = match raised {
                    Some("superscript") => script_text(&text, true),
                    Some("subscript") => script_text(&text, false),
                    _ => text,
                };
                self.push_text(&text, legacy, style.clone());
            }
            "tab" => self.push_text("\t", legacy, style.clone()),
            "noBreakHyphen" => self.push_text("-", legacy, style.clone()),
            "br" if attribute(part, "type").is_none_or(|kind| kind == "textWrapping") => {
                self.push(RunContent::Break, style.clone());
            }
            "cr" => self.push(RunContent::Break, style.clone()),
            "fldChar" => match attribute(part, "fldCharType") {
                Some("begin") => self.field = Some((String::new(), false)),
                Some("separate") => {
                    if let Some((_, has_result)) = &mut self.field {
                        *has_result = true;
                    }
                }
                _ => self.field = None,
            },
            "instrText" => {
                if let Some((instruction, _)) = &mut self.field {
                    instruction.push_str(&text(part));
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let is_end = part.tag_name().name().starts_with('e');
                if let Some(number) =
                    attribute(part, "id").and_then(|id| self.context.note(id, is_end))
                {
                    self.push(RunContent::Note(number), RunStyle::default());
                }
            }
            "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(part, style),
            "sym" => self.context.leave_out(WordOmission::Symbol),
            _ => {}
        }
    }

    /// Reads the pictures of a drawing. Shapes are left out. The text of a text box is placed after the paragraph.
    fn drawing(&mut self, node: Node<'d, 'i>, style: &RunStyle) {
        // `AlternateContent` stores a drawing twice: in `Choice` for new programs, and in another form for old ones.
        // Only `Choice` is read.
        let node = child(node, "Choice").unwrap_or(node);
        let mut parts = Vec::new();
        drawn(node, &mut parts);
        let description = parts
            .iter()
            .find(|part| part.tag_name().name() == "docPr")
            .and_then(|properties| attribute(*properties, "descr"));
        let alt = description.unwrap_or_default();
        let mut has_content = false;
        for part in parts {
            let reference = match part.tag_name().name() {
                "blip" => attribute(part, "embed").or_else(|| attribute(part, "link")),
                "imagedata" => attribute(part, "id"),
                "txbxContent" => {
                    has_content = true;
                    self.context.leave_out(WordOmission::TextBox);
                    self.found.text_boxes.push(part);
                    None
                }
                _ => None,
            };
            if let Some(address) = reference.and_then(|id| self.context.picture(id)) {
                has_content = true;
                let (alt, title) = (alt.to_owned(), String::new());
                self.push(RunContent::Image { address, alt, title }, style.clone());
            }
        }
        if !has_content {
            self.context.leave_out(WordOmission::Drawing);
        }
    }

    fn push_text(&mut self, text: &str, legacy: Option<LegacyEncoding>, style: RunStyle) {
        match &mut self.raw {
            Some(raw) if raw.legacy == legacy && raw.style == style => raw.text.push_str(text),
            _ => {
                self.flush();
                self.raw = Some(UndecodedText { text: text.to_owned(), legacy, style });
            }
        }
    }

    fn push(&mut self, content: RunContent, style: RunStyle) {
        self.flush();
        self.found.runs.push(TextRun { content, style });
    }

    fn flush(&mut self) {
        if let Some(UndecodedText { text, legacy, style }) = self.raw.take() {
            let decoded = legacy.and_then(|legacy| repair(&text, legacy)).unwrap_or(text);
            self.found.runs.push(TextRun { content: RunContent::Text(decoded), style });
        }
    }
}

/// Collects the elements of a drawing, without those inside its text boxes.
fn drawn<'a, 'i>(node: Node<'a, 'i>, parts: &mut Vec<Node<'a, 'i>>) {
    for child in node.children().filter(Node::is_element) {
        parts.push(child);
        if child.tag_name().name() != "txbxContent" {
            drawn(child, parts);
        }
    }
}

/// The address in the instruction of a hyperlink field: `HYPERLINK "https://…"`.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!target.is_empty() && !target.starts_with('\\')).then(|| target.to_owned())
}
