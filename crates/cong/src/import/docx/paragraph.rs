//! Reads the runs of one paragraph.

use roxmltree::Node;

use super::body::Reader;
use super::styles::Look;
use crate::import::blocks::{Piece, Run, Style};
use crate::import::text::{Legacy, repair};
use crate::import::xml::{attribute, child, text};
use crate::language::say;

/// Text in a legacy encoding before decoding. A letter and its tone may be in two runs of the same font.
struct Raw {
    text: String,
    legacy: Option<Legacy>,
    style: Style,
}

/// Reads the runs of a paragraph.
pub struct Runs<'r, 'p, 'a> {
    reader: &'r mut Reader<'p, 'a>,
    look: Look,
    runs: Vec<Run>,
    raw: Option<Raw>,
    /// The field code being read: its instruction, and whether its result has begun.
    field: Option<(String, bool)>,
}

impl<'r, 'p, 'a> Runs<'r, 'p, 'a> {
    /// Reads the runs of a paragraph whose style is `look`.
    pub fn of(reader: &'r mut Reader<'p, 'a>, paragraph: Node<'_, '_>, look: Look) -> Vec<Run> {
        let mut runs = Self { reader, look, runs: Vec::new(), raw: None, field: None };
        runs.children(paragraph, None);
        runs.flush();
        runs.runs
    }

    fn children(&mut self, node: Node<'_, '_>, link: Option<&str>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "r" => self.run(child, link),
                "hyperlink" => {
                    let target = attribute(child, "id").and_then(|id| self.reader.external(id));
                    self.children(child, target.as_deref().or(link));
                }
                "ins" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml"
                | "moveTo" | "dir" | "bdo" => {
                    self.children(child, link);
                }
                "del" | "moveFrom" => {
                    self.reader.leave_out(say!(
                        "chữ đã xóa khi theo dõi sửa đổi",
                        "text that was deleted under track changes"
                    ));
                }
                "oMath" | "oMathPara" => {
                    self.reader.leave_out(say!(
                        "công thức: chỉ còn chữ",
                        "a formula: only its letters are left"
                    ));
                    let style = Style { link: link.map(str::to_owned), ..Style::default() };
                    self.push_text(&text(child), None, style);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node<'_, '_>, link: Option<&str>) {
        let properties = child(run, "rPr");
        let styled =
            properties.and_then(|p| child(p, "rStyle")).and_then(|style| attribute(style, "val"));
        let own = properties.map(Look::of_run).unwrap_or_default();
        let named = styled.map(|id| self.reader.styles.own(id)).unwrap_or_default();
        let look = own.or(&named).or(&self.look);
        if look.hidden == Some(true) {
            self.reader.leave_out(say!("chữ ẩn", "hidden text"));
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
        let style = Style {
            bold: look.bold == Some(true),
            italic: look.italic == Some(true),
            link: link.map(str::to_owned).or(by_field),
        };
        for part in run.children().filter(Node::is_element) {
            self.part(part, &style, look.legacy.flatten(), raised);
        }
    }

    fn part(
        &mut self,
        part: Node<'_, '_>,
        style: &Style,
        legacy: Option<Legacy>,
        raised: Option<&str>,
    ) {
        match part.tag_name().name() {
            "t" => {
                let text = text(part);
                self.push_text(&moved(&text, raised), legacy, style.clone());
            }
            "tab" => self.push_text(" ", legacy, style.clone()),
            "noBreakHyphen" => self.push_text("-", legacy, style.clone()),
            "br" if attribute(part, "type").is_none_or(|kind| kind == "textWrapping") => {
                self.push(Piece::Break, style.clone());
            }
            "cr" => self.push(Piece::Break, style.clone()),
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
                    attribute(part, "id").and_then(|id| self.reader.note(id, is_end))
                {
                    self.push(Piece::Note(number), Style::default());
                }
            }
            "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(part, style),
            "sym" => self
                .reader
                .leave_out(say!("ký hiệu của phông chữ đặc biệt", "a symbol of a special font")),
            _ => {}
        }
    }

    /// Reads the pictures of a drawing. Shapes are left out; the text of text boxes follows the paragraph.
    fn drawing(&mut self, node: Node<'_, '_>, style: &Style) {
        // The content is stored twice, for new and for old programs; only the new form is read.
        let node = child(node, "Choice").unwrap_or(node);
        let description = node
            .descendants()
            .find(|inner| inner.tag_name().name() == "docPr")
            .and_then(|properties| attribute(properties, "descr"));
        let alt = description.unwrap_or_default().to_owned();
        let mut found = false;
        for picture in node.descendants() {
            let reference = match picture.tag_name().name() {
                "blip" => attribute(picture, "embed").or_else(|| attribute(picture, "link")),
                "imagedata" => attribute(picture, "id"),
                _ => None,
            };
            let Some(address) = reference.and_then(|id| self.reader.picture(id)) else { continue };
            found = true;
            self.push(
                Piece::Image { address, alt: alt.clone(), title: String::new() },
                style.clone(),
            );
        }
        let mut boxes =
            node.descendants().filter(|inner| inner.tag_name().name() == "txbxContent").peekable();
        if boxes.peek().is_some() {
            found = true;
            self.reader.leave_out(say!(
                "khung chữ: nội dung được đặt sau đoạn chứa nó",
                "a text box: its text follows the paragraph that it is in"
            ));
        }
        for inner in boxes.collect::<Vec<_>>() {
            self.reader.later(inner);
        }
        if !found {
            self.reader
                .leave_out(say!("hình vẽ hoặc đối tượng nhúng", "a drawing or an embedded object"));
        }
    }

    fn push_text(&mut self, text: &str, legacy: Option<Legacy>, style: Style) {
        match &mut self.raw {
            Some(raw) if raw.legacy == legacy && raw.style == style => raw.text.push_str(text),
            _ => {
                self.flush();
                self.raw = Some(Raw { text: text.to_owned(), legacy, style });
            }
        }
    }

    fn push(&mut self, piece: Piece, style: Style) {
        self.flush();
        self.runs.push(Run { piece, style });
    }

    fn flush(&mut self) {
        if let Some(Raw { text, legacy, style }) = self.raw.take() {
            let decoded = legacy.and_then(|legacy| repair(&text, legacy)).unwrap_or(text);
            self.runs.push(Run { piece: Piece::Text(decoded), style });
        }
    }
}

/// The address in the instruction `HYPERLINK "https://…"`.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!target.is_empty() && !target.starts_with('\\')).then(|| target.to_owned())
}

/// Replaces digits in superscript or subscript by Unicode's raised and lowered digits.
fn moved(text: &str, raised: Option<&str>) -> String {
    let digits = match raised {
        Some("superscript") => "⁰¹²³⁴⁵⁶⁷⁸⁹",
        Some("subscript") => "₀₁₂₃₄₅₆₇₈₉",
        _ => return text.to_owned(),
    };
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    text.bytes().filter_map(|b| digits.chars().nth(usize::from(b - b'0'))).collect()
}
