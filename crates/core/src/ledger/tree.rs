//! The Merkle tree of a day's entries, with SHA-256, as defined in RFC 9162, section 2.1.

use super::hash::Hash;

/// The leaf hash of an entry's text. The hashed bytes begin with 0 for a leaf and with 1 for an inner node, so that
/// nobody can present an inner node as an entry.
pub fn leaf(content: &str) -> Hash {
    Hash::of(&[&[0], content.as_bytes()])
}

fn node(left: Hash, right: Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// The Merkle root of the leaves, in their order (RFC 9162, 2.1.1). The root of no leaves is the hash of the empty
/// text.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = parents(&level);
    }
    level.first().copied().unwrap_or_else(|| Hash::of(&[]))
}

/// The next level of the tree: each pair of neighbours becomes a node, and a single hash at the end moves up unchanged.
/// RFC 9162 describes the tree from the top, divided at the largest power of two; the result is the same.
fn parents(level: &[Hash]) -> Vec<Hash> {
    let parent = |pair: &[Hash]| match *pair {
        [left, right] => Some(node(left, right)),
        _ => pair.first().copied(),
    };
    level.chunks(2).filter_map(parent).collect()
}

/// One step of an audit path: the hash of the sibling, and the side on which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditStep {
    Left(Hash),
    Right(Hash),
}

/// The audit path from the leaf at an index, counted from 0, to the root (RFC 9162, 2.1.3.1), at most 64 steps. Unlike
/// a path in the RFC, this one says on which side each sibling is. Returns `None` if there is no such leaf.
pub fn audit_path(leaves: &[Hash], index: usize) -> Option<Vec<AuditStep>> {
    leaves.get(index)?;
    let (mut level, mut index) = (leaves.to_vec(), index);
    let mut path = Vec::new();
    while level.len() > 1 {
        let step = if index % 2 == 1 { AuditStep::Left } else { AuditStep::Right };
        path.extend(level.get(index ^ 1).copied().map(step));
        level = parents(&level);
        index /= 2;
    }
    Some(path)
}

/// Computes the root from a leaf and its audit path. If it equals the root of a tree, the leaf is in that tree.
pub fn root_from(leaf: Hash, path: &[AuditStep]) -> Hash {
    path.iter().fold(leaf, |ours, step| match *step {
        AuditStep::Left(other) => node(other, ours),
        AuditStep::Right(other) => node(ours, other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test data of implementations of Certificate Transparency: `KNOWN_ROOTS[n]` is the root of the first `n` leaves.
    const KNOWN_LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const KNOWN_ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|number| leaf(&number.to_string())).collect()
    }

    #[test]
    fn roots_agree_with_certificate_transparency() {
        let leaves = KNOWN_LEAVES.map(|bytes| leaf(std::str::from_utf8(bytes).unwrap()));
        for (size, known) in KNOWN_ROOTS.iter().enumerate() {
            assert_eq!(root(&leaves[..size]).to_string(), *known, "{size} leaves");
        }
    }

    /// Computes the root exactly as RFC 9162, 2.1.1, defines it.
    fn root_by_division(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::of(&[]),
            [only] => *only,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node(root_by_division(left), root_by_division(right))
            }
        }
    }

    #[test]
    fn bottom_up_roots_equal_the_rfc_definition() {
        for size in 0..=130 {
            let leaves = leaves(size);
            assert_eq!(root(&leaves), root_by_division(&leaves), "{size} leaves");
        }
    }

    /// Verifies exactly as in RFC 9162, 2.1.3.2: the side of each sibling follows from `index` and `size`, not from the
    /// path.
    fn verifies(leaf: Hash, index: usize, size: usize, path: &[Hash], root: Hash) -> bool {
        if index >= size {
            return false;
        }
        let (mut first, mut second, mut hash) = (index, size - 1, leaf);
        for &other in path {
            if second == 0 {
                return false;
            }
            if first % 2 == 1 || first == second {
                hash = node(other, hash);
                while first % 2 == 0 && first != 0 {
                    first >>= 1;
                    second >>= 1;
                }
            } else {
                hash = node(hash, other);
            }
            first >>= 1;
            second >>= 1;
        }
        second == 0 && hash == root
    }

    #[test]
    fn audit_paths_verify_only_their_leaf() {
        for size in 1..=33 {
            let leaves = leaves(size);
            let root = root(&leaves);
            for index in 0..size {
                let path = audit_path(&leaves, index).unwrap();
                let hashes: Vec<_> = path
                    .iter()
                    .map(|step| match *step {
                        AuditStep::Left(hash) | AuditStep::Right(hash) => hash,
                    })
                    .collect();
                assert!(verifies(leaves[index], index, size, &hashes, root), "{index} of {size}");
                for (other, &leaf) in leaves.iter().enumerate() {
                    let arrives = root_from(leaf, &path) == root;
                    assert_eq!(arrives, other == index, "{other} for {index} of {size}");
                }
            }
        }
    }

    #[test]
    fn missing_leaves_have_no_audit_path() {
        assert_eq!(audit_path(&leaves(3), 3), None);
        assert_eq!(audit_path(&[], 0), None);
        assert_eq!(audit_path(&leaves(1), 0), Some(Vec::new()));
    }

    #[test]
    fn inner_node_is_not_a_leaf() {
        let pair = leaves(2);
        let inner = [pair[0].0, pair[1].0].concat();
        assert_ne!(Hash::of(&[&[0], &inner]), root(&pair));
    }
}
