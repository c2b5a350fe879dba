//! Reads the part of a page between the article's title and its text, where many portals put the lead (the introductory
//! paragraph) and a picture.

use cong_core::markdown_writer::{ContentBlock, RunContent, TextRun, plain, plain_blocks};
use cong_core::vietnamese::fold;
use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::convert::convert_nodes;
use super::page::SavedPage;
use super::{byline, media};
use crate::dates;

/// The minimum length of a lead, in characters. A shorter text probably names the author or the time.
const MIN_LEAD: usize = 60;
/// How many characters at the beginning of a lead are searched for in the text, to find out whether the text repeats
/// the lead.
const TELLING: usize = 60;

/// Returns the lead, and the pictures between title and text. A lead that occurs again in `text`, the text of the
/// article, is left out.
pub fn read(
    page: &SavedPage,
    title: ElementRef<'_>,
    content: ElementRef<'_>,
    text: &[ContentBlock],
) -> Vec<ContentBlock> {
    let said = fold(&plain_blocks(text));
    let is_said = |lead: &str| {
        let start: String = fold(lead).chars().take(TELLING).collect();
        said.contains(start.trim())
    };
    let mut blocks = convert_nodes(&between(title, content), &page.fonts).content.blocks;
    blocks.retain(|block| match block {
        ContentBlock::Paragraph(runs) if runs.iter().any(is_picture) => true,
        ContentBlock::Paragraph(runs) | ContentBlock::Heading(_, runs) => {
            is_lead(runs) && !is_said(&plain(runs))
        }
        _ => false,
    });
    for block in &mut blocks {
        if let ContentBlock::Heading(_, runs) = block {
            *block = ContentBlock::Paragraph(std::mem::take(runs));
        }
    }
    blocks
}

fn is_lead(runs: &[TextRun]) -> bool {
    let text = plain(runs);
    let linked: Vec<_> = runs.iter().filter(|run| run.style.link.is_some()).cloned().collect();
    text.chars().count() >= MIN_LEAD
        && plain(&linked).len() * 2 < text.len()
        && !byline::is_label_line(&text)
        && !(text.chars().count() < 90 && dates::find(&text).is_some())
}

fn is_picture(run: &TextRun) -> bool {
    matches!(&run.content, RunContent::Image { address, .. } if media::is_uploaded(address))
}

/// The nodes between two elements, in document order. Of nested nodes, only the outermost are returned.
fn between<'a>(after: ElementRef<'a>, before: ElementRef<'a>) -> Vec<NodeRef<'a, Node>> {
    let first: Vec<NodeRef<'a, Node>> = std::iter::once(*after).chain(after.ancestors()).collect();
    let second: Vec<NodeRef<'a, Node>> =
        std::iter::once(*before).chain(before.ancestors()).collect();
    // Both lists end at the same root, so common ancestors are at their ends.
    let shared = first.iter().rev().zip(second.iter().rev()).take_while(|(a, b)| a == b).count();
    let (first, second) = (&first[..first.len() - shared], &second[..second.len() - shared]);
    let (Some(first_branch), Some(second_branch)) = (first.last(), second.last()) else {
        // One element contains the other.
        return Vec::new();
    };
    let mut nodes = Vec::new();
    for node in &first[..first.len() - 1] {
        nodes.extend(node.next_siblings());
    }
    nodes.extend(first_branch.next_siblings().take_while(|node| node != second_branch));
    for node in second[..second.len() - 1].iter().rev() {
        let mut earlier: Vec<_> = node.prev_siblings().collect();
        earlier.reverse();
        nodes.extend(earlier);
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_two_elements_is_found_wherever_they_stand() {
        for (html, expected) in [
            ("<h1 id=a>x</h1><p>1</p>2<div id=b>y</div>", "12"),
            ("<div><h1 id=a>x</h1><p>1</p></div><p>2</p><div>3<div id=b>y</div>4</div>", "123"),
            ("<div><div><i id=a>x</i>1</div>2</div><div id=b>y</div>3", "12"),
            ("<div id=b>0<h1 id=a>x</h1>1</div>", ""),
        ] {
            let page = SavedPage::parse(html);
            let one = |selector| page.select(selector)[0];
            let found = between(one("#a"), one("#b"));
            let texts = found.iter().flat_map(NodeRef::descendants);
            let text: String = texts
                .filter_map(|node| node.value().as_text().map(|text| text.to_string()))
                .collect();
            assert_eq!(text, expected, "{html}");
        }
    }
}
