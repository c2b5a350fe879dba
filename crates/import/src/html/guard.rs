//! Rejects pages whose parsing would take too much time or memory. The work of the HTML parser grows with the square of
//! the nesting depth, of the number of attributes, and of the number of formatting elements that are never closed.

/// The maximum nesting depth of elements. It is high because old pages leave hundreds of `<font>` elements open.
const MAX_DEPTH: usize = 1_000;
/// The maximum number of attributes of one element, as `attributes` estimates it.
const MAX_ATTRIBUTES: usize = 5_000;
/// The maximum product of two numbers: how many formatting elements (such as `<b>`) are open at once, and how many
/// elements the page has. The parser may open every open formatting element again in every element of the page.
const MAX_REOPENED: usize = 20_000_000;

/// Elements that have no end tag or may omit it.
const UNCLOSED: &str = "\
    area base body br col colgroup dd dt embed head hr html img input li link meta option \
    optgroup p param rp rt source tbody td tfoot th thead tr";

const FORMATTING: &str = "\
    a b big code em font i nobr s small strike strong tt u";

/// Whether parsing the page takes time and memory only in proportion to its length.
pub fn is_harmless(html: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut formatting, mut most_formatting) = (0_usize, 0_usize);
    let mut elements = 0_usize;
    for tag in html.split('<').skip(1) {
        let is_end = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .take(12)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if name.is_empty() {
            continue;
        }
        let inside = tag.split('>').next().unwrap_or_default();
        if inside.len() > MAX_ATTRIBUTES && attributes(inside) > MAX_ATTRIBUTES {
            return false;
        }
        elements += 1;
        let is_formatting = is_among(&name, FORMATTING);
        if is_among(&name, UNCLOSED) {
            continue;
        }
        if is_end {
            depth = depth.saturating_sub(1);
            formatting = formatting.saturating_sub(usize::from(is_formatting));
        } else {
            depth += 1;
            formatting += usize::from(is_formatting);
            deepest = deepest.max(depth);
            most_formatting = most_formatting.max(formatting);
        }
    }
    deepest <= MAX_DEPTH && most_formatting.saturating_mul(elements) <= MAX_REOPENED
}

fn is_among(name: &str, names: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// Estimates the number of attributes of a tag by the spaces and slashes outside quotes.
fn attributes(tag: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    for c in tag.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None => count += usize::from(c.is_whitespace() || c == '/'),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass_however_untidy_they_are() {
        assert!(is_harmless(&"<p><font face=x><b>a</b>".repeat(500)));
        assert!(is_harmless(&"<tr><td><p>a<li>b<br>".repeat(50_000)));
        assert!(is_harmless(&format!(
            "<img src=\"data:image/png;base64,{}\">",
            "A /".repeat(50_000)
        )));
        assert!(is_harmless("a < b and <3"));
    }

    #[test]
    fn pages_made_to_exhaust_the_parser_do_not() {
        assert!(!is_harmless(&"<div>".repeat(100_000)));
        assert!(!is_harmless(&format!("<a {}>", "x ".repeat(10_000))));
        assert!(!is_harmless(&format!("{}{}", "<b id=1>".repeat(900), "<p>".repeat(100_000))));
    }
}
