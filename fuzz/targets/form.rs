//! Fuzzes the reading of form bodies, with the check in `tests/properties/form.rs`.

#![no_main]

#[path = "../../tests/properties/form.rs"]
mod form;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| form::check(bytes));
