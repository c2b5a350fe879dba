use super::*;
use crate::xml::XmlError;

#[test]
fn files_that_are_no_word_files_are_refused() {
    assert!(matches!(read(b"PK\x03\x04nothing", "a.docx"), Err(WordError::Archive(_))));
    let old = [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 600]].concat();
    assert_eq!(read(&old, "a.docx"), Err(WordError::OldOrProtected));
    assert_eq!(read(&archive(&[("a.txt", b"a")]), "a.docx"), Err(WordError::NoMainPart));
    let deep = document(&format!("{}{}", "<w:sdt>".repeat(2_000), "</w:sdt>".repeat(2_000)));
    assert_eq!(read(&deep, "a.docx"), Err(WordError::Xml(XmlError::TooDeep)));
}

#[test]
fn files_that_unpack_to_more_than_the_limit_are_refused() {
    let large = document(&paragraph(&run(&"a".repeat(3_000_000))));
    let limits = WordLimits { text_mebibytes: 2, all_mebibytes: 10 };
    assert_eq!(
        crate::read(&large, "a.docx", LayoutRules::None, limits),
        Err(WordError::TooLarge(2))
    );
    assert!(read(&large, "a.docx").is_ok());
}

#[test]
fn long_texts_and_tables_are_read_in_slices_without_a_loss() {
    let rows: Vec<_> = (0..4_000).map(|index| row(&["Xã", &format!("dòng{index}")])).collect();
    let paragraphs: String =
        (0..4_000).map(|index| paragraph(&run(&format!("đoạn{index}")))).collect();
    let read =
        read(&document(&(paragraphs + &table(&rows) + &paragraph(&run("Hết")))), "a.docx").unwrap();
    assert!(read.left_out.is_empty(), "{:?}", read.left_out);
    assert_eq!(read.content.blocks.len(), 4_002);
    let text = write(&read.content);
    assert!(text.contains("| Xã | dòng3999 |\n\nHết\n") && text.matches("| --- |").count() == 1);
}
