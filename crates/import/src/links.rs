//! Resolves the addresses in a document, so that each leads to another document of this import, to a file in `files/`,
//! or to the old portal. Addresses whose document or file is missing are reported.

use std::collections::{HashMap, HashSet};
use std::fs;

use base64::prelude::{BASE64_STANDARD, Engine};
use cong_core::article::file_url;
use cong_core::markdown_writer::{ContentBlock, RunContent, RunStyle, TextRun};
use percent_encoding::percent_decode_str;
use url::Url;

use super::addresses;
use super::attachments::{FileShelf, FolderIndex, NewFile, extension_in, names_a_file};
use super::import_error::ImportError;
use super::imported_document::{ImportedDocument, SourcePlace};
use super::report::{Doubt, Omission, SourceReport};
use super::source_kind::SourceKind;

/// What an address in a document may lead to: a file among the sources, or a document that this import writes.
pub struct KnownTargets<'a> {
    pub indexes: &'a [FolderIndex],
    pub shelf: &'a mut FileShelf,
    /// The slug of the document to which an old address belongs, by that address.
    pub by_alias: &'a HashMap<String, String>,
    /// The slug of the document made from a source, by the `root` and the `path` (in lower case) of the source's
    /// `SourcePlace`.
    pub by_path: &'a HashMap<(usize, String), String>,
}

/// What a link leads to after the import.
enum LinkTarget {
    /// A file in `files/`, by its name.
    File(String),
    Address(String),
    /// Nothing. Only the text of the link is kept.
    Nowhere,
}

#[derive(Default)]
pub struct DocumentFiles {
    /// The name and the title of each attachment.
    pub attachments: Vec<(String, String)>,
    /// The name of the file with the picture at the top of the article.
    pub image: Option<String>,
}

/// Resolves all addresses of a document.
///
/// # Errors
/// A file cannot be written.
pub fn resolve_links(
    document: &mut ImportedDocument,
    slug: &str,
    targets: &mut KnownTargets<'_>,
) -> Result<DocumentFiles, ImportError> {
    let mut content = std::mem::take(&mut document.content);
    let mut resolver = LinkResolver {
        slug,
        place: &document.place,
        targets,
        omissions: Vec::new(),
        without_description: 0,
    };
    let mut outcome = Ok(());
    content.for_each_run(&mut |run| {
        if outcome.is_ok() {
            outcome = resolver.resolve_run(run);
        }
    });
    outcome?;
    let mut files = DocumentFiles::default();
    for (address, title) in std::mem::take(&mut document.files) {
        match resolver.resolve(&address, &title)? {
            LinkTarget::File(name) => {
                let title = if title.is_empty() { name.clone() } else { title };
                if files.attachments.iter().all(|(known, _)| *known != name) {
                    files.attachments.push((name, title));
                }
            }
            LinkTarget::Address(target) => {
                let text = if title.is_empty() { target.clone() } else { title };
                let style = RunStyle { link: Some(target), ..RunStyle::default() };
                let link = TextRun { content: RunContent::Text(text), style };
                let label = TextRun::text("Tệp đính kèm: ");
                content.blocks.push(ContentBlock::Paragraph(vec![label, link]));
            }
            LinkTarget::Nowhere => {}
        }
    }
    if let Some(address) = document.image.take()
        && let LinkTarget::File(name) = resolver.resolve(&address, "")?
    {
        files.image = Some(name);
    }
    let LinkResolver { omissions, without_description, .. } = resolver;
    if without_description > 0 {
        document.report.doubt(Doubt::WithoutDescription(without_description));
    }
    omissions.into_iter().for_each(|left| document.report.leave_out(left));
    document.content = content;
    Ok(files)
}

/// Removes the documents made from Word files to which an imported page links. Such a file is an attachment of that
/// page instead. The same holds for files in other formats of documents, which are not read.
pub fn keep_attachments(
    documents: &mut Vec<ImportedDocument>,
    reports: &mut Vec<SourceReport>,
    indexes: &[FolderIndex],
) {
    let mut linked = HashSet::new();
    for document in documents.iter_mut() {
        let place = &document.place;
        let Some(index) = indexes.get(place.root) else { continue };
        let mut follow = |address: &str| {
            let found = index.find(place, address);
            if let Some((_, path)) = found.filter(|(_, path)| SourceKind::can_be_attached(path)) {
                linked.insert(path);
            }
        };
        document.files.iter().for_each(|(address, _)| follow(address));
        document
            .content
            .for_each_run(&mut |run| run.style.link.iter().for_each(|link| follow(link)));
    }
    let is_linked = |path: &str| linked.contains(&path.to_lowercase());
    reports.extend(
        documents.extract_if(.., |document| is_linked(&document.place.path)).map(|document| {
            SourceReport::no_article(document.place.path, Omission::AttachedToPage)
        }),
    );
    for report in reports.iter_mut().filter(|report| is_linked(&report.source)) {
        *report = SourceReport::no_article(report.source.clone(), Omission::AttachedToPage);
    }
}

struct LinkResolver<'a, 'b> {
    slug: &'a str,
    place: &'a SourcePlace,
    targets: &'a mut KnownTargets<'b>,
    omissions: Vec<Omission>,
    /// The number of pictures without a description.
    without_description: usize,
}

impl LinkResolver<'_, '_> {
    fn resolve_run(&mut self, run: &mut TextRun) -> Result<(), ImportError> {
        if let RunContent::Image { address, alt, .. } = &mut run.content {
            self.without_description += usize::from(alt.trim().is_empty());
            match self.resolve(address, alt)? {
                LinkTarget::File(name) => {
                    // A link from a picture to a picture file is dropped: it leads to another size of the same picture.
                    if run.style.link.as_deref().is_some_and(names_a_picture) {
                        run.style.link = None;
                    }
                    *address = file_url(&name);
                }
                LinkTarget::Address(target) => *address = target,
                LinkTarget::Nowhere => run.content = RunContent::Text(std::mem::take(alt)),
            }
        }
        if let Some(target) = run.style.link.take() {
            let title = if let RunContent::Text(text) = &run.content { text } else { "" };
            run.style.link = match self.resolve(&target, title)? {
                LinkTarget::File(name) => Some(file_url(&name)),
                LinkTarget::Address(target) => Some(target),
                LinkTarget::Nowhere => None,
            };
        }
        Ok(())
    }

    /// Resolves an address, and copies the file to which it leads. `title` is the text of the link or the description
    /// of the picture.
    fn resolve(&mut self, address: &str, title: &str) -> Result<LinkTarget, ImportError> {
        let address = address.trim();
        let lower = address.to_ascii_lowercase();
        if lower.starts_with("mailto:") || lower.starts_with("tel:") || address.starts_with("/tep/")
        {
            return Ok(LinkTarget::Address(address.to_owned()));
        }
        if let Some((_, bytes)) = self.place.embedded.iter().find(|(name, _)| name == address) {
            return self.put(bytes, address, title);
        }
        if lower.starts_with("data:") {
            let Some(bytes) = data(address) else {
                self.omissions.push(Omission::DataPicture);
                return Ok(LinkTarget::Nowhere);
            };
            return self.put(&bytes, "", title);
        }
        if let Some(index) = self.targets.indexes.get(self.place.root)
            && let Some((path, relative)) = index.find(self.place, address)
        {
            if let Some(document) = self.targets.by_path.get(&(self.place.root, relative)) {
                return Ok(LinkTarget::Address(format!("/bai-viet/{document}")));
            }
            if is_file(path, address)
                && let Ok(bytes) = fs::read(path)
            {
                return self.put(&bytes, address, title);
            }
        }
        let absolute = match &self.place.url {
            Some(url) => url.join(address).ok(),
            None => Url::parse(address).ok(),
        };
        let Some(url) = absolute.map(addresses::out_of_archive) else {
            if let Some(document) = self.targets.by_alias.get(address) {
                return Ok(LinkTarget::Address(format!("/bai-viet/{document}")));
            }
            // The address of a picture is kept, because it tells where the picture was.
            let kept =
                address.starts_with('/') && !address.starts_with("//") && names_a_picture(address);
            self.omissions.push(Omission::DeadLink(address.to_owned()));
            return Ok(if kept {
                LinkTarget::Address(address.to_owned())
            } else {
                LinkTarget::Nowhere
            });
        };
        if !matches!(url.scheme(), "http" | "https") {
            self.omissions.push(Omission::UnopenableLink(address.to_owned()));
            return Ok(LinkTarget::Nowhere);
        }
        let is_here = self.place.url.as_ref().is_none_or(|here| here.host_str() == url.host_str());
        let known = addresses::alias(&url)
            .filter(|_| is_here)
            .and_then(|alias| self.targets.by_alias.get(&alias));
        if let Some(document) = known {
            return Ok(LinkTarget::Address(format!("/bai-viet/{document}")));
        }
        if names_a_file(address) {
            self.omissions.push(Omission::MissingFile(url.to_string()));
        }
        Ok(LinkTarget::Address(url.into()))
    }

    fn put(&mut self, bytes: &[u8], address: &str, title: &str) -> Result<LinkTarget, ImportError> {
        match self.targets.shelf.put(&NewFile { bytes, address, title, slug: self.slug })? {
            Ok(name) => Ok(LinkTarget::File(name)),
            Err(reason) => {
                let address = address.to_owned();
                self.omissions.push(Omission::RefusedFile { address, reason });
                Ok(LinkTarget::Nowhere)
            }
        }
    }
}

fn names_a_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    matches!(extension_in(path), Some("jpg" | "png" | "gif" | "webp" | "svg" | "bmp"))
}

/// Whether the target is a file to be copied, and not another page.
fn is_file(path: &std::path::Path, address: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_page = [".html", ".htm", ".xhtml", ".php"].iter().any(|end| name.ends_with(end));
    !is_page || names_a_file(address)
}

/// The bytes of a `data:` URL.
fn data(address: &str) -> Option<Vec<u8>> {
    let (head, content) = address.split_once(',')?;
    let content: Vec<u8> = percent_decode_str(content).collect();
    if head.ends_with(";base64") {
        let dense: Vec<u8> =
            content.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        BASE64_STANDARD.decode(dense).ok()
    } else {
        Some(content)
    }
}
