//! Property tests for all input from outside: documents, addresses, forms and tokens. Each module has a check for
//! bytes. These tests run it on inputs made of typical parts, and the targets in `fuzz/` run it on inputs of a fuzzer.
//! `growth` tests how the work for a document grows with its size.

mod document;
mod form;
mod growth;
mod html;
mod query;
mod token;
