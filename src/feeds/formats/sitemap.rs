//! Writes XML site maps as specified by sitemaps.org, and the index of their parts.

use cong_core::vietnamese::Timestamp;

use super::xml::Xml;

/// A page in a site map, or a part of the site map in its index.
pub struct SitemapEntry {
    /// The absolute address of the page or part.
    pub url: String,
    /// When the page or part last changed; `None` if that is unknown. A wrong time would be worse than none.
    pub updated: Option<Timestamp>,
}

/// Writes a site map of these pages. The protocol allows at most 50,000.
pub fn sitemap(pages: &[SitemapEntry]) -> String {
    document("urlset", "url", pages)
}

/// Writes the index of the parts of a site map. The protocol allows at most 50,000.
pub fn sitemap_index(parts: &[SitemapEntry]) -> String {
    document("sitemapindex", "sitemap", parts)
}

fn document(root: &str, name: &str, entries: &[SitemapEntry]) -> String {
    let namespace = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
    Xml::document(root, &namespace, |xml| {
        for entry in entries {
            xml.element(name, &[], |xml| {
                xml.text("loc", &entry.url);
                if let Some(updated) = entry.updated {
                    xml.text("lastmod", &updated.rfc3339());
                }
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_given_where_it_is_known() {
        let entry = |path: &str, updated: Option<i64>| SitemapEntry {
            url: format!("https://cong.example{path}"),
            updated: updated.map(Timestamp),
        };
        let xml = sitemap(&[entry("/", None), entry("/x?a&b", Some(0))]);
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
             <url><loc>https://cong.example/</loc></url>\
             <url><loc>https://cong.example/x?a&amp;b</loc>\
             <lastmod>1970-01-01T07:00:00+07:00</lastmod></url></urlset>"
        );
    }
}
