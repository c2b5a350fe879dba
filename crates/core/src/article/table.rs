//! Writes tables as HTML.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::table_layout::CellArea;

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
    let mut has_tags = false;
    for event in inner {
        out.push(match event {
            Event::DisplayMath(tags) => {
                has_tags = true;
                Event::Html(tags)
            }
            Event::Start(Tag::TableHead) => {
                let is_first = !std::mem::replace(&mut in_head, true);
                column = 0;
                html(if is_first { "<thead><tr>" } else { "<tr>" })
            }
            Event::Start(Tag::TableRow) => {
                let is_first = std::mem::take(&mut in_head);
                column = 0;
                html(if is_first { "</thead><tbody>\n<tr>" } else { "<tr>" })
            }
            Event::End(TagEnd::TableHead) => html("</tr>"),
            Event::End(TagEnd::TableRow) => html("</tr>\n"),
            // The tag of the cell has been written.
            Event::Start(Tag::TableCell) if has_tags => continue,
            Event::Start(Tag::TableCell) => {
                let alignment = alignment.get(column).copied().unwrap_or(Alignment::None);
                column += 1;
                html(single_cell_begin(alignment, in_head))
            }
            Event::End(TagEnd::TableCell) => html(if in_head { "</th>" } else { "</td>" }),
            other => other,
        });
    }
    if in_head {
        out.push(html("</thead><tbody>\n"));
    }
    out.push(html("</tbody></table></div>\n"));
    out
}

/// Writes the tags of the column groups of a table. `groups` contains the number of columns of each group. Returns
/// `None` if there are no groups.
pub fn column_groups(groups: &[usize]) -> Option<String> {
    let tag = |columns: &usize| format!("<colgroup span=\"{columns}\"></colgroup>");
    (!groups.is_empty()).then(|| groups.iter().map(tag).collect())
}

/// Writes the begin tag of a cell. The scope of a header cell is its column group, if the cell heads one, or else its
/// column.
pub fn cell_begin(alignment: Alignment, is_in_head: bool, area: &CellArea) -> CowStr<'static> {
    let single = single_cell_begin(alignment, is_in_head);
    // Most cells are single, which needs no allocation.
    if *area == CellArea::SINGLE {
        return single.into();
    }
    let (begin, end) = single.split_at(single.find(" class").unwrap_or(single.len() - 1));
    let mut tag = begin.to_owned();
    if area.heads_group {
        tag = tag.replace("\"col\"", "\"colgroup\"");
    }
    for (name, count) in [("colspan", area.columns), ("rowspan", area.rows)] {
        if count > 1 {
            tag += &format!(" {name}=\"{count}\"");
        }
    }
    (tag + end).into()
}

fn single_cell_begin(alignment: Alignment, is_in_head: bool) -> &'static str {
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
    use crate::article::{Labels, plain_text, sections};
    use crate::markdown_writer::{
        ArticleContent, ContentBlock, ContentCell, ContentTable, TextRun, write,
    };

    const BUDGET: &str = "| Nội dung | Dự toán || Ghi chú |\n| ^^ | Giao | Bổ sung | ^^ |\n|---|--:|--:|---|\n\
                          | Chi thường xuyên | 120 | 30 | |\n| ^^ | 40 || Đã gồm |\n";

    /// The lines of a table, without the box around it.
    fn table(body: &str) -> Vec<String> {
        let out = html(body);
        let (_, table) = out.split_once("<table>").unwrap_or_default();
        table.lines().filter(|line| *line != "</tbody></table></div>").map(str::to_owned).collect()
    }

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

    #[test]
    fn headers_of_several_rows_and_columns_have_their_scope() {
        assert_eq!(
            table(BUDGET),
            [
                "<colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup><colgroup span=\"1\"></colgroup>\
                 <thead><tr><th scope=\"col\" rowspan=\"2\">Nội dung</th>\
                 <th scope=\"colgroup\" colspan=\"2\" class=\"right\">Dự toán</th>\
                 <th scope=\"col\" rowspan=\"2\">Ghi chú</th></tr>\
                 <tr><th scope=\"col\" class=\"right\">Giao</th>\
                 <th scope=\"col\" class=\"right\">Bổ sung</th></tr></thead><tbody>",
                "<tr><td rowspan=\"2\">Chi thường xuyên</td><td class=\"right\">120</td>\
                 <td class=\"right\">30</td><td></td></tr>",
                "<tr><td colspan=\"2\" class=\"right\">40</td><td>Đã gồm</td></tr>",
            ]
        );
    }

    #[test]
    fn white_space_between_pipes_is_an_empty_cell() {
        assert_eq!(table("|a|b|\n|-|-|\n| 1 | |\n")[1], "<tr><td>1</td><td></td></tr>");
        assert_eq!(table("|a|b|\n|-|-|\n| 1 ||\n")[1], "<tr><td colspan=\"2\">1</td></tr>");
        assert_eq!(table("a|b\n-|-\n1||\n")[1], "<tr><td colspan=\"2\">1</td></tr>");
        assert_eq!(table("|a|b|\n|-|-|\n| 1\n")[1], "<tr><td>1</td><td></td></tr>");
    }

    #[test]
    fn escaped_marks_and_code_do_not_join_cells() {
        let rows = "|a|b|\n|-|-|\n| x | y |\n| \\^^ | `^^` |\n| a \\|\\| b | `c\\|\\|d` |\n";
        assert_eq!(
            table(rows)[2..],
            [
                "<tr><td>^^</td><td><code>^^</code></td></tr>",
                "<tr><td>a || b</td><td><code>c||d</code></td></tr>",
            ]
        );
    }

    #[test]
    fn headers_of_several_rows_are_read_after_text_and_in_quotations_lists_and_notes() {
        for (body, around) in [
            (format!("Theo bảng sau:\n{BUDGET}"), "<p>Theo bảng sau:</p>\n<div"),
            (BUDGET.replace("|\n", "|\r\n"), "<div"),
            (BUDGET.trim_end().to_owned(), "<div"),
            (format!("> {}", BUDGET.trim_end().replace('\n', "\n> ")), "<blockquote>\n<div"),
            (format!("- {}", BUDGET.trim_end().replace('\n', "\n  ")), "<ul>\n<li><div"),
            (
                format!("1. a\n\n   {}", BUDGET.trim_end().replace('\n', "\n   ")),
                "<ol>\n<li>\n<p>a</p>\n<div",
            ),
            (format!("[^a]: {}", BUDGET.trim_end().replace('\n', "\n    ")), "<section"),
        ] {
            assert_eq!(table(&body)[..3], table(BUDGET)[..3], "{body}");
            assert!(html(&body).starts_with(around), "{}", html(&body));
        }
        let only_header = "| a ||\n| b | c |\n|---|---|";
        assert_eq!(
            table(only_header),
            [
                "<colgroup span=\"2\"></colgroup><thead><tr><th scope=\"colgroup\" colspan=\"2\">a</th></tr>\
              <tr><th scope=\"col\">b</th><th scope=\"col\">c</th></tr></thead><tbody>"
            ]
        );
    }

    #[test]
    fn a_table_in_a_code_block_stays_as_written() {
        for body in
            [format!("```\n{BUDGET}```\n"), format!("    {}", BUDGET.replace('\n', "\n    "))]
        {
            assert!(html(&body).contains("| ^^ | Giao | Bổ sung | ^^ |\n|---|"), "{}", html(&body));
        }
    }

    #[test]
    fn tables_of_the_writer_keep_their_cells() {
        let text = |text: &str| ContentCell::Text(vec![TextRun::text(text)]);
        let rows = vec![
            vec![text("a"), text("b"), ContentCell::ExtendsLeft],
            vec![ContentCell::ExtendsAbove, text(""), text("c|d")],
            vec![text("1"), ContentCell::ExtendsLeft, text("")],
            vec![ContentCell::ExtendsAbove, ContentCell::ExtendsLeft, text("^^")],
        ];
        let blocks = vec![ContentBlock::Table(ContentTable { header_rows: 2, rows })];
        let written = write(&ArticleContent { blocks, notes: Vec::new() });
        assert_eq!(
            table(&written),
            [
                "<colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup>\
                 <thead><tr><th scope=\"col\" rowspan=\"2\">a</th>\
                 <th scope=\"colgroup\" colspan=\"2\">b</th></tr>\
                 <tr><th scope=\"col\"></th><th scope=\"col\">c|d</th></tr></thead><tbody>",
                "<tr><td colspan=\"2\" rowspan=\"2\">1</td><td></td></tr>",
                "<tr><td>^^</td></tr>",
            ]
        );
    }

    #[test]
    fn joined_cells_are_read_once_as_plain_text() {
        assert_eq!(
            plain_text(BUDGET, 1_000),
            "Nội dung Dự toán Ghi chú Giao Bổ sung Chi thường xuyên 120 30 40 Đã gồm"
        );
        let labels = Labels { table: "", footnotes: "", back_to_text: "" };
        assert_eq!(
            sections(BUDGET, &labels)[0].blocks,
            [
                "Nội dung | Dự toán | Ghi chú",
                "Giao | Bổ sung",
                "Chi thường xuyên | 120 | 30 |",
                "40 | Đã gồm",
            ]
        );
    }
}
