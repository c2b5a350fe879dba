//! `cong new`: creates a document with a valid name, fields and time.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;
use cong_core::article::{MAX_SLUG_CHARS, is_slug, parse};
use cong_core::vietnamese::{Timestamp, nfc, single_line, slug};

use crate::check::{AUTHOR_PLACEHOLDER, Office, content_folder, message};
use crate::folder::{self, files_below};
use crate::language::say;

#[derive(Args)]
pub struct NewOptions {
    /// The title, in quotes.
    title: String,
    /// The name of the document, which is part of its page's address [default: made from the title].
    #[arg(long)]
    slug: Option<String>,
    /// The name of the category, with all accents.
    #[arg(long)]
    category: Option<String>,
    /// The author [default: the user name in git].
    #[arg(long)]
    author: Option<String>,
    /// The folder with articles/ [default: content/ of the repository].
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

/// Writes the document, prints its path and what to do next.
///
/// # Errors
/// No valid slug can be made from the title, the document exists already, or it cannot be written.
pub fn run(root: &Path, options: &NewOptions, now: Timestamp) -> Result<()> {
    let slug = match &options.slug {
        Some(slug) if is_slug(slug) => slug.clone(),
        Some(slug) => bail!(say!(
            "“{}” không dùng làm tên bài được: chỉ gồm a-z, 0-9 và dấu -, dài nhất {} ký tự",
            "“{}” cannot be the name of a document: only a-z, 0-9 and hyphens, at most {} characters",
            slug,
            MAX_SLUG_CHARS
        )),
        None => slug_of(&options.title),
    };
    if slug.is_empty() {
        bail!(say!(
            "Tiêu đề không có chữ cái Latinh hay chữ số nào để đặt tên bài; thêm --slug ten-bai",
            "The title has no Latin letter or digit to make a name from; add --slug a-name"
        ));
    }
    let author = options.author.clone().or_else(git_user);
    let text = document(options, author.as_deref().unwrap_or(AUTHOR_PLACEHOLDER), now);
    // Makes sure that the document is valid, whatever the options contain.
    if let Err(problems) = parse(text.as_bytes(), &Office::default().rules) {
        let problems: Vec<_> = problems.iter().map(message).collect();
        bail!(say!(
            "Chưa tạo được bài: {}",
            "The document cannot be created: {}",
            problems.join("; ")
        ));
    }

    let articles = content_folder(root, options.content.as_deref()).join("articles");
    let taken = taken(&articles)?;
    if let Some(other) = taken.get(&slug) {
        return Err(exists(other, &taken, &slug));
    }
    let path = articles.join(format!("{slug}.md"));
    let cannot_write = || say!("Không ghi được {}", "{} cannot be written", path.display());
    fs::create_dir_all(&articles).with_context(cannot_write)?;
    let mut file = match File::create_new(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(exists(&path, &taken, &slug));
        }
        file => file.with_context(cannot_write)?,
    };
    file.write_all(text.as_bytes()).with_context(cannot_write)?;

    println!("{}", path.display());
    let folder = options.content.as_ref();
    let folder = folder.map(|folder| format!(" --content {}", folder.display()));
    eprintln!(
        "{}\n  cargo run check {}{}",
        say!(
            "✓ Bài nháp đã sẵn sàng: viết nội dung sau dòng +++ thứ hai, bỏ dòng draft khi viết xong, rồi chạy",
            "✓ The draft is ready: write the text after the second line +++, remove the line draft when the text is done, then run"
        ),
        path.display(),
        folder.unwrap_or_default()
    );
    Ok(())
}

/// Returns the slug of a title. A slug that is too long is cut between words.
fn slug_of(title: &str) -> String {
    let mut slug = slug(&nfc(title));
    if slug.len() > MAX_SLUG_CHARS {
        let end = slug[..=MAX_SLUG_CHARS].rfind('-').unwrap_or(MAX_SLUG_CHARS);
        slug.truncate(end);
    }
    slug
}

fn document(options: &NewOptions, author: &str, now: Timestamp) -> String {
    let mut text = String::from("+++\n");
    let mut line = |key: &str, value: &str| text.push_str(&format!("{key} = {value}\n"));
    line("title", &quoted(&options.title));
    line("updated", &now.rfc3339());
    line("author", &quoted(author));
    if let Some(category) = &options.category {
        line("category", &quoted(category));
    }
    line("draft", "true");
    text.push_str("+++\n\n");
    text
}

/// Quotes a text as a TOML string. For one line without control characters, JSON has the same syntax.
fn quoted(text: &str) -> String {
    serde_json::Value::from(single_line(&nfc(text))).to_string()
}

fn git_user() -> Option<String> {
    let output = Command::new("git").args(["config", "user.name"]).output().ok()?;
    let name = single_line(&String::from_utf8(output.stdout).ok()?);
    (!name.is_empty()).then_some(name)
}

/// The path of each existing document (Markdown or JSON, in any subfolder), by its slug.
fn taken(articles: &Path) -> Result<HashMap<String, PathBuf>> {
    let paths = files_below(articles)?.into_iter().map(|(path, _)| path);
    Ok(paths.filter_map(|path| Some((folder::slug_of(&path).ok()?, path))).collect())
}

/// The error that a document with this slug exists already, which suggests a free slug.
fn exists(path: &Path, taken: &HashMap<String, PathBuf>, slug: &str) -> anyhow::Error {
    let stem = slug.get(..slug.len().min(MAX_SLUG_CHARS - 4)).unwrap_or(slug).trim_end_matches('-');
    let mut names = (2..).map(|number| format!("{stem}-{number}"));
    let free = names.find(|name| !taken.contains_key(name));
    anyhow::anyhow!(say!(
        "Đã có bài {}; sửa bài ấy, hoặc đặt tên khác: --slug {}",
        "There is {} already; change that one, or give another name: --slug {}",
        path.display(),
        free.unwrap_or_default()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(title: &str) -> NewOptions {
        let title = title.to_owned();
        NewOptions { title, slug: None, category: None, author: None, content: None }
    }

    #[test]
    fn a_long_title_gives_a_slug_that_ends_with_a_word() {
        assert_eq!(slug_of("Đề nghị: “góp ý” Dự thảo"), "de-nghi-gop-y-du-thao");
        let slug = slug_of(&"Quyết định ".repeat(30));
        assert!(is_slug(&slug) && slug.ends_with("quyet-dinh"), "{slug}");
        assert_eq!(slug_of(&"a".repeat(200)).len(), MAX_SLUG_CHARS);
        assert_eq!(slug_of("???"), "");
    }

    #[test]
    fn a_document_keeps_any_title_author_and_category_that_are_typed() {
        for title in [
            "Nói \"vậy\" và 'thế'",
            "Hai\ndòng\r\nvà\ttab",
            "C:\\thư mục\\x",
            "<b>đậm</b> & **đậm**",
            "+++",
            "\"\"\"",
            "Kết thúc \u{7f}\u{0}\u{1b}[31m",
            "Đe\u{302}\u{300} nghi\u{323}",
        ] {
            let mut options = options(title);
            options.category = Some(title.to_owned() + "x");
            let text = document(&options, title, Timestamp(1_700_000_000));
            let parsed = parse(text.as_bytes(), &Office::default().rules).unwrap();
            assert_eq!(parsed.article.title, single_line(&nfc(title)));
            assert_eq!(parsed.article.author, parsed.article.title);
            assert!(parsed.article.draft && parsed.warnings.is_empty());
            assert_eq!(parsed.article.updated, Timestamp(1_700_000_000));
        }
    }
}
