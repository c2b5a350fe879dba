//! Sorting with one compiled sort function for all types. The standard library's sort is compiled again for each type,
//! which adds some 4 kB to the Worker each time. Every isolate loads the Worker before its first answer.

use std::cmp::Ordering;

/// Sorts like [`slice::sort_by_key`]: items with equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts like [`slice::sort_by`]: equal items keep their order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order =
        sorted_indices(items.len(), &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        });
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|index| unsorted.get_mut(index)?.take()));
}

fn sorted_indices(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    indices.sort_by(|one, other| compare(*one, *other));
    indices
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_in_the_order_of_the_standard_sort(items: Vec<(u8, u16)>) {
            let mut sorted = items.clone();
            super::sort_by_key(&mut sorted, |(key, _)| *key);
            let mut expected = items;
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted, expected);
        }
    }
}
