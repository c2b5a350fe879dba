//! Plain wrangler commands on the portal's storage, as an editor or operator types them.

use std::process::Command;

use super::{Portal, root};

impl Portal {
    /// `npx wrangler …` with the words given.
    #[track_caller]
    pub fn wrangler(&self, args: &[&str]) -> String {
        let output = Command::new("npx")
            .arg("wrangler")
            .args(args)
            .args(["--local", "--persist-to"])
            .arg(&self.state)
            .env("WRANGLER_SEND_METRICS", "false")
            .env("CI", "true")
            .current_dir(root())
            .output()
            .unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "wrangler {args:?}:\n{stdout}\n{stderr}");
        stdout
    }

    /// Publishes or corrects an article.
    #[track_caller]
    pub fn put_article(&self, slug: &str, document: impl AsRef<[u8]>) {
        self.put("ARTICLES", slug, document.as_ref());
    }

    #[track_caller]
    pub fn put(&self, binding: &str, key: &str, value: &[u8]) {
        let file = self.state.join(format!("put-{binding}-{key}"));
        std::fs::write(&file, value).unwrap();
        let path = file.to_str().unwrap();
        self.wrangler(&["kv", "key", "put", "--binding", binding, key, "--path", path]);
        std::fs::remove_file(&file).unwrap();
    }

    #[track_caller]
    pub fn delete_article(&self, slug: &str) {
        self.wrangler(&["kv", "key", "delete", "--binding", "ARTICLES", slug]);
    }

    /// The rows of one query.
    #[track_caller]
    pub fn sql(&self, database: &str, sql: &str) -> Vec<serde_json::Value> {
        let printed = self.wrangler(&["d1", "execute", database, "--json", "--command", sql]);
        let results: serde_json::Value = serde_json::from_str(&printed).unwrap();
        results[0]["results"].as_array().unwrap().clone()
    }
}
