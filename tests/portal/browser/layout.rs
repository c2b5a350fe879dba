//! Finds faults in the layout of a page: elements that are too wide, cut off, overlapping or moving.

use super::tab::Tab;

/// Returns the elements that moved while the page was loading, with the scores that browsers compute (Layout
/// Instability API). Scores below 0.001 are ignored, because nobody sees such moves and Lighthouse rounds them to 0.
pub fn moved(tab: &mut Tab) -> Vec<String> {
    tab.ask_promise(&format!(
        "({HELPERS}) && new Promise(resolve => {{
            const moves = [];
            const add = entries => entries.filter(({{ value }}) => value >= 0.001).forEach(({{ value, sources }}) =>
                moves.push(`by ${{value}}: ${{sources.map(({{ node }}) => node && named(node)).join(', ')}}`));
            const observer = new PerformanceObserver(list => add(list.getEntries()));
            observer.observe({{ type: 'layout-shift', buffered: true }});
            // Buffered entries are delivered after the next frame.
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {{
                add(observer.takeRecords());
                resolve(moves);
            }})));
        }})"
    ))
}

/// Returns the elements that make the page scroll sideways.
pub fn overflows(tab: &mut Tab) -> Vec<String> {
    tab.ask(&format!(
        "({HELPERS}) && (() => {{
            const root = document.scrollingElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const scrolls = element => element && element !== document.body
                && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
            return [`${{root.scrollWidth}} px wide`, ...[...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > root.clientWidth + 0.5
                    && !scrolls(element))
                .map(named)].slice(0, 6);
        }})()"
    ))
}

/// Increases the text spacing to the values of WCAG 2.2, success criterion 1.4.12.
pub fn space_out(tab: &mut Tab) {
    tab.ask::<()>(
        "(() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
            document.adoptedStyleSheets = [sheet];
        })()",
    );
}

/// Returns the texts that are cut off or overlap other text.
pub fn crowded(tab: &mut Tab) -> Vec<String> {
    let mut crowded = overflows(tab);
    let rest: Vec<String> = tab.ask(&format!(
        "({HELPERS}) && (() => {{
            const problems = [];
            for (const element of document.body.querySelectorAll('*')) {{
                const style = getComputedStyle(element);
                const cuts = [style.overflowX, style.overflowY].some(way => ['hidden', 'clip'].includes(way));
                if (!cuts || !seen(element) || !element.textContent.trim()) continue;
                if (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
                    problems.push(`cut off: ${{named(element)}}`);
            }}
            const lines = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let text = walker.nextNode(); text; text = walker.nextNode()) {{
                if (!text.data.trim() || !seen(text.parentElement)) continue;
                const range = document.createRange();
                range.selectNodeContents(text);
                for (const box of range.getClientRects()) if (box.width > 1) lines.push({{ text, box }});
            }}
            lines.sort((one, other) => one.box.top - other.box.top);
            lines.forEach(({{ text, box }}, number) => {{
                for (const other of lines.slice(number + 1)) {{
                    if (other.box.top >= box.bottom) break;
                    const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
                    const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
                    if (across > 2 && down > 0.4 * Math.min(box.height, other.box.height))
                        problems.push(`overlap: ${{named(text.parentElement)}} and ${{named(other.text.parentElement)}}`);
                }}
            }});
            return problems.slice(0, 6);
        }})()"
    ));
    crowded.extend(rest);
    crowded
}

/// JavaScript functions that the other scripts in this file call: `named` returns a selector of an element, and `seen`
/// says whether its text is visible.
const HELPERS: &str = "(() => {
    globalThis.named = element => {
        if (element.nodeType !== Node.ELEMENT_NODE) return named(element.parentElement);
        const own = element.id ? `#${element.id}` : [element.localName, ...element.classList].join('.');
        const parent = element.id ? null : element.parentElement;
        return parent && parent !== document.body ? `${named(parent)} > ${own}` : own;
    };
    globalThis.seen = element => {
        for (let at = element; at; at = at.parentElement)
            if (at.offsetWidth <= 1 || at.offsetHeight <= 1 || getComputedStyle(at).clipPath !== 'none') return false;
        return element.checkVisibility({ visibilityProperty: true });
    };
    return true;
})()";
