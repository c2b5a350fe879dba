//! Checks the addresses in documents (of links, pictures, attachments and issued legal documents), and finds files that
//! no document uses.

use std::collections::HashSet;
use std::ops::Range;

use cong_core::addresses::Route;
use cong_core::article::{Article, OutlineElement, file_url};
use rayon::prelude::*;

use super::finding::{Finding, MAX_FINDINGS, Severity};
use super::site::{Dead, Site};
use super::studied::Studied;
use crate::folder::Folder;
use crate::language::say;

pub fn findings(studied: &Studied<'_>, site: &Site<'_>) -> Vec<Finding> {
    let Some(article) = &studied.article else { return Vec::new() };
    let mut findings = Vec::new();
    for (field, address) in addresses(article) {
        if let Err(dead) = site.follow(studied, &address) {
            findings.push(finding(studied, &studied.field(&field), &address, &dead, site));
        }
    }
    for (element, range) in &studied.outline {
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        let Some(address) = address_of(element) else { continue };
        if let Err(dead) = site.follow(studied, &address) {
            let span = written(article, range, &address);
            let span = studied.in_body(&span);
            findings.push(finding(studied, &span, &address, &dead, site));
        }
    }
    findings
}

/// Returns a finding for each file that no document refers to.
pub fn unused(folder: &Folder, studied: &[Studied<'_>], site: &Site<'_>) -> Vec<Finding> {
    let named: HashSet<String> =
        studied.par_iter().flat_map_iter(|studied| files(studied, site)).collect();
    // A document with errors has no parsed links, so its text is searched for the name.
    let broken: Vec<_> = studied.iter().filter(|studied| studied.article.is_none()).collect();
    let is_named = |name: &str| {
        named.contains(name) || broken.iter().any(|studied| studied.text.contains(name))
    };
    let unused = folder.files.iter().filter(|file| !is_named(&file.name));
    unused
        .map(|file| {
            let message = say!("không bài nào nhắc tới tệp này", "no document names this file");
            let hint = say!(
                "thêm liên kết /tep/{} trong một bài, hoặc bỏ tệp: đã đưa lên là công khai",
                "link to /tep/{} in a document, or remove it: what is uploaded is public",
                file.name
            );
            Finding::of_file(Severity::Warning, "file-unused", &file.path, message).with_hint(hint)
        })
        .collect()
}

/// The addresses in the fields of an article, each with the name of its field.
fn addresses(article: &Article) -> Vec<(String, String)> {
    let image = article.image.iter().map(|image| ("image.file".to_owned(), file_url(&image.file)));
    let audio = article.audio.iter().map(|audio| ("audio.file".to_owned(), file_url(&audio.file)));
    let attachments = article.attachments.iter().enumerate().map(|(index, attachment)| {
        (format!("attachments[{}].file", index + 1), file_url(&attachment.file))
    });
    let issued = article.consultation.iter().filter_map(|consultation| {
        let slug = consultation.issued.as_ref()?;
        Some(("consultation.issued".to_owned(), Route::article(slug).to_string()))
    });
    image.chain(audio).chain(attachments).chain(issued).collect()
}

/// The address to which a link leads, or of the file that a picture shows; `None` for other elements of the body.
fn address_of(element: &OutlineElement) -> Option<String> {
    match element {
        OutlineElement::Link { address } => address.clone(),
        OutlineElement::Image { file, .. } => Some(file_url(file)),
        _ => None,
    }
}

/// The names of the files that a document refers to.
fn files(studied: &Studied<'_>, site: &Site<'_>) -> Vec<String> {
    let fields = studied.article.iter().flat_map(addresses).map(|(_, address)| address);
    let linked = studied.outline.iter().filter_map(|(element, _)| address_of(element));
    fields.chain(linked).filter_map(|address| site.file_of(studied, &address)).collect()
}

/// The range of the text `address` within the Markdown of a link or picture; the whole range `link` if the text does
/// not occur there.
fn written(article: &Article, link: &Range<usize>, address: &str) -> Range<usize> {
    let text = article.body.get(link.clone()).unwrap_or_default();
    match text.rfind(address).filter(|_| !address.is_empty()) {
        Some(at) => link.start + at..link.start + at + address.len(),
        None => link.clone(),
    }
}

fn finding(
    studied: &Studied<'_>,
    span: &Range<usize>,
    address: &str,
    dead: &Dead,
    site: &Site<'_>,
) -> Finding {
    let nearest = site.nearest(dead);
    let near = |otherwise: String| match nearest {
        Some(name) => say!("có phải {name}?", "is it {name}?"),
        None => otherwise,
    };
    let (severity, code, message, hint) = match dead {
        Dead::NoPage => (
            Severity::Error,
            "dead-link",
            say!("cổng không có trang {address}", "the portal has no page {address}"),
            say!(
                "sửa địa chỉ; trang ở nơi khác thì viết đủ https://…",
                "mend the address; a page elsewhere is written with https://…"
            ),
        ),
        Dead::NoArticle(slug) => (
            Severity::Error,
            "dead-link",
            say!("không có bài {slug}", "there is no article {slug}"),
            near(say!(
                "sửa liên kết, hoặc thêm bài articles/{slug}.md",
                "mend the link, or add articles/{slug}.md"
            )),
        ),
        Dead::NoCategory(slug) => (
            Severity::Error,
            "dead-link",
            say!("không bài nào thuộc chuyên mục {slug}", "no article is in the category {slug}"),
            near(say!("sửa liên kết", "mend the link")),
        ),
        Dead::NoFile(name) => (
            Severity::Error,
            "file-missing",
            say!("không có tệp {name} trong files/", "there is no file {name} in files/"),
            near(say!("chép tệp vào files/", "copy the file into files/")),
        ),
        Dead::NoDraft(slug) => (
            Severity::Error,
            "dead-link",
            say!(
                "bài {slug} không phải dự thảo có trang này",
                "the article {slug} is no draft with such a page"
            ),
            say!(
                "bài ấy cần nhóm [consultation], và issued nếu so sánh",
                "it needs [consultation], and issued for a comparison"
            ),
        ),
        Dead::NotPublic(slug) => (
            Severity::Warning,
            "link-to-draft",
            say!(
                "bài {slug} chưa công bố khi bài này hiện ra",
                "the article {slug} is not public when this one is"
            ),
            say!("công bố bài ấy trước", "publish that one first"),
        ),
        Dead::NoAnchor(id) => (
            Severity::Warning,
            "dead-anchor",
            say!("trong bài không có mục #{id}", "the article has no heading #{id}"),
            say!(
                "địa chỉ mục là tiêu đề viết không dấu: “Điều 1. Phạm vi” là #dieu-1-pham-vi",
                "it is the heading without accents: “Điều 1. Phạm vi” is #dieu-1-pham-vi"
            ),
        ),
        Dead::OtherSpelling(own) => (
            Severity::Warning,
            "link-spelling",
            say!("địa chỉ này được chuyển hướng tới {own}", "this address is redirected to {own}"),
            say!("viết {own}", "write {own}"),
        ),
    };
    studied.finding(severity, code, span, message).with_hint(hint)
}
