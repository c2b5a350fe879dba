use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing""#;

/// Makes a Word file with this body and with everything that a body can refer to: styles, numbering, notes, links and
/// pictures.
pub fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    );
    let styles = format!(
        r#"<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Tieude"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="Muc1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Cu"/><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style></w:styles>"#
    );
    let numbering = format!(
        r#"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    let footnotes = format!(
        r#"<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Theo số liệu năm 2018.</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="x" Target="https://example.vn/luat" TargetMode="External"/><Relationship Id="rId2" Type="x" Target="media/image1.png"/></Relationships>"#;
    let properties = r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
        <dc:title>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</dc:title><dc:creator>Lò Văn Chính</dc:creator><dcterms:modified>2018-03-02T01:00:00Z</dcterms:modified></cp:coreProperties>"#;
    archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/footnotes.xml", footnotes.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/media/image1.png", b"\x89PNG\r\n\x1a\n"),
        ("docProps/core.xml", properties.as_bytes()),
    ])
}

pub const BODY: &str = r#"
<w:p><w:pPr><w:pStyle w:val="Tieude"/></w:pPr><w:r><w:t>Báo cáo tổng kết đề tài giống lúa cạn</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Muc1"/></w:pPr><w:r><w:t>I. Kết quả</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Cu"/></w:pPr><w:r><w:t>§Ò tµi do </w:t></w:r><w:r><w:t>së Khoa häc chñ tr×</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:b/><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t xml:space="preserve"> ôû baûy xaõ</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Căn cứ </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>Luật</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> về 3 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Chọn giống</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Giống địa phương</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Gieo thử</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Tạ/ha</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Bản Lục</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>24</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Ruộng lúa cạn"/><a:blip r:embed="rId2"/></wp:inline></w:drawing></w:r></w:p>"#;
