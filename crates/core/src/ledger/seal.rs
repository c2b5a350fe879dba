//! The seal of a day: the number of its entries, their Merkle root, and the chain value, which is a hash over all seals
//! so far. Anybody who has noted one chain value can detect any later change of entries up to that day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::hash::Hash;
use super::tree::root;
use super::written;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The sealed day, as a calendar day in Viet Nam.
    #[serde(with = "written::day")]
    pub day: NaiveDate,
    /// The number of entries under the seal.
    pub size: u64,
    /// The Merkle root of the entries under the seal.
    pub root: Hash,
    pub chain: Hash,
}

impl Seal {
    /// Makes the seal of a day. `previous` is the seal before it; `None` for the first seal of a ledger. `leaves` are
    /// the hashes of the day's entries.
    pub fn next(previous: Option<&Self>, day: NaiveDate, leaves: &[Hash]) -> Self {
        let (size, root) = (leaves.len() as u64, root(leaves));
        let chain = chain(previous.map(|seal| seal.chain), day, size, root);
        Self { day, size, root, chain }
    }

    /// Whether the chain value was computed from the chain value of `previous` and the fields of this seal.
    pub fn follows(&self, previous: Option<&Self>) -> bool {
        self.chain == chain(previous.map(|seal| seal.chain), self.day, self.size, self.root)
    }
}

/// The chain value: the SHA-256 of `<previous>\n<day>\n<size>\n<root>`. For the first seal `<previous>` is empty.
fn chain(previous: Option<Hash>, day: NaiveDate, size: u64, root: Hash) -> Hash {
    let previous = previous.map(|hash| hash.to_string()).unwrap_or_default();
    Hash::of(&[format!("{previous}\n{day}\n{size}\n{root}").as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::super::tree::leaf;
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn chain_value_equals_the_output_of_sha256sum() {
        let first = Seal::next(None, day(2), &[leaf("a")]);
        let second = Seal::next(Some(&first), day(10), &[leaf("b"), leaf("c")]);
        // L=$(printf '\0a' | sha256sum | cut -c-64)
        // printf '\n2026-11-02\n1\n%s' $L | sha256sum
        assert_eq!(
            first.chain.to_string(),
            "1c3912b5337ec948a5c4170de05e9f9298a4a6a8c099a42a2e5b04d618e0dfee"
        );
        // printf '%s\n2026-11-10\n2\n%s' <first chain> <second root> | sha256sum
        let text = format!("{}\n2026-11-10\n2\n{}", first.chain, second.root);
        assert_eq!(second.chain, Hash::of(&[text.as_bytes()]));
    }

    #[test]
    fn changed_seals_do_not_follow() {
        let first = Seal::next(None, day(2), &[leaf("a")]);
        let second = Seal::next(Some(&first), day(3), &[leaf("b")]);
        assert!(first.follows(None) && second.follows(Some(&first)));
        for changed in [
            Seal { day: day(4), ..second },
            Seal { size: 2, ..second },
            Seal { root: first.root, ..second },
            Seal { chain: first.chain, ..second },
        ] {
            assert!(!changed.follows(Some(&first)), "{changed:?}");
        }
        assert!(!second.follows(None));
    }

    #[test]
    fn empty_days_can_be_sealed() {
        let seal = Seal::next(None, day(2), &[]);
        assert_eq!((seal.size, seal.root), (0, Hash::of(&[])));
    }
}
