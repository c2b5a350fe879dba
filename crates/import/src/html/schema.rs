//! Reads the metadata that a page gives to search engines in JSON-LD: the author, and the times of publication and
//! update.

use cong_core::vietnamese::{Timestamp, visible_line};
use serde_json::Value;

use super::page::SavedPage;
use crate::dates;

/// The maximum nesting depth at which JSON-LD is searched for the metadata of an article.
const MAX_DEPTH: usize = 8;

#[derive(Debug, Default)]
pub struct ArticleSchema {
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub author: Option<String>,
}

pub fn read(page: &SavedPage) -> ArticleSchema {
    let scripts = page.select("script[type='application/ld+json']");
    let values = scripts.iter().filter_map(|script| {
        serde_json::from_str::<Value>(&script.text().collect::<String>()).ok()
    });
    let article = values.into_iter().find_map(|value| article(&value, 0).cloned());
    let time = |key| article.as_ref()?.get(key)?.as_str().and_then(dates::find);
    ArticleSchema {
        published: time("datePublished"),
        updated: time("dateModified"),
        author: article.as_ref().and_then(|article| name(article.get("author")?)),
    }
}

fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Object(fields) if fields.contains_key("datePublished") => Some(value),
        Value::Object(fields) => fields.values().find_map(|inner| article(inner, depth + 1)),
        Value::Array(items) => items.iter().find_map(|inner| article(inner, depth + 1)),
        _ => None,
    }
}

/// The name of an author, which JSON-LD gives as a text, as an object with `name`, or as a list of these.
fn name(author: &Value) -> Option<String> {
    let name = match author {
        Value::Array(authors) => return authors.first().and_then(name),
        Value::Object(person) => person.get("name")?,
        other => other,
    };
    name.as_str().map(visible_line).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_in_whatever_form_it_is_written() {
        for json in [
            r#"{"@type":"NewsArticle","datePublished":"2021-03-02T02:11:09Z","author":{"name":"Sùng A Tủa"}}"#,
            r#"{"@graph":[{"@type":"WebSite"},{"datePublished":"2021-03-02T02:11:09+00:00","author":["Sùng A Tủa"]}]}"#,
        ] {
            let page = SavedPage::parse(&format!(
                "<script type='application/ld+json'>{json}</script><p>x"
            ));
            let schema = read(&page);
            assert_eq!(schema.author.as_deref(), Some("Sùng A Tủa"), "{json}");
            assert_eq!(schema.published.unwrap().date_time(), "02/03/2021 09:11:09");
        }
        let broken = SavedPage::parse("<script type='application/ld+json'>{,}</script>");
        assert!(read(&broken).published.is_none());
    }
}
