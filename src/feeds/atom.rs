//! Atom (RFC 4287).

use std::fmt::Write;

use super::{Entry, Feed};
use crate::vietnamese::Instant;

pub const CONTENT_TYPE: &str = "application/atom+xml; charset=utf-8";

pub fn atom(feed: &Feed<'_>) -> String {
    // An empty feed has to name a time as well (section 4.1.1).
    let updated = feed.entries.iter().map(|entry| entry.updated).max().unwrap_or(Instant(0));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n",
    );
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "id", &feed.own_url);
    link(&mut xml, "self", &feed.own_url);
    link(&mut xml, "alternate", &feed.url);
    element(&mut xml, "updated", &updated.rfc3339());
    author(&mut xml, feed.author);
    for each in &feed.entries {
        entry(&mut xml, each);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, entry: &Entry<'_>) {
    xml.push_str("<entry>\n");
    element(xml, "title", entry.title);
    element(xml, "id", &entry.url);
    link(xml, "alternate", &entry.url);
    element(xml, "published", &entry.published.rfc3339());
    element(xml, "updated", &entry.updated.rfc3339());
    element(xml, "content", &entry.text);
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape(text));
}

fn link(xml: &mut String, rel: &str, url: &str) {
    let _ = writeln!(xml, "<link rel=\"{rel}\" href=\"{}\"/>", escape(url));
}

fn author(xml: &mut String, name: &str) {
    let _ = writeln!(xml, "<author><name>{}</name></author>", escape(name));
}

/// Text as XML 1.0 takes it: markup escaped, and what it knows no way to hold left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_ascii_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_names_itself_its_page_and_its_newest_change() {
        let entry = |title, at| Entry {
            title,
            url: format!("https://cong.example/hoi-dap/{at}"),
            published: Instant(at),
            updated: Instant(at),
            text: "Hỏi <b>\u{1}gì</b> & \"đáp\"".into(),
        };
        let xml = atom(&Feed {
            title: "Hỏi đáp".into(),
            author: "Sở",
            url: "https://cong.example/hoi-dap".into(),
            own_url: "https://cong.example/hoi-dap/atom.xml".into(),
            entries: vec![entry("Hai", 86_400), entry("Một", 0)],
        });
        for part in [
            "<link rel=\"self\" href=\"https://cong.example/hoi-dap/atom.xml\"/>",
            "<link rel=\"alternate\" href=\"https://cong.example/hoi-dap\"/>",
            "<updated>1970-01-02T07:00:00+07:00</updated>\n<author>",
            "<content>Hỏi &lt;b&gt;gì&lt;/b&gt; &amp; &quot;đáp&quot;</content>",
        ] {
            assert!(xml.contains(part), "{part} is not in:\n{xml}");
        }
        assert_eq!(xml.matches("<entry>").count(), 2);
    }
}
