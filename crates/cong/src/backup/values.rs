//! Copies the values of a KV namespace into a backup. Articles and submissions are read a hundred at a time, files one
//! by one, because wrangler can return many values at once only as text.

use anyhow::{Context, Result, bail};

use super::folder::{Entry, Unfinished, file_name};
use crate::console::Progress;
use crate::language::{cannot_read, say};
use crate::storage::{Listed, MAX_KEYS_AT_ONCE, Namespace, Storage};

/// The name of the folder for a namespace's values.
fn folder_of(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Articles => "articles",
        Namespace::Files => "files",
        Namespace::Inbox => "inbox",
    }
}

/// Copies all values of a namespace, except those that are deleted while this function runs.
///
/// # Errors
/// wrangler cannot read a value, or a file cannot be written.
pub fn save(
    storage: &Storage,
    namespace: Namespace,
    folder: &Unfinished,
    progress: &mut Progress,
) -> Result<Vec<Entry>> {
    let listed = storage.list(namespace, progress)?;
    folder.folder(folder_of(namespace))?;
    let total = listed.len();
    let mut entries = Vec::new();
    let (mut done, mut listed) = (0, listed.into_iter().peekable());
    while listed.peek().is_some() {
        progress.stage(done, total);
        let some: Vec<Listed> = listed.by_ref().take(MAX_KEYS_AT_ONCE).collect();
        let as_texts: Vec<&str> = some
            .iter()
            .map(|key| key.name.as_str())
            .filter(|key| namespace != Namespace::Files || key.starts_with('-'))
            .collect();
        let mut texts = match as_texts.is_empty() {
            true => Default::default(),
            false => storage.texts(namespace, &as_texts, progress)?,
        };
        for key in some {
            progress.stage(done, total);
            done += 1;
            let name =
                format!("{}/{}", folder_of(namespace), file_name(entries.len() + 1, &key.name));
            let is_there = match texts.remove(&key.name) {
                Some(None) => false,
                Some(Some(text)) if is_exact(&text) => {
                    folder.write(&name, text.as_bytes())?;
                    true
                }
                _ => read_alone(storage, namespace, &key.name, folder, &name, progress)?,
            };
            if is_there {
                let path = folder.path(&name);
                let size = path.metadata().with_context(|| cannot_read(&path))?.len();
                let Listed { name: key, metadata, expiration } = key;
                entries.push(Entry { key, file: name, size, metadata, expiration });
            }
        }
    }
    Ok(entries)
}

/// Whether a text that wrangler returned is certainly the stored value: it contains no U+FFFD, by which wrangler
/// replaces bytes that are not UTF-8.
fn is_exact(text: &str) -> bool {
    !text.contains('\u{fffd}')
}

fn read_alone(
    storage: &Storage,
    namespace: Namespace,
    key: &str,
    folder: &Unfinished,
    name: &str,
    progress: &mut Progress,
) -> Result<bool> {
    if key.starts_with('-') {
        let binding = namespace.binding();
        bail!(say!(
            "wrangler không đọc được “{key}” trong {binding}, vì tên bắt đầu bằng dấu “-”. Hãy đưa lên dưới tên khác, sửa bài dùng tệp ấy, xóa tên này, rồi sao lưu lại.",
            "wrangler cannot read \"{key}\" in {binding}, because the name begins with a hyphen. Put it under another name, mend the articles that use it, delete this one, then run this again."
        ));
    }
    let is_there = storage.value(namespace, key, folder.create(name)?, progress)?;
    if !is_there {
        let _ = std::fs::remove_file(folder.path(name));
    }
    Ok(is_there)
}
