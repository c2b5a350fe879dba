//! Plain wrangler commands on the portal's storage, as an editor or operator types them.

use std::process::Command;

use super::{Portal, root, turns};

impl Portal {
    /// `npx wrangler …` with the words given.
    #[track_caller]
    pub fn wrangler(&self, args: &[&str]) -> String {
        match self.try_wrangler(args) {
            Ok(printed) => printed,
            Err(printed) => panic!("wrangler {args:?}:\n{printed}"),
        }
    }

    /// What it printed, with whether it succeeded.
    fn try_wrangler(&self, args: &[&str]) -> Result<String, String> {
        let _turn = turns::for_wrangler(self.port);
        // What `npx wrangler` runs, and with the Node.js that it finds, without npx's own half a second.
        let programs = root().join("node_modules/.bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new(programs.join("wrangler"))
            .env("PATH", format!("{}:{path}", programs.display()))
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
        if output.status.success() { Ok(stdout) } else { Err(format!("{stdout}\n{stderr}")) }
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
        self.sql_many(database, sql).swap_remove(0)
    }

    /// The rows of several queries with semicolons between.
    #[track_caller]
    pub fn sql_many(&self, database: &str, sql: &str) -> Vec<Vec<serde_json::Value>> {
        let printed = self.wrangler(&["d1", "execute", database, "--json", "--command", sql]);
        let results: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
        results.iter().map(|result| result["results"].as_array().unwrap().clone()).collect()
    }

    /// Runs SQL that the database's own rules forbid, with this message.
    #[track_caller]
    pub fn assert_refuses(&self, sql: &str, message: &str) {
        match self.try_wrangler(&["d1", "execute", "DB", "--json", "--command", sql]) {
            Ok(printed) => panic!("was carried out: {sql}\n{printed}"),
            Err(printed) => assert!(printed.contains(message), "{sql}\n{printed}"),
        }
    }

    /// The names of the keys in one of the namespaces.
    #[track_caller]
    pub fn keys(&self, binding: &str) -> Vec<String> {
        let printed = self.wrangler(&["kv", "key", "list", "--binding", binding]);
        let keys: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
        keys.iter().map(|key| key["name"].as_str().unwrap().to_owned()).collect()
    }
}
