//! Checks of what people typed: links, telephone numbers and e-mail addresses.

/// Counts the links in a text, with or without a scheme such as `https:`.
pub fn links_in(text: &str) -> usize {
    let text = text.to_lowercase();
    let with_scheme = text.matches("http://").count() + text.matches("https://").count();
    let bare = text
        .split(|c: char| c.is_whitespace() || c == '(')
        .filter(|word| word.starts_with("www."))
        .count();
    with_scheme + bare
}

/// Whether a text may be a telephone number: 8 to 15 digits, with spaces and the usual punctuation.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'))
}

/// Whether a text may be an e-mail address. The check is permissive: it refuses only what is certainly none.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
}
