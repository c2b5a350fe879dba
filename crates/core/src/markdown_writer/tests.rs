use super::writer::MAX_DEPTH;
use super::*;
use crate::article::{Labels, render};

fn html(body: &ArticleContent) -> String {
    let labels = Labels { table: "Bảng", footnotes: "Chú thích", back_to_text: "Về" };
    render(&write(body), &labels, None).html
}

fn of(blocks: Vec<ContentBlock>) -> ArticleContent {
    ArticleContent { blocks, notes: Vec::new() }
}

fn paragraph(runs: Vec<TextRun>) -> ArticleContent {
    of(vec![ContentBlock::Paragraph(runs)])
}

fn styled(text: &str, bold: bool, italic: bool) -> TextRun {
    TextRun {
        content: RunContent::Text(text.into()),
        style: RunStyle { bold, italic, ..RunStyle::default() },
    }
}

fn linked(text: &str, target: &str) -> TextRun {
    TextRun {
        content: RunContent::Text(text.into()),
        style: RunStyle { link: Some(target.into()), ..RunStyle::default() },
    }
}

/// Escapes a text for HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn text_that_looks_like_markdown_is_read_back_as_it_was() {
    for text in [
        "# một",
        "1. một",
        "12) một",
        "- một",
        "+ một",
        "* một",
        "> một",
        "= =",
        "===",
        "---",
        "***",
        "~~~",
        "```",
        "a * b * c",
        "**a**",
        "_a_ b_c_d __x__",
        "[a](b)",
        "[^1]",
        "![a](b)",
        "<b>a</b>",
        "<http://x>",
        "&amp; &lt; &copy",
        "a | b",
        "~a~ ~~b~~",
        "`a`",
        "\\",
        "a\\",
        "a\\*b",
        "|---|",
        ":-:",
        "+++",
        "2019. Năm",
        "#hashtag",
        "1.5 triệu",
        "[x]: /y",
        "Điều 1.",
        "http://a_b_c.vn/_x_",
        "\"trích\" “dẫn”",
        "100% & R&D",
        "!",
        "a!",
    ] {
        assert_eq!(
            html(&paragraph(vec![TextRun::text(text)])).trim(),
            format!("<p>{}</p>", escaped(text)),
            "{text}"
        );
        let after_break = vec![
            TextRun::text("Một"),
            TextRun { content: RunContent::Break, style: RunStyle::default() },
            TextRun::text(text),
        ];
        let expected = format!("<p>Một<br />\n{}</p>", escaped(text));
        assert_eq!(html(&paragraph(after_break)).trim(), expected, "{text}");
        let item = ContentBlock::List {
            start: None,
            items: vec![vec![ContentBlock::Paragraph(vec![TextRun::text(text)])]],
        };
        let expected = format!("<ul>\n<li>{}</li>\n</ul>", escaped(text));
        assert_eq!(html(&of(vec![item])).trim(), expected, "{text}");
        let heading = html(&of(vec![ContentBlock::Heading(2, vec![TextRun::text(text)])]));
        assert!(heading.contains(&format!(">{}</h2>", escaped(text))), "{text}: {heading}");
        let cell = vec![
            vec![vec![TextRun::text("x")], vec![TextRun::text(text)]],
            vec![vec![TextRun::text(text)], vec![]],
        ];
        let rows = cell.into_iter().map(|row| row.into_iter().map(ContentCell::Text).collect());
        let table = ContentTable { header_rows: 1, rows: rows.collect() };
        let table = html(&of(vec![ContentBlock::Table(table)]));
        assert!(table.contains(&format!("<td>{}</td>", escaped(text))), "{text}: {table}");
    }
    assert!(
        html(&of(vec![ContentBlock::Heading(2, vec![TextRun::text("a ##")])]))
            .contains(">a ##</h2>")
    );
}

#[test]
fn emphasis_is_written_where_markdown_recognises_it() {
    for (runs, expected) in [
        (
            vec![styled("Điều 1.", true, false), TextRun::text("Phạm vi")],
            "<strong>Điều 1</strong>.Phạm vi",
        ),
        (
            vec![TextRun::text("a"), styled(" đậm ", true, false), TextRun::text("b")],
            "a <strong>đậm</strong> b",
        ),
        (
            vec![styled("cả", true, true), styled(" hai", true, false)],
            "<strong><em>cả</em> hai</strong>",
        ),
        (vec![styled("cả hai", true, true)], "<em><strong>cả hai</strong></em>"),
        (vec![TextRun::text("x"), styled("(y)", true, false), TextRun::text("z")], "x(y)z"),
        (vec![styled(" ", true, false), TextRun::text("a")], "a"),
        (vec![styled("a", true, false), styled("b", true, false)], "<strong>ab</strong>"),
        (vec![styled("“trích”", false, true), TextRun::text(", nói")], "<em>“trích”</em>, nói"),
    ] {
        assert_eq!(html(&paragraph(runs.clone())).trim(), format!("<p>{expected}</p>"), "{runs:?}");
    }
}

#[test]
fn no_mix_of_styles_changes_the_text() {
    let pieces = ["a", " ", "b.", "(c)", "*", "d e", " f", "g "];
    let mut seed = 7_u32;
    for _ in 0..5_000 {
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            (seed >> 16) % below
        };
        let runs: Vec<_> =
            (0..6).map(|_| styled(pieces[next(8) as usize], next(2) == 0, next(2) == 0)).collect();
        let text = plain(&runs);
        let written = html(&paragraph(runs.clone()));
        let mut shown = written.trim().to_owned();
        for tag in ["<p>", "</p>", "<strong>", "</strong>", "<em>", "</em>"] {
            shown = shown.replace(tag, "");
        }
        assert_eq!(shown, text, "{runs:?} {}", write(&paragraph(runs.clone())));
    }
}

#[test]
fn links_and_pictures_keep_their_addresses() {
    let body = paragraph(vec![
        TextRun::text("Xem ngay!"),
        linked("tại [đây]", "https://a.vn/x (1).pdf?a=1&lt;=2"),
        TextRun::text("."),
    ]);
    assert_eq!(
        html(&body).trim(),
        "<p>Xem ngay!<a href=\"https://a.vn/x%20%281%29.pdf?a=1&amp;lt;=2\">tại [đây]</a>.</p>"
    );
    let content = RunContent::Image {
        address: "anh.png".into(),
        alt: "Ảnh [1]".into(),
        title: "Lễ \"ký\"".into(),
    };
    let figure = html(&paragraph(vec![TextRun { content, style: RunStyle::default() }]));
    assert!(
        figure.contains("alt=\"Ảnh [1]\"") && figure.contains("<figcaption>Lễ &quot;ký&quot;"),
        "{figure}"
    );
}

#[test]
fn lists_quotes_tables_and_notes_keep_their_shape() {
    let text = |text: &str| ContentBlock::Paragraph(vec![TextRun::text(text)]);
    let inner = ContentBlock::List { start: None, items: vec![vec![text("a")], vec![text("b")]] };
    let outer = ContentBlock::List {
        start: Some(3),
        items: vec![vec![text("x"), inner.clone()], vec![text("y"), text("z")]],
    };
    let body =
        of(vec![outer, inner.clone(), inner, ContentBlock::Quote(vec![text("q"), text("r")])]);
    let out = html(&body);
    assert!(out.contains("<ol start=\"3\">"), "{out}");
    assert_eq!(out.matches("<ul>").count(), 3, "{out}");
    assert!(out.contains("<blockquote>\n<p>q</p>\n<p>r</p>\n</blockquote>"), "{out}");

    let note = TextRun { content: RunContent::Note(1), style: RunStyle::default() };
    let body = ArticleContent {
        blocks: vec![ContentBlock::Paragraph(vec![TextRun::text("Chữ"), note, TextRun::text(".")])],
        notes: vec![vec![text("Một"), text("Hai")]],
    };
    let out = html(&body);
    assert!(out.contains("Chú thích") && out.contains("Một") && out.contains("Hai"), "{out}");
}

#[test]
fn very_deep_nesting_is_flattened() {
    let mut block = ContentBlock::Paragraph(vec![TextRun::text("đáy")]);
    for _ in 0..100 {
        block = ContentBlock::Quote(vec![block]);
    }
    let out = html(&of(vec![block]));
    assert!(out.matches("<blockquote>").count() == MAX_DEPTH && out.contains("đáy"), "{out}");
}

#[test]
fn struck_text_is_always_shown_as_struck() {
    let struck = |text: &str| TextRun {
        content: RunContent::Text(text.into()),
        style: RunStyle { struck: true, ..RunStyle::default() },
    };
    for (runs, expected) in [
        (vec![TextRun::text("phạt "), struck("5%"), TextRun::text(" 7%")], "phạt <del>5%</del> 7%"),
        (vec![TextRun::text("5"), struck(".000"), TextRun::text("đ")], "5 <del>.000</del> đ"),
        (vec![struck("10%"), TextRun::text("12%")], "<del>10%</del> 12%"),
        (vec![TextRun::text("a"), struck("b"), TextRun::text("c")], "a<del>b</del>c"),
    ] {
        assert_eq!(html(&paragraph(runs)).trim(), format!("<p>{expected}</p>"));
    }
    let mut bold = struck("cũ");
    bold.style.bold = true;
    assert_eq!(write(&paragraph(vec![bold, struck(" hơn")])), "~~**cũ** hơn~~\n");
}

#[test]
fn superscripts_and_subscripts_keep_their_meaning() {
    for (text, is_raised, expected) in [
        ("2", true, "²"),
        ("-6", true, "⁻⁶"),
        ("n", true, "ⁿ"),
        ("1,5", true, "^1,5"),
        ("a b", true, "^(a b)"),
        ("2", false, "₂"),
        ("max ", false, "_max "),
        (" ", true, " "),
        ("*", true, "*"),
    ] {
        assert_eq!(script_text(text, is_raised), expected);
    }
}

#[test]
fn merged_cells_are_written_with_pipes_and_carets() {
    let text = |text: &str| ContentCell::Text(vec![TextRun::text(text)]);
    let table = ContentTable {
        header_rows: 2,
        rows: vec![
            vec![text("Xã"), text("Điểm"), ContentCell::ExtendsLeft],
            vec![ContentCell::ExtendsAbove, text("Viết"), text("Nói")],
            vec![text("Bản Lục"), text("7"), text("")],
            vec![text("^^"), text("8")],
        ],
    };
    assert_eq!(
        write(&of(vec![ContentBlock::Table(table)])),
        "| Xã | Điểm ||\n| ^^ | Viết | Nói |\n| --- | --- | --- |\n| Bản Lục | 7 |  |\n\
         | \\^^ | 8 |  |\n"
    );
}

#[test]
fn text_after_a_reference_to_a_footnote_is_neither_a_link_nor_a_footnote() {
    let note = || TextRun { content: RunContent::Note(1), style: RunStyle::default() };
    let write = |text: &str| write(&paragraph(vec![note(), TextRun::text(text)]));
    assert_eq!(write("(a)"), "[^1]\\(a)\n");
    assert_eq!(write(": a"), "[^1]\\: a\n");
}
