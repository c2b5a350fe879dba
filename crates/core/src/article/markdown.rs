//! Renders Markdown as HTML: CommonMark with tables, footnotes and strikethrough. HTML in the Markdown is shown as
//! text.

use maud::Markup;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::body_source::BodySource;
use super::events::{events_text, take_until, words_in};
use super::footnotes::Footnotes;
use super::heading::{Heading, HeadingIds, lowered};
use super::links::{BaseUrl, file_url, image_file, safe_link};
use super::passages::{OpenPassages, ParagraphPart, marker_tags, passage_ends, split};
use super::print_links::PrintLinks;
use super::rendered::{Labels, OwnPage, RenderedBody};
use super::table::table;
use super::table_events::BodyEvents;

/// Renders a body. The ids of headings are slugs of their text. They never collide with other ids of the page, which
/// all contain an underscore.
///
/// `base` is the address of the article's page. With it, relative addresses in the body become absolute, as feeds need;
/// without it, they stay as written.
pub fn render(body: &str, labels: &Labels, base: Option<BaseUrl<'_>>) -> RenderedBody {
    render_with(body, labels, base, None)
}

/// Renders a body for the article's page, with the elements and the sizes of pictures that only this page has. Relative
/// addresses stay as written.
pub fn render_own_page(body: &str, labels: &Labels, own_page: OwnPage<'_>) -> RenderedBody {
    render_with(body, labels, None, Some(own_page))
}

fn render_with(
    body: &str,
    labels: &Labels,
    base: Option<BaseUrl<'_>>,
    on_own_page: Option<OwnPage<'_>>,
) -> RenderedBody {
    let own_page = base.map(|base| base.absolute("")).unwrap_or_default();
    let source = BodySource::of(body);
    let (main, notes) = Footnotes::split(BodyEvents::of(&source), own_page);
    let mut writer = HtmlWriter {
        labels,
        base,
        on_own_page,
        notes,
        print_links: PrintLinks::default(),
        headings: Vec::new(),
        ids: HeadingIds::default(),
        tables: 0,
    };
    let events = writer.rewrite(main);
    while let Some((note, definition)) = writer.notes.next_definition() {
        let definition = writer.rewrite(definition);
        writer.notes.add_written(note, definition);
    }
    let HtmlWriter { notes, headings, print_links, .. } = writer;
    let section = notes.into_section(labels);

    let words = events.iter().chain(&section).map(words_in).sum();
    let mut out = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut out, events.into_iter().chain(section));
    RenderedBody { html: out, headings, print_links: print_links.into_addresses(), words }
}

struct HtmlWriter<'a> {
    labels: &'a Labels,
    base: Option<BaseUrl<'a>>,
    on_own_page: Option<OwnPage<'a>>,
    notes: Footnotes<'a>,
    print_links: PrintLinks,
    headings: Vec<Heading>,
    ids: HeadingIds,
    tables: usize,
}

impl<'a> HtmlWriter<'a> {
    /// Converts the events of the body into the events that are written as HTML: escapes HTML, checks addresses, and
    /// adds ids and attributes.
    fn rewrite(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(events.len());
        let mut links: Vec<OpenLink> = Vec::new();
        let mut open = OpenPassages::default();
        let mut events = events.into_iter().peekable();
        while let Some(event) = events.next() {
            match event {
                Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
                Event::Start(Tag::HtmlBlock) => out.push(Event::Start(Tag::Paragraph)),
                Event::End(TagEnd::HtmlBlock) => out.push(Event::End(TagEnd::Paragraph)),
                Event::Start(Tag::Heading { level, .. }) => {
                    let inner = take_until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                    let level = lowered(level);
                    let id = self.add_heading(level, events_text(&inner));
                    let beside = self.on_own_page.and_then(|page| page.beside);
                    let beside =
                        beside.zip(self.headings.last()).map(|(make, heading)| make(heading));
                    if beside.is_some() {
                        out.push(Event::Html("<div class=\"clause-heading\">\n".into()));
                    }
                    out.push(Event::Start(Tag::Heading {
                        level,
                        id: Some(id.into()),
                        classes: Vec::new(),
                        attrs: Vec::new(),
                    }));
                    out.extend(self.rewrite(inner));
                    out.push(Event::End(TagEnd::Heading(level)));
                    if let Some(beside) = beside {
                        out.push(Event::Html(format!("{}</div>\n", beside.into_string()).into()));
                    }
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let target = safe_link(&dest_url).filter(|_| !is_in_link(&links));
                    let mark = target.and_then(|target| self.print_mark(link_type, target));
                    links.push(OpenLink { is_kept: target.is_some(), mark });
                    if let Some(target) = target {
                        let dest_url = CowStr::from(self.address(target));
                        out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                    }
                }
                Event::End(TagEnd::Link) => {
                    if let Some(OpenLink { is_kept: true, mark }) = links.pop() {
                        out.push(Event::End(TagEnd::Link));
                        out.extend(mark);
                    }
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let inner = take_until(&mut events, |end| *end == TagEnd::Image);
                    let alt = events_text(&inner);
                    out.extend(self.image(&dest_url, &title, &alt, is_in_link(&links)));
                }
                Event::Start(Tag::Paragraph) => {
                    let inner = take_until(&mut events, |end| *end == TagEnd::Paragraph);
                    for part in split(inner) {
                        out.extend(match part {
                            ParagraphPart::Text(text) => self.paragraph(text),
                            ParagraphPart::Marker(line) => marker_tags(&line, &mut open),
                        });
                    }
                }
                Event::Start(Tag::Table(alignment)) => {
                    let inner = take_until(&mut events, |end| *end == TagEnd::Table);
                    self.tables += 1;
                    let label = format!("{} {}", self.labels.table, self.tables);
                    out.extend(table(&label, &alignment, self.rewrite(inner)));
                }
                Event::FootnoteReference(label) => out.push(self.notes.reference(&label)),
                other => {
                    match &other {
                        Event::Start(_) => open.enter(),
                        Event::End(_) => out.extend(passage_ends(open.leave())),
                        _ => {}
                    }
                    out.push(other);
                }
            }
        }
        out.extend(passage_ends(open.len()));
        out
    }

    /// Writes a paragraph. A paragraph that contains a single picture and nothing else becomes a figure.
    fn paragraph(&mut self, inner: Vec<Event<'a>>) -> Vec<Event<'a>> {
        if let [
            Event::Start(Tag::Image { dest_url, title, .. }),
            text @ ..,
            Event::End(TagEnd::Image),
        ] = inner.as_slice()
            && !text.iter().any(|event| matches!(event, Event::End(TagEnd::Image)))
            && let Some(file) = image_file(dest_url)
        {
            let figure = maud::html! {
                figure {
                    (self.img(&file, &events_text(text)))
                    @if !title.is_empty() { figcaption { (title) } }
                }
                "\n"
            };
            return vec![Event::Html(figure.into_string().into())];
        }
        let mut out = vec![Event::Start(Tag::Paragraph)];
        out.extend(self.rewrite(inner));
        out.push(Event::End(TagEnd::Paragraph));
        out
    }

    /// Writes a picture in `FILES` as an image. A picture on another site becomes a link to it, or only its text if the
    /// picture is within a link.
    fn image(&mut self, address: &str, title: &str, alt: &str, in_link: bool) -> Vec<Event<'a>> {
        if let Some(file) = image_file(address) {
            return vec![Event::InlineHtml(self.img(&file, alt).into_string().into())];
        }
        let text =
            [alt, title, address].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        match safe_link(address).filter(|target| !in_link && !target.is_empty()) {
            Some(target) => {
                let link = maud::html! { a href=(self.address(target)) { (text) } };
                let link = Event::InlineHtml(link.into_string().into());
                std::iter::once(link).chain(self.print_mark(LinkType::Inline, target)).collect()
            }
            None => vec![Event::Text(text.to_owned().into())],
        }
    }

    /// Writes an image, with its size if it is known, so that the browser reserves space for it.
    fn img(&self, file: &str, alt: &str) -> Markup {
        let address = self.address(&file_url(file));
        let size = self.on_own_page.and_then(|page| (page.size_of)(file));
        let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
        maud::html! {
            img src=(address) alt=(alt) width=[width] height=[height] loading="lazy" decoding="async";
        }
    }

    /// Writes the number of a link, which is visible only in print, where a list of numbered addresses follows the
    /// text. `None` if the link gets no number.
    fn print_mark(&mut self, link: LinkType, address: &str) -> Option<Event<'a>> {
        self.on_own_page?;
        let number = self.print_links.number(link, address)?;
        Some(Event::InlineHtml(format!("<sup class=\"print-mark\">{number}</sup>").into()))
    }

    fn address(&self, written: &str) -> String {
        self.base.map_or_else(|| written.to_owned(), |base| base.absolute(written))
    }

    fn add_heading(&mut self, level: HeadingLevel, text: String) -> String {
        let id = self.ids.next(&text);
        self.headings.push(Heading { level: level as u8, id: id.clone(), text });
        id
    }
}

/// A link whose end event has not been reached.
struct OpenLink<'a> {
    /// Whether the link is written. If not, only its text is.
    is_kept: bool,
    /// The number that print shows after the link.
    mark: Option<Event<'a>>,
}

fn is_in_link(links: &[OpenLink<'_>]) -> bool {
    links.iter().any(|link| link.is_kept)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::image_size::ImageSize;
    use super::*;

    const LABELS: Labels =
        Labels {
            table: "Bảng", footnotes: "Chú thích", back_to_text: "Về chỗ trích dẫn"
        };

    pub fn html(body: &str) -> String {
        render(body, &LABELS, None).html
    }

    #[test]
    fn heading_ids_are_slugs_of_the_text() {
        let body = "# Chương I\n## Điều 1\n## Điều 1\n## ?!\n## Điều *2* `a`\n";
        let rendered = render(body, &LABELS, None);
        let ids: Vec<_> = rendered.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
        assert_eq!(
            ids,
            [(2, "chuong-i"), (2, "dieu-1"), (2, "dieu-1-2"), (2, "muc"), (2, "dieu-2-a")]
        );
        assert!(rendered.html.contains("<h2 id=\"dieu-1\">Điều 1</h2>"), "{}", rendered.html);
        assert_eq!(rendered.headings[4].text, "Điều 2 a");
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        let out = html("Một <b onclick=x>hai</b>\n\n<script>alert(1)</script>\n\n<!-- x -->\n");
        assert!(!out.contains("<b") && !out.contains("<script") && !out.contains("<!--"), "{out}");
        assert!(out.contains("&lt;b onclick=x&gt;hai&lt;/b&gt;"), "{out}");
        assert!(out.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{out}");
    }

    #[test]
    fn script_links_leave_only_their_text() {
        let out = html(
            "[a](javascript:alert(1)) [b](JAVASCRIPT&#58;alert(1)) <javascript:x> [c](data:text/html,x) [d](/e)",
        );
        assert!(!out.to_lowercase().contains("href=\"javascript"), "{out}");
        assert!(!out.contains("href=\"data"), "{out}");
        assert!(out.contains("<a href=\"/e\">d</a>"), "{out}");
        let reference = html("[a][x]\n\n[x]: javascript:alert(1) \"t\"");
        assert_eq!(reference, "<p>a</p>\n");
    }

    #[test]
    fn remote_pictures_become_links() {
        assert_eq!(
            html("Xem ![Sơ đồ \"A\"](so-do.svg) này"),
            "<p>Xem <img src=\"/tep/so-do.svg\" alt=\"Sơ đồ &quot;A&quot;\" loading=\"lazy\" decoding=\"async\"> này</p>\n"
        );
        assert_eq!(
            html("![Ảnh](https://example.vn/a.png)"),
            "<p><a href=\"https://example.vn/a.png\">Ảnh</a></p>\n"
        );
        assert_eq!(html("![](javascript:x)"), "<p>javascript:x</p>\n");
        assert_eq!(html("[![Ảnh](https://x.vn/a.png)](/b)"), "<p><a href=\"/b\">Ảnh</a></p>\n");
    }

    #[test]
    fn lone_picture_is_a_figure_with_its_title_as_caption() {
        let out = html("![Sơ đồ](so-do.svg \"Hình <1>\")");
        assert!(out.starts_with("<figure><img"), "{out}");
        assert!(out.contains("<figcaption>Hình &lt;1&gt;</figcaption></figure>"), "{out}");
    }

    #[test]
    fn addresses_are_absolute_with_a_base() {
        let body = "[a](hai) [b](/tin-bai) [c](#muc) [d](https://x.vn) ![e](e.png) \
                    ![f](//x.vn/f.png)[^1]\n\n![g](g.png)\n\n[h]\n\n[^1]: i\n\n[h]: /h\n";
        let base = BaseUrl { site: "https://cong.example", path: "/bai-viet/mot" };
        let out = render(body, &LABELS, Some(base)).html;
        let addresses: Vec<_> = out
            .split([' ', '>'])
            .filter_map(|part| part.strip_prefix("href=\"").or(part.strip_prefix("src=\"")))
            .map(|address| address.trim_end_matches('"'))
            .collect();
        assert_eq!(
            addresses,
            [
                "https://cong.example/bai-viet/hai",
                "https://cong.example/tin-bai",
                "https://cong.example/bai-viet/mot#muc",
                "https://x.vn",
                "https://cong.example/tep/e.png",
                "https://x.vn/f.png",
                "https://cong.example/bai-viet/mot#chu_thich_1",
                "https://cong.example/tep/g.png",
                "https://cong.example/h",
                "https://cong.example/bai-viet/mot#nguon_chu_thich_1",
            ]
        );
    }

    fn on_own_page(body: &str) -> RenderedBody {
        let size_of =
            |file: &str| (file == "a.png").then_some(ImageSize { width: 1200, height: 800 });
        render_own_page(body, &LABELS, OwnPage { beside: None, size_of: &size_of })
    }

    #[test]
    fn links_are_numbered_for_print_on_the_own_page() {
        let body = "[a](/x) [b](https://x.vn) [*c*](/x), [d](#muc) <https://y.vn>\n\n\
                    ## [e](javascript:x) [f](f)\n\n![g](https://x.vn/g.png)[^1]\n\n[^1]: [h](/h)\n";
        let RenderedBody { html, print_links, .. } = on_own_page(body);
        assert_eq!(print_links, ["/x", "https://x.vn", "f", "https://x.vn/g.png", "/h"]);
        for part in [
            "<a href=\"/x\">a</a><sup class=\"print-mark\">1</sup> <a",
            "<em>c</em></a><sup class=\"print-mark\">1</sup>, <a href=\"#muc\">d</a> <a",
            ">f</a><sup class=\"print-mark\">3</sup></h2>",
            ">g</a><sup class=\"print-mark\">4</sup>",
            ">h</a><sup class=\"print-mark\">5</sup>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(html.matches("print-mark").count(), 6, "{html}");
        let elsewhere = render(body, &LABELS, None);
        assert!(!elsewhere.html.contains("print-mark") && elsewhere.print_links.is_empty());
    }

    #[test]
    fn pictures_have_their_known_size() {
        let html = on_own_page("![A](a.png)\n\n![B](b.png) và ![A](a.png)").html;
        let known =
            "<img src=\"/tep/a.png\" alt=\"A\" width=\"1200\" height=\"800\" loading=\"lazy\"";
        assert_eq!(html.matches(known).count(), 2, "{html}");
        assert!(html.contains("<img src=\"/tep/b.png\" alt=\"B\" loading=\"lazy\""), "{html}");
    }

    #[test]
    fn word_count_excludes_marks_and_pictures() {
        let words = |body: &str| render(body, &LABELS, None).words;
        assert_eq!(words("## Điều 1 – Phạm vi\n\nMột [hai](/x), `ba` & **bốn**.\n"), 8);
        assert_eq!(words("![Ảnh này](a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"), 4);
        assert_eq!(words("Một[^1].\n\n[^1]: Hai ba.\n"), 3);
    }

    #[test]
    fn no_inline_styles_are_written() {
        let out = html("| a | b | c |\n|:-:|--:|:--|\n| 1 | 2 | 3 |\n\n```rust\nx\n```\n\n3. a\n");
        assert!(!out.contains("style="), "{out}");
    }

    #[test]
    fn malformed_markdown_is_rendered_without_a_panic() {
        for body in
            ["[".repeat(50_000), "> ".repeat(5_000), "![[".repeat(5_000), "*_".repeat(20_000)]
        {
            html(&body);
        }
    }
}
