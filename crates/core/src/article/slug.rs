/// The maximum length of a slug, in characters; KV would allow 512 bytes.
pub const MAX_SLUG_CHARS: usize = 120;

/// Whether the text can be the slug of an article: `[a-z0-9-]`, 1 to 120 characters.
pub fn is_slug(text: &str) -> bool {
    (1..=MAX_SLUG_CHARS).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
