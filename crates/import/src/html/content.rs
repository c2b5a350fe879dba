//! Finds the element of a page that contains the text of the article.

use std::collections::HashMap;

use cong_core::vietnamese::fold;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::page::SavedPage;
use super::{junk, media};
use crate::attachments::names_a_file;

/// Names (ids and classes, in lower case and without punctuation) of elements that contain the text of an article, on
/// portals made with SharePoint, DotNetNuke, Liferay, Joomla, Drupal, WordPress and Vietnamese systems such as those of
/// VNPT and Viettel.
const NAMES: &str = "\
    anhnoidungdetail articlebody articlecontent articlecontentbody articledetail \
    articledetailcontent articlefulltext assetfullcontent bodycontent bodydetail bodytext \
    chitietbaiviet chitietnoidung chitiettin chitietvanban contentarticle contentbody contentdetail contentnews \
    contenttin detailcontent detailnews detailsnews divarticlecontent divarticledescription \
    divarticledescription2 divnoidung ednarticlecontent entrycontent fckdetail fieldnamebody \
    itempage itemfulltext itemtext journalcontentarticle lblcontent lblnoidung msrtestatefield \
    newsbody newsbodyhtml newscontent newscontentdetail newsdetail newsdetailcontent newsdetails \
    nodecontent noidung noidungbaiviet noidungchitiet noidungtin noidungtintuc pagebodyhtml \
    postbody postcontent showcontent singlecontent storybody tdpostcontent textdetail \
    thongtinchitiet tindetail tinchitiet tinbaichitiet viewcontent";

/// The minimum length of an article's text, in bytes, in an element without a known name, which is chosen only because
/// most paragraphs are in it. An element with less text is not chosen.
const MIN_DENSE: usize = 200;
/// A length in bytes. An element with a known name and less text than this probably contains only the lead (the
/// introductory paragraph). If an element nearby has more than four times as much text, that one is chosen instead.
const SHORT: usize = 600;
/// The maximum number of levels between the element of a lead and the ancestor that also contains the text.
const NEAR: usize = 3;
/// The minimum number of titles in an element that counts as a list of articles. Titles are links with a text of at
/// least `TITLE_CHARS` characters.
const LISTED: usize = 5;
/// The minimum length of a title in a list of articles, in characters. A link with a shorter text is probably part of a
/// sentence.
const TITLE_CHARS: usize = 25;
/// The maximum length of the text between two titles in a list of articles, in bytes. An element with longer texts
/// between links is not such a list.
const TEASER: usize = 900;

/// The length of the text in an element, and of the part of it that is in links, in bytes.
#[derive(Clone, Copy, Default)]
struct TextWeight {
    text: usize,
    linked: usize,
}

impl TextWeight {
    fn own(self) -> usize {
        self.text.saturating_sub(self.linked)
    }
}

/// Returns the element that contains the text of the article. Returns `None` for a page that is only a list of links or
/// a form.
pub fn find(page: &SavedPage) -> Option<ElementRef<'_>> {
    let html = &page.html;
    let weights = weigh(page);
    let own = |element: &ElementRef<'_>| weights.get(&element.id()).copied().unwrap_or_default();
    let elements =
        || html.tree.nodes().filter_map(ElementRef::wrap).filter(|e| !is_apart(page, *e));
    let marked = elements().filter(|element| {
        let value = element.value();
        value.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("articleBody"))
    });
    let named = elements().filter(|element| is_named(*element));
    let dense = densest(page, &weights).filter(|dense| {
        own(dense).own() >= MIN_DENSE && is_prose(own(dense)) && !lists_articles(*dense)
    });
    for candidates in [marked.collect::<Vec<_>>(), named.collect()] {
        let best = candidates.into_iter().max_by_key(|element| own(element).own());
        let best =
            best.filter(|best| is_prose(own(best)) && !lists_articles(*best) || holds_files(*best));
        let Some(best) = best else { continue };
        let is_elsewhere = |dense: &ElementRef<'_>| {
            is_prose(own(&best))
                && own(&best).own() < SHORT
                && own(dense).own() > own(&best).own() * 4
                && best.ancestors().all(|outer| outer.id() != dense.id())
                && best
                    .ancestors()
                    .take(NEAR)
                    .any(|around| dense.ancestors().any(|outer| outer == around))
        };
        return Some(dense.filter(is_elsewhere).unwrap_or_else(|| innermost(best, &weights)));
    }
    dense
}

/// Whether the element is a list of titles, each followed by at most a short text.
fn lists_articles(element: ElementRef<'_>) -> bool {
    let (mut titles, mut since, mut longest) = (0_usize, 0_usize, 0_usize);
    let mut links = 0_usize;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if links == 0 => {
                    since += text.trim().len();
                    longest = longest.max(since);
                }
                Node::Text(text) if text.trim().chars().count() >= TITLE_CHARS => {
                    titles += 1;
                    since = 0;
                }
                Node::Element(inner) => links += usize::from(inner.name() == "a"),
                _ => {}
            },
            Edge::Close(node) => {
                let is_link = node.value().as_element().is_some_and(|inner| inner.name() == "a");
                links = links.saturating_sub(usize::from(is_link));
            }
        }
    }
    titles >= LISTED && longest <= TEASER
}

fn is_prose(weight: TextWeight) -> bool {
    weight.own() >= 40 && weight.own() >= weight.linked
}

fn holds_files(element: ElementRef<'_>) -> bool {
    element.descendants().filter_map(ElementRef::wrap).any(|inner| {
        let target = match inner.value().name() {
            "a" => inner.value().attr("href"),
            "img" => inner.value().attr("src").filter(|address| media::is_uploaded(address)),
            _ => None,
        };
        target.is_some_and(names_a_file)
    })
}

fn is_named(element: ElementRef<'_>) -> bool {
    element.value().attr("itemtype").is_none()
        && junk::names(element.value()).any(|name| {
            NAMES.split(' ').any(|known| known == name) || name.starts_with("externalclass")
                // SharePoint and ASP.NET put prefixes for the position of a control before its name.
                || NAMES.split(' ').any(|known| known.len() >= 10 && name.ends_with(known))
        })
}

/// Whether an element, or one of its ancestors, is not part of the article, such as a menu or a script.
fn is_apart(page: &SavedPage, element: ElementRef<'_>) -> bool {
    let apart = |e: ElementRef<'_>| is_silent(page, *e, e.value());
    apart(element) || element.ancestors().take(100).filter_map(ElementRef::wrap).any(apart)
}

/// Chooses between `outer` and the elements inside it, among those whose class or id is one that page templates give to
/// the text of an article (`is_named`). `outer` often contains the title and the time too, so the inner element with the
/// most text is returned if it has at least 40 % of the text of `outer`. Otherwise returns `outer`.
fn innermost<'a>(outer: ElementRef<'a>, weights: &HashMap<NodeId, TextWeight>) -> ElementRef<'a> {
    let weight = |e: &ElementRef<'_>| weights.get(&e.id()).copied().unwrap_or_default().own();
    let inner = outer.descendants().skip(1).filter_map(ElementRef::wrap);
    let inner = inner.filter(|e| is_named(*e) && weight(e) * 10 >= weight(&outer) * 4);
    // `max_by_key` returns the last of equal elements, which is the innermost.
    inner.max_by_key(weight).unwrap_or(outer)
}

fn weigh(page: &SavedPage) -> HashMap<NodeId, TextWeight> {
    let mut weights = HashMap::new();
    let mut open: Vec<TextWeight> = vec![TextWeight::default()];
    let mut links = 0_usize;
    let mut apart = 0_usize;
    for edge in page.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if apart == 0 => {
                    let length = text.split_whitespace().map(|word| word.len() + 1).sum::<usize>();
                    if let Some(innermost) = open.last_mut() {
                        innermost.text += length;
                        innermost.linked += if links > 0 { length } else { 0 };
                    }
                }
                Node::Element(element) => {
                    open.push(TextWeight::default());
                    links += usize::from(element.name() == "a");
                    apart += usize::from(is_silent(page, node, element));
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    links -= usize::from(element.name() == "a");
                    apart -= usize::from(is_silent(page, node, element));
                    let weight = open.pop().unwrap_or_default();
                    weights.insert(node.id(), weight);
                    if let Some(outer) = open.last_mut() {
                        outer.text += weight.text;
                        outer.linked += weight.linked;
                    }
                }
            }
        }
    }
    weights
}

fn is_silent(page: &SavedPage, node: NodeRef<'_, Node>, element: &Element) -> bool {
    matches!(
        element.name(),
        "script" | "style" | "noscript" | "head" | "select" | "option" | "textarea"
    ) || junk::is_footer(element) && !page.is_frame(node)
        || page.is_beside(node, element)
}

/// Whether a paragraph names the owner of the site or a copyright, as page footers do.
fn is_imprint(text: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "ban quyen",
        "copyright",
        "©",
        "giay phep",
        "ghi ro nguon",
        "chiu trach nhiem",
        "don vi chu quan",
        "co quan chu quan",
        "dia chi:",
    ];
    let start: String = text.trim_start().chars().take(40).collect();
    let start = fold(&start);
    BEGINNINGS.iter().any(|beginning| start.starts_with(beginning))
}

/// Returns the element that contains most of the paragraphs' text. The length of a paragraph counts fully for its
/// parent, half for its grandparent and a quarter for the next ancestor. A `<td>` or `<div>` with text counts as a
/// paragraph and as its own parent.
fn densest<'a>(
    page: &'a SavedPage,
    weights: &HashMap<NodeId, TextWeight>,
) -> Option<ElementRef<'a>> {
    let mut scores: HashMap<NodeId, usize> = HashMap::new();
    for element in page.html.tree.nodes().filter_map(ElementRef::wrap) {
        let is_paragraph = matches!(
            element.value().name(),
            "p" | "pre" | "blockquote" | "li" | "td" | "div" | "font" | "span"
        );
        let direct = element
            .children()
            .filter_map(|child| child.value().as_text().map(|text| text.trim().len()));
        let is_wordy = direct.sum::<usize>() >= 25;
        let own = weights.get(&element.id()).copied().unwrap_or_default().own();
        let is_counted = is_paragraph && is_wordy && own >= 25 && !is_apart(page, element);
        if !is_counted || element.text().next().is_some_and(is_imprint) {
            continue;
        }
        let outer = if matches!(element.value().name(), "td" | "div") {
            Some(*element)
        } else {
            element.parent()
        };
        for (share, node) in outer
            .into_iter()
            .flat_map(|outer| std::iter::once(outer).chain(outer.ancestors()))
            .take(3)
            .enumerate()
        {
            *scores.entry(node.id()).or_default() += own >> share;
        }
    }
    let best = scores.into_iter().max_by_key(|&(id, score)| (score, std::cmp::Reverse(id)))?.0;
    page.html.tree.get(best).and_then(ElementRef::wrap)
}
