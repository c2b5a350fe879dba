//! Tests that the work for a document grows in proportion to its size: four times the input must cost about four times
//! the time.
//!
//! Each shape of input is measured at two sizes in processor time of the thread, and the ratio of the times is checked.
//! If any step took quadratic time, the ratio would be 16. The limit is 9 and the shortest of several times is taken,
//! because the machine may be busy.

use cong_core::article::{
    Article, DocumentRules, Labels, OwnPage, outline, parse, plain_text, render_own_page, sections,
};
use cong_worker::consultations::comparison::{clauses, compare, pages};
use rustix::time::{ClockId, clock_gettime};

const LABELS: Labels = Labels { table: "", footnotes: "", back_to_text: "" };
const MAX_RATIO: f64 = 9.0;
const TRIES: usize = 6;

fn seconds(work: impl FnOnce()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let start = now();
    work();
    now() - start
}

/// Asserts that the ratio of the shortest times at both sizes is below the limit.
fn assert_linear(what: &str, size: usize, work: impl Fn(usize)) {
    let (mut small, mut large) = (f64::MAX, f64::MAX);
    for _ in 0..TRIES {
        small = small.min(seconds(|| work(size)));
        large = large.min(seconds(|| work(4 * size)));
        if large < MAX_RATIO * small {
            return;
        }
    }
    panic!("{what}: {small} s, and {large} s for four times the input");
}

fn show(body: &str) {
    render_own_page(body, &LABELS, OwnPage { beside: None, size_of: &|_| None });
    outline(body);
    sections(body, &LABELS);
    plain_text(body, usize::MAX);
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn footnotes_take_linear_time() {
    let defined = |n| numbered(n, |i| format!("[^{i}]: a\n"));
    assert_linear("definitions", 5_000, |n| show(&defined(n)));
    assert_linear("references", 5_000, |n| {
        show(&format!("{}\n\n{}", numbered(n, |i| format!("[^{i}] ")), defined(n)));
    });
    assert_linear("references in reverse", 5_000, |n| {
        show(&format!("{}\n\n{}", numbered(n, |i| format!("[^{}] ", n - i)), defined(n)));
    });
    assert_linear("chain", 5_000, |n| {
        show(&format!("[^0]\n\n{}", numbered(n, |i| format!("[^{i}]: [^{}]\n", i + 1))));
    });
    assert_linear("one label", 5_000, |n| show(&"[^a] \n\n[^a]: b\n".repeat(n)));
}

#[test]
fn passages_take_linear_time() {
    assert_linear("open, then items", 8_000, |n| {
        show(&format!("{}{}", "::: lang=en\n\n".repeat(n), "- a\n".repeat(n)));
    });
    assert_linear("open in an item, then items", 8_000, |n| {
        show(&format!("- a\n\n{}{}", "  ::: lang=en\n\n".repeat(n), "  - b\n".repeat(n)));
    });
    assert_linear("in items", 8_000, |n| show(&"- a\n\n  ::: lang=en\n\n".repeat(n)));
}

#[test]
fn nesting_within_the_bound_takes_linear_time() {
    for begin in ["> ", "- ", "1. ", "> - "] {
        let begin = begin.repeat(100 / begin.len());
        assert_linear("lazy lines", 5_000, |n| show(&format!("{begin}a\n{}", "a\n".repeat(n))));
        assert_linear("deep lines", 100, |n| show(&format!("{begin}a\n\n").repeat(n)));
    }
}

#[test]
fn headings_tables_and_links_take_linear_time() {
    assert_linear("headings of one text", 2_000, |n| show(&"# a\n".repeat(n)));
    assert_linear("headings like ids", 1_000, |n| {
        show(&format!("{}{}", numbered(n, |i| format!("# a {i}\n")), "# a\n".repeat(n)));
    });
    assert_linear("short rows", 100, |n| {
        let head = format!("{}\n{}\n", "|a".repeat(100), "|-".repeat(100));
        show(&format!("{head}{}", "b\n".repeat(n)));
    });
    let joined = |columns: usize, cell: &str| format!("|a|{}\n", cell.repeat(columns));
    assert_linear("cells that extend the left ones", 300, |n| {
        let head = format!("{}|{}\n", joined(n, "a|"), "-|".repeat(n + 1));
        show(&format!("{head}{}", joined(n, "|").repeat(100)));
    });
    assert_linear("cells that extend those above", 300, |n| {
        let head = format!("{}|{}\n", joined(100, "a|"), "-|".repeat(101));
        show(&format!("{head}{}", joined(100, "^^|").repeat(n)));
    });
    assert_linear("header rows", 2_000, |n| {
        show(&format!("{}|-|-|\n", "| a ||\n".repeat(n)));
        show(&"| a ||\n| b | c |\n|-|-|\n\n".repeat(n));
    });
    assert_linear("links", 2_000, |n| show(&numbered(n, |i| format!("[a](/{i}) ![b](c.png) "))));
    assert_linear("open signs", 2_000, |n| show(&"[a](b *c ![[`d <!-- ".repeat(n)));
}

/// Refusing a document costs no more than parsing it once.
#[test]
fn refused_documents_take_linear_time() {
    let refused = |fields: &str, body: &str| {
        let fields = format!("title = \"a\"\nupdated = 2020-01-01\nauthor = \"b\"\n{fields}");
        let read = parse(format!("+++\n{fields}+++\n{body}").as_bytes(), &DocumentRules::default());
        read.map(|parsed| parsed.article)
    };
    let is_refused = |read: Result<Article, _>| assert!(read.is_err());
    assert_linear("quotations", 50_000, |n| is_refused(refused("", &">".repeat(n))));
    assert_linear("quotations and lazy lines", 50_000, |n| {
        is_refused(refused("", &format!("{}a\n{}", ">".repeat(n), "a\n".repeat(n))));
    });
    assert_linear("marks", 150_000, |n| is_refused(refused("", &"*_".repeat(n))));
    assert_linear("unknown fields", 2_000, |n| {
        assert!(refused(&numbered(n, |i| format!("a{i} = 1\n")), "").is_ok());
    });
}

#[test]
fn comparisons_take_linear_time() {
    let compared = |draft: &str, issued: &str| {
        let [draft, issued] = [draft, issued].map(|body| clauses(sections(body, &LABELS)));
        pages(&compare(&draft, &issued));
    };
    let text = |n: usize, word: &str| {
        numbered(n, |i| format!("{word} {} {} {} {word} {i}\n\n", i % 7, i % 11, i % 13))
    };
    assert_linear("paragraphs alike", 500, |n| compared(&text(n, "a"), &text(n, "b")));
    assert_linear("the same twice", 2_000, |n| compared(&text(n, "a"), &text(n, "a")));
    assert_linear("headings", 400, |n| {
        compared(&numbered(n, |i| format!("# a{i}\n")), &numbered(n, |i| format!("# b{i}\n")));
    });
}
