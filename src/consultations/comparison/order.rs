//! Decides which items of a list have kept their relative order, and which have moved.

/// An increasing subsequence that is being built: its score, and the index of its last item. A longer subsequence has a
/// higher score.
type Run = (u64, usize);

/// Finds a longest increasing subsequence of `positions`, which must be distinct. Returns for each item whether it
/// belongs to the subsequence. If several are equally long, chooses one with the most items for whose index `settled`
/// returns true.
pub fn in_order(positions: &[usize], settled: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut runs = SubsequenceTree::new(positions.iter().max().map_or(0, |last| last + 1));
    let mut before: Vec<Option<usize>> = Vec::with_capacity(positions.len());
    let mut best: Option<Run> = None;
    for (index, &position) in positions.iter().enumerate() {
        let (score, last) = runs.best_before(position).unzip();
        before.push(last);
        // The high bits of the score count the items, the low bits the settled ones. So one more item outweighs all
        // settled ones.
        let score = score.unwrap_or(0) + (1 << 32) + u64::from(settled(index));
        runs.add(position, (score, index));
        best = best.max(Some((score, index)));
    }
    let mut kept = vec![false; positions.len()];
    let mut next = best.map(|(_, index)| index);
    while let Some(index) = next {
        if let Some(kept) = kept.get_mut(index) {
            *kept = true;
        }
        next = before.get(index).copied().flatten();
    }
    kept
}

/// A Fenwick tree that gives, for each position, the increasing subsequence with the highest score among those that end
/// before it. Reading and adding take logarithmic time.
struct SubsequenceTree(Vec<Option<Run>>);

impl SubsequenceTree {
    fn new(positions: usize) -> Self {
        Self(vec![None; positions + 1])
    }

    fn best_before(&self, position: usize) -> Option<Run> {
        let mut best = None;
        let mut node = position;
        while node > 0 {
            best = best.max(self.0.get(node).copied().flatten());
            node &= node - 1;
        }
        best
    }

    fn add(&mut self, position: usize, run: Run) {
        let mut node = position + 1;
        while let Some(best) = self.0.get_mut(node) {
            *best = (*best).max(Some(run));
            node += node & node.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(positions: &[usize], settled: impl Fn(usize) -> bool) -> Vec<usize> {
        let kept = in_order(positions, settled);
        positions.iter().zip(kept).filter(|(_, kept)| !kept).map(|(at, _)| *at).collect()
    }

    #[test]
    fn what_moved_is_what_leaves_the_most_in_order() {
        let moved = |positions: &[usize]| moved(positions, |_| false);
        assert!(moved(&[]).is_empty());
        assert!(moved(&[0, 1, 5, 6]).is_empty());
        assert_eq!(moved(&[0, 4, 1, 2, 3]), [4]);
        assert_eq!(moved(&[1, 2, 3, 0, 4]), [0]);
        assert_eq!(moved(&[3, 2, 1]).len(), 2);
    }

    #[test]
    fn of_two_that_changed_places_the_settled_one_stayed() {
        assert_eq!(moved(&[0, 2, 1, 3], |index| index == 1), [1]);
        assert_eq!(moved(&[0, 2, 1, 3], |index| index == 2), [2]);
        assert_eq!(moved(&[2, 0, 1], |index| index == 0), [2]);
    }
}
