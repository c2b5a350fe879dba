//! Alternative content (`mc:AlternateContent`): the same content for newer programs in `Choice`, and for older ones in
//! `Fallback`.

use roxmltree::Node;

use crate::xml::is;

/// Returns the branch (`Choice` or `Fallback`) that the reader uses: the first one with text or a picture, or the
/// first one if none has either.
pub fn chosen_branch<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let branches =
        || node.children().filter(|branch| is(*branch, "Choice") || is(*branch, "Fallback"));
    branches().find(|branch| has_content(*branch)).or_else(|| branches().next())
}

fn has_content(branch: Node<'_, '_>) -> bool {
    branch.descendants().any(|node| match node.tag_name().name() {
        "t" => node.text().is_some_and(|text| !text.trim().is_empty()),
        "blip" | "imagedata" => true,
        _ => false,
    })
}
