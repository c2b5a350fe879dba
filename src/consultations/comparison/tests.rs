use super::clause::clauses;
use super::paging::{ClausePart, pages};
use super::words::segments;
use super::*;
use cong_core::article::{Labels, sections};

fn cut(body: &str) -> Vec<ClauseText> {
    const LABELS: Labels = Labels { table: "", footnotes: "Chú thích", back_to_text: "" };
    clauses(sections(body, &LABELS))
}

/// Compares two texts, and returns each clause with a description of its changes in the words of the page.
fn said(draft: &str, issued: &str) -> Vec<String> {
    let (draft, issued) = (cut(draft), cut(issued));
    let said = |entry: &ClausePair<'_>| {
        let clause = entry.issued.or(entry.draft).unwrap();
        let name = if clause.name().is_empty() { "Mở đầu" } else { clause.name() };
        let kind = match entry.kind() {
            ClauseChange::Kept => "giữ",
            ClauseChange::Reworded => "sửa",
            ClauseChange::New => "mới",
            ClauseChange::Dropped => "bỏ",
        };
        let number = entry.old_number().map(|number| format!(", trước là {number}"));
        let moved = if entry.is_moved { ", chuyển chỗ" } else { "" };
        format!("{name}: {kind}{}{moved}", number.unwrap_or_default())
    };
    compare(&draft, &issued).entries.iter().map(said).collect()
}

/// A text in Markdown with these clauses: a heading and a paragraph for each.
fn text(clauses: &[(&str, &str)]) -> String {
    clauses.iter().map(|(heading, text)| format!("## {heading}\n\n{text}\n\n")).collect()
}

const SCOPE: &str = "Quyết định này quy định việc tiếp nhận và xét chọn sáng kiến.";

const PERIOD: &str = "Hội đồng họp mỗi quý một lần, do chủ tịch hội đồng triệu tập.";

const MONEY: &str = "Kinh phí do ngân sách tỉnh bảo đảm và được công khai hằng năm.";

const FORCE: &str = "Quyết định này có hiệu lực từ ngày ký và thay thế quyết định trước.";

#[test]
fn two_texts_that_say_the_same_are_kept_throughout() {
    let both = text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Hiệu lực", FORCE)]);
    assert_eq!(said(&both, &both), ["Điều 1. Phạm vi: giữ", "Điều 2. Hiệu lực: giữ"]);
}

#[test]
fn a_new_clause_renumbers_those_after_it_and_moves_none() {
    let draft =
        text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Họp", PERIOD), ("Điều 3. Hiệu lực", FORCE)]);
    let issued = text(&[
        ("Điều 1. Phạm vi", SCOPE),
        ("Điều 2. Kinh phí", MONEY),
        ("Điều 3. Họp", PERIOD),
        ("Điều 4. Hiệu lực", FORCE),
    ]);
    assert_eq!(
        said(&draft, &issued),
        [
            "Điều 1. Phạm vi: giữ",
            "Điều 2. Kinh phí: mới",
            "Điều 3. Họp: giữ, trước là Điều 2",
            "Điều 4. Hiệu lực: giữ, trước là Điều 3",
        ]
    );
}

#[test]
fn a_dropped_clause_is_named_where_it_stood() {
    let draft =
        text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Họp", PERIOD), ("Điều 3. Hiệu lực", FORCE)]);
    let issued = text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Hiệu lực", FORCE)]);
    assert_eq!(
        said(&draft, &issued),
        ["Điều 1. Phạm vi: giữ", "Điều 2. Họp: bỏ", "Điều 2. Hiệu lực: giữ, trước là Điều 3"]
    );
}

#[test]
fn one_clause_can_be_moved_renumbered_and_reworded_at_once() {
    let draft = text(&[
        ("Điều 1. Kinh phí", MONEY),
        ("Điều 2. Phạm vi", SCOPE),
        ("Điều 3. Họp", PERIOD),
        ("Điều 4. Hiệu lực", FORCE),
    ]);
    let issued = text(&[
        ("Điều 1. Phạm vi", SCOPE),
        ("Điều 2. Họp", PERIOD),
        ("Điều 3. Kinh phí", &MONEY.replace("hằng năm", "hằng quý")),
        ("Điều 4. Hiệu lực", FORCE),
    ]);
    assert_eq!(
        said(&draft, &issued),
        [
            "Điều 1. Phạm vi: giữ, trước là Điều 2",
            "Điều 2. Họp: giữ, trước là Điều 3",
            "Điều 3. Kinh phí: sửa, trước là Điều 1, chuyển chỗ",
            "Điều 4. Hiệu lực: giữ",
        ]
    );
    let (draft, issued) = (cut(&draft), cut(&issued));
    let tally = compare(&draft, &issued).tally();
    assert_eq!(
        tally,
        ComparisonTally { kept: 3, reworded: 1, new: 0, dropped: 0, renumbered: 3, moved: 1 }
    );
}

#[test]
fn a_clause_with_another_heading_is_known_by_its_text() {
    let draft = text(&[("Điều 1. Họp", PERIOD), ("Điều 2. Hiệu lực", FORCE)]);
    let issued =
        text(&[("Điều 1. Chế độ làm việc của hội đồng", PERIOD), ("Điều 2. Hiệu lực", FORCE)]);
    assert_eq!(
        said(&draft, &issued),
        ["Điều 1. Chế độ làm việc của hội đồng: sửa", "Điều 2. Hiệu lực: giữ"]
    );
}

#[test]
fn a_clause_with_other_text_is_known_by_its_heading() {
    let draft = text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Họp", PERIOD)]);
    let issued = text(&[("Điều 1. Phạm vi", SCOPE), ("Điều 2. Họp", "Khi cần.")]);
    assert_eq!(said(&draft, &issued), ["Điều 1. Phạm vi: giữ", "Điều 2. Họp: sửa"]);
}

#[test]
fn clauses_of_the_same_words_are_told_apart_by_their_order() {
    let same = ("Điều khoản", "(Bãi bỏ)");
    let draft = text(&[same, ("Phạm vi", SCOPE), same, ("Họp", PERIOD), same]);
    let issued = text(&[same, ("Phạm vi", SCOPE), ("Họp", PERIOD), same]);
    assert_eq!(
        said(&draft, &issued),
        ["Điều khoản: giữ", "Phạm vi: giữ", "Điều khoản: bỏ", "Họp: giữ", "Điều khoản: giữ"]
    );
}

#[test]
fn clauses_that_have_only_numbers_are_known_by_their_text() {
    let draft = text(&[("Điều 1", SCOPE), ("Điều 2", FORCE)]);
    let issued = text(&[("Điều 1", SCOPE), ("Điều 2", MONEY), ("Điều 3", FORCE)]);
    assert_eq!(
        said(&draft, &issued),
        ["Điều 1: giữ", "Điều 2: mới", "Điều 3: giữ, trước là Điều 2"]
    );
    let rewritten = text(&[("Điều 1", SCOPE), ("Điều 2", "Khi cần.")]);
    assert_eq!(said(&draft, &rewritten), ["Điều 1: giữ", "Điều 2: sửa"]);
}

#[test]
fn chapters_are_compared_like_clauses() {
    let draft = format!("# Chương I\n\n# Chương II. Họp\n\n{}", text(&[("Điều 1. Họp", PERIOD)]));
    let issued = format!("# Chương I\n\n{}\n# Chương II. Họp\n", text(&[("Điều 1. Họp", PERIOD)]));
    let said = said(&draft, &issued);
    assert_eq!(said[0], "Chương I: giữ");
    assert_eq!(said.iter().filter(|line| line.ends_with("chuyển chỗ")).count(), 1, "{said:?}");
}

#[test]
fn an_empty_text_has_nothing_kept() {
    let some = text(&[("Điều 1. Phạm vi", SCOPE)]);
    assert_eq!(said("", &some), ["Điều 1. Phạm vi: mới"]);
    assert_eq!(said(&some, ""), ["Điều 1. Phạm vi: bỏ"]);
    assert!(said("", "").is_empty());
}

#[test]
fn texts_without_headings_are_one_clause_of_paragraphs() {
    let draft = format!("{SCOPE}\n\n{FORCE}");
    let issued = format!("{SCOPE}\n\n{MONEY}\n\n{FORCE}");
    assert_eq!(said(&draft, &issued), ["Mở đầu: sửa"]);
    let (draft, issued) = (cut(&draft), cut(&issued));
    let paragraphs = compare(&draft, &issued).entries[0].paragraphs();
    let new = Paragraph { draft: None, issued: Some(MONEY) };
    assert_eq!((paragraphs.len(), paragraphs[1]), (3, new));
}

/// A decree of 600 clauses and 50,000 words in Markdown. If `edited`, every fifth clause is reworded, every fiftieth is
/// replaced by a new one, and one clause is moved from the beginning to the end.
fn decree(edited: bool) -> String {
    let mut state = 1_u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = usize::try_from(state >> 33).unwrap();
        [
            "cơ quan",
            "hồ sơ",
            "quy định",
            "tỉnh",
            "và",
            "của",
            "theo",
            "kinh phí",
            "thời hạn",
            "ngày",
            "tổ chức",
            "cá nhân",
            "nộp",
            "duyệt",
            "xã",
            "phường",
            "đề nghị",
            "báo cáo",
            "hội đồng",
        ][number % 19]
    };
    let mut clauses: Vec<(String, String)> = (0..600)
        .map(|n| {
            let words: Vec<_> = (0..51).map(|_| word()).collect();
            (format!("Về việc thứ {n}"), words.join(" "))
        })
        .collect();
    if edited {
        for (n, clause) in clauses.iter_mut().enumerate().filter(|(n, _)| n % 5 == 0) {
            clause.1 = clause.1.replacen("của", "thuộc", 2) + &format!(" thêm {n}");
        }
        for n in (0..600).step_by(50).rev() {
            clauses[n] = (format!("Điều mới {n}"), format!("Lời hoàn toàn khác, số {n}."));
        }
        let moved = clauses.remove(1);
        clauses.push(moved);
    }
    let numbered = clauses.iter().zip(1..);
    numbered.map(|((title, text), n)| format!("### Điều {n}. {title}\n\n1. {text}.\n\n")).collect()
}

#[test]
fn a_decree_of_50_000_words_on_each_side_comes_in_bounded_pages() {
    let (draft, issued) = (decree(false), decree(true));
    assert!(draft.split_whitespace().count() > 50_000);
    let (draft, issued) = (cut(&draft), cut(&issued));
    let comparison = compare(&draft, &issued);
    assert_eq!(
        comparison.tally(),
        ComparisonTally {
            kept: 480,
            reworded: 108,
            new: 12,
            dropped: 12,
            renumbered: 588,
            moved: 1
        }
    );
    let pages = pages(&comparison);
    assert!((2..10).contains(&pages.len()), "{}", pages.len());
    assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 108 + 12 + 12);
    for page in pages {
        assert!(bytes(&comparison, &page) < 45_000);
    }
}

/// The size of the text that a page of the comparison shows, in bytes.
fn bytes(comparison: &Comparison<'_>, page: &[ClausePart]) -> usize {
    let paragraphs = page.iter().flat_map(|part| {
        let ClausePart { entry, paragraphs } = part.clone();
        let all = comparison.entries[entry].paragraphs();
        all.into_iter().skip(paragraphs.start).take(paragraphs.len())
    });
    let texts = paragraphs.flat_map(|p| segments(p.draft.unwrap_or(""), p.issued.unwrap_or("")));
    texts.map(|segment| segment.text.len()).sum()
}

#[test]
fn one_clause_of_50_000_words_is_cut_into_pages() {
    let paragraph =
        |n: usize| format!("Đoạn {n} nói về việc thứ {n} trong những việc phải làm.\n\n");
    let draft: String = (0..4_000).map(paragraph).collect();
    let issued: String = (100..4_100).map(paragraph).collect();
    let one_line = (draft.replace('\n', " "), issued.replace('\n', " "));
    let unspaced = ("ộ".repeat(200_000), "ô".repeat(200_000));
    for (draft, issued) in [(draft, issued), one_line, unspaced] {
        let (draft, issued) = (cut(&draft), cut(&issued));
        let comparison = compare(&draft, &issued);
        assert_eq!(comparison.entries.len(), 1);
        let pages = pages(&comparison);
        assert!(pages.len() > 5, "{}", pages.len());
        let all = comparison.entries[0].paragraphs().len();
        assert_eq!(pages.iter().flatten().map(|part| part.paragraphs.len()).sum::<usize>(), all);
        assert!(pages.iter().all(|page| bytes(&comparison, page) < 50_000));
        assert!(pages[1][0].continues() && !pages[0][0].continues());
    }
}

#[test]
fn hostile_texts_are_compared_without_a_panic() {
    for body in
        ["# ".repeat(5_000), "#\n".repeat(5_000), "- a\n".repeat(5_000), "a\n\n".repeat(5_000)]
    {
        for other in ["", "# b\n\na\n", &body] {
            let (draft, issued) = (cut(&body), cut(other));
            let comparison = compare(&draft, &issued);
            for page in pages(&comparison) {
                assert!(bytes(&comparison, &page) < 50_000);
            }
        }
    }
}

#[test]
fn texts_of_an_office_are_comparable_and_endless_ones_are_not() {
    let paragraph = format!("{SCOPE} {PERIOD} {MONEY} {FORCE}\n\n");
    let code: String =
        (0..2_000).map(|n| format!("## Điều {n}\n\n{}", paragraph.repeat(1 + n % 2))).collect();
    assert!(code.len() > 1_000_000);
    assert!(are_comparable(&cut(&code), &cut(&code)));
    for (draft, issued) in [
        ("# a\n".repeat(400_000), "# b\n".repeat(400_000)),
        ("a\n\n".repeat(600_000), String::new()),
        (format!("# a\n\n{}", "chữ ".repeat(200_000)), "word ".repeat(300_000)),
    ] {
        assert!(!are_comparable(&cut(&draft), &cut(&issued)), "{draft:.20} {issued:.20}");
    }
}
