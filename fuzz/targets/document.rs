//! Fuzzes the parsing of documents and of Markdown alone, with the check in `tests/properties/document.rs`.

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
