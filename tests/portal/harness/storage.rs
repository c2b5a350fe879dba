//! Writes and reads a portal's storage through the Worker's test entry, which is faster than wrangler (about a second
//! for each command). Tests that are about wrangler run wrangler itself.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Answer, Portal};

impl Portal {
    /// Publishes or replaces an article.
    #[track_caller]
    pub fn put_article(&self, slug: &str, document: impl AsRef<[u8]>) {
        self.put("ARTICLES", slug, document.as_ref());
    }

    #[track_caller]
    pub fn put(&self, binding: &str, key: &str, value: &[u8]) {
        self.storage(&format!("put {binding} {}", encoded(key)), value).assert_status(200);
    }

    #[track_caller]
    pub fn delete_article(&self, slug: &str) {
        self.storage(&format!("delete ARTICLES {}", encoded(slug)), b"").assert_status(200);
    }

    #[track_caller]
    pub fn keys(&self, binding: &str) -> Vec<String> {
        let answer = self.storage(&format!("keys {binding}"), b"").assert_status(200);
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// Runs one SQL query, and returns its rows.
    #[track_caller]
    pub fn sql(&self, database: &str, sql: &str) -> Vec<Value> {
        self.sql_many(database, sql).swap_remove(0)
    }

    /// Runs several SQL queries, separated by semicolons, in one transaction. Returns the rows of each.
    #[track_caller]
    pub fn sql_many(&self, database: &str, sql: &str) -> Vec<Vec<Value>> {
        let answer = self.storage(&format!("sql {database}"), sql.as_bytes());
        assert_eq!(answer.status, 200, "{sql}\n{}", answer.text());
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// Asserts that the database `DB` rejects the statement with this message.
    #[track_caller]
    pub fn assert_refuses(&self, sql: &str, message: &str) {
        let answer = self.storage("sql DB", sql.as_bytes());
        let text = answer.text();
        assert_eq!(answer.status, 400, "the statement succeeded: {sql}\n{text}");
        assert!(text.contains(message), "{sql}\n{text}");
    }

    fn storage(&self, action: &str, body: &[u8]) -> Answer {
        self.request("POST", "/").header("x-storage", action).body(body).send()
    }
}

fn encoded(key: &str) -> String {
    utf8_percent_encode(key, NON_ALPHANUMERIC).to_string()
}
