//! Builds the static assets into build/assets: stylesheets and font from styles/, icons made from the emblem, and
//! copies of static/. Icons and font are made again only when their inputs have changed, because making them is slow.

mod icons;
mod messages;
mod share_image;
mod studio;
mod stylesheet;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cong_core::stylesheet::Stylesheet;

use crate::console::{Outcome, Progress};
use crate::input_hash::{collect_files, hash_files};
use crate::language::{cannot_read, say};
use messages::cannot_write;

/// Builds all assets, without checking whether they are up to date. Icons and font are an exception (see [`part`]).
pub fn build(root: &Path, progress: &mut Progress) -> Result<Outcome> {
    let fingerprint = fingerprint(root)?;
    let _ = fs::remove_file(stamp(root));
    let font = part(root, "font", stylesheet::font_inputs(root), |folder| {
        stylesheet::make_font(root, folder, progress)
    })?;
    let icons = part(root, "icons", icons::inputs(root)?, |folder| icons::make(root, folder))?;
    let stylesheets = root.join("build/stylesheets");
    stylesheet::bundle(root, &stylesheets, progress)?;

    // A later file replaces an earlier one of the same name, so an office can put its own image into static/.
    let mut files = BTreeMap::new();
    files.insert(PathBuf::from("OFL.txt"), font.join("OFL.txt"));
    for folder in [icons, stylesheets, root.join("static")] {
        let mut found = Vec::new();
        collect_files(&folder, &mut found)?;
        for file in found {
            files.insert(file.strip_prefix(&folder)?.to_owned(), file);
        }
    }
    files.retain(|name, _| name != Path::new(STAMP));
    lay_out(&root.join("build/assets"), &files)?;
    fs::write(stamp(root), fingerprint).with_context(cannot_write)?;
    Outcome::done(say!("đã dựng vào build/assets/", "built into build/assets/"))
}

/// Whether no input has changed since build/assets was made.
pub fn is_current(root: &Path) -> Result<bool> {
    let fingerprint = fingerprint(root)?;
    let are_there = Stylesheet::ALL
        .iter()
        .all(|sheet| root.join("build/assets").join(sheet.file_name()).is_file());
    Ok(are_there && fs::read_to_string(stamp(root)).is_ok_and(|built| built == fingerprint))
}

const STAMP: &str = ".inputs";

fn stamp(root: &Path) -> PathBuf {
    root.join("build/.assets")
}

/// A hash of all inputs of the assets, and of the code that makes them.
fn fingerprint(root: &Path) -> Result<String> {
    let mut inputs = icons::inputs(root)?;
    inputs.push(root.join("crates/core/src/stylesheet.rs"));
    for folder in ["static", "styles", "crates/cong/src/assets"] {
        collect_files(&root.join(folder), &mut inputs)?;
    }
    inputs.sort();
    inputs.dedup();
    hash_files(root, inputs)
}

/// Makes one part of the assets, such as the icons, in a folder under build/, unless its inputs have not changed since
/// it was made. Returns the folder.
fn part(
    root: &Path,
    name: &str,
    inputs: Vec<PathBuf>,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let folder = root.join("build").join(name);
    let fingerprint = hash_files(root, inputs)?;
    let stamp = folder.join(STAMP);
    if !fs::read_to_string(&stamp).is_ok_and(|made| made == fingerprint) {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).with_context(cannot_write)?;
        make(&folder)?;
        fs::write(stamp, fingerprint).with_context(cannot_write)?;
    }
    Ok(folder)
}

/// Makes a folder contain exactly `files`, which maps the name of each file to the path of its source. A file that is
/// already the same is not written again, so that programs that watch the folder see no change.
fn lay_out(folder: &Path, files: &BTreeMap<PathBuf, PathBuf>) -> Result<()> {
    fs::create_dir_all(folder).with_context(cannot_write)?;
    for (name, source) in files {
        let content = fs::read(source).with_context(|| cannot_read(source))?;
        let target = folder.join(name);
        if fs::read(&target).is_ok_and(|there| there == content) {
            continue;
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(cannot_write)?;
        }
        fs::write(target, content).with_context(cannot_write)?;
    }
    let mut found = Vec::new();
    collect_files(folder, &mut found)?;
    for file in found {
        if !files.contains_key(file.strip_prefix(folder)?) {
            fs::remove_file(file).with_context(cannot_write)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_contains_the_given_files_and_no_others() {
        let scratch = std::env::temp_dir().join(format!("cong-assets-{}", std::process::id()));
        let (from, to) = (scratch.join("from"), scratch.join("to"));
        fs::create_dir_all(&from).unwrap();
        fs::create_dir_all(to.join("old")).unwrap();
        fs::write(from.join("a.css"), "new").unwrap();
        fs::write(to.join("a.css"), "older").unwrap();
        fs::write(to.join("old/b.css"), "gone").unwrap();
        let files = BTreeMap::from([
            (PathBuf::from("a.css"), from.join("a.css")),
            (PathBuf::from("deep/c.css"), from.join("a.css")),
        ]);
        lay_out(&to, &files).unwrap();
        let mut found = Vec::new();
        collect_files(&to, &mut found).unwrap();
        found.sort();
        assert_eq!(found, [to.join("a.css"), to.join("deep/c.css")]);
        assert_eq!(fs::read_to_string(to.join("a.css")).unwrap(), "new");
        fs::remove_dir_all(scratch).unwrap();
    }
}
