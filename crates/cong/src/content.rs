//! Fills local storage with a folder of documents and files before the portal is served. A key that exists is
//! overwritten only if its value still is what an earlier run of the tool uploaded, so that edits by hand are kept.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::console::{Outcome, Progress};
use crate::folder::{Folder, Misfit};
use crate::language::say;
use crate::storage::{Namespace, Storage};
use crate::upload::plan::{Item, Plan, documents, files, rev, stored};
use crate::wrangler::Wrangler;

/// Fills local storage with the documents and files of the folder `path`. Does nothing if the folder has not changed
/// since local storage was last filled with it.
pub fn fill(wrangler: &Wrangler, path: &Path, progress: &mut Progress) -> Result<Outcome> {
    let folder = Folder::read(path)?;
    let left_out = folder.misfits.len();
    let (files, articles) = (files(folder.files)?, documents(folder.documents));
    let total = files.len() + articles.len();
    let fingerprint = fingerprint(&files, &articles, &folder.misfits)?;
    if wrangler.stamp_matches("content", &fingerprint) {
        return Outcome::skipped(say!("không có gì thay đổi", "unchanged"));
    }
    let storage = Storage::local(&wrangler.root, &wrangler.state)?;
    let mut uploaded = 0;
    for (namespace, items) in [(Namespace::Files, files), (Namespace::Articles, articles)] {
        if !items.is_empty() {
            let plan = Plan::of(items, &stored(storage.list(namespace, progress)?));
            let due = plan.due()?;
            storage.put(namespace, &due, progress)?;
            uploaded += due.len();
        }
    }
    fs::write(wrangler.stamp("content"), fingerprint).with_context(|| {
        say!("Không ghi được vào thư mục dữ liệu", "The storage folder cannot be written to")
    })?;
    let mut text = match total - uploaded {
        0 => say!("đã nạp {total} bài và tệp", "{total} documents and files uploaded"),
        there => say!(
            "đã nạp {uploaded} bài và tệp, {there} đã có sẵn",
            "{uploaded} documents and files uploaded, {there} already there"
        ),
    };
    if left_out > 0 {
        text.push_str(&say!(
            "; bỏ qua {left_out} tệp, lý do xem bằng `cargo run check`",
            "; {left_out} left out, and `cargo run check` says why"
        ));
    }
    Outcome::done(text)
}

/// A hash of the keys and contents of all documents and files, and of the list of files that cannot be uploaded.
fn fingerprint(files: &[Item], articles: &[Item], misfits: &[Misfit]) -> Result<String> {
    let revs = |items: &[Item]| -> Vec<_> {
        items.iter().map(|item| (item.key.clone(), item.rev.clone())).collect()
    };
    let misfits: Vec<_> = misfits.iter().map(|misfit| misfit.path.to_string_lossy()).collect();
    Ok(rev(&serde_json::to_vec(&(revs(files), revs(articles), misfits))?))
}
