//! Tokens, cookies and sets of keys: the check of `tests/properties/token.rs` with whatever a fuzzer comes up with.

#![no_main]

#[path = "../../tests/properties/token.rs"]
mod token;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| token::check(bytes));
