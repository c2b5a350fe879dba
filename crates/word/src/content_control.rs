//! Content controls (`w:sdt`): fields of a form around text.

use roxmltree::Node;

use crate::xml::{child, flag};

/// The content of a content control, unless the control shows its placeholder, such as "Click here to enter text".
pub fn shown_content<'a, 'i>(control: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let is_placeholder = child(control, "sdtPr")
        .is_some_and(|properties| flag(properties, "showingPlcHdr") == Some(true));
    child(control, "sdtContent").filter(|_| !is_placeholder)
}
