//! Which texts of two lists are versions of each other, found by the runs of three words that they share.
//!
//! An index from runs to texts keeps two times 600 clauses from being compared each with each. A run that
//! very many texts have says little and is counted for the first of them only, so the cost is that of the
//! words, whatever they are.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::vietnamese::word_ranges;

/// Words of a run.
const RUN: usize = 3;
/// A run counts for so many texts.
const MAX_TEXTS_OF_RUN: usize = 16;
/// The share of runs that two versions of one text have in common, in percent. Two clauses on different
/// things share some phrases, mostly under five; one word changed in every eight leaves a half.
const MIN_SHARED_PERCENT: usize = 20;

/// The runs of a text, sorted, each once, as hashes: two runs with the same hash would only make two texts
/// a little more alike.
pub struct Runs(Vec<u64>);

impl Runs {
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut runs = Vec::new();
        for text in paragraphs {
            let words: Vec<&str> = word_ranges(text).filter_map(|range| text.get(range)).collect();
            // A shorter paragraph is one run.
            runs.extend(words.windows(RUN.min(words.len().max(1))).map(hash));
        }
        runs.sort_unstable();
        runs.dedup();
        Self(runs)
    }
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// Pairs of positions, each text at most once, the most alike first.
pub fn pairs(old: &[Runs], new: &[Runs]) -> Vec<(usize, usize)> {
    let mut index: Vec<(u64, usize)> = Vec::new();
    for (at, runs) in new.iter().enumerate() {
        index.extend(runs.0.iter().map(|run| (*run, at)));
    }
    index.sort_unstable();

    let mut alike: Vec<(usize, usize, usize)> = Vec::new();
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for (old_at, runs) in old.iter().enumerate() {
        for run in &runs.0 {
            let first = index.partition_point(|(other, _)| other < run);
            let same = index.iter().skip(first).take_while(|(other, _)| other == run);
            for (_, new_at) in same.take(MAX_TEXTS_OF_RUN) {
                *shared.entry(*new_at).or_default() += 1;
            }
        }
        for (new_at, shared) in shared.drain() {
            let all = runs.0.len() + new.get(new_at).map_or(0, |runs| runs.0.len());
            let percent = 200 * shared / all.max(1);
            if percent >= MIN_SHARED_PERCENT {
                alike.push((percent, old_at, new_at));
            }
        }
    }
    // Of pairs as much alike, the one whose texts stand at places as much alike.
    alike.sort_unstable_by_key(|&(percent, old_at, new_at)| {
        (std::cmp::Reverse(percent), old_at.abs_diff(new_at), old_at)
    });
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    let mut pairs = Vec::new();
    for (_, old_at, new_at) in alike {
        if let (Some(old @ false), Some(new @ false)) =
            (old_taken.get_mut(old_at), new_taken.get_mut(new_at))
        {
            (*old, *new) = (true, true);
            pairs.push((old_at, new_at));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
        let runs =
            |texts: &[&str]| -> Vec<Runs> { texts.iter().map(|text| Runs::of([*text])).collect() };
        pairs(&runs(old), &runs(new))
    }

    #[test]
    fn a_reworded_text_is_found_again_wherever_it_stands() {
        let old = [
            "Đề xuất được nhận hai đợt mỗi năm, vào tháng 4 và tháng 10.",
            "Hội đồng có năm thành viên, họp ít nhất mỗi quý một lần.",
        ];
        let new = [
            "Hội đồng có bảy thành viên, họp ít nhất mỗi quý một lần.",
            "Kinh phí được cấp trong mười ngày làm việc.",
            "Đề xuất được nhận ba đợt mỗi năm, vào tháng 4 và tháng 10.",
        ];
        let mut found = paired(&old, &new);
        found.sort_unstable();
        assert_eq!(found, [(0, 2), (1, 0)]);
    }

    #[test]
    fn texts_on_different_things_are_not_paired() {
        assert_eq!(paired(&["Hội đồng họp mỗi quý."], &["Kinh phí do ngân sách cấp."]), []);
        assert_eq!(paired(&[""], &[""]), []);
        assert_eq!(paired(&[], &["Một."]), []);
    }

    #[test]
    fn the_same_text_many_times_over_costs_no_more_than_its_words() {
        let text = "Bãi bỏ quy định này kể từ ngày ký.";
        let many = vec![text; 5_000];
        assert!(paired(&many, &many).len() >= MAX_TEXTS_OF_RUN);
    }
}
