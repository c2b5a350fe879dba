//! Finds the pictures and the text in a drawing.

use roxmltree::Node;

use crate::alternatives::chosen_branch;
use crate::xml::attribute;

/// Something in a drawing that an article can keep.
pub enum DrawnPart<'a, 'i> {
    /// A picture: the id of its relation.
    Picture(&'a str),
    /// The content of a text box or of a drawn shape: paragraphs and tables.
    TextBox(Node<'a, 'i>),
    /// Text that is drawn as a decoration (WordArt).
    Ornament(&'a str),
}

/// Returns the parts of a drawing, and its description (alternative text). The content of a text box is one part.
pub fn drawn_parts<'a, 'i>(node: Node<'a, 'i>) -> (Vec<DrawnPart<'a, 'i>>, &'a str) {
    let mut parts = Vec::new();
    let mut description = "";
    collect(node, &mut parts, &mut description);
    (parts, description)
}

fn collect<'a, 'i>(
    node: Node<'a, 'i>,
    parts: &mut Vec<DrawnPart<'a, 'i>>,
    description: &mut &'a str,
) {
    match node.tag_name().name() {
        "AlternateContent" => {
            if let Some(branch) = chosen_branch(node) {
                collect(branch, parts, description);
            }
            return;
        }
        "txbxContent" | "txBody" => return parts.push(DrawnPart::TextBox(node)),
        "blip" => {
            let id = attribute(node, "embed").or_else(|| attribute(node, "link"));
            parts.extend(id.map(DrawnPart::Picture));
        }
        "imagedata" => parts.extend(attribute(node, "id").map(DrawnPart::Picture)),
        "docPr" if description.is_empty() => {
            *description = attribute(node, "descr").unwrap_or_default();
        }
        "shape" if description.is_empty() => {
            *description = attribute(node, "alt").unwrap_or_default();
        }
        "textpath" => parts.extend(attribute(node, "string").map(DrawnPart::Ornament)),
        _ => {}
    }
    for child in node.children().filter(Node::is_element) {
        collect(child, parts, description);
    }
}
