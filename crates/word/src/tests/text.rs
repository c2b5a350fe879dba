use super::*;

#[test]
fn text_keeps_emphasis_and_raised_digits() {
    let bytes = document(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Kết quả</w:t></w:r></w:p>\
         <w:p><w:r><w:t xml:space=\"preserve\">Gieo 3 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>\
         <w:t>2</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> thử</w:t></w:r></w:p>",
    );
    let read = read(&bytes, "bao_cao.docx").unwrap();
    assert_eq!(read.title, "Kết quả");
    assert_eq!(read.title_certainty, TitleCertainty::Certain);
    assert_eq!(write(&read.content), "Gieo 3 m² **thử**\n");
    assert!(read.left_out.is_empty(), "{:?}", read.left_out);
}

#[test]
fn parts_in_utf_16_are_read() {
    let part = main_part("<w:p><w:r><w:t>Đề nghị</w:t></w:r></w:p>");
    for (mark, code) in
        [(&[0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), (&[0xFE, 0xFF], u16::to_be_bytes)]
    {
        let bytes: Vec<u8> =
            mark.iter().copied().chain(part.encode_utf16().flat_map(code)).collect();
        let read = read(&archive(&[("word/document.xml", &bytes)]), "cong_van.docx").unwrap();
        assert_eq!(write(&read.content), "Đề nghị\n");
    }
}

#[test]
fn the_main_part_and_other_parts_are_found_by_relations() {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://purl.oclc.org/x/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relations = |all: String| format!("<Relationships>{all}</Relationships>");
    let root = relations(relation("a", "officeDocument", "/word/document2.xml"));
    let own = relations(relation("b", "styles", "kieu.xml"));
    let main = main_part(
        "<w:p><w:pPr><w:pStyle w:val=\"u1\"/></w:pPr><w:r><w:t>Đề mục</w:t></w:r></w:p>\
         <w:p><w:r><w:t>Chữ</w:t></w:r></w:p>",
    );
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"u1\"><w:name w:val=\"heading 1\"/>\
                  </w:style></w:styles>";
    let bytes = archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("word/_rels/document2.xml.rels", own.as_bytes()),
        ("word/document2.xml", main.as_bytes()),
        ("Word\\Kieu.xml", styles.as_bytes()),
    ]);
    let read = read(&bytes, "a.docx").unwrap();
    assert_eq!((read.title.as_str(), write(&read.content).as_str()), ("Đề mục", "Chữ\n"));
}

#[test]
fn struck_text_and_superscripts_are_kept_from_runs_and_from_styles() {
    let styles = "<w:style w:styleId=\"Mu\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
                  <w:style w:styleId=\"Bo\"><w:basedOn w:val=\"Gach\"/></w:style>\
                  <w:style w:styleId=\"Gach\"><w:rPr><w:strike/></w:rPr></w:style>";
    let body = paragraph(
        &(run("5 m")
            + &run_with("<w:rStyle w:val=\"Mu\"/>", "2")
            + &run(", 10")
            + &run_with("<w:rStyle w:val=\"Mu\"/>", "1")
            + &run_with("<w:rStyle w:val=\"Mu\"/>", ",5")
            + &run("; 30")
            + &run_with("<w:rStyle w:val=\"Mu\"/>", "o")
            + &run("C; phạt ")
            + &run_with("<w:rStyle w:val=\"Bo\"/>", "5%")
            + &run_with("<w:dstrike w:val=\"1\"/>", " 6%")
            + &run_with("<w:rStyle w:val=\"Bo\"/><w:strike w:val=\"off\"/>", " 7%")),
    );
    let (text, left_out) = text_with_parts(&body, &[("styles", styles)]);
    assert_eq!(text, "5 m², 10^1,5; 30°C; phạt ~~5% 6%~~ 7%\n");
    assert!(left_out.is_empty(), "{left_out:?}");
}

#[test]
fn tracked_changes_are_accepted_and_reported() {
    let deleted_mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = paragraph(&format!("{deleted_mark}{}", run("Một ")))
        + &paragraph(&format!(
            "<w:ins>{}</w:ins><w:del><w:r><w:delText>ba</w:delText></w:r></w:del>",
            run("hai")
        ))
        + &paragraph(&format!(
            "{deleted_mark}<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        ))
        + &paragraph(&run("Ba"));
    let (text, left_out) = text_of(&body);
    assert_eq!(text, "Một hai\n\nBa\n");
    assert_eq!(left_out, [WordOmission::DeletedText, WordOmission::TrackedChanges]);
}

#[test]
fn each_omission_is_reported_once() {
    let hidden = run_with("<w:vanish/>", "ẩn");
    let body =
        paragraph(&format!("<w:del><w:r/></w:del><w:del><w:r/></w:del>{hidden}{}", run("Chữ")));
    let (text, left_out) = text_of(&body);
    assert_eq!(left_out, [WordOmission::DeletedText, WordOmission::HiddenText]);
    assert_eq!(text, "Chữ\n");
}

#[test]
fn comments_headers_and_footers_are_reported() {
    let relations = "<Relationships><Relationship Id=\"1\" Type=\"x/comments\" Target=\"comments.xml\"/>\
         <Relationship Id=\"2\" Type=\"x/header\" Target=\"header1.xml\"/>\
         <Relationship Id=\"3\" Type=\"x/footer\" Target=\"footer1.xml\"/></Relationships>";
    let main = main_part(&paragraph(&run("Chữ")));
    let part = |name: &str, content: &str| format!("<w:{name} xmlns:w=\"w\">{content}</w:{name}>");
    let comments =
        part("comments", &format!("<w:comment>{}</w:comment><w:comment/>", paragraph(&run("sửa"))));
    let header = part("hdr", &paragraph(&run("Lưu hành nội bộ")));
    let footer = part("ftr", &paragraph(&run("7")));
    let bytes = archive(&[
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
    ]);
    let header = WordOmission::PageHeader("Lưu hành nội bộ".to_owned());
    assert_eq!(read(&bytes, "a.docx").unwrap().left_out, [WordOmission::Comments(2), header]);
}

#[test]
fn text_boxes_are_read_once_however_deeply_they_are_nested() {
    let (mut open, mut close) = (String::new(), String::new());
    for depth in 0..60 {
        open += &format!("<w:p><w:r><w:t>{depth}</w:t><w:pict><w:txbxContent>");
        close += "</w:txbxContent></w:pict></w:r></w:p>";
    }
    let read_deep = read(&document(&(open + &close)), "a.docx").unwrap();
    assert_eq!(read_deep.content.blocks.len(), 60);
    assert_eq!(read_deep.left_out, [WordOmission::TextBox]);
    let text_box = |text: &str, inner: &str| {
        let content = format!("<w:txbxContent>{}{inner}</w:txbxContent>", paragraph(&run(text)));
        format!(
            "<w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>\
             <mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    };
    let inner = paragraph(&text_box("Trong", ""));
    let (text, left_out) = text_of(&paragraph(&text_box("Ngoài", &inner)));
    assert_eq!(text, "Ngoài\n\nTrong\n");
    assert_eq!(left_out, [WordOmission::TextBox]);
}

#[test]
fn alternative_content_is_read_once_at_every_place() {
    let both = |first: &str, second: &str| {
        format!(
            "<mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>{first}</mc:Choice>\
             <mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
        )
    };
    let block = both(&paragraph(&run("Khối")), &paragraph(&run("khác")));
    let runs = both(&run("Đoạn"), &run("khác"));
    let inner = both("<w:t>, trong</w:t>", "<w:t>khác</w:t>");
    let fallback = both("<w:drawing/>", "<w:t>, dự phòng</w:t>");
    let body = block + &paragraph(&format!("{runs}<w:r>{inner}{fallback}</w:r>"));
    assert_eq!(text_of(&body).0, "Khối\n\nĐoạn, trong, dự phòng\n");
}

#[test]
fn symbols_become_characters_of_unicode_and_unknown_ones_are_reported() {
    let font = |name: &str| format!("<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\"/>");
    let symbol = "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>";
    let body = paragraph(
        &(symbol.to_owned()
            + &run_with(&font("Symbol"), "\u{F061}")
            + &run_with(&font("Wingdings"), "à")
            + &run(" \u{F0A8} chữ")),
    );
    assert_eq!(text_of(&body), ("☑α→ ☐ chữ\n".to_owned(), Vec::new()));
    let unknown = "<w:r><w:sym w:font=\"MT Extra\" w:char=\"F061\"/></w:r>";
    let (text, left_out) = text_of(&paragraph(&(run("a") + unknown)));
    assert_eq!((text.as_str(), left_out), ("a\n", vec![WordOmission::Symbol]));
}

#[test]
fn ruby_drop_caps_and_control_characters_keep_words_whole() {
    let ruby = format!(
        "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        run("kan"),
        run("漢字")
    );
    let cap = format!("<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>{}</w:p>", run("T"));
    let body = cap + &paragraph(&(run("rong bia có chữ ") + &ruby + &run(" cổ\u{86}xưa")));
    let (text, left_out) = text_of(&body);
    assert_eq!(text, "Trong bia có chữ 漢字 cổxưa\n");
    assert_eq!(left_out, [WordOmission::Ruby]);
}

#[test]
fn placeholders_are_dropped_and_boxes_of_content_controls_are_shown() {
    let control = |properties: &str, content: &str| {
        format!(
            "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let body = control("<w:showingPlcHdr/>", &paragraph(&run("Nhập chữ")))
        + &paragraph(
            &(control(
                "<w14:checkbox xmlns:w14=\"x\"><w14:checked w14:val=\"1\"/></w14:checkbox>",
                "",
            ) + &run(" Có ")
                + &control("<w:showingPlcHdr w:val=\"1\"/>", &run("Chọn"))
                + &control("<w:dropDownList/>", &run("xã"))),
        );
    assert_eq!(text_of(&body), ("☒ Có xã\n".to_owned(), Vec::new()));
}

#[test]
fn notes_are_kept_at_every_place_and_at_every_reference() {
    let note = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&run("Ghi chú")));
    let heading =
        format!("<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>{}{note}</w:p>", run("Mục"));
    let table = table(&[
        row(&["a", "b"]),
        format!("<w:tr>{}{}</w:tr>", cell(&paragraph(&format!("{}{note}", run("c")))), cell("")),
    ]);
    let body = paragraph(&(run("Chữ") + note + &run("(x)"))) + &heading + &table;
    let (text, left_out) = text_with_parts(&body, &[("footnotes", &notes)]);
    assert_eq!(
        text,
        "Chữ[^1]\\(x)\n\n## Mục[^1]\n\n| a | b |\n| --- | --- |\n| c[^1] |  |\n\n[^1]: Ghi chú\n"
    );
    assert!(left_out.is_empty(), "{left_out:?}");
}

#[test]
fn formulas_are_written_on_one_line_and_reported() {
    let formula = "<m:oMath xmlns:m=\"m\"><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>\
                   <m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    let (text, left_out) = text_of(&paragraph(&(run("Ít nhất ") + formula + &run(" số phiếu"))));
    assert_eq!(text, "Ít nhất 1/2 số phiếu\n");
    assert_eq!(left_out, [WordOmission::Formula]);
}

#[test]
fn files_that_are_no_official_papers_are_read_alike_with_and_without_layout_rules() {
    let lines = [
        "Mời dự hội thảo",
        "Số 5 phố Hàng Chè, ngày 5 tháng 7 năm 2026",
        "Điều 1. Kính gửi bạn đọc",
        "Nơi nhận: mọi người.",
        "GIÁM ĐỐC",
        "Lò Thị Ngân",
    ];
    let body: String =
        lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let bytes = document(&body);
    let with = |rules| crate::read(&bytes, "thu.docx", rules, WordLimits::NATIVE).unwrap();
    assert_eq!(with(LayoutRules::OfficialPapers), with(LayoutRules::None));
    assert_eq!(with(LayoutRules::OfficialPapers).document, None);
}
