//! Tests that each module of the Worker uses only modules of its own and lower layers, without circles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::harness::root;

/// The layers, from the lowest. Modules of one layer may use each other, but not in a circle.
const LAYERS: [&[&str]; 8] = [
    &["platform"],
    &["site"],
    &["web"],
    &["catalogue"],
    &["layout"],
    &["articles", "consultations", "feedback", "feeds", "files", "info", "search"],
    &["desk"],
    &["routes", "scheduled"],
];

const WORKER: &str = "src";
const CORE: &str = "crates/core/src";
const WORD: &str = "crates/word/src";
const IMPORT: &str = "crates/import/src";
const TOOL: &str = "crates/cong/src";

/// The code of each file in a folder, without tests and comments, by the file's path in the folder.
fn files(folder: &str) -> BTreeMap<String, String> {
    let folder = root().join(folder);
    let entries = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let is_test =
        |path: &Path| path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
    let is_code = |path: &Path| {
        let inner = path.strip_prefix(&folder).unwrap_or(path);
        path.extension().is_some_and(|end| end == "rs") && !is_test(inner)
    };
    let files = entries.filter(|entry| is_code(entry.path()));
    let code = files.map(|entry| {
        let path = entry.path().strip_prefix(&folder).unwrap().display().to_string();
        let text = fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let lines = code.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    });
    code.collect()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The paths that a file's `use` declarations import, as absolute paths within the crate. `own` is the path of the
/// file's module.
fn imports(own: &[String], code: &str) -> Vec<Vec<String>> {
    let mut imported = Vec::new();
    // `pub use` declares an interface and is no use of the other module.
    for declaration in format!("\n{code}").split("\nuse ").skip(1) {
        let (tree, _) = declaration.split_once(';').unwrap();
        let tree: String = tree.split_whitespace().collect::<Vec<_>>().join(" ");
        expand(&mut imported, String::new(), &tree);
    }
    let from_root = |path: String| {
        let segments: Vec<_> = path.split("::").map(str::trim).collect();
        let parents = segments.iter().take_while(|segment| **segment == "super").count();
        match segments[0] {
            "crate" => Some(segments[1..].iter().map(ToString::to_string).collect()),
            "super" => {
                let base = own[..own.len().checked_sub(parents)?].iter().cloned();
                Some(base.chain(segments[parents..].iter().map(ToString::to_string)).collect())
            }
            _ => None,
        }
    };
    imported.into_iter().filter_map(from_root).collect()
}

/// Adds the paths of a `use` tree such as `super::{a::B, c}` to `paths`, each with this prefix.
fn expand(paths: &mut Vec<String>, prefix: String, tree: &str) {
    let Some((path, inner)) = tree.split_once('{') else {
        paths.push(prefix + tree);
        return;
    };
    let (mut depth, mut start) = (0, 0);
    let inner = inner.rsplit_once('}').unwrap().0;
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let branch = inner[start..at].trim();
                if !branch.is_empty() {
                    expand(paths, format!("{prefix}{path}"), branch);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The path of a file's module as segments: `desk` for `desk/mod.rs`, `desk::request` for `desk/request.rs`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap();
    path.strip_suffix("/mod").unwrap_or(path).split('/').map(str::to_owned).collect()
}

/// For each module, the modules of the same folder that it uses. A key consists of the folder and the module.
fn uses_within_folders(source: &str) -> BTreeMap<(Vec<String>, String), BTreeSet<String>> {
    let mut uses: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in files(source).into_iter().filter(|(path, _)| path != "lib.rs") {
        let own = module_of(&path);
        for used in imports(&own, &code) {
            let common = own.iter().zip(&used).take_while(|(one, other)| one == other).count();
            if let (Some(module), Some(other)) = (own.get(common), used.get(common)) {
                let key = (own[..common].to_vec(), module.clone());
                uses.entry(key).or_default().insert(other.clone());
            }
        }
    }
    uses
}

#[test]
fn every_module_uses_only_modules_of_lower_layers() {
    let mut count = 0;
    for ((folder, module), used) in uses_within_folders(WORKER) {
        if !folder.is_empty() {
            continue;
        }
        let own = layer_of(&module).unwrap_or_else(|| panic!("{module} has no layer"));
        for other in used {
            let lower = layer_of(&other).unwrap_or_else(|| panic!("{module} uses {other}"));
            assert!(lower <= own, "{module} uses {other}, which is in a higher layer");
            count += 1;
        }
    }
    assert!(count > 40, "only {count} uses are recognised");
}

#[test]
fn modules_of_one_folder_do_not_use_each_other_in_a_circle() {
    for (source, least) in [(WORKER, 16), (CORE, 16), (WORD, 7), (IMPORT, 16), (TOOL, 16)] {
        let mut uses = uses_within_folders(source);
        assert!(uses.len() >= least, "only {} modules of {source} are recognised", uses.len());
        // A module that uses none of the remaining ones is in no circle.
        while let Some(free) = uses
            .iter()
            .find(|((folder, _), used)| {
                used.iter().all(|other| !uses.contains_key(&(folder.clone(), other.clone())))
            })
            .map(|(module, _)| module.clone())
        {
            uses.remove(&free);
        }
        assert!(uses.is_empty(), "these modules of {source} use each other: {uses:#?}");
    }
}

/// If a file used an item that a `mod.rs` or `lib.rs` defines or re-exports, it would not show on which other file it
/// depends.
#[test]
fn files_use_items_of_files_not_of_the_mod_files_above_them() {
    for source in [CORE, WORD, IMPORT, TOOL] {
        let files = files(source);
        let modules: BTreeSet<_> = files.keys().map(|path| module_of(path)).collect();
        for (path, code) in &files {
            let own = module_of(path);
            for used in imports(&own, code) {
                let common = own.iter().zip(&used).take_while(|(one, other)| one == other).count();
                let is_file = used.get(..=common).is_some_and(|module| modules.contains(module));
                assert!(is_file, "{source}/{path} uses {} of a file above it", used.join("::"));
            }
            let inline = code.lines().filter(|line| !line.starts_with("use ")).collect::<String>();
            let inline = inline.replace("$crate::", "");
            let is_named = ["super::", "crate::"].iter().any(|start| inline.contains(start));
            assert!(!is_named, "{source}/{path} names a path outside of `use`");
        }
    }
}

#[test]
fn mod_files_of_the_core_only_declare_and_export_modules() {
    for (path, code) in files(CORE) {
        if !path.ends_with("mod.rs") {
            continue;
        }
        for statement in code.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            let is_allowed = ["mod ", "pub mod ", "pub use "];
            let is_allowed = is_allowed.iter().any(|start| statement.starts_with(start));
            assert!(is_allowed, "{path}: {statement}");
        }
    }
}

#[test]
fn only_platform_web_and_the_entry_points_name_types_of_the_runtime() {
    let names_runtime = |code: &str| {
        ["worker::", "js_sys::", "web_sys::", "wasm_bindgen"].iter().any(|name| code.contains(name))
    };
    let mut others = Vec::new();
    for (path, code) in files(WORKER) {
        let is_platform = ["platform/", "web/"].iter().any(|folder| path.starts_with(folder));
        if !is_platform && path != "lib.rs" && names_runtime(&code) {
            others.push(path);
        }
    }
    assert!(others.is_empty(), "{others:?}");
}
