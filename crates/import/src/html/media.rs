//! Finds the addresses of pictures, audio, video and embedded pages, and the captions of pictures.

use cong_core::markdown_writer::{ContentBlock, RunContent, TextRun, plain};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// The maximum length of a caption, in characters. A longer text below a picture remains a paragraph.
const MAX_CAPTION: usize = 250;

/// Whether the address is that of a picture uploaded for an article, not of one that belongs to the design of the site.
pub fn is_uploaded(address: &str) -> bool {
    let address = address.to_lowercase();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let is_photo = [".jpg", ".jpeg"].iter().any(|end| path.ends_with(end));
    let is_among_uploads = [
        "upload",
        "/files/",
        "/portals/",
        "/stories/",
        "/documents/",
        "publishingimages",
        "attachments",
    ]
    .iter()
    .any(|part| path.contains(part));
    let is_of_the_site = ["icon", "logo", "banner", "button", "/templates/", "/themes/", "avatar"]
        .iter()
        .any(|part| path.contains(part));
    (is_photo || is_among_uploads) && !is_of_the_site
}

/// Makes each short line in italics below a picture the caption of this picture.
pub fn join_captions(blocks: &mut Vec<ContentBlock>) {
    let mut index = 1;
    while index < blocks.len() {
        let caption = match &blocks[index] {
            ContentBlock::Paragraph(runs) if is_caption(runs) => plain(runs),
            _ => String::new(),
        };
        if !caption.is_empty() && caption_of(&mut blocks[index - 1], &caption) {
            blocks.remove(index);
        } else {
            index += 1;
        }
    }
}

fn is_caption(runs: &[TextRun]) -> bool {
    plain(runs).chars().count() <= MAX_CAPTION
        && runs.iter().all(|run| match &run.content {
            RunContent::Text(text) => {
                text.trim().is_empty() || run.style.italic && run.style.link.is_none()
            }
            RunContent::Break => true,
            RunContent::Image { .. } | RunContent::Note(_) => false,
        })
}

/// If a block consists of a picture without a caption, sets its caption. Returns whether it did.
pub fn caption_of(block: &mut ContentBlock, caption: &str) -> bool {
    let ContentBlock::Paragraph(runs) = block else { return false };
    if !plain(runs).is_empty() || caption.chars().count() > MAX_CAPTION {
        return false;
    }
    let mut titles = runs.iter_mut().filter_map(|run| match &mut run.content {
        RunContent::Image { title, .. } => Some(title),
        _ => None,
    });
    match (titles.next(), titles.next()) {
        (Some(title), None) if title.is_empty() => {
            caption.clone_into(title);
            true
        }
        _ => false,
    }
}

/// The address of an `<img>`. Returns `None` for a picture without an address, and for one of at most one pixel, which
/// sites use to count visits.
pub fn picture_address(element: &Element) -> Option<&str> {
    // Pages that load pictures lazily have the address in another attribute.
    let late =
        ["data-src", "data-original", "data-lazy-src"].iter().find_map(|name| element.attr(name));
    let address = late.or_else(|| element.attr("src")).unwrap_or_default().trim();
    let is_tiny =
        ["width", "height"].iter().any(|side| matches!(element.attr(side), Some("0" | "1")));
    (!address.is_empty() && !is_tiny).then_some(address)
}

/// The address of an embedded player or page.
pub fn embedded_address(node: NodeRef<'_, Node>, element: &Element) -> Option<String> {
    let source =
        node.descendants().filter_map(|inner| inner.value().as_element()).find_map(|inner| {
            ["src", "data"].iter().find_map(|name| inner.attr(name)).map(str::to_owned)
        });
    let source = source.or_else(|| element.attr("src").map(str::to_owned));
    source.filter(|source| !source.is_empty())
}
