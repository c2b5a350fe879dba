//! Finds which texts of two lists are versions of each other. Versions have many runs in common: sequences of three
//! consecutive words.
//!
//! An index from runs to texts makes it unnecessary to compare each text with each other one, for example each of 600
//! clauses with each of 600 others. A run that many texts contain says little, so it counts only for the first
//! `MAX_TEXTS_OF_RUN` texts of each list. The number of steps for each run is therefore at most the square of
//! `MAX_TEXTS_OF_RUN`.

use std::hash::{DefaultHasher, Hash, Hasher};

use cong_core::vietnamese::word_ranges;

/// The number of consecutive words in a run.
const RUN: usize = 3;

/// The maximum number of texts that a run of words can make similar to others, in the list of old texts and in that of
/// new ones. If more texts of a list contain the run, only the first ones are compared by it.
const MAX_TEXTS_OF_RUN: usize = 16;

/// The minimum share of their runs that two versions of a text have in common, in percent of the mean number of their
/// runs. The value lies between two measured shares: clauses about different things mostly have less than five percent
/// of their runs in common; if every eighth word of a clause was changed, about half of its runs remain.
const MIN_SHARED_PERCENT: usize = 20;

/// All runs of a text: its sequences of `RUN` consecutive words, as hashes. Different runs may have the same hash; two
/// texts then only look slightly more similar than they are.
pub struct WordRuns(Vec<u64>);

impl WordRuns {
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut runs = Vec::new();
        for text in paragraphs {
            let words: Vec<u64> = word_ranges(text)
                .into_iter()
                .filter_map(|range| text.get(range))
                .map(hash)
                .collect();
            // A paragraph with fewer words than a run becomes one run.
            let run =
                |words: &[u64]| words.iter().fold(0, |run: u64, word| run.rotate_left(21) ^ word);
            runs.extend(words.windows(RUN.min(words.len().max(1))).map(run));
        }
        Self(runs)
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// For each text of `new`, finds the index of the text of `old` of which it is a version; `None` if there is none. The
/// most similar pairs are chosen first. Each text is in at most one pair.
pub fn versions(old: &[WordRuns], new: &[WordRuns]) -> Vec<Option<usize>> {
    let mut alike = alike(&Index::of(old), &Index::of(new));
    alike.sort_unstable();
    let mut versions = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for (_, _, old, new) in alike {
        if let (Some(version @ None), Some(taken @ false)) =
            (versions.get_mut(new), taken.get_mut(old))
        {
            (*version, *taken) = (Some(old), true);
        }
    }
    versions
}

/// Which texts of a list contain which runs. It finds similar texts without comparing every pair.
struct Index {
    /// Pairs of a run and the index of a text that contains the run, sorted, without duplicates.
    entries: Vec<(u64, usize)>,
    /// For each text, the number of its different runs.
    sizes: Vec<usize>,
}

impl Index {
    fn of(texts: &[WordRuns]) -> Self {
        let of_text =
            |(at, runs): (usize, &WordRuns)| runs.0.iter().map(move |run| (*run, at)).collect();
        let mut entries: Vec<(u64, usize)> =
            texts.iter().enumerate().flat_map::<Vec<_>, _>(of_text).collect();
        entries.sort_unstable();
        entries.dedup();
        let mut sizes = vec![0; texts.len()];
        for (_, at) in &entries {
            if let Some(size) = sizes.get_mut(*at) {
                *size += 1;
            }
        }
        Self { entries, sizes }
    }

    fn size(&self, text: usize) -> usize {
        self.sizes.get(text).copied().unwrap_or_default()
    }
}

/// Finds pairs of an old and a new text that are similar. Each pair is given as four numbers, so that sorting the
/// result puts the most similar pairs first: the dissimilarity in percent, the distance of the positions, the index of
/// the old text, and that of the new one.
fn alike(old: &Index, new: &Index) -> Vec<(usize, usize, usize, usize)> {
    // For each run in both lists and each new text with it: the new text, and the old texts that contain the same run.
    let mut common: Vec<(usize, &[(u64, usize)])> = Vec::new();
    let mut rest = new.entries.as_slice();
    for same in old.entries.chunk_by(|one, other| one.0 == other.0) {
        let Some((run, _)) = same.first() else { continue };
        rest = rest.get(rest.partition_point(|(other, _)| other < run)..).unwrap_or_default();
        let in_new = rest.iter().take_while(|(other, _)| other == run).take(MAX_TEXTS_OF_RUN);
        let in_old = same.get(..MAX_TEXTS_OF_RUN).unwrap_or(same);
        common.extend(in_new.map(|(_, new_at)| (*new_at, in_old)));
    }
    common.sort_unstable_by_key(|(new_at, _)| *new_at);

    let mut alike = Vec::new();
    let mut shared = vec![0; old.sizes.len()];
    let mut sharing = Vec::new();
    for of_new in common.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(new_at, _)) = of_new.first() else { continue };
        for (_, old_at) in of_new.iter().flat_map(|(_, in_old)| *in_old) {
            if let Some(count) = shared.get_mut(*old_at) {
                if *count == 0 {
                    sharing.push(*old_at);
                }
                *count += 1;
            }
        }
        for old_at in sharing.drain(..) {
            let shared = shared.get_mut(old_at).map(std::mem::take).unwrap_or_default();
            let percent = 200 * shared / (old.size(old_at) + new.size(new_at)).max(1);
            if percent >= MIN_SHARED_PERCENT {
                let unlike = 100_usize.saturating_sub(percent);
                alike.push((unlike, old_at.abs_diff(new_at), old_at, new_at));
            }
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
        let runs = |texts: &[&str]| -> Vec<WordRuns> {
            texts.iter().map(|text| WordRuns::of([*text])).collect()
        };
        versions(&runs(old), &runs(new))
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
        assert_eq!(found(&old, &new), [Some(1), None, Some(0)]);
    }

    #[test]
    fn the_most_alike_of_two_is_taken() {
        let old = ["Hội đồng có năm thành viên, họp ít nhất mỗi quý một lần."];
        let new = [
            "Hội đồng có năm thành viên, họp khi cần.",
            "Hội đồng có năm thành viên, họp ít nhất mỗi quý hai lần.",
        ];
        assert_eq!(found(&old, &new), [None, Some(0)]);
    }

    #[test]
    fn texts_on_different_things_are_not_versions() {
        assert_eq!(found(&["Hội đồng họp mỗi quý."], &["Kinh phí do ngân sách cấp."]), [None]);
        assert_eq!(found(&[""], &[""]), [None]);
        assert_eq!(found(&[], &["Một."]), [None]);
    }

    #[test]
    fn the_same_text_many_times_over_costs_no_more_than_its_words() {
        let many = ["Bãi bỏ quy định này kể từ ngày ký."; 5_000];
        assert_eq!(found(&many, &many).iter().flatten().count(), MAX_TEXTS_OF_RUN);
    }
}
