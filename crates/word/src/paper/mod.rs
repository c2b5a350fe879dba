//! Official papers: recognises the layout of administrative documents (Nghị định 30/2020/NĐ-CP, annex I) and of
//! normative acts (Nghị định 78/2025/NĐ-CP and 187/2025/NĐ-CP), reads the fields of the legal document, and removes the
//! head and the signature from the text.

mod annexes;
mod bodies;
mod doubt;
mod header;
mod header_lines;
mod headings;
mod kind;
mod labels;
mod lines;
mod name_parts;
mod names;
mod number;
mod quotes;
mod read;
mod signature;
mod signers;
mod spelling;
mod subject;
mod syllables;
mod writing;

pub use doubt::PaperDoubt;
pub use read::{PaperText, read_paper};
