//! Writes the content of an article as Markdown.

use super::blocks::{
    ArticleContent, ContentBlock, ContentCell, ContentTable, TextRun, is_blank, plain_blocks,
};
use super::inline::{line, lines};

/// The maximum nesting depth of quotations and lists. Deeper quotations and lists are written as plain paragraphs.
pub const MAX_DEPTH: usize = 8;

/// Writes the content as Markdown.
pub fn write(body: &ArticleContent) -> String {
    let mut text = blocks(&body.blocks, 0);
    for (index, note) in body.notes.iter().enumerate() {
        let written = blocks(note, 0);
        let written = if written.is_empty() { "…" } else { &written };
        separate(&mut text);
        text.push_str(&hang(&format!("[^{}]: ", index + 1), "    ", written));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Writes blocks separated by blank lines.
fn blocks(blocks: &[ContentBlock], depth: usize) -> String {
    let mut text = String::new();
    // Two adjacent lists would be parsed as one list if their list markers were the same.
    let mut other_mark = false;
    let mut previous = None;
    for block in blocks {
        let kind =
            if let ContentBlock::List { start, .. } = block { Some(start.is_some()) } else { None };
        let mark = kind.is_some() && kind == previous && !other_mark;
        let written = write_block(block, depth, mark);
        if written.is_empty() {
            continue;
        }
        (other_mark, previous) = (mark, kind);
        separate(&mut text);
        text.push_str(&written);
    }
    text
}

fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

fn write_block(block: &ContentBlock, depth: usize, other_mark: bool) -> String {
    match block {
        ContentBlock::Heading(_, runs) | ContentBlock::Paragraph(runs) if is_blank(runs) => {
            String::new()
        }
        ContentBlock::Heading(level, runs) => heading(*level, runs),
        ContentBlock::Paragraph(runs) => lines(runs),
        ContentBlock::Quote(_) | ContentBlock::List { .. } if depth >= MAX_DEPTH => {
            lines(&[TextRun::text(block.plain())])
        }
        ContentBlock::Quote(inner) => match blocks(inner, depth + 1) {
            written if written.is_empty() => written,
            written => hang("> ", "> ", &written),
        },
        ContentBlock::List { start, items } => list(*start, items, depth, other_mark),
        ContentBlock::Table(written) => table(written),
        ContentBlock::Code(text) => code(text),
        ContentBlock::Rule => "---".to_owned(),
    }
}

fn heading(level: u8, runs: &[TextRun]) -> String {
    let mut plain = runs.to_vec();
    plain.iter_mut().for_each(|run| run.style.bold = false);
    let mut text = line(&plain);
    // Hashes at the end of a heading would be dropped (CommonMark, 4.2), so the last one is escaped.
    if text.ends_with('#') {
        text.insert(text.len() - 1, '\\');
    }
    format!("{} {text}", "#".repeat(usize::from(level)))
}

fn list(start: Option<u32>, items: &[Vec<ContentBlock>], depth: usize, other_mark: bool) -> String {
    let mut text = String::new();
    let items = items.iter().filter(|item| !blocks(item, depth + 1).is_empty());
    let mut number = start.unwrap_or_default();
    let mut is_loose = false;
    for item in items {
        let mark = match (start, other_mark) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(_), false) => format!("{number}. "),
            (Some(_), true) => format!("{number}) "),
        };
        number = (number + 1).min(999_999_999);
        if !text.is_empty() {
            text.push_str(if is_loose { "\n\n" } else { "\n" });
        }
        let written = item_text(item, depth + 1);
        is_loose = written.contains("\n\n");
        text.push_str(&hang(&mark, &" ".repeat(mark.len()), &written));
    }
    text
}

/// Writes the content of a list item. A list within the item is written directly below the text of the item, because
/// with a blank line between them, Markdown would make the text of every item a paragraph. A numbered list can follow a
/// text without a blank line only if it starts at 1.
fn item_text(item: &[ContentBlock], depth: usize) -> String {
    match item {
        [
            ContentBlock::Paragraph(runs),
            list @ ContentBlock::List { start: None | Some(1), .. },
        ] if depth < MAX_DEPTH => {
            let (text, list) = (lines(runs), write_block(list, depth, false));
            if text.is_empty() || list.is_empty() {
                text + &list
            } else {
                format!("{text}\n{list}")
            }
        }
        other => blocks(other, depth),
    }
}

/// Writes `first` before the first line of a text, and `others` before each further line. Before blank lines, spaces at
/// the end of `others` are left out.
fn hang(first: &str, others: &str, text: &str) -> String {
    let mut out = first.to_owned();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { others.trim_end() } else { others });
        }
        out.push_str(line);
    }
    out
}

fn table(table: &ContentTable) -> String {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let last_of_header = table.header_rows.max(1).min(table.rows.len()).saturating_sub(1);
    let mut text = String::new();
    for (index, row) in table.rows.iter().enumerate() {
        text.push('|');
        for column in 0..width {
            match row.get(column) {
                Some(ContentCell::ExtendsLeft) if column > 0 => {}
                Some(ContentCell::ExtendsAbove) if index > 0 => text.push_str(" ^^ "),
                Some(ContentCell::Text(runs)) => {
                    text.push_str(&format!(" {} ", cell(runs, index <= last_of_header)));
                }
                _ => text.push_str("  "),
            }
            text.push('|');
        }
        text.push('\n');
        if index == last_of_header {
            text.push('|');
            text.push_str(&" --- |".repeat(width));
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn cell(runs: &[TextRun], is_in_header: bool) -> String {
    let mut runs = runs.to_vec();
    if is_in_header {
        runs.iter_mut().for_each(|run| run.style.bold = false);
    }
    match line(&runs) {
        // Without escaping, `^^` would join the cell with the one above.
        text if text == "^^" => "\\^^".to_owned(),
        text => text,
    }
}

fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(runs.max(2) + 1);
    if plain_blocks(&[ContentBlock::Code(text.to_owned())]).is_empty() {
        return String::new();
    }
    format!("{fence}\n{}\n{fence}", text.trim_end().trim_start_matches('\n'))
}
