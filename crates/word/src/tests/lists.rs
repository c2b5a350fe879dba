use super::*;

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"Điều %1.\"/><w:pStyle w:val=\"Dieu\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
    <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
    <w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>";

fn numbered_text(body: &str) -> String {
    let (text, left_out) = text_with_parts(body, &[("numbering", NUMBERING)]);
    assert!(left_out.is_empty(), "{left_out:?}");
    text
}

#[test]
fn lists_keep_the_numbers_that_word_shows() {
    let body = numbered("1", "Một")
        + &numbered("1", "Hai")
        + &numbered("3", "Bảy")
        + &numbered("1", "Tám");
    assert_eq!(numbered_text(&body), "1. Một\n2. Hai\n\n7) Bảy\n8) Tám\n");
    let interrupted = numbered("1", "Một") + &paragraph(&run("Chữ")) + &numbered("1", "Hai");
    assert_eq!(numbered_text(&interrupted), "1. Một\n\nChữ\n\n2. Hai\n");
}

#[test]
fn empty_numbered_paragraphs_count_but_are_not_shown() {
    let body = numbered("1", "Một") + &numbered("1", "") + &numbered("1", "Ba");
    assert_eq!(numbered_text(&body), "1. Một\n\n3) Ba\n");
}

#[test]
fn cells_show_their_numbers_as_text() {
    let line = |text: &str| {
        format!("<w:tr>{}{}</w:tr>", cell(&numbered("1", "")), cell(&paragraph(&run(text))))
    };
    let last = format!("<w:tr>{}{}</w:tr>", cell(&numbered("1", "c")), cell(&paragraph(&run("d"))));
    let body = table(&[row(&["STT", "Loại"]), line("Bàn"), line("Ghế"), last]);
    assert_eq!(
        numbered_text(&body),
        "| STT | Loại |\n| --- | --- |\n| 1\\. | Bàn |\n| 2\\. | Ghế |\n| 3\\. c | d |\n"
    );
}

#[test]
fn headings_and_styles_are_numbered() {
    let styles = "<w:style w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr>\
                  <w:outlineLvl w:val=\"0\"/></w:pPr></w:style>";
    let styled = |more: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"Dieu\"/>{more}</w:pPr>{}</w:p>", run(text))
    };
    let body = paragraph(&run("Chữ."))
        + &styled("", "Phạm vi")
        + &styled("<w:numPr><w:numId w:val=\"0\"/></w:numPr>", "Không số")
        + &styled("<w:outlineLvl w:val=\"9\"/>", "Đối tượng");
    let (text, _) = text_with_parts(&body, &[("numbering", NUMBERING), ("styles", styles)]);
    assert_eq!(text, "Chữ.\n\n# Điều 1. Phạm vi\n\n# Không số\n\nĐiều 2. Đối tượng\n");
}
