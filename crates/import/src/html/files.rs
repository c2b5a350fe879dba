//! Finds links to attachments that are outside the article's text. Their addresses are returned as the page writes
//! them.

use cong_core::vietnamese::fold;
use scraper::ElementRef;

use super::page::SavedPage;
use crate::attachments::names_a_file;

/// Names (ids and classes, in lower case and without punctuation) of elements that contain attachments.
const ATTACHMENTS: &str = "\
    dinhkem filedinhkem tepdinhkem attachment attachments attachfile tailieudinhkem listfile \
    newsdownloadfile fieldtypefile";
/// Labels that precede attachments, in lower case without accents.
const LABELS: [&str; 5] =
    ["tep dinh kem", "file dinh kem", "tap tin dinh kem", "tai lieu dinh kem", "van ban dinh kem"];
/// Words with which the text of a link to an attachment may begin, in lower case without accents.
const VERBS: [&str; 3] = ["tai ve", "tai file", "download"];
/// The maximum length of a list of attachments, in bytes of text. An element around a label with more text also
/// contains something else, so its links are not read.
const MAX_LIST: usize = 2_000;

/// The links to attachments outside the article's text: the address and the title of each.
pub fn beside(page: &SavedPage, content: ElementRef<'_>) -> Vec<(String, String)> {
    let named = page.named(ATTACHMENTS).flat_map(links);
    let labelled = labelled(page).flat_map(links).filter(|link| names_a_file(target(*link)));
    let is_beside =
        |link: &ElementRef<'_>| link.ancestors().all(|outer| outer.id() != content.id());
    let mut files: Vec<(String, String)> = Vec::new();
    for link in named.chain(labelled).filter(is_beside) {
        let target = target(link);
        let is_script = target.to_lowercase().starts_with("javascript:");
        if !target.is_empty()
            && !target.starts_with('#')
            && !is_script
            && files.iter().all(|(known, _)| known != target)
        {
            files.push((target.to_owned(), title(&page.text(link)).to_owned()));
        }
    }
    files
}

/// The elements in which links after a label such as `Tải về:` (download) may be: the element of each label, and its
/// parent.
fn labelled<'a>(page: &'a SavedPage) -> impl Iterator<Item = ElementRef<'a>> {
    let labels = page.html.tree.nodes().filter_map(|node| {
        let text = fold(node.value().as_text()?);
        let is_label = LABELS.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()));
        node.parent().filter(|_| is_label).and_then(ElementRef::wrap)
    });
    labels.flat_map(move |label| {
        let around = label.parent().and_then(ElementRef::wrap);
        std::iter::once(label).chain(around.filter(|around| page.text(*around).len() < MAX_LIST))
    })
}

fn links<'a>(element: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    element.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "a")
}

fn target<'a>(link: ElementRef<'a>) -> &'a str {
    link.value().attr("href").unwrap_or_default().trim()
}

/// The text of a link without a label such as `Tải về:` (download) at its beginning.
fn title(text: &str) -> &str {
    let is_said = |label: &str| {
        let label = fold(label);
        LABELS.iter().chain(&VERBS).any(|said| *said == label.trim())
    };
    text.split_once(':').filter(|(label, _)| is_said(label)).map_or(text, |(_, title)| title.trim())
}
