use super::*;

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn instruction(text: &str) -> String {
    format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>")
}

fn field(code: &str, result: &str) -> String {
    mark("begin") + code + &mark("separate") + result + &mark("end")
}

#[test]
fn conditions_of_fields_are_never_shown() {
    let inner = field(&instruction("MERGEFIELD Loai"), &run("LOAI"));
    let code = instruction("IF ") + &inner + &instruction(" = \"A\" \"x\" \"y\"");
    let body = paragraph(&(run("Số: ") + &field(&code, &run("mười"))));
    assert_eq!(text_of(&body), ("Số: mười\n".to_owned(), Vec::new()));
}

#[test]
fn links_in_fields_and_in_elements_are_kept() {
    let page = field(&instruction("PAGEREF x"), &run("7"));
    let link = field(
        &instruction("HYPERLINK \"https://a.vn/b\" \\l \"c\""),
        &(run("Trang ") + &page + &run(" này")),
    );
    let simple =
        format!("<w:fldSimple w:instr=\"HYPERLINK https://a.vn\">{}</w:fldSimple>", run("kia"));
    let place = format!("<w:hyperlink w:anchor=\"x\">{}</w:hyperlink>", run("mục"));
    let body = paragraph(&(link + &run(", ") + &simple + &run(", ") + &place));
    assert_eq!(text_of(&body).0, "[Trang 7 này](https://a.vn/b#c), [kia](https://a.vn), mục\n");
}

#[test]
fn fields_can_span_paragraphs() {
    let first =
        paragraph(&(mark("begin") + &instruction("TOC \\o") + &mark("separate") + &run("Mục 1")));
    let code = paragraph(&(mark("begin") + &instruction("IF 1")));
    let result = paragraph(&(instruction(" = 2") + &mark("separate") + &run("Chữ") + &mark("end")));
    let body = first + &paragraph(&run("Mục 2")) + &paragraph(&mark("end")) + &code + &result;
    assert_eq!(text_of(&body).0, "Mục 1\n\nMục 2\n\nChữ\n");
}

#[test]
fn text_after_a_field_that_never_ends_is_kept() {
    let body = paragraph(&(mark("begin") + &run("Một")))
        + &paragraph(&(field(&instruction("X"), &run("hai")) + &run(" ba")));
    assert_eq!(text_of(&body).0, "Một\n\nhai ba\n");
}

#[test]
fn form_fields_show_their_state() {
    let form = |data: &str, code: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{data}</w:ffData></w:fldChar></w:r>{}",
            instruction(code)
        )
    };
    let checked =
        form("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>", "FORMCHECKBOX")
            + &mark("end");
    let unchecked = form("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>", "FORMCHECKBOX")
        + &mark("separate")
        + &mark("end");
    let list = form(
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"xã\"/><w:listEntry w:val=\"tỉnh\"/></w:ddList>",
        "FORMDROPDOWN",
    ) + &mark("end");
    let typed =
        form("<w:textInput/>", "FORMTEXT") + &mark("separate") + &run("Lò Thị Mai") + &mark("end");
    let body = paragraph(
        &(checked + &run(" Có ") + &unchecked + &run(" Không, ") + &list + &run(", ") + &typed),
    );
    assert_eq!(text_of(&body), ("☒ Có ☐ Không, tỉnh, Lò Thị Mai\n".to_owned(), Vec::new()));
}
