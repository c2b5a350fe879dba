use std::io::{Cursor, Write as _};

use cong_core::markdown_writer::write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::xml::XmlError;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn main_part(body: &str) -> String {
    format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>{body}</w:body></w:document>")
}

fn document(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", main_part(body).as_bytes())])
}

#[test]
fn text_keeps_emphasis_tables_and_raised_digits() {
    let bytes = document(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Kết quả</w:t></w:r></w:p>\
         <w:p><w:r><w:t xml:space=\"preserve\">Gieo 3 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>\
         <w:t>2</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> thử</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Tạ</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>Bản Lục</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>24</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let read = read(&bytes, "bao_cao.docx", LayoutRules::None).unwrap();
    assert_eq!((read.title.as_str(), read.is_title_from_name), ("Kết quả", false));
    assert_eq!(
        write(&read.content),
        "Gieo 3 m² **thử**\n\n| Xã | Tạ |\n| --- | --- |\n| Bản Lục | 24 |\n"
    );
    assert!(read.left_out.is_empty(), "{:?}", read.left_out);
}

#[test]
fn parts_in_utf_16_are_read_and_the_name_of_the_file_is_the_last_title() {
    let part = main_part("<w:p><w:r><w:t>Đề nghị</w:t></w:r></w:p>");
    for (mark, code) in
        [(&[0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), (&[0xFE, 0xFF], u16::to_be_bytes)]
    {
        let bytes: Vec<u8> =
            mark.iter().copied().chain(part.encode_utf16().flat_map(code)).collect();
        let read =
            read(&archive(&[("word/document.xml", &bytes)]), "cong_van.docx", LayoutRules::None)
                .unwrap();
        assert_eq!((read.title.as_str(), read.is_title_from_name), ("cong van", true));
        assert_eq!(write(&read.content), "Đề nghị\n");
    }
}

#[test]
fn what_an_article_cannot_hold_is_named_once() {
    let bytes = document(
        "<w:p><w:del><w:r/></w:del><w:del><w:r/></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>\
         <w:r><w:t>Chữ</w:t></w:r></w:p>",
    );
    let read = read(&bytes, "a.docx", LayoutRules::None).unwrap();
    assert_eq!(read.left_out, [WordOmission::DeletedText, WordOmission::HiddenText]);
    assert_eq!(write(&read.content), "Chữ\n");
}

#[test]
fn text_boxes_are_read_once_however_deeply_they_are_nested() {
    let (mut open, mut close) = (String::new(), String::new());
    for depth in 0..60 {
        open += &format!("<w:p><w:r><w:t>{depth}</w:t><w:pict><w:txbxContent>");
        close += "</w:txbxContent></w:pict></w:r></w:p>";
    }
    let read = read(&document(&(open + &close)), "a.docx", LayoutRules::None).unwrap();
    assert_eq!(read.content.blocks.len(), 60);
    assert_eq!(read.left_out, [WordOmission::TextBox]);
}

#[test]
fn files_that_are_no_word_files_are_refused() {
    assert!(matches!(
        read(b"PK\x03\x04nothing", "a.docx", LayoutRules::None),
        Err(WordError::Archive(_))
    ));
    assert_eq!(
        read(&archive(&[("a.txt", b"a")]), "a.docx", LayoutRules::None),
        Err(WordError::NoMainPart)
    );
    let deep = document(&format!("{}{}", "<w:sdt>".repeat(2_000), "</w:sdt>".repeat(2_000)));
    assert_eq!(read(&deep, "a.docx", LayoutRules::None), Err(WordError::Xml(XmlError::TooDeep)));
}
