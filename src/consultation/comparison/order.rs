//! Which things kept their order among each other, and which moved.

/// Of distinct positions, the most that increase from left to right: true for each of them.
pub fn in_order(positions: &[usize]) -> Vec<bool> {
    // The end of the best run of each length, and what came before each position in its run.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(positions.len());
    for (index, &position) in positions.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| *end < position);
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).map(|(_, at)| *at));
        match ends.get_mut(length) {
            Some(end) => *end = (position, index),
            None => ends.push((position, index)),
        }
    }
    let mut kept = vec![false; positions.len()];
    let mut next = ends.last().map(|(_, index)| *index);
    while let Some(index) = next {
        if let Some(kept) = kept.get_mut(index) {
            *kept = true;
        }
        next = before.get(index).copied().flatten();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_moved_is_what_leaves_the_most_in_order() {
        let moved = |positions: &[usize]| -> Vec<usize> {
            let kept = in_order(positions);
            positions.iter().zip(kept).filter(|(_, kept)| !kept).map(|(at, _)| *at).collect()
        };
        assert!(moved(&[]).is_empty());
        assert!(moved(&[0, 1, 5, 6]).is_empty());
        assert_eq!(moved(&[0, 4, 1, 2, 3]), [4]);
        assert_eq!(moved(&[1, 2, 3, 0, 4]), [0]);
        assert_eq!(moved(&[3, 2, 1]).len(), 2);
    }
}
