//! Imports Word files: text with headings, lists, tables, links, footnotes and pictures.

mod body;
mod lists;
mod numbering;
mod package;
mod paragraph;
mod styles;

use cong_core::vietnamese::{Timestamp, WrittenTime, fold};

use super::blocks::{Block, Body};
use super::draft::{Draft, Place};
use super::html::{is_person, tidy};
use super::report::Entry;
use super::xml;
use crate::language::say;
use package::Package;

/// # Errors
/// The report entry that says why the file cannot be read.
pub fn read(bytes: &[u8], place: Place) -> Result<Draft, Box<Entry>> {
    let source = place.path.clone();
    read_package(bytes, place).map_err(|reason| Box::new(Entry::unreadable(source, reason)))
}

fn read_package(bytes: &[u8], place: Place) -> Result<Draft, String> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let found = body::read(&mut package, &main)?;
    let properties = Properties::of(&mut package)?;
    let mut entry = Entry::new(place.path.clone());
    found.left_out.into_iter().for_each(|left| entry.leave_out(left));
    let mut body = found.body;
    let heading = body.blocks.iter().find_map(|block| match block {
        Block::Heading(_, runs) => Some(super::blocks::plain(runs)).filter(|text| !text.is_empty()),
        _ => None,
    });
    let title = found.title.or(properties.title).or(heading).unwrap_or_else(|| {
        entry.doubt(say!(
            "không thấy tiêu đề: lấy tên tệp",
            "no title was found: the file's name is taken"
        ));
        let name = place.path.rsplit('/').next().unwrap_or_default();
        tidy(&name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace('_', " "))
    });
    drop_title(&mut body, &title);
    if super::html::is_empty(&body) {
        entry.doubt(say!("tệp không có nội dung chữ", "it has no text"));
    }
    if properties.time.is_some() {
        entry.doubt(say!(
            "thời gian là lúc tệp Word được lưu lần cuối, không phải lúc công bố",
            "the time is when the Word file was last saved, not when it was published"
        ));
    }
    Ok(Draft {
        title,
        updated: properties.time,
        author: properties.author,
        body,
        place: Place { embedded: found.pictures, ..place },
        entry,
        ..Draft::default()
    })
}

fn drop_title(body: &mut Body, title: &str) {
    if body.blocks.first().is_some_and(|block| fold(&block.plain()) == fold(title)) {
        body.blocks.remove(0);
    }
}

#[derive(Default)]
struct Properties {
    title: Option<String>,
    author: Option<String>,
    time: Option<Timestamp>,
}

impl Properties {
    fn of(package: &mut Package<'_>) -> Result<Self, String> {
        let Some(text) = package.text("docProps/core.xml")? else { return Ok(Self::default()) };
        let document = xml::parse(&text)?;
        let field = |name: &str| {
            let found =
                xml::child(document.root_element(), name).map(|node| tidy(&xml::text(node)));
            found.filter(|text| !text.is_empty())
        };
        let time = ["modified", "created"].iter().find_map(|name| field(name));
        Ok(Self {
            title: field("title").filter(|title| is_title(title)),
            author: field("creator").filter(|author| is_person(author)),
            time: time.and_then(|time| WrittenTime::parse(&time)).map(WrittenTime::start),
        })
    }
}

/// Whether the title in the file's properties is a real one. Word fills it with the first line of a new file,
/// which in offices is often the name of the state.
fn is_title(title: &str) -> bool {
    let title = fold(title);
    title.len() >= 6
        && !["microsoft word", "cong hoa xa hoi", "document", "uy ban nhan dan", "so ", "untitled"]
            .iter()
            .any(|start| title.starts_with(start))
}
