//! The parser's events of a body, with the cells of its tables joined.

use pulldown_cmark::{Alignment, Event, OffsetIter, Parser, Tag, TagEnd};

use super::body_source::BodySource;
use super::events::options;
use super::limits::MAX_PROBLEMS;
use super::placed::Placed;
use super::problem::Cause;
use super::table::{cell_begin, column_groups};
use super::table_layout::{SourceCell, TableLayout};
use super::table_lines::cells_in;

/// The events of a body. Tables whose cells may be joined have other events than those of the parser: each header row
/// is a `TableHead`, and the HTML of column groups and of the begin tags of cells is in `Event::DisplayMath`. The
/// parser itself returns no such event, because `options` does not enable math.
pub enum BodyEvents<'a> {
    AsParsed(Parser<'a>),
    Joined(JoinedEvents<'a>),
}

impl<'a> BodyEvents<'a> {
    pub fn of(source: &'a BodySource<'a>) -> Self {
        if source.may_join_cells {
            Self::Joined(JoinedEvents::of(source))
        } else {
            Self::AsParsed(Parser::new_ext(&source.text, options()))
        }
    }
}

impl<'a> Iterator for BodyEvents<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        match self {
            Self::AsParsed(parser) => parser.next(),
            Self::Joined(events) => events.next(),
        }
    }
}

pub struct JoinedEvents<'a> {
    source: &'a BodySource<'a>,
    parser: OffsetIter<'a>,
    /// The remaining events of the current table.
    table: std::vec::IntoIter<Event<'a>>,
    /// Cells and rows of tables that are not shown as written, with the reason. Ranges refer to the text of the source.
    pub faults: Vec<Placed<Cause>>,
}

impl<'a> JoinedEvents<'a> {
    pub fn of(source: &'a BodySource<'a>) -> Self {
        let parser = Parser::new_ext(&source.text, options()).into_offset_iter();
        Self { source, parser, table: Vec::new().into_iter(), faults: Vec::new() }
    }

    /// Reads the table that begins at the offset `start` of the text, and returns its events.
    fn table(&mut self, start: usize, alignment: &[Alignment]) -> Vec<Event<'a>> {
        let text: &str = &self.source.text;
        let mut table = SourceTable::default();
        for (event, range) in self.parser.by_ref() {
            let written = || text.get(range.clone()).unwrap_or_default();
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    let (cells, columns) = (cells_in(written()), alignment.len());
                    if cells > columns && self.faults.len() < MAX_PROBLEMS {
                        self.faults.push((Cause::LongRow { cells, columns }, range));
                    }
                }
                Event::Start(Tag::TableCell) => {
                    table.cells.push(match written().trim_ascii() {
                        "^^" => SourceCell::ExtendsAbove,
                        "" if is_between_pipes(text, range.start) => SourceCell::ExtendsLeft,
                        _ => SourceCell::Own,
                    });
                    table.places.push(range);
                }
                Event::End(TagEnd::TableCell) => table.ends.push(table.content.len()),
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {}
                event => table.content.push(event),
            }
        }
        let header_rows = self.source.header_rows(start);
        let layout = TableLayout::of(&table.cells, alignment.len(), header_rows);
        for (cell, cause) in layout.faults.iter().take(MAX_PROBLEMS - self.faults.len()) {
            let place = table.places.get(*cell).cloned().unwrap_or_default();
            self.faults.push((cause.clone(), place));
        }
        table.into_events(&layout, alignment, header_rows)
    }
}

impl<'a> Iterator for JoinedEvents<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if !self.table.as_slice().is_empty() {
            return self.table.next();
        }
        match self.parser.next()? {
            (Event::Start(Tag::Table(alignment)), range) => {
                self.table = self.table(range.start, &alignment).into_iter();
                Some(Event::Start(Tag::Table(alignment)))
            }
            (event, _) => Some(event),
        }
    }
}

fn is_between_pipes(text: &str, at: usize) -> bool {
    at.checked_sub(1).and_then(|before| text.get(before..=at)) == Some("||")
}

/// A table as the parser reads it.
#[derive(Default)]
struct SourceTable<'a> {
    cells: Vec<SourceCell>,
    places: Vec<std::ops::Range<usize>>,
    /// The events within the cells.
    content: Vec<Event<'a>>,
    /// For each cell: the index after its last event in `content`.
    ends: Vec<usize>,
}

impl<'a> SourceTable<'a> {
    fn into_events(
        self,
        layout: &TableLayout,
        alignment: &[Alignment],
        header_rows: usize,
    ) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(self.content.len() + 4 * self.cells.len());
        out.extend(column_groups(&layout.groups).map(|tags| Event::DisplayMath(tags.into())));
        let mut content = self.content.into_iter();
        let mut ends = self.ends.into_iter();
        let mut begin = 0;
        for (index, row) in layout.areas.chunks(alignment.len().max(1)).enumerate() {
            let is_in_head = index < header_rows;
            let tag = if is_in_head { Tag::TableHead } else { Tag::TableRow };
            let end_tag = tag.to_end();
            let has_cells = row.iter().any(Option::is_some);
            if has_cells {
                out.push(Event::Start(tag));
            }
            for (area, (alignment, end)) in row.iter().zip(alignment.iter().zip(ends.by_ref())) {
                let inner = content.by_ref().take(end - begin);
                begin = end;
                let Some(area) = area else {
                    inner.for_each(drop);
                    continue;
                };
                out.push(Event::DisplayMath(cell_begin(*alignment, is_in_head, area)));
                out.push(Event::Start(Tag::TableCell));
                out.extend(inner);
                out.push(Event::End(TagEnd::TableCell));
            }
            if has_cells {
                out.push(Event::End(end_tag));
            }
        }
        out.push(Event::End(TagEnd::Table));
        out
    }
}
