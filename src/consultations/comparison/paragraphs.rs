//! Pairs the paragraphs of two versions of a clause.

use super::equal_runs::equal_runs;
use super::order::in_order;
use super::similarity;
use super::similarity::WordRuns;

/// A paragraph of the draft and its version in the issued text. One of the two is `None` for a new or a dropped
/// paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    pub draft: Option<&'a str>,
    pub issued: Option<&'a str>,
}

impl Paragraph<'_> {
    /// The size of both versions of the paragraph together, in bytes.
    pub fn bytes(&self) -> usize {
        self.draft.map_or(0, str::len) + self.issued.map_or(0, str::len)
    }
}

/// Pairs the paragraphs of two versions of a clause, and returns them in reading order. Where paragraphs were replaced,
/// the dropped ones come before the new ones. A paragraph that moved within its clause counts as dropped at its old
/// position and as new at the other.
pub fn paragraphs<'a>(draft: &'a [String], issued: &'a [String]) -> Vec<Paragraph<'a>> {
    let mut all = Vec::with_capacity(draft.len().max(issued.len()));
    let (mut old, mut new) = (0, 0);
    for run in equal_runs(draft, issued) {
        add_changed(&mut all, between(draft, old, run.old), between(issued, new, run.new));
        (old, new) = (run.old + run.len, run.new + run.len);
        let same = between(issued, run.new, new).iter().map(String::as_str);
        all.extend(same.map(|text| Paragraph { draft: Some(text), issued: Some(text) }));
    }
    add_changed(&mut all, between(draft, old, draft.len()), between(issued, new, issued.len()));
    all
}

fn between(texts: &[String], start: usize, end: usize) -> &[String] {
    texts.get(start..end).unwrap_or_default()
}

/// Adds the paragraphs between two unchanged ones to `all`: those that are versions of each other as pairs, the others
/// as dropped or new.
fn add_changed<'a>(all: &mut Vec<Paragraph<'a>>, draft: &'a [String], issued: &'a [String]) {
    let (mut old, mut new) = (0, 0);
    for (old_at, new_at) in versions(draft, issued) {
        add_unpaired(all, between(draft, old, old_at), between(issued, new, new_at));
        let text = |texts: &'a [String], at: usize| texts.get(at).map(String::as_str);
        all.push(Paragraph { draft: text(draft, old_at), issued: text(issued, new_at) });
        (old, new) = (old_at + 1, new_at + 1);
    }
    add_unpaired(all, between(draft, old, draft.len()), between(issued, new, issued.len()));
}

fn add_unpaired<'a>(all: &mut Vec<Paragraph<'a>>, draft: &'a [String], issued: &'a [String]) {
    all.extend(draft.iter().map(|text| Paragraph { draft: Some(text), issued: None }));
    all.extend(issued.iter().map(|text| Paragraph { draft: None, issued: Some(text) }));
}

/// Finds the paragraphs that are versions of each other and in the same order in both texts. Returns pairs of their
/// indices in `draft` and `issued`.
fn versions(draft: &[String], issued: &[String]) -> Vec<(usize, usize)> {
    match (draft, issued) {
        ([], _) | (_, []) => Vec::new(),
        // One paragraph in the place of one other is its version. The two may be too short for a test of similarity.
        ([_], [_]) => vec![(0, 0)],
        _ => {
            let runs =
                |texts: &[String]| texts.iter().map(|text| WordRuns::of([text.as_str()])).collect();
            let (old, new): (Vec<_>, Vec<_>) = (runs(draft), runs(issued));
            let found = similarity::versions(&old, &new).into_iter().enumerate();
            let pairs: Vec<_> = found.filter_map(|(new, old)| Some((old?, new))).collect();
            let kept = in_order(&pairs.iter().map(|(old, _)| *old).collect::<Vec<_>>(), |_| false);
            pairs.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(pair, _)| pair).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(draft: &[&str], issued: &[&str]) -> Vec<(String, String)> {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let text = |text: Option<&str>| text.unwrap_or("–").to_owned();
        paragraphs(&own(draft), &own(issued))
            .into_iter()
            .map(|paragraph| (text(paragraph.draft), text(paragraph.issued)))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    #[test]
    fn a_new_paragraph_stands_between_those_that_stayed() {
        assert_eq!(
            compared(&["Một.", "Ba."], &["Một.", "Hai.", "Ba."]),
            pairs(&[("Một.", "Một."), ("–", "Hai."), ("Ba.", "Ba.")])
        );
    }

    #[test]
    fn one_paragraph_in_the_place_of_another_is_its_new_version() {
        assert_eq!(
            compared(&["A.", "Năm ngày.", "B."], &["A.", "Bảy hôm.", "B."]),
            pairs(&[("A.", "A."), ("Năm ngày.", "Bảy hôm."), ("B.", "B.")])
        );
    }

    #[test]
    fn a_reworded_paragraph_is_found_beside_new_and_dropped_ones() {
        let (old, new) = (
            "2. Hội đồng có năm thành viên và họp mỗi quý một lần.",
            "3. Hội đồng có bảy thành viên và họp mỗi quý một lần.",
        );
        assert_eq!(
            compared(&["1. Bỏ đi hẳn.", old], &["1. Lời mới.", "2. Lời khác.", new]),
            pairs(&[
                ("1. Bỏ đi hẳn.", "–"),
                ("–", "1. Lời mới."),
                ("–", "2. Lời khác."),
                (old, new)
            ])
        );
    }

    #[test]
    fn an_empty_side_leaves_all_of_the_other() {
        assert_eq!(compared(&[], &["A."]), pairs(&[("–", "A.")]));
        assert_eq!(compared(&["A."], &[]), pairs(&[("A.", "–")]));
        assert_eq!(compared(&[], &[]), []);
    }
}
