//! Property tests for all input from outside: documents, addresses, forms and tokens. Each module has a check that
//! takes any bytes. The tests here run it on inputs composed of typical parts, and the targets in `fuzz/` on inputs of
//! a fuzzer. `growth` tests how the work for a document grows with its size.

mod document;
mod form;
mod growth;
mod html;
mod query;
mod token;
