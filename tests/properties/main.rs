//! What holds of everything that comes from outside, whatever it is: documents, addresses, forms, tokens. Each file
//! has one check of bytes, tried here with inputs made of typical parts, and by the targets in `fuzz/` with whatever
//! a fuzzer comes up with. `growth` states how the work for a document grows with its size.

mod document;
mod form;
mod growth;
mod html;
mod query;
mod token;
