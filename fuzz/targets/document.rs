//! Documents, and Markdown by itself: the check of `tests/properties/document.rs` with whatever a fuzzer comes up with.

#![no_main]

#[path = "../../tests/properties/document.rs"]
mod document;
#[path = "../../tests/properties/html.rs"]
mod html;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    document::check(bytes);
    if let Ok(body) = std::str::from_utf8(bytes) {
        document::check_body(body);
    }
});
