//! Fuzzes the reading of tokens, cookies and sets of keys, with the check in `tests/properties/token.rs`.

#![no_main]

#[path = "../../tests/properties/token.rs"]
mod token;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| token::check(bytes));
