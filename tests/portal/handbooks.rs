//! The handbooks in `docs/`: their links work, and each setting is described once.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::harness::root;

/// Returns the Markdown files of the repository that are documentation, as pairs of path and text.
fn texts() -> Vec<(PathBuf, String)> {
    let folder = fs::read_dir(root().join("docs")).unwrap();
    let handbooks = folder.map(|entry| entry.unwrap().path());
    let others = ["README.md", "SECURITY.md", "CHANGELOG.md"].map(|name| root().join(name));
    handbooks
        .chain(others)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Returns the text without code blocks.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let kept = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// Returns the anchors of the headings, as GitHub makes them: lower case, hyphens for spaces, no punctuation.
fn anchors(text: &str) -> Vec<String> {
    let anchor = |heading: &str| -> String {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    let prose = prose(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

#[test]
fn links_in_the_handbooks_lead_to_existing_files_and_headings() {
    let texts = texts();
    let mut links = 0;
    for (path, text) in &texts {
        // Every second part between backticks is inline code.
        let words: String = prose(text).split('`').step_by(2).collect();
        for rest in words.split("](").skip(1) {
            let link = rest.split(')').next().unwrap();
            if link.starts_with("https://") {
                continue;
            }
            links += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let named = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            assert!(named.exists(), "{}: {link}", path.display());
            if !anchor.is_empty() {
                let linked = fs::read_to_string(&named).unwrap();
                let is_there = anchors(&linked).iter().any(|known| known == anchor);
                assert!(is_there, "{}: {link}", path.display());
            }
        }
    }
    assert!(links > 20, "the links are not recognised");
}

#[test]
fn files_named_in_the_architecture_page_exist() {
    let text = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let folders =
        ["src/", "crates/", "tests/", "migrations/", "benches/", "fuzz/", "static/", "styles/"];
    let prose = prose(&text);
    let code = prose.split('`').skip(1).step_by(2);
    let paths = code.filter(|word| folders.iter().any(|folder| word.starts_with(folder)));
    let mut count = 0;
    for path in paths.filter(|path| path.bytes().all(|byte| byte.is_ascii_graphic())) {
        assert!(root().join(path).exists(), "{path}");
        count += 1;
    }
    assert!(count > 30, "only {count} paths are recognised");
}

#[test]
fn settings_are_described_once() {
    let described = fs::read_to_string(root().join("docs/settings.md")).unwrap();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for row in described.lines().filter(|line| line.starts_with("| `")) {
        let names = row.split('|').nth(1).unwrap();
        for name in names.split('`').skip(1).step_by(2) {
            *rows.entry(name).or_default() += 1;
        }
    }
    let secrets = ["SIGNING_KEY", "TURNSTILE_SECRET", "DAILY_WEBHOOK"].map(str::to_owned);
    let settings = fs::read_to_string(root().join("wrangler.toml")).unwrap();
    let local = fs::read_to_string(root().join(".dev.vars")).unwrap();
    // A line of `[vars]` or of `.dev.vars` begins with a name in capitals; other tables name a binding.
    let named = settings.lines().chain(local.lines()).filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        let is_variable = key.trim().bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        match key.trim() {
            "binding" => Some(value.trim().trim_matches('"').to_owned()),
            key => is_variable.then(|| key.to_owned()),
        }
    });
    // The names under `[[ratelimits]]`.
    let limits = ["FORMS", "SEARCHES"].map(str::to_owned);
    for name in named.chain(secrets).chain(limits) {
        assert_eq!(rows.get(name.as_str()), Some(&1), "{name} in docs/settings.md");
    }
}
