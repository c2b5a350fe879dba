//! Writes tables as HTML.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Writes a table in a box that scrolls. `label` is the accessible name of the box. `inner` contains the events within
/// the table, already converted for output. This function writes the tags itself, because the parser's HTML writer
/// aligns cells with inline styles, which the Content-Security-Policy forbids.
pub fn table<'a>(label: &str, alignment: &[Alignment], inner: Vec<Event<'a>>) -> Vec<Event<'a>> {
    let html = |tags: &'static str| Event::Html(tags.into());
    let begin = format!(
        r#"<div class="table-scroll" role="region" tabindex="0" aria-label="{label}"><table>"#
    );
    let mut out = Vec::with_capacity(inner.len());
    out.push(Event::Html(begin.into()));
    let mut column = 0;
    let mut in_head = false;
    for event in inner {
        out.push(match event {
            Event::Start(Tag::TableHead) => {
                (in_head, column) = (true, 0);
                html("<thead><tr>")
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                html("</tr></thead><tbody>\n")
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                html("<tr>")
            }
            Event::End(TagEnd::TableRow) => html("</tr>\n"),
            Event::Start(Tag::TableCell) => {
                let alignment = alignment.get(column).copied().unwrap_or(Alignment::None);
                column += 1;
                html(cell_begin(alignment, in_head))
            }
            Event::End(TagEnd::TableCell) => html(if in_head { "</th>" } else { "</td>" }),
            other => other,
        });
    }
    out.push(html("</tbody></table></div>\n"));
    out
}

fn cell_begin(alignment: Alignment, is_in_head: bool) -> &'static str {
    match (alignment, is_in_head) {
        (Alignment::None | Alignment::Left, true) => "<th scope=\"col\">",
        (Alignment::None | Alignment::Left, false) => "<td>",
        (Alignment::Center, true) => "<th scope=\"col\" class=\"center\">",
        (Alignment::Center, false) => "<td class=\"center\">",
        (Alignment::Right, true) => "<th scope=\"col\" class=\"right\">",
        (Alignment::Right, false) => "<td class=\"right\">",
    }
}

#[cfg(test)]
mod tests {
    use crate::article::markdown::tests::html;

    #[test]
    fn tables_are_in_a_focusable_labelled_region() {
        let out = html("| a | b |\n|---|--:|\n| 1 | **2** |\n");
        assert_eq!(
            out.lines().collect::<Vec<_>>(),
            [
                r#"<div class="table-scroll" role="region" tabindex="0" aria-label="Bảng 1"><table><thead><tr><th scope="col">a</th><th scope="col" class="right">b</th></tr></thead><tbody>"#,
                r#"<tr><td>1</td><td class="right"><strong>2</strong></td></tr>"#,
                "</tbody></table></div>",
            ]
        );
    }
}
