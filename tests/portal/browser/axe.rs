//! Accessibility checks with axe-core, which tests the rules of WCAG that a program can check.

use std::fs;
use std::sync::OnceLock;

use serde::Deserialize;

use super::tab::Tab;
use crate::harness::root;

/// A violated rule, with the elements that violate it.
#[derive(Debug, Deserialize)]
pub struct Violation {
    rule: String,
    elements: Vec<String>,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.rule, self.elements.join(" | "))
    }
}

/// The rules that axe-core checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// All rules of WCAG 2.2 A and AA, and the best practices of axe-core.
    All,
    /// Those of them that depend on colours and sizes.
    OfSight,
}

/// Loads axe-core into the document.
pub fn load(tab: &mut Tab) {
    static SOURCE: OnceLock<String> = OnceLock::new();
    let source = SOURCE.get_or_init(|| {
        let source = fs::read_to_string(root().join("node_modules/axe-core/axe.min.js")).unwrap();
        format!("{source}\n;undefined")
    });
    tab.ask::<()>(source);
}

/// Returns the violations on the page in its current state.
pub fn violations(tab: &mut Tab, rules: Rules) -> Vec<Violation> {
    let only = match rules {
        Rules::All => {
            "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"
        }
        Rules::OfSight => {
            "{ type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', \
             'scrollable-region-focusable', 'css-orientation-lock'] }"
        }
    };
    tab.ask_promise(&format!(
        "axe.run(document, {{ runOnly: {only}, rules: {{ 'target-size': {{ enabled: true }} }},
            resultTypes: ['violations'], iframes: false }})
         .then(({{ violations }}) => violations.map(({{ id, nodes }}) => ({{
             rule: id,
             elements: nodes.slice(0, 4).map(({{ target, failureSummary }}) =>
                 `${{target.join(' ')}} (${{failureSummary.split('\\n').slice(1).join(';').trim()}})`),
         }})))"
    ))
}
