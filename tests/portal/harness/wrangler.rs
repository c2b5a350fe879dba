//! Wrangler commands on a portal's storage, as an editor or operator types them.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{Portal, root, turns};

/// Runs wrangler on a folder of local storage, and returns what it prints. An error contains standard output and
/// standard error.
pub fn wrangler_on(state: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    // This runs what `npx wrangler` runs, with the same Node.js, but saves the half second that npx takes.
    let programs = root().join("node_modules/.bin");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(programs.join("wrangler"))
        .env("PATH", format!("{}:{path}", programs.display()))
        .args(args)
        .args(["--local", "--persist-to"])
        .arg(state)
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CI", "true")
        .current_dir(root())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{}\n{stderr}", String::from_utf8_lossy(&output.stdout)))
    }
}

impl Portal {
    /// Runs `npx wrangler` with these arguments on the portal's storage. Returns what it prints.
    #[track_caller]
    pub fn wrangler(&self, args: &[&str]) -> String {
        let _turn = turns::for_wrangler(self.port);
        match wrangler_on(&self.state, args) {
            Ok(printed) => String::from_utf8_lossy(&printed).into_owned(),
            Err(printed) => panic!("wrangler {args:?}:\n{printed}"),
        }
    }

    /// Returns a text that is stored in a KV namespace.
    #[track_caller]
    pub fn kv_text(&self, binding: &str, key: &str) -> String {
        self.wrangler(&["kv", "key", "get", "--binding", binding, key, "--text"])
    }

    /// Publishes many articles at once, given as pairs of slug and document.
    #[track_caller]
    pub fn put_articles(&self, articles: impl Iterator<Item = (String, String)>) {
        let pairs = articles.map(|(slug, document)| json!({ "key": slug, "value": document }));
        let file = self.state.join("articles.json");
        fs::write(&file, Value::from_iter(pairs).to_string()).unwrap();
        self.wrangler(&["kv", "bulk", "put", file.to_str().unwrap(), "--binding", "ARTICLES"]);
    }
}
