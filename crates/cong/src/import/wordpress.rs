//! Imports a WordPress export (WXR): posts and pages with state, author, categories and attachments. The files
//! of attachments are looked for beside the export.

use std::collections::{BTreeMap, HashMap};

use cong_core::vietnamese::{Timestamp, WrittenTime, slug};
use roxmltree::Node;
use url::Url;

use super::draft::{Draft, Place};
use super::report::Entry;
use super::shortcodes;
use super::{Read, addresses, blocks, html, xml};
use crate::language::say;

/// # Errors
/// The report entry that says why the export cannot be read.
pub fn read(text: &str, place: &Place) -> Result<Read, Box<Entry>> {
    let unreadable = |reason| Box::new(Entry::unreadable(place.path.clone(), reason));
    let document = xml::parse(text).map_err(unreadable)?;
    let channel = xml::child(document.root_element(), "channel");
    let channel =
        channel.ok_or_else(|| unreadable(say!("không có <channel>", "there is no <channel>")))?;
    let export = Export::of(channel);
    let mut read = Read::default();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for item in items(channel) {
        let kind = field(item, "post_type").unwrap_or_else(|| "post".to_owned());
        let state = field(item, "status").unwrap_or_default();
        let is_document = matches!(kind.as_str(), "post" | "page")
            && !matches!(state.as_str(), "trash" | "auto-draft" | "inherit");
        if is_document {
            match export.draft(item, &state, place) {
                Ok(draft) => read.drafts.push(draft),
                Err(entry) => read.entries.push(*entry),
            }
        } else if kind != "attachment" {
            let name = if matches!(kind.as_str(), "post" | "page") {
                format!("{kind}, {state}")
            } else {
                kind
            };
            *others.entry(name).or_default() += 1;
        }
    }
    let mut entry = Entry::new(place.path.clone());
    for (kind, count) in others {
        entry.leave_out(say!("{count} mục loại “{kind}”", "{count} items of the kind “{kind}”"));
    }
    if read.drafts.is_empty() || !entry.left_out.is_empty() {
        read.entries.push(entry);
    }
    Ok(read)
}

struct Export {
    /// Display names of authors, by login.
    authors: HashMap<String, String>,
    /// Address and description of attachments, by number.
    attachments: HashMap<String, (String, String)>,
}

fn items<'a, 'b>(channel: Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    channel.children().filter(|node| node.tag_name().name() == "item")
}

/// The text of a child element, whatever its namespace.
fn field(node: Node<'_, '_>, name: &str) -> Option<String> {
    xml::child(node, name)
        .map(xml::text)
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// `content:encoded` and `excerpt:encoded` have the same local name, so the namespace decides.
fn encoded(item: Node<'_, '_>, of: &str) -> String {
    let found = item.children().find(|child| {
        let name = child.tag_name();
        name.name() == "encoded" && name.namespace().is_some_and(|space| space.contains(of))
    });
    found.map(xml::text).unwrap_or_default()
}

impl Export {
    fn of(channel: Node<'_, '_>) -> Self {
        let authors = channel
            .children()
            .filter(|node| node.tag_name().name() == "author")
            .filter_map(|author| {
                Some((field(author, "author_login")?, field(author, "author_display_name")?))
            });
        let attachments = items(channel).filter_map(|item| {
            let alt =
                metas(item).find(|(key, _)| key == "_wp_attachment_image_alt").map(|(_, alt)| alt);
            Some((
                field(item, "post_id")?,
                (field(item, "attachment_url")?, alt.unwrap_or_default()),
            ))
        });
        Self { authors: authors.collect(), attachments: attachments.collect() }
    }

    fn draft(&self, item: Node<'_, '_>, state: &str, place: &Place) -> Result<Draft, Box<Entry>> {
        let id = field(item, "post_id").unwrap_or_default();
        let mut entry = Entry::new(format!("{}#{id}", place.path));
        let title = field(item, "title").map(|title| plain(&title)).unwrap_or_default();
        let unreadable =
            |entry: &Entry, reason| Box::new(Entry::unreadable(entry.source.clone(), reason));

        let gallery = |number: &str| self.attachments.get(number).cloned();
        let resolved = shortcodes::resolve(&encoded(item, "content"), &gallery);
        let paragraphs = shortcodes::paragraphs(&resolved.text);
        let (body, left_out) =
            html::fragment(&paragraphs).map_err(|reason| unreadable(&entry, reason))?;
        resolved.left_out.into_iter().chain(left_out).for_each(|left| entry.leave_out(left));
        if html::is_empty(&body) {
            entry.doubt(say!("bài không có nội dung", "it has no text"));
        }
        if title.is_empty() {
            entry.doubt(say!("bài không có tiêu đề", "it has no title"));
        }
        if !matches!(state, "publish") {
            entry.doubt(say!(
                "trạng thái “{state}”: để là bản nháp",
                "its state is “{state}”: it stays a draft"
            ));
        }
        if field(item, "post_password").is_some() {
            entry.doubt(say!(
                "bài có mật khẩu: để là bản nháp",
                "it has a password: it stays a draft"
            ));
        }

        let categories: Vec<String> = item
            .children()
            .filter(|node| {
                node.tag_name().name() == "category" && node.attribute("domain") == Some("category")
            })
            .map(|node| plain(&xml::text(node)))
            .filter(|name| {
                !slug(name).is_empty()
                    && slug(name) != "uncategorized"
                    && slug(name) != "chua-phan-loai"
            })
            .collect();
        for other in categories.iter().skip(1) {
            entry.leave_out(say!("chuyên mục thứ hai: {other}", "a second category: {other}"));
        }
        let url = field(item, "link").and_then(|link| Url::parse(&link).ok());
        let login = field(item, "creator").unwrap_or_default();
        let author = self.authors.get(&login).cloned().filter(|name| html::is_person(name));
        let image = metas(item)
            .find(|(key, _)| key == "_thumbnail_id")
            .and_then(|(_, id)| self.attachments.get(&id).cloned());
        let excerpt = plain(&encoded(item, "excerpt"));
        Ok(Draft {
            title: if title.is_empty() { say!("Bài {id}", "Article {id}") } else { title },
            published: time(item, "post_date"),
            updated: time(item, "post_modified"),
            author,
            summary: Some(excerpt).filter(|excerpt| !excerpt.is_empty()),
            category: categories.into_iter().next(),
            is_draft: state != "publish" || field(item, "post_password").is_some(),
            aliases: url.as_ref().and_then(addresses::alias).into_iter().collect(),
            body,
            image: image.map(|(address, _)| address),
            place: Place {
                url,
                by_ending: true,
                path: format!("{}#{id}", place.path),
                ..place.clone()
            },
            entry,
            ..Draft::default()
        })
    }
}

fn metas<'a, 'b: 'a>(item: Node<'a, 'b>) -> impl Iterator<Item = (String, String)> + use<'a, 'b> {
    let metas = item.children().filter(|node| node.tag_name().name() == "postmeta");
    metas.filter_map(|meta| Some((field(meta, "meta_key")?, field(meta, "meta_value")?)))
}

/// The time in UTC, if given; otherwise the site's local time, which is assumed to be that of Viet Nam.
fn time(item: Node<'_, '_>, name: &str) -> Option<Timestamp> {
    let greenwich = field(item, &format!("{name}_gmt"))
        .and_then(|time| WrittenTime::parse(&format!("{time}Z")));
    let local = || field(item, name).and_then(|time| WrittenTime::parse(&time));
    greenwich.or_else(local).map(WrittenTime::start)
}

/// The text of an HTML fragment.
fn plain(html: &str) -> String {
    html::fragment(html).map(|(body, _)| blocks::plain_blocks(&body.blocks)).unwrap_or_default()
}
