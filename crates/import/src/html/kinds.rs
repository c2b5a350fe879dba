//! Tests what an element is: whether it has a certain name, is hidden, or is a block.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use cong_core::markdown_writer::{RunContent, TextRun, plain};

pub fn is_named(node: &NodeRef<'_, Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

pub fn is_heading(runs: &[TextRun]) -> bool {
    let text = plain(runs);
    !text.is_empty()
        && text.chars().count() <= 250
        && runs.iter().all(|run| !matches!(run.content, RunContent::Image { .. }))
}

pub fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().to_lowercase().replace(' ', "");
    element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "caption"
    )
}
