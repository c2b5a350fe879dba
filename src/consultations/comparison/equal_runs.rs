//! Finds the items that two sequences have in common in the same order.

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::Hash;

use similar::algorithms::{DiffHook, myers};

/// A run of `len` items that are equal in both sequences. It begins at the index `old` of the old sequence and at the
/// index `new` of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EqualRun {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

/// Finds the runs of equal items that a short edit script (deletions and insertions that turn the old sequence into the
/// new one) leaves unchanged.
///
/// The function does not use the deadline that the crate `similar` offers, because the Worker's clock stands still
/// during a computation. This variant of Myers' algorithm accepts a good split of the sequences where the best one
/// would take too long to find, as Git does. Its time still grows faster than linearly if few items are equal: about as
/// n to the power of 1.5, measured. Callers must therefore bound the lengths.
pub fn equal_runs<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<EqualRun> {
    // Items are replaced by numbers, which are faster to compare. The algorithm is also compiled for one type only.
    let mut numbers = HashMap::new();
    let mut numbered = |items| number(items, &mut numbers);
    let (old, new) = (numbered(old), numbered(new));
    let mut found = FoundRun(Vec::new());
    let Ok(()) = myers::diff(&mut found, &old[..], 0..old.len(), &new[..], 0..new.len());
    found.0
}

/// Replaces each item by a number that stands for it. Equal items get the same number.
fn number<'a, T: Eq + Hash>(items: &'a [T], numbers: &mut HashMap<&'a T, usize>) -> Vec<usize> {
    let mut numbered = Vec::with_capacity(items.len());
    for item in items {
        let next = numbers.len();
        numbered.push(*numbers.entry(item).or_insert(next));
    }
    numbered
}

struct FoundRun(Vec<EqualRun>);

impl DiffHook for FoundRun {
    type Error = Infallible;

    fn equal(&mut self, old: usize, new: usize, len: usize) -> Result<(), Infallible> {
        match self.0.last_mut() {
            Some(last) if (last.old + last.len, last.new + last.len) == (old, new) => {
                last.len += len;
            }
            _ => self.0.push(EqualRun { old, new, len }),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_found_in_order() {
        let run = |old, new, len| EqualRun { old, new, len };
        assert_eq!(equal_runs(b"abcdef", b"abxdef"), [run(0, 0, 2), run(3, 3, 3)]);
        assert_eq!(equal_runs(b"abc", b"abc"), [run(0, 0, 3)]);
        assert_eq!(equal_runs(b"abc", b"xyz"), []);
        assert_eq!(equal_runs(b"", b"xyz"), []);
    }
}
