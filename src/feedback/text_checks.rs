//! Checks of what people typed: links, telephone numbers and e-mail addresses.

pub fn links_in(text: &str) -> usize {
    let text = text.to_lowercase();
    let with_scheme = text.matches("http://").count() + text.matches("https://").count();
    let bare = text
        .split(|c: char| c.is_whitespace() || c == '(')
        .filter(|word| word.starts_with("www."))
        .count();
    with_scheme + bare
}

pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'))
}

/// Deliberately permissive: refuses only what is certainly not an e-mail address.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
}
