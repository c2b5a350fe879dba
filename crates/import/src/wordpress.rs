//! Imports a WordPress export (WXR): posts and pages with their state, author, categories and attachments. The files of
//! attachments are looked for in the folder that contains the export.

use std::collections::{BTreeMap, HashMap};

use cong_core::article::can_be_author;
use cong_core::vietnamese::{Timestamp, WrittenTime, slug};
use cong_word::xml;
use roxmltree::Node;
use url::Url;

use super::imported_document::{ImportedDocument, SourcePlace};
use super::report::{Doubt, Omission, SourceReport, UnreadableReason};
use super::shortcodes;
use super::source_content::SourceContent;
use super::{addresses, html};

/// Reads the posts and pages of a WordPress export as documents.
///
/// # Errors
/// Returns a report that says why the export cannot be read.
pub fn read(text: &str, place: &SourcePlace) -> Result<SourceContent, Box<SourceReport>> {
    let unreadable = |reason| Box::new(SourceReport::unreadable(place.path.clone(), reason));
    let document = xml::parse(text).map_err(|error| unreadable(UnreadableReason::Xml(error)))?;
    let channel = xml::child(document.root_element(), "channel");
    let channel = channel.ok_or_else(|| unreadable(UnreadableReason::NoChannel))?;
    let export = WordPressExport::of(channel);
    let mut read = SourceContent::default();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for item in items(channel) {
        let kind = field(item, "post_type").unwrap_or_else(|| "post".to_owned());
        let state = field(item, "status").unwrap_or_default();
        let is_document = matches!(kind.as_str(), "post" | "page")
            && !matches!(state.as_str(), "trash" | "auto-draft" | "inherit");
        if is_document {
            match export.document(item, &state, place) {
                Ok(document) => read.documents.push(document),
                Err(report) => read.reports.push(*report),
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
    let mut report = SourceReport::new(place.path.clone());
    for (kind, count) in others {
        report.leave_out(Omission::Items { count, kind });
    }
    if read.documents.is_empty() || !report.omissions.is_empty() {
        read.reports.push(report);
    }
    Ok(read)
}

/// The authors and attachments of an export, to which its posts refer.
struct WordPressExport {
    /// The display name of each author, by the name with which the author signs in.
    authors: HashMap<String, String>,
    /// The address and description of each attachment, by its number.
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

/// The text of `content:encoded` or `excerpt:encoded`. `of` is a part of the namespace, which distinguishes them,
/// because both have the local name `encoded`.
fn encoded(item: Node<'_, '_>, of: &str) -> String {
    let found = item.children().find(|child| {
        let name = child.tag_name();
        name.name() == "encoded" && name.namespace().is_some_and(|space| space.contains(of))
    });
    found.map(xml::text).unwrap_or_default()
}

impl WordPressExport {
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

    fn document(
        &self,
        item: Node<'_, '_>,
        state: &str,
        place: &SourcePlace,
    ) -> Result<ImportedDocument, Box<SourceReport>> {
        let id = field(item, "post_id").unwrap_or_default();
        let mut report = SourceReport::new(format!("{}#{id}", place.path));
        let title = field(item, "title").map(|title| html::plain_text(&title)).unwrap_or_default();
        let unreadable = |report: &SourceReport, reason| {
            Box::new(SourceReport::unreadable(report.source.clone(), reason))
        };

        let gallery = |number: &str| self.attachments.get(number).cloned();
        let resolved = shortcodes::resolve(&encoded(item, "content"), &gallery);
        let paragraphs = shortcodes::paragraphs(&resolved.text);
        let (content, left_out) =
            html::fragment(&paragraphs).map_err(|reason| unreadable(&report, reason))?;
        let shortcodes = resolved.left_out.into_iter().map(Omission::Shortcode);
        shortcodes.chain(left_out).for_each(|left| report.leave_out(left));
        if content.is_empty() {
            report.doubt(Doubt::NoText);
        }
        if title.is_empty() {
            report.doubt(Doubt::NoTitle);
        }
        if !matches!(state, "publish") {
            report.doubt(Doubt::State(state.to_owned()));
        }
        if field(item, "post_password").is_some() {
            report.doubt(Doubt::Password);
        }

        let categories: Vec<String> = item
            .children()
            .filter(|node| {
                node.tag_name().name() == "category" && node.attribute("domain") == Some("category")
            })
            .map(|node| html::plain_text(&xml::text(node)))
            .filter(|name| {
                !slug(name).is_empty()
                    && slug(name) != "uncategorized"
                    && slug(name) != "chua-phan-loai"
            })
            .collect();
        for other in categories.iter().skip(1) {
            report.leave_out(Omission::SecondCategory(other.clone()));
        }
        let url = field(item, "link").and_then(|link| Url::parse(&link).ok());
        let login = field(item, "creator").unwrap_or_default();
        let author = self.authors.get(&login).cloned().filter(|name| can_be_author(name));
        let image = metas(item)
            .find(|(key, _)| key == "_thumbnail_id")
            .and_then(|(_, id)| self.attachments.get(&id).cloned());
        let excerpt = html::plain_text(&encoded(item, "excerpt"));
        Ok(ImportedDocument {
            title: if title.is_empty() { format!("Bài {id}") } else { title },
            published: time(item, "post_date"),
            updated: time(item, "post_modified"),
            author,
            summary: Some(excerpt).filter(|excerpt| !excerpt.is_empty()),
            category: categories.into_iter().next(),
            is_draft: state != "publish" || field(item, "post_password").is_some(),
            aliases: url.as_ref().and_then(addresses::alias).into_iter().collect(),
            content,
            image: image.map(|(address, _)| address),
            place: SourcePlace {
                url,
                by_ending: true,
                path: format!("{}#{id}", place.path),
                ..place.clone()
            },
            report,
            ..ImportedDocument::default()
        })
    }
}

fn metas<'a, 'b: 'a>(item: Node<'a, 'b>) -> impl Iterator<Item = (String, String)> + use<'a, 'b> {
    let metas = item.children().filter(|node| node.tag_name().name() == "postmeta");
    metas.filter_map(|meta| Some((field(meta, "meta_key")?, field(meta, "meta_value")?)))
}

/// The time in the field `name`. Prefers the variant of the field that is in UTC. Without it, the field contains the
/// site's local time, which is taken for Viet Nam's.
fn time(item: Node<'_, '_>, name: &str) -> Option<Timestamp> {
    let greenwich = field(item, &format!("{name}_gmt"))
        .and_then(|time| WrittenTime::parse(&format!("{time}Z")));
    let local = || field(item, name).and_then(|time| WrittenTime::parse(&time));
    greenwich.or_else(local).map(WrittenTime::start)
}
