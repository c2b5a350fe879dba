//! Escapes text so that Markdown shows it unchanged.

use crate::vietnamese::is_invisible;

/// Replaces each sequence of white space and control characters by one space, and removes invisible characters.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() && !c.is_control() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Escapes the characters that are Markdown syntax anywhere in a line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_special = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(inside_word(before) && inside_word(next)),
            '&' => next.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

pub fn escape_title(title: &str) -> String {
    escape(collapse(title).trim()).replace('"', "\\\"")
}

/// Escapes an address for use between the parentheses of a link, also within a table.
pub fn address(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.trim().chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '|' | ' ' | '"' | '`' | '*' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' => out.push_str("&amp;"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Escapes the beginning of a line if Markdown would read it as syntax there, such as `#`, `>` or a list marker.
pub fn escape_line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = |count: usize| line.get(count..).unwrap_or_default();
    let ends_mark = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    if (1..=9).contains(&digits) {
        let rest = after(digits);
        if rest.starts_with(['.', ')']) && ends_mark(after(digits + 1)) {
            return format!("{}\\{rest}", line.get(..digits).unwrap_or_default());
        }
        return line.to_owned();
    }
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    let is_special = match line.chars().next() {
        Some('#') => hashes <= 6 && ends_mark(after(hashes)),
        Some('-' | '+') => ends_mark(after(1)) || line.chars().all(|c| "-+ |:".contains(c)),
        Some('=') => line.chars().all(|c| c == '=' || c == ' '),
        Some(':') => line.starts_with(":-"),
        Some('>') => true,
        _ => false,
    };
    if is_special { format!("\\{line}") } else { line.to_owned() }
}
