//! Writes runs of text (parts of a paragraph with one style each) as inline Markdown.

use super::blocks::{RunContent, RunStyle, TextRun};
use super::escape::{address, collapse, escape, escape_line_start, escape_title};

/// Writes runs on one line, for headings and cells of tables.
pub fn line(runs: &[TextRun]) -> String {
    let on_one = runs.iter().map(|run| match run.content {
        RunContent::Break => {
            TextRun { content: RunContent::Text(" ".to_owned()), style: run.style.clone() }
        }
        _ => run.clone(),
    });
    escape_line_start(&inline(&on_one.collect::<Vec<_>>()))
}

/// Writes runs with their line breaks.
pub fn lines(runs: &[TextRun]) -> String {
    let written = inline(runs);
    let lines: Vec<_> =
        written.split("\\\n").map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.into_iter().map(escape_line_start).collect::<Vec<_>>().join("\\\n")
}

fn inline(runs: &[TextRun]) -> String {
    let mut out = String::new();
    let runs = tidy(runs);
    let mut rest = runs.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|run| run.style.link == first.style.link).count();
        let (group, after) = rest.split_at(length);
        match &first.style.link {
            Some(target) => {
                let next = after.first().and_then(first_char);
                push_link(&mut out, group, target, next);
            }
            None => push_styled(&mut out, group, after.first().and_then(first_char)),
        }
        rest = after;
    }
    out.trim().to_owned()
}

fn push_link(out: &mut String, group: &[TextRun], target: &str, next: Option<char>) {
    let mut text = String::new();
    push_styled(&mut text, group, None);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        out.push_str(&text);
        return;
    }
    if text.starts_with(' ') {
        push_space(out);
    }
    // Without escaping, an exclamation mark before a link would make it a picture.
    if out.ends_with('!') {
        out.insert(out.len() - 1, '\\');
    }
    out.push_str(&format!("[{trimmed}]({})", address(target)));
    if text.ends_with(' ') && next.is_some() {
        out.push(' ');
    }
}

/// A delimiter of emphasis, and the property of a run that it stands for.
struct Emphasis {
    mark: &'static str,
    is_set: fn(&RunStyle) -> bool,
}

/// The delimiters in the order of their nesting, from the outermost to the innermost.
const EMPHASES: [Emphasis; 3] = [
    Emphasis { mark: STRUCK, is_set: |style| style.struck },
    Emphasis { mark: "**", is_set: |style| style.bold },
    Emphasis { mark: "*", is_set: |style| style.italic },
];

const STRUCK: &str = "~~";

fn push_styled(out: &mut String, runs: &[TextRun], next: Option<char>) {
    push_emphases(out, runs, &EMPHASES, next);
}

fn push_emphases(out: &mut String, runs: &[TextRun], emphases: &[Emphasis], next: Option<char>) {
    let Some((outer, inner)) = emphases.split_first() else {
        return runs.iter().for_each(|run| push_content(out, run));
    };
    for_groups(
        runs,
        |run| (outer.is_set)(&run.style),
        next,
        |is_set, group, next| {
            if !is_set {
                return push_emphases(out, group, inner, next);
            }
            let mut text = String::new();
            push_emphases(&mut text, group, inner, None);
            if emphasise(out, outer.mark, &text, next) {
                return;
            }
            if outer.mark == STRUCK && !text.trim().is_empty() {
                // Text that is no longer valid must not look valid: spaces make Markdown recognise the delimiters.
                push_space(out);
                out.push_str(&format!("{STRUCK}{}{STRUCK} ", text.trim()));
                return;
            }
            let mut plain = String::new();
            group.iter().for_each(|run| push_content(&mut plain, run));
            push_plain(out, &plain);
        },
    );
}

/// Divides runs into groups of adjacent runs with the same property, and calls `each` for each group with the property,
/// the runs, and the character after the group. `next` is the character after the last group.
fn for_groups(
    mut runs: &[TextRun],
    property: impl Fn(&TextRun) -> bool,
    next: Option<char>,
    mut each: impl FnMut(bool, &[TextRun], Option<char>),
) {
    while let Some(first) = runs.first() {
        let shared = property(first);
        let length = runs.iter().take_while(|run| property(run) == shared).count();
        let (group, after) = runs.split_at(length);
        each(shared, group, after.first().map_or(next, first_char));
        runs = after;
    }
}

/// Appends a text. If `out` ends in a space or line break, leading white space of the text is left out.
fn push_plain(out: &mut String, text: &str) {
    out.push_str(if out.ends_with([' ', '\n']) { text.trim_start() } else { text });
}

/// Appends a text with the delimiter `mark` (`*`, `**` or `~~`) on both sides, if Markdown would recognise the
/// delimiters (CommonMark, 6.2). White space at the ends of the text stays outside. Returns whether the text was
/// appended.
fn emphasise(out: &mut String, mark: &str, text: &str, next: Option<char>) -> bool {
    let inner = text.trim();
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let has_space = text.starts_with(char::is_whitespace);
    let before = if has_space { Some(' ') } else { out.chars().next_back() };
    let next = if text.ends_with(char::is_whitespace) { None } else { next };
    // A single star that can also close emphasis might close the bold text around it.
    let is_italic = mark.len() == 1;
    let opens = before.is_none_or(|c| match inner.starts_with(is_mark) {
        true => !c.is_alphanumeric() && (c.is_whitespace() || !is_italic),
        false => !c.is_alphanumeric() || !is_italic,
    });
    let closes =
        next.is_none_or(|c| !c.is_alphanumeric() || !is_italic && !inner.ends_with(is_mark));
    // Two adjacent delimiters, or a line break beside a delimiter, would be parsed in another way.
    let is_clear =
        !matches!(before, Some('*' | '~')) && !inner.starts_with('\\') && !inner.ends_with("\\\n");
    if inner.is_empty() || !opens || !closes || !is_clear {
        return false;
    }
    if has_space {
        push_space(out);
    }
    out.push_str(mark);
    out.push_str(inner);
    out.push_str(mark);
    if text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    true
}

fn push_space(out: &mut String) {
    if !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn first_char(run: &TextRun) -> Option<char> {
    match &run.content {
        RunContent::Text(text) => text.chars().next(),
        RunContent::Break => None,
        RunContent::Image { .. } => Some('!'),
        RunContent::Note(_) => Some('['),
    }
}

fn push_content(out: &mut String, run: &TextRun) {
    match &run.content {
        RunContent::Text(text) => {
            let text = escape(text);
            let text = if out.ends_with([' ', '\n']) { text.trim_start() } else { &text };
            // After a reference to a footnote, a parenthesis would begin a link, and a colon a footnote.
            if out.ends_with(']') && text.starts_with(['(', ':']) {
                out.push('\\');
            }
            out.push_str(text);
        }
        RunContent::Break => {
            out.truncate(out.trim_end().len());
            out.push_str("\\\n");
        }
        RunContent::Image { address: target, alt, title } => {
            let title = match escape_title(title) {
                title if title.is_empty() => title,
                title => format!(" \"{title}\""),
            };
            out.push_str(&format!("![{}]({}{title})", escape(alt), address(target)));
        }
        RunContent::Note(number) => out.push_str(&format!("[^{number}]")),
    }
}

/// Collapses white space, merges adjacent runs of the same style, and takes punctuation at the end of emphasised text
/// out of the emphasis if a letter follows, because Markdown would not recognise the closing delimiter there.
fn tidy(runs: &[TextRun]) -> Vec<TextRun> {
    let mut tidied: Vec<TextRun> = Vec::new();
    for run in runs {
        let RunContent::Text(text) = &run.content else {
            tidied.push(run.clone());
            continue;
        };
        let text = collapse(text);
        if text.is_empty() {
            continue;
        }
        // Emphasis on spaces alone is invisible.
        let mut style = run.style.clone();
        if text.trim().is_empty() {
            (style.bold, style.italic, style.struck) = (false, false, false);
        }
        match tidied.last_mut() {
            Some(TextRun { content: RunContent::Text(before), style: same }) if *same == style => {
                before.push_str(&text);
                *before = collapse(before);
            }
            _ => tidied.push(TextRun { content: RunContent::Text(text), style }),
        }
    }
    let mut out: Vec<TextRun> = Vec::with_capacity(tidied.len());
    for (index, run) in tidied.iter().enumerate() {
        let next = tidied.get(index + 1).and_then(first_char);
        let is_marked = (run.style.bold || run.style.italic) && !run.style.struck;
        match &run.content {
            RunContent::Text(text) if is_marked && next.is_some_and(char::is_alphanumeric) => {
                let kept =
                    text.trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
                let (kept, moved) = text.split_at(kept.len());
                let plain = RunStyle { link: run.style.link.clone(), ..Default::default() };
                let parts = [(kept, run.style.clone()), (moved, plain)];
                let parts = parts.into_iter().filter(|(text, _)| !text.is_empty());
                out.extend(parts.map(|(text, style)| TextRun {
                    content: RunContent::Text(text.to_owned()),
                    style,
                }));
            }
            _ => out.push(run.clone()),
        }
    }
    out
}
