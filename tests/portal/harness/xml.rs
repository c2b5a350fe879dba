//! Checks XML answers with independent software: a parser, and the validator of libxml2.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Answer, root};

/// The schema of sitemaps.org, from the npm package `sitemap`.
pub const SITEMAP: &str = "node_modules/sitemap/schema/sitemap.xsd";
pub const SITEMAP_INDEX: &str = "tests/schemas/siteindex.xsd";

impl Answer {
    /// Returns the texts of all elements with this name, in order. Panics if the answer is not well-formed.
    #[track_caller]
    pub fn xml_texts(&self, name: &str) -> Vec<String> {
        let text = self.text();
        let document = roxmltree::Document::parse(&text).unwrap();
        let elements = document.descendants().filter(|node| node.tag_name().name() == name);
        elements.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    }

    /// Asserts that the answer is valid according to an XML schema, which is given by its path in the repository.
    #[track_caller]
    pub fn assert_valid(self, schema: &str) -> Self {
        let mut process = Command::new(root().join("node_modules/.bin/node"))
            .args(["tests/xmllint.mjs", schema])
            .current_dir(root())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        process.stdin.take().unwrap().write_all(&self.bytes).unwrap();
        let output = process.wait_with_output().unwrap();
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{problems}\n{}", self.text());
        self
    }
}
