//! Reads the runs of a paragraph. A run is a piece of text in one style, a picture, a line break or a reference to a
//! note.

use cong_core::markdown_writer::{RunContent, RunStyle, TextRun, is_blank};
use roxmltree::Node;

use crate::alternatives::chosen_branch;
use crate::context::WordContext;
use crate::drawing::{DrawnPart, drawn_parts};
use crate::fields::check_box;
use crate::formula::formula_text;
use crate::problem::WordOmission;
use crate::run_text::{TextForm, UndecodedText};
use crate::styles::{FontEncoding, WordScript, WordStyle};
use crate::symbols::symbol_character;
use crate::xml::{attribute, child, flag, text, value};

/// The runs of a paragraph, and the elements of the text boxes in it, which contain further paragraphs.
#[derive(Default)]
pub struct ParagraphRuns<'d, 'i> {
    pub runs: Vec<TextRun>,
    pub text_boxes: Vec<Node<'d, 'i>>,
    /// The number of runs before the last page break in the paragraph.
    page_break: Option<usize>,
}

impl ParagraphRuns<'_, '_> {
    /// Whether a page break comes before all text of the paragraph.
    pub fn begins_with_page_break(&self) -> bool {
        let before = self.page_break.and_then(|at| self.runs.get(..at));
        before.is_some_and(is_blank) && !self.ends_with_page_break()
    }

    /// Whether a page break comes after all text of the paragraph.
    pub fn ends_with_page_break(&self) -> bool {
        self.page_break.and_then(|at| self.runs.get(at..)).is_some_and(is_blank)
    }
}

/// Reads the runs of a paragraph.
pub struct RunReader<'r, 'p, 'a, 'd, 'i> {
    context: &'r mut WordContext<'p, 'a>,
    look: WordStyle,
    found: ParagraphRuns<'d, 'i>,
    raw: Option<UndecodedText>,
}

impl<'r, 'p, 'a, 'd, 'i> RunReader<'r, 'p, 'a, 'd, 'i> {
    /// Reads the runs of a paragraph. `look` is the style of the paragraph.
    pub fn of(
        context: &'r mut WordContext<'p, 'a>,
        paragraph: Node<'d, 'i>,
        look: WordStyle,
    ) -> ParagraphRuns<'d, 'i> {
        let mut reader = Self { context, look, found: ParagraphRuns::default(), raw: None };
        reader.children(paragraph, None);
        reader.flush();
        reader.found.runs.shrink_to_fit();
        reader.found
    }

    fn children(&mut self, node: Node<'d, 'i>, link: Option<&str>) {
        for child in node.children().filter(Node::is_element) {
            self.element(child, link);
        }
    }

    fn element(&mut self, node: Node<'d, 'i>, link: Option<&str>) {
        match node.tag_name().name() {
            "r" => self.run(node, link),
            "hyperlink" => {
                let target = attribute(node, "id").and_then(|id| self.context.external(id));
                let target = target.map(|target| match attribute(node, "anchor") {
                    Some(place) if !target.contains('#') => format!("{target}#{place}"),
                    _ => target,
                });
                self.children(node, target.as_deref().or(link));
            }
            "fldSimple" => {
                self.context.fields.begin_simple(attribute(node, "instr").unwrap_or_default());
                self.children(node, link);
                self.end_field(RunStyle::default());
            }
            "sdt" => self.content_control(node, link),
            "ins" | "moveTo" => {
                self.context.leave_out(WordOmission::TrackedChanges);
                self.children(node, link);
            }
            "smartTag" | "sdtContent" | "customXml" | "dir" | "bdo" | "rubyBase" => {
                self.children(node, link);
            }
            "del" | "moveFrom" => self.context.leave_out(WordOmission::DeletedText),
            // In a drawn shape, a line break is a sibling of the runs.
            "br" => self.push(RunContent::Break, RunStyle::default()),
            "AlternateContent" => {
                if let Some(branch) = chosen_branch(node) {
                    self.children(branch, link);
                }
            }
            "oMath" | "oMathPara" if self.context.fields.is_shown() => {
                self.context.leave_out(WordOmission::Formula);
                let style = RunStyle { link: link.map(str::to_owned), ..RunStyle::default() };
                self.push_text(&formula_text(node), TextForm::plain(style));
            }
            _ => {}
        }
    }

    fn content_control(&mut self, node: Node<'d, 'i>, link: Option<&str>) {
        let Some(content) = child(node, "sdtContent") else { return };
        let properties = child(node, "sdtPr");
        if properties.is_some_and(|found| flag(found, "showingPlcHdr") == Some(true)) {
            return;
        }
        let mark = properties.and_then(|properties| child(properties, "checkbox"));
        if let Some(mark) = mark
            && self.context.fields.is_shown()
            && text(content).trim().is_empty()
        {
            let box_text = check_box(flag(mark, "checked") == Some(true));
            self.push_generated(box_text, RunStyle::default());
            return;
        }
        self.children(content, link);
    }

    fn run(&mut self, run: Node<'d, 'i>, link: Option<&str>) {
        let properties = child(run, "rPr");
        let own = properties.map(WordStyle::of_run).unwrap_or_default();
        let named = properties.and_then(|properties| value(properties, "rStyle"));
        let named = named.map(|id| self.context.styles.of_characters(id)).unwrap_or_default();
        let look = own.or(&named).or(&self.look);
        let form = TextForm {
            font: look.font.unwrap_or(FontEncoding::Unicode),
            script: look.script.unwrap_or(WordScript::Baseline),
            style: RunStyle {
                bold: look.bold == Some(true),
                italic: look.italic == Some(true),
                struck: look.struck == Some(true),
                link: link.map(str::to_owned),
            },
        };
        let is_hidden = look.hidden == Some(true);
        for part in run.children().filter(Node::is_element) {
            match part.tag_name().name() {
                "fldChar" => self.field_character(part, &form.style),
                "instrText" => self.context.fields.take_text(&text(part)),
                "t" if !self.context.fields.is_shown() => {
                    self.context.fields.take_text(&text(part));
                }
                _ if !self.context.fields.is_shown() => {}
                "t" if is_hidden => {
                    if !text(part).trim().is_empty() {
                        self.context.leave_out(WordOmission::HiddenText);
                    }
                }
                _ if is_hidden => {}
                _ => self.part(part, &form, link),
            }
        }
    }

    fn field_character(&mut self, node: Node<'_, '_>, style: &RunStyle) {
        if self.context.unended.contains(&node.id()) {
            return;
        }
        match attribute(node, "fldCharType") {
            Some("begin") => self.context.fields.begin(node),
            Some("separate") => self.context.fields.separate(),
            _ => self.end_field(style.clone()),
        }
    }

    fn end_field(&mut self, style: RunStyle) {
        let control = self.context.fields.end();
        if let Some(shown) = control.filter(|_| self.context.fields.is_shown()) {
            self.push_generated(&shown, style);
        }
    }

    /// Reads a part of a run that is shown.
    fn part(&mut self, part: Node<'d, 'i>, form: &TextForm, link: Option<&str>) {
        let mut form = form.clone();
        if form.style.link.is_none() {
            form.style.link = self.context.fields.link().map(str::to_owned);
        }
        match part.tag_name().name() {
            "t" => {
                let text = text(part);
                self.context.fields.take_text(&text);
                self.push_text(&text, form);
            }
            "tab" | "ptab" => self.push_text("\t", form),
            "noBreakHyphen" => {
                let font = FontEncoding::Unicode;
                self.push_text("-", TextForm { font, ..form });
            }
            "br" => {
                if attribute(part, "type") == Some("page") {
                    self.flush();
                    self.found.page_break = Some(self.found.runs.len());
                }
                self.push(RunContent::Break, form.style);
            }
            "cr" => self.push(RunContent::Break, form.style),
            "footnoteReference" | "endnoteReference" => {
                let is_end = part.tag_name().name().starts_with('e');
                let number = attribute(part, "id").and_then(|id| self.context.note(id, is_end));
                if let Some(number) = number {
                    self.push(RunContent::Note(number), RunStyle::default());
                }
            }
            "drawing" | "pict" | "object" => self.drawing(part, &form.style),
            "AlternateContent" => {
                let Some(branch) = chosen_branch(part) else { return };
                for inner in branch.children().filter(Node::is_element) {
                    match inner.tag_name().name() {
                        "r" => self.run(inner, link),
                        _ => self.part(inner, &form, link),
                    }
                }
            }
            "sym" => match symbol_character(part) {
                Some(character) => {
                    let font = FontEncoding::Unicode;
                    self.push_text(&character.to_string(), TextForm { font, ..form });
                }
                None => self.context.leave_out(WordOmission::Symbol),
            },
            "ruby" => {
                self.context.leave_out(WordOmission::Ruby);
                if let Some(base) = child(part, "rubyBase") {
                    self.children(base, link);
                }
            }
            _ => {}
        }
    }

    /// Reads the pictures and the decorative text of a drawing. The text of a text box is placed after the paragraph. A
    /// drawing without any of these is left out and reported.
    fn drawing(&mut self, node: Node<'d, 'i>, style: &RunStyle) {
        let (parts, description) = drawn_parts(node);
        let mut has_content = false;
        for part in parts {
            match part {
                DrawnPart::TextBox(content) => {
                    has_content = true;
                    self.context.leave_out(WordOmission::TextBox);
                    self.found.text_boxes.push(content);
                }
                DrawnPart::Ornament(text) => {
                    has_content = true;
                    self.push(RunContent::Break, style.clone());
                    self.push_generated(text, style.clone());
                    self.push(RunContent::Break, style.clone());
                }
                DrawnPart::Picture(id) => {
                    if let Some(address) = self.context.picture(id) {
                        has_content = true;
                        let (alt, title) = (description.to_owned(), String::new());
                        self.push(RunContent::Image { address, alt, title }, style.clone());
                    }
                }
            }
        }
        if !has_content {
            self.context.leave_out(WordOmission::Drawing);
        }
    }

    /// Adds text that the file stores in another form than text, such as a check box.
    fn push_generated(&mut self, text: &str, style: RunStyle) {
        self.context.found.words.add_generated(text);
        self.push_text(text, TextForm::plain(style));
    }

    fn push_text(&mut self, text: &str, form: TextForm) {
        match &mut self.raw {
            Some(raw) if raw.form == form => raw.text.push_str(text),
            _ => {
                self.flush();
                self.raw = Some(UndecodedText { text: text.to_owned(), form });
            }
        }
    }

    fn push(&mut self, content: RunContent, style: RunStyle) {
        self.flush();
        let is_break = |run: &TextRun| run.content == RunContent::Break;
        // A second line break after a line break is left out.
        if content != RunContent::Break || !self.found.runs.last().is_some_and(is_break) {
            self.found.runs.push(TextRun { content, style });
        }
    }

    fn flush(&mut self) {
        let run = self.raw.take().and_then(|raw| raw.decode(self.context));
        self.found.runs.extend(run);
    }
}
