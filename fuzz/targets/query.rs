//! Fuzzes the parsing of addresses, with the check in `tests/properties/query.rs`.

#![no_main]

#[path = "../../tests/properties/query.rs"]
mod query;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| query::check(bytes));
