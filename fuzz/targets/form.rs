//! Bodies of forms: the check of `tests/properties/form.rs` with whatever a fuzzer comes up with.

#![no_main]

#[path = "../../tests/properties/form.rs"]
mod form;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| form::check(bytes));
