//! The fields of the table `document`, which make an article a legal document.

use super::legal_document::{DocumentSigner, LegalDocument};
use super::problem::Cause;
use super::reader::{FieldReader, MAX_LINE_CHARS};

/// Reads the table `document`.
pub fn read_legal_document(fields: &mut FieldReader<'_>) -> LegalDocument {
    let signer_place = fields.place_of_key("signer");
    let signer = fields.visible_line("signer", MAX_LINE_CHARS);
    let signers = fields.groups("signers", |signer| {
        let name_place = signer.place_of_key("name");
        let capacity = signer.visible_line("capacity", MAX_LINE_CHARS);
        let position = signer.visible_line("position", MAX_LINE_CHARS);
        let name = signer.visible_line("name", MAX_LINE_CHARS);
        if position.is_none() && name.is_none() {
            signer.error(name_place, "name", Cause::MissingWithout("position"));
        }
        Some(DocumentSigner { capacity, position, name })
    });
    if signer.is_some() && !signers.is_empty() {
        fields.warning(signer_place, "signer", Cause::ReplacedBy("signers"));
    }
    LegalDocument {
        number: fields.visible_line("number", MAX_LINE_CHARS),
        kind: fields.visible_line("kind", MAX_LINE_CHARS),
        issuer: fields.visible_line("issuer", MAX_LINE_CHARS),
        issued_on: fields.time("issued_on"),
        parent: fields.visible_line("parent", MAX_LINE_CHARS),
        place: fields.visible_line("place", MAX_LINE_CHARS),
        signer: signer.filter(|_| signers.is_empty()),
        signers,
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::parse;
    use super::super::rules::DocumentRules;
    use super::*;

    /// Parses a document with this table `document`. Returns its legal document and the problems.
    fn legal_document(fields: &str) -> (Option<LegalDocument>, Vec<String>) {
        let document = format!(
            "+++\ntitle = \"Một\"\nupdated = 2019-07-05\nauthor = \"An\"\n[document]\n{fields}\n+++\nNội dung.\n"
        );
        let (document, problems) = match parse(document.as_bytes(), &DocumentRules::default()) {
            Ok(parsed) => (parsed.article.document, parsed.warnings),
            Err(problems) => (None, problems),
        };
        (document, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn texts_of_a_legal_document_are_visible_and_in_normal_form_c() {
        let (document, problems) = legal_document(
            "number = \"27\u{200B}/QĐ\u{AD}-LHH\"\nparent = \" Hội \u{FEFF} cấp\\n trên\"\nplace = \"So\u{31b}n La\u{302}m\"\n\
             signer = \"\u{200B}\"\nsigners = [{ position = \" \", name = \"Va\u{302}n\u{2060}\" }]",
        );
        assert_eq!(problems, Vec::<String>::new());
        let document = document.unwrap();
        assert_eq!(document.number.as_deref(), Some("27/QĐ-LHH"));
        assert_eq!(document.parent.as_deref(), Some("Hội cấp trên"));
        assert_eq!(document.place.as_deref(), Some("Sơn Lâm"));
        assert_eq!(document.signer, None);
        let name = Some("Vân".to_owned());
        assert_eq!(document.signers, [DocumentSigner { name, ..DocumentSigner::default() }]);
    }

    #[test]
    fn signers_replace_the_signer_with_a_warning() {
        let (document, problems) =
            legal_document("signer = \"Vân\"\nsigners = [{ name = \"Hà Thị Vân\" }]");
        assert_eq!(document.unwrap().signer_texts(), ["Hà Thị Vân"]);
        assert_eq!(
            problems,
            ["dòng 6, trường “document.signer”: không dùng cùng “signers”; cổng chỉ lấy “signers”"]
        );
        let (document, problems) = legal_document("signer = \"Vân\"\nsigners = []");
        assert_eq!((document.unwrap().signer_texts(), problems.len()), (vec!["Vân".to_owned()], 0));
    }

    #[test]
    fn problems_of_signers_name_the_line_and_the_signer() {
        for (fields, expected) in [
            (
                "signers = [\n{ name = \"Vân\" },\n{ capacity = \"KT. Chủ tịch\", name = \"\" }]",
                "dòng 8, trường “document.signers[2].name”: bắt buộc phải có khi không có “position”",
            ),
            (
                "[[document.signers]]\nname = \"Vân\"\nposision = \"Chủ tịch\"",
                "dòng 8, trường “document.signers[1].posision”: không có trường này; có phải “position”?",
            ),
            (
                "signers = \"Vân\"",
                "dòng 6, trường “document.signers”: phải là danh sách, không phải chuỗi ký tự trong dấu nháy",
            ),
            (
                "signers = [{ name = 7 }, { name = \"Vân\" }]",
                "dòng 6, trường “document.signers[1].name”: phải là chuỗi ký tự trong dấu nháy, không phải số hoặc giá trị rỗng",
            ),
        ] {
            assert_eq!(legal_document(fields).1[0], expected);
        }
        let long = format!("place = \"{}\"", "Lâm ".repeat(200));
        let expected = "dòng 6, trường “document.place”: dài 799 ký tự, tối đa 500";
        assert_eq!(legal_document(&long).1, [expected]);
    }
}
