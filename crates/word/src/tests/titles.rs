use super::*;

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{style}</w:pPr>{}</w:p>", run(text))
}

fn bold(text: &str) -> String {
    paragraph(&run_with("<w:b/>", text))
}

fn read_with_property(body: &str, title: &str) -> WordDocument {
    let core = format!("<p><title>{title}</title><creator>Lò Thị Mai</creator></p>");
    let main = main_part(body);
    let parts = [("word/document.xml", main.as_bytes()), ("docProps/core.xml", core.as_bytes())];
    read(&archive(&parts), "cong_van.docx").unwrap()
}

const HEADING: &str = "<w:outlineLvl w:val=\"0\"/>";

#[test]
fn the_title_in_the_properties_is_used_only_if_the_text_begins_with_it() {
    let body = paragraph(&run("Lịch tiêm phòng"))
        + &paragraph(&run("đàn trâu bò"))
        + &paragraph(&run("Chữ."));
    let read = read_with_property(&body, "Lịch tiêm phòng đàn trâu bò");
    assert_eq!(
        (read.title.as_str(), read.title_certainty),
        ("Lịch tiêm phòng đàn trâu bò", TitleCertainty::Certain)
    );
    assert_eq!(
        (write(&read.content).as_str(), read.author.as_deref()),
        ("Chữ.\n", Some("Lò Thị Mai"))
    );
    let stale = read_with_property(&body, "Báo cáo năm trước");
    assert_eq!(
        (stale.title.as_str(), stale.title_certainty),
        ("cong van", TitleCertainty::FileName)
    );
}

#[test]
fn a_heading_in_the_middle_is_not_the_title() {
    let text = "Các phòng rà soát tài sản hiện có và báo cáo bằng văn bản trước ngày ghi trên.";
    let body = bold("QUYẾT ĐỊNH")
        + &bold("Về quy chế")
        + &paragraph(&run(text))
        + &styled(HEADING, "Chương II");
    let read = read_with_property(&body, "");
    assert_eq!(
        (read.title.as_str(), read.title_certainty),
        ("QUYẾT ĐỊNH Về quy chế", TitleCertainty::Guessed)
    );
    assert_eq!(write(&read.content), format!("{text}\n\n# Chương II\n"));
    let plain = paragraph(&run(text)).repeat(3) + &styled(HEADING, "Chương II");
    assert_eq!(read_with_property(&plain, "").title_certainty, TitleCertainty::FileName);
    let first = styled(HEADING, "Kế hoạch") + &paragraph(&run(text));
    assert_eq!(read_with_property(&first, "").title_certainty, TitleCertainty::Certain);
}
