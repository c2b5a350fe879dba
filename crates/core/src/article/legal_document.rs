//! The data that identify a legal document: number, kind, the bodies behind it, date, place and signers.

use crate::vietnamese::Timestamp;

/// The data that identify a legal document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalDocument {
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<Timestamp>,
    /// The public body directly above the issuer, which the document names above it.
    pub parent: Option<String>,
    /// The name of the place where the document was signed, as its date line gives it.
    pub place: Option<String>,
    /// The signer as one text; `None` if there are `signers`.
    pub signer: Option<String>,
    /// The signers, in the order of the document. A joint document has several.
    pub signers: Vec<DocumentSigner>,
}

/// A person who signed a legal document. At least the position or the name is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentSigner {
    /// For whom the person signed, in the words of the document, such as "KT. Chủ tịch" ("for the chairman").
    pub capacity: Option<String>,
    pub position: Option<String>,
    pub name: Option<String>,
}

impl LegalDocument {
    /// Returns each signer as one text for readers, from `signers` and from `signer`.
    pub fn signer_texts(&self) -> Vec<String> {
        self.signers.iter().map(DocumentSigner::to_string).chain(self.signer.clone()).collect()
    }
}

/// The signer on one line, such as "KT. Chủ tịch, Phó Chủ tịch Hà Thị Vân".
impl std::fmt::Display for DocumentSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { capacity, position, name } = self;
        let parts = [(capacity, ", "), (position, " "), (name, "")];
        let mut separator = "";
        for (part, after) in parts {
            if let Some(part) = part {
                write!(f, "{separator}{part}")?;
                separator = after;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(capacity: &str, position: &str, name: &str) -> DocumentSigner {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        DocumentSigner { capacity: part(capacity), position: part(position), name: part(name) }
    }

    #[test]
    fn signer_is_written_with_the_parts_that_are_known() {
        for (parts, expected) in [
            (
                ["KT. Chủ tịch", "Phó Chủ tịch", "Hà Thị Vân"],
                "KT. Chủ tịch, Phó Chủ tịch Hà Thị Vân",
            ),
            (["", "Chủ tịch", "Hà Thị Vân"], "Chủ tịch Hà Thị Vân"),
            (["TM. Ban Thường vụ", "", "Hà Thị Vân"], "TM. Ban Thường vụ, Hà Thị Vân"),
            (["TM. Ban Thường vụ", "Chủ tịch", ""], "TM. Ban Thường vụ, Chủ tịch"),
            (["", "", "Hà Thị Vân"], "Hà Thị Vân"),
        ] {
            let [capacity, position, name] = parts;
            assert_eq!(signer(capacity, position, name).to_string(), expected);
        }
    }

    #[test]
    fn signers_in_parts_and_the_signer_as_one_text_give_one_list() {
        let in_parts = vec![signer("", "Chủ tịch", "Hà Thị Vân"), signer("", "", "Lò Văn Pản")];
        let document = LegalDocument { signers: in_parts, ..LegalDocument::default() };
        assert_eq!(document.signer_texts(), ["Chủ tịch Hà Thị Vân", "Lò Văn Pản"]);
        let signer = Some("Chủ tịch Hà Thị Vân".to_owned());
        let document = LegalDocument { signer, ..LegalDocument::default() };
        assert_eq!(document.signer_texts(), ["Chủ tịch Hà Thị Vân"]);
        assert!(LegalDocument::default().signer_texts().is_empty());
    }
}
