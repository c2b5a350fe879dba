//! Resolves the addresses in a draft to documents of this run, to files in `files/`, or to addresses on the old
//! portal. Targets that should exist but were not found are reported.

use std::collections::{HashMap, HashSet};
use std::fs;

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use cong_core::article::file_url;
use percent_encoding::percent_decode_str;
use url::Url;

use super::addresses;
use super::attachments::{Disk, Shelf, Wanted, names_a_file};
use super::blocks::{Block, Piece, Run, Style};
use super::draft::{Draft, Place};
use super::report::Entry;
use crate::language::say;

/// The possible targets of addresses.
pub struct Targets<'a> {
    pub disks: &'a [Disk],
    pub shelf: &'a mut Shelf,
    /// The slugs of this run's documents, by old address (`by_alias`), and by root and path of their source
    /// (`by_path`).
    pub by_alias: &'a HashMap<String, String>,
    pub by_path: &'a HashMap<(usize, String), String>,
}

/// The new target of a link.
enum Led {
    File(String),
    To(String),
    /// There is no target; only the text of the link is kept.
    Nowhere,
}

/// The files that belong to a document.
#[derive(Default)]
pub struct Linked {
    /// Name and title of each attachment.
    pub attachments: Vec<(String, String)>,
    pub image: Option<String>,
}

/// Resolves all addresses of a draft.
///
/// # Errors
/// A file cannot be written.
pub fn settle(draft: &mut Draft, slug: &str, targets: &mut Targets<'_>) -> Result<Linked> {
    let mut body = std::mem::take(&mut draft.body);
    let place = draft.place.clone();
    let mut notes = Vec::new();
    let mut failure = None;
    let mut without_alt = 0_usize;
    body.for_each_run(&mut |run| {
        if failure.is_none()
            && let Err(error) = settle_run(run, slug, &place, targets, &mut notes, &mut without_alt)
        {
            failure = Some(error);
        }
    });
    if let Some(error) = failure {
        return Err(error);
    }
    let mut linked = Linked::default();
    for (address, title) in std::mem::take(&mut draft.files) {
        match lead(&address, &title, slug, &place, targets, &mut notes)? {
            Led::File(name) => {
                let title = if title.is_empty() { name.clone() } else { title };
                if linked.attachments.iter().all(|(known, _)| *known != name) {
                    linked.attachments.push((name, title));
                }
            }
            Led::To(target) => {
                let text = if title.is_empty() { target.clone() } else { title };
                let style = Style { link: Some(target), ..Style::default() };
                let label = Run::text("Tệp đính kèm: ");
                body.blocks
                    .push(Block::Paragraph(vec![label, Run { piece: Piece::Text(text), style }]));
            }
            Led::Nowhere => {}
        }
    }
    if let Some(address) = draft.image.take() {
        match lead(&address, "", slug, &place, targets, &mut notes)? {
            Led::File(name) => linked.image = Some(name),
            Led::To(_) | Led::Nowhere => {}
        }
    }
    if without_alt > 0 {
        draft.entry.doubt(say!(
            "{without_alt} ảnh không có mô tả cho người không nhìn thấy",
            "{without_alt} pictures without a description for those who cannot see them"
        ));
    }
    notes.into_iter().for_each(|note| draft.entry.leave_out(note));
    draft.body = body;
    Ok(linked)
}

/// Treats a Word file that a page links to as an attachment of that page, and not as a document of its own.
pub fn keep_attachments(drafts: &mut Vec<Draft>, entries: &mut Vec<Entry>, disks: &[Disk]) {
    let is_word = |path: &str| {
        path.to_lowercase().ends_with(".docx") || path.to_lowercase().ends_with(".docm")
    };
    let mut linked = HashSet::new();
    for draft in drafts.iter_mut() {
        let place = &draft.place;
        let Some(disk) = disks.get(place.root) else { continue };
        let mut follow = |address: &str| {
            if let Some((_, path)) = disk.find(place, address).filter(|(_, path)| is_word(path)) {
                linked.insert(path);
            }
        };
        draft.files.iter().for_each(|(address, _)| follow(address));
        draft.body.for_each_run(&mut |run| run.style.link.iter().for_each(|link| follow(link)));
    }
    let is_linked = |path: &str| is_word(path) && linked.contains(&path.to_lowercase());
    let attached = || say!("tệp đính kèm của một trang", "a file attached to a page");
    entries.extend(
        drafts
            .extract_if(.., |draft| is_linked(&draft.place.path))
            .map(|draft| Entry::no_article(draft.place.path, attached())),
    );
    for entry in entries.iter_mut().filter(|entry| is_linked(&entry.source)) {
        *entry = Entry::no_article(entry.source.clone(), attached());
    }
}

fn settle_run(
    run: &mut Run,
    slug: &str,
    place: &Place,
    targets: &mut Targets<'_>,
    notes: &mut Vec<String>,
    without_alt: &mut usize,
) -> Result<()> {
    if let Piece::Image { address, alt, .. } = &mut run.piece {
        *without_alt += usize::from(alt.trim().is_empty());
        match lead(address, alt, slug, place, targets, notes)? {
            Led::File(name) => {
                // A link from a picture to another size of itself is dropped.
                if run.style.link.as_deref().is_some_and(names_a_picture) {
                    run.style.link = None;
                }
                *address = file_url(&name);
            }
            Led::To(target) => *address = target,
            Led::Nowhere => run.piece = Piece::Text(std::mem::take(alt)),
        }
    }
    if let Some(target) = run.style.link.take() {
        let title = if let Piece::Text(text) = &run.piece { text.clone() } else { String::new() };
        run.style.link = match lead(&target, &title, slug, place, targets, notes)? {
            Led::File(name) => Some(file_url(&name)),
            Led::To(target) => Some(target),
            Led::Nowhere => None,
        };
    }
    Ok(())
}

fn names_a_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    matches!(
        super::attachments::extension_in(path),
        Some("jpg" | "png" | "gif" | "webp" | "svg" | "bmp")
    )
}

fn lead(
    address: &str,
    title: &str,
    slug: &str,
    place: &Place,
    targets: &mut Targets<'_>,
    notes: &mut Vec<String>,
) -> Result<Led> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("mailto:") || lower.starts_with("tel:") || address.starts_with("/tep/") {
        return Ok(Led::To(address.to_owned()));
    }
    if let Some((_, bytes)) = place.embedded.iter().find(|(name, _)| name == address) {
        return put(bytes, address, title, slug, targets, notes);
    }
    if lower.starts_with("data:") {
        let Some(bytes) = data(address) else {
            notes.push(say!("ảnh nhúng không đọc được", "an embedded picture that cannot be read"));
            return Ok(Led::Nowhere);
        };
        return put(&bytes, "", title, slug, targets, notes);
    }
    if let Some(disk) = targets.disks.get(place.root)
        && let Some((path, relative)) = disk.find(place, address)
    {
        if let Some(document) = targets.by_path.get(&(place.root, relative)) {
            return Ok(Led::To(format!("/bai-viet/{document}")));
        }
        if is_file(path, address)
            && let Ok(bytes) = fs::read(path)
        {
            return put(&bytes, address, title, slug, targets, notes);
        }
    }
    let absolute = match &place.url {
        Some(url) => url.join(address).ok(),
        None => Url::parse(address).ok(),
    };
    let Some(url) = absolute.map(addresses::out_of_archive) else {
        if let Some(document) = targets.by_alias.get(address) {
            return Ok(Led::To(format!("/bai-viet/{document}")));
        }
        // The address of a picture is kept, because it tells where the picture was.
        let kept =
            address.starts_with('/') && !address.starts_with("//") && names_a_picture(address);
        notes.push(say!(
            "liên kết không rõ tới đâu: {address}",
            "a link that leads nowhere known: {address}"
        ));
        return Ok(if kept { Led::To(address.to_owned()) } else { Led::Nowhere });
    };
    if !matches!(url.scheme(), "http" | "https") {
        notes.push(say!(
            "liên kết không mở được trang nào: {address}",
            "a link that opens no page: {address}"
        ));
        return Ok(Led::Nowhere);
    }
    let is_here = place.url.as_ref().is_none_or(|here| here.host_str() == url.host_str());
    let known =
        addresses::alias(&url).filter(|_| is_here).and_then(|alias| targets.by_alias.get(&alias));
    if let Some(document) = known {
        return Ok(Led::To(format!("/bai-viet/{document}")));
    }
    if names_a_file(address) {
        notes.push(say!(
            "tệp không có bên cạnh trang: {url}",
            "a file that is not beside the page: {url}"
        ));
    }
    Ok(Led::To(url.into()))
}

/// Whether the target is a file to be copied, and not another page.
fn is_file(path: &std::path::Path, address: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_page = [".html", ".htm", ".xhtml", ".php"].iter().any(|end| name.ends_with(end));
    !is_page || names_a_file(address)
}

fn put(
    bytes: &[u8],
    address: &str,
    title: &str,
    slug: &str,
    targets: &mut Targets<'_>,
    notes: &mut Vec<String>,
) -> Result<Led> {
    match targets.shelf.put(&Wanted { bytes, address, title, slug })? {
        Ok(name) => Ok(Led::File(name)),
        Err(reason) => {
            notes.push(say!("tệp {address}: {reason}", "file {address}: {reason}"));
            Ok(Led::Nowhere)
        }
    }
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
