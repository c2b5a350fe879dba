//! Addresses: the check of `tests/properties/query.rs` with whatever a fuzzer comes up with.

#![no_main]

#[path = "../../tests/properties/query.rs"]
mod query;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| query::check(bytes));
