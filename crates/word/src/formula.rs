//! Writes the formulas of a Word file on one line: `1/2`, `x²`, `√(a + b)`.

use cong_core::markdown_writer::script_text;
use roxmltree::Node;

use crate::xml::{child, text, value};

/// The text of a formula or of a part of one.
pub fn formula_text(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for part in node.children().filter(Node::is_element) {
        push(&mut out, part);
    }
    out
}

fn push(out: &mut String, node: Node<'_, '_>) {
    let part = |name: &str| child(node, name).map(formula_text).unwrap_or_default();
    let properties = |name: &str| child(node, name);
    match node.tag_name().name() {
        "t" => out.push_str(&text(node)),
        "f" => {
            let (above, below) = (part("num"), part("den"));
            if properties("fPr").and_then(|node| value(node, "type")) == Some("noBar") {
                out.push_str(&format!("({above}; {below})"));
            } else {
                out.push_str(&format!("{}/{}", operand(&above), operand(&below)));
            }
        }
        "sSup" => out.push_str(&(part("e") + &raised(&part("sup")))),
        "sSub" => out.push_str(&(part("e") + &lowered(&part("sub")))),
        "sSubSup" => {
            out.push_str(&(part("e") + &lowered(&part("sub")) + &raised(&part("sup"))));
        }
        "sPre" => out.push_str(&(lowered(&part("sub")) + &raised(&part("sup")) + &part("e"))),
        "rad" => {
            let degree = part("deg");
            if !degree.trim().is_empty() {
                out.push_str(&script_text(&degree, true));
            }
            out.push_str(&format!("√{}", operand(&part("e"))));
        }
        "nary" => {
            let sign = properties("naryPr").and_then(|node| value(node, "chr")).unwrap_or("∫");
            let (from, to) = (lowered(&part("sub")), raised(&part("sup")));
            out.push_str(&format!("{sign}{from}{to} {}", part("e")));
        }
        "d" => {
            let of = |name: &str, default: &'static str| {
                properties("dPr").and_then(|node| value(node, name)).unwrap_or(default)
            };
            let inner = node.children().filter(|node| node.tag_name().name() == "e");
            let inner = inner.map(formula_text).collect::<Vec<_>>().join(of("sepChr", "|"));
            out.push_str(&format!("{}{inner}{}", of("begChr", "("), of("endChr", ")")));
        }
        "limLow" => out.push_str(&(part("e") + &lowered(&part("lim")))),
        "limUpp" => out.push_str(&(part("e") + &raised(&part("lim")))),
        "func" => out.push_str(&format!("{} {}", part("fName"), part("e"))),
        "m" => {
            let rows = node.children().filter(|node| node.tag_name().name() == "mr");
            let row = |row: Node<'_, '_>| {
                let cells = row.children().filter(Node::is_element).map(formula_text);
                cells.collect::<Vec<_>>().join(", ")
            };
            out.push_str(&rows.map(row).collect::<Vec<_>>().join("; "));
        }
        "eqArr" => {
            let lines = node.children().filter(|node| node.tag_name().name() == "e");
            out.push_str(&lines.map(formula_text).collect::<Vec<_>>().join("; "));
        }
        "del" | "moveFrom" => {}
        name if name.ends_with("Pr") => {}
        _ => out.push_str(&formula_text(node)),
    }
}

/// Encloses an operand in parentheses, unless the operand is a number, a name or already enclosed.
fn operand(text: &str) -> String {
    let text = text.trim();
    let is_simple = text.chars().all(|c| c.is_alphanumeric() || ".,%".contains(c));
    let is_enclosed = text.starts_with('(')
        && text.ends_with(')')
        && !text.get(1..text.len() - 1).unwrap_or_default().contains(['(', ')']);
    if is_simple || is_enclosed { text.to_owned() } else { format!("({text})") }
}

fn raised(text: &str) -> String {
    script(text, true)
}

fn lowered(text: &str) -> String {
    script(text, false)
}

fn script(text: &str, is_raised: bool) -> String {
    let written = script_text(text, is_raised);
    let mark = if is_raised { '^' } else { '_' };
    match written.strip_prefix(mark) {
        Some(rest) => format!("{mark}{}", operand(rest)),
        None => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_keep_their_meaning_on_one_line() {
        let r = |text: &str| format!("<r><t>{text}</t></r>");
        let fraction = |above: &str, below: &str| {
            format!("<f><num>{}</num><den>{}</den></f>", r(above), r(below))
        };
        let power =
            |base: &str, by: &str| format!("<sSup><e>{}</e><sup>{}</sup></sSup>", r(base), r(by));
        for (xml, expected) in [
            (fraction("1", "2"), "1/2"),
            (fraction("a+b", "2,5"), "(a+b)/2,5"),
            (power("x", "2"), "x²"),
            (power("x", "a+b"), "x^(a+b)"),
            (format!("<sSub><e>{}</e><sub>{}</sub></sSub>", r("T"), r("max")), "T_max"),
            (format!("<rad><deg>{}</deg><e>{}</e></rad>", r("3"), r("x+1")), "³√(x+1)"),
            (format!("<rad><deg/><e>{}</e></rad>", r("2")), "√2"),
            (format!("<d><e>{}</e></d>", r("a")), "(a)"),
            (
                format!(
                    "<nary><naryPr><chr val='∑'/></naryPr><sub>{}</sub><sup>{}</sup><e>{}</e></nary>",
                    r("1"),
                    r("n"),
                    r("x")
                ),
                "∑₁ⁿ x",
            ),
        ] {
            let document = roxmltree::Document::parse(&xml).map(|document| {
                let mut out = String::new();
                push(&mut out, document.root_element());
                out
            });
            assert_eq!(document.as_deref(), Ok(expected));
        }
    }
}
