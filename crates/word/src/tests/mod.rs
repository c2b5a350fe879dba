use std::io::{Cursor, Write as _};

use cong_core::markdown_writer::write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::*;

mod bounds;
mod fields;
mod lists;
mod tables;
mod text;
mod titles;

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

/// Makes a Word file with a main part and further parts, such as `("styles", "<w:style …/>")`.
fn with_parts(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = main_part(body);
    let others: Vec<(String, String)> = parts
        .iter()
        .map(|(name, xml)| {
            let xml = format!("<w:{name} xmlns:w=\"w\" xmlns:r=\"r\">{xml}</w:{name}>");
            (format!("word/{name}.xml"), xml)
        })
        .collect();
    let others = others.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes()));
    let all: Vec<_> =
        std::iter::once(("word/document.xml", main.as_bytes())).chain(others).collect();
    archive(&all)
}

fn read(bytes: &[u8], file_name: &str) -> Result<WordDocument, WordError> {
    super::read(bytes, file_name, LayoutRules::OfficialPapers, WordLimits::NATIVE)
}

/// Returns the Markdown of the article made from this body, and the omissions.
fn text_of(body: &str) -> (String, Vec<WordOmission>) {
    text_with_parts(body, &[])
}

fn text_with_parts(body: &str, parts: &[(&str, &str)]) -> (String, Vec<WordOmission>) {
    let read = read(&with_parts(body, parts), "a.docx").unwrap();
    (write(&read.content), read.left_out)
}

fn run(text: &str) -> String {
    run_with("", text)
}

fn run_with(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn numbered(id: &str, text: &str) -> String {
    let runs = if text.is_empty() { String::new() } else { run(text) };
    format!("<w:p><w:pPr><w:numPr><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>{runs}</w:p>")
}

fn cell(content: &str) -> String {
    format!("<w:tc>{content}</w:tc>")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| cell(&paragraph(&run(text)))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}
