//! The table `document` of an imported document, which says what a legal document is.

use cong_core::article::{DocumentSigner, LegalDocument};
use serde::Serialize;
use toml::value::{Datetime, DatetimeParseError};

use super::field_lengths::{MAX_ITEMS, MAX_LINE_CHARS, cut_line};

/// The fields of the table, in the order in which they are written.
#[derive(Serialize, PartialEq, Default)]
pub struct LegalDocumentFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_on: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signers: Vec<SignerFields>,
}

#[derive(Serialize, PartialEq)]
struct SignerFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl LegalDocumentFields {
    /// The fields of a legal document; `None` if nothing about it is known.
    ///
    /// # Errors
    /// The day of issue cannot be written.
    pub fn of(document: &LegalDocument) -> Result<Option<Self>, DatetimeParseError> {
        let signers: Vec<_> =
            document.signers.iter().filter_map(SignerFields::of).take(MAX_ITEMS).collect();
        let fields = Self {
            number: line(&document.number),
            kind: line(&document.kind),
            issuer: line(&document.issuer),
            issued_on: document.issued_on.map(|at| at.day().to_string().parse()).transpose()?,
            parent: line(&document.parent),
            place: line(&document.place),
            signer: line(&document.signer).filter(|_| signers.is_empty()),
            signers,
        };
        Ok((fields != Self::default()).then_some(fields))
    }
}

impl SignerFields {
    /// The fields of a signer; `None` if neither position nor name is known, because the portal requires one of them.
    fn of(signer: &DocumentSigner) -> Option<Self> {
        let DocumentSigner { capacity, position, name } = signer;
        let (position, name) = (line(position), line(name));
        let is_known = position.is_some() || name.is_some();
        is_known.then(|| Self { capacity: line(capacity), position, name })
    }
}

fn line(text: &Option<String>) -> Option<String> {
    cut_line(text.as_deref(), MAX_LINE_CHARS)
}
