//! The layers of the Worker's modules: each module uses only modules of lower layers, so there are no cycles.

use std::collections::BTreeMap;
use std::fs;

use crate::harness::root;

/// The layers from the bottom up. Modules of the same layer do not use each other.
const LAYERS: [&[&str]; 8] = [
    &["form_fields", "platform"],
    &["consultation", "feeds", "texts"],
    &["catalogue", "feedback"],
    &["site"],
    &["web"],
    &["desk"],
    &["pages"],
    &["handlers"],
];
/// Files outside `platform` and `web` that use types of the runtime: for Unicode normalisation by the JavaScript
/// engine, signatures by Web Crypto, and errors of streamed downloads.
const RUNTIME: [&str; 5] = [
    "src/desk/access/sign_in.rs",
    "src/handlers/comments.rs",
    "src/handlers/desk/submissions/export.rs",
    "src/handlers/record.rs",
    "src/lib.rs",
];

/// Returns the code of the Worker by path, without tests and comments.
fn files() -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root().join("src")).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"));
    let code = files.map(|entry| {
        let path = entry.path().strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    });
    code.collect()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn names_after<'a>(code: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    code.split(start).skip(1).map(move |rest| rest.split(is_end).next().unwrap())
}

#[test]
fn every_module_uses_only_modules_of_lower_layers() {
    let mut uses = 0;
    for (path, code) in files() {
        let module = path["src/".len()..].split(['/', '.']).next().unwrap();
        if module == "lib" {
            continue;
        }
        let own = layer_of(module).unwrap_or_else(|| panic!("{module} has no layer"));
        assert!(
            !code.contains("use crate::{"),
            "{path}: write one `use crate::` line for each module, which this test needs"
        );
        for used in names_after(&code, "crate::").filter(|used| *used != module) {
            let lower = layer_of(used).unwrap_or_else(|| panic!("{path} uses {used}"));
            assert!(lower < own, "{path} uses {used}, which is not below {module}");
            uses += 1;
        }
    }
    assert!(uses > 300, "only {uses} uses are recognised");
}

#[test]
fn only_the_platform_names_types_of_the_runtime() {
    let names_runtime = |code: &str| {
        ["worker::", "js_sys::", "web_sys::", "wasm_bindgen"].iter().any(|name| code.contains(name))
    };
    let mut others = Vec::new();
    for (path, code) in files() {
        let is_platform =
            ["src/platform/", "src/web/"].iter().any(|folder| path.starts_with(folder));
        if !is_platform && names_runtime(&code) {
            others.push(path);
        }
    }
    assert_eq!(others, RUNTIME);
}
