use super::*;

#[test]
fn rows_and_cells_in_content_controls_and_custom_xml_stay_in_their_table() {
    let control =
        |content: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>");
    let custom = |content: &str| format!("<w:customXml>{content}</w:customXml>");
    let cells =
        [control(&cell(&paragraph(&run("Ghế")))), custom(&control(&cell(&paragraph(&run("48")))))];
    let placeholder = format!(
        "<w:tr><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr>",
        cell(&paragraph(&run("Nhập"))),
        cell(&paragraph(&run("3")))
    );
    let rows = [
        row(&["Loại", "Số"]),
        control(&control(&row(&["Bàn", "12"]))),
        custom(&format!("<w:tr>{}</w:tr>", cells.concat())),
        placeholder,
    ];
    assert_eq!(
        text_of(&table(&rows)),
        (
            "| Loại | Số |\n| --- | --- |\n| Bàn | 12 |\n| Ghế | 48 |\n|  | 3 |\n".to_owned(),
            Vec::new()
        )
    );
}

#[test]
fn deleted_rows_and_cells_are_left_out() {
    let deleted = row(&["Tủ", "3"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>");
    let cells = cell(&format!("<w:tcPr><w:cellDel/></w:tcPr>{}", paragraph(&run("cũ"))));
    let last = format!(
        "<w:tr>{cells}{}{}</w:tr>",
        cell(&paragraph(&run("Bàn"))),
        cell(&paragraph(&run("12")))
    );
    let (text, left_out) = text_of(&table(&[row(&["Loại", "Số"]), deleted, last]));
    assert_eq!(text, "| Loại | Số |\n| --- | --- |\n| Bàn | 12 |\n");
    assert_eq!(left_out, [WordOmission::DeletedText]);
}

#[test]
fn merged_and_skipped_cells_keep_their_columns() {
    let with = |properties: &str, text: &str| {
        let text = if text.is_empty() { String::new() } else { run(text) };
        cell(&format!("<w:tcPr>{properties}</w:tcPr>{}", paragraph(&text)))
    };
    let first =
        with("<w:vMerge w:val=\"restart\"/>", "Xã") + &with("<w:gridSpan w:val=\"2\"/>", "Điểm");
    let second = with("<w:vMerge/>", "") + &with("", "Viết") + &with("", "Nói");
    let third = with("<w:hMerge w:val=\"restart\"/>", "Bản Lục")
        + &with("<w:hMerge/>", "")
        + &with("", "8");
    let rows = [
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{first}</w:tr>"),
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{second}</w:tr>"),
        format!("<w:tr>{third}</w:tr>"),
        format!(
            "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/></w:trPr>{}</w:tr>",
            with("", "7")
        ),
    ];
    assert_eq!(
        text_of(&table(&rows)).0,
        "| Xã | Điểm ||\n| ^^ | Viết | Nói |\n| --- | --- | --- |\n| Bản Lục || 8 |\n|  | 7 |  |\n"
    );
}

#[test]
fn tables_with_long_cells_tables_and_headings_are_kept_or_reported() {
    let long = "Nội dung dài. ".repeat(200);
    let (text, left_out) =
        text_of(&table(&[row(&["STT", "Việc", "Nơi"]), row(&["1", &long, "Xã"])]));
    assert!(text.contains("| 1 | Nội dung dài.") && left_out.is_empty(), "{text}");
    let inner = table(&[row(&["x", "y"]), row(&["z", "t"])]);
    let heading = format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p>", run("Mục"));
    let rows = [
        row(&["a", "b"]),
        format!("<w:tr>{}{}</w:tr>", cell(&(heading + &paragraph(&run("c")))), cell(&inner)),
    ];
    let borders = "<w:tblPr><w:tblBorders><w:top w:val=\"single\"/></w:tblBorders></w:tblPr>";
    let (text, left_out) = text_of(&format!("<w:tbl>{borders}{}</w:tbl>", rows.concat()));
    assert_eq!(text, "| a | b |\n| --- | --- |\n| Mục c | x; y z; t |\n");
    assert_eq!(left_out, [WordOmission::HeadingInTable, WordOmission::NestedTable]);
    let (text, left_out) = text_of(&table(&rows));
    assert!(text.starts_with("a\n\nb\n\n# Mục\n\nc\n\n| x | y |"), "{text}");
    assert_eq!(left_out, [WordOmission::TableTakenApart]);
}
