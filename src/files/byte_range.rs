//! The byte ranges of a file that a request may ask for, for example to play a recording from the middle (RFC 9110,
//! section 14).

use std::ops::Range;

/// A range of bytes, as the header `Range` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteRange {
    /// From the first byte to the last byte, both included. If the last byte is `None`, to the end of the file.
    From(u64, Option<u64>),
    /// The last bytes of the file, as many as the value says.
    Last(u64),
}

impl ByteRange {
    /// Parses the value of the header `Range`. Returns `None` if the whole file is to be sent: for several ranges,
    /// other units, and invalid values.
    pub fn parse(header: &str) -> Option<Self> {
        let (unit, range) = header.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        if first.is_empty() {
            return number(last).map(Self::Last);
        }
        let first = number(first)?;
        let last = if last.is_empty() { None } else { Some(number(last)?) };
        last.is_none_or(|last| first <= last).then_some(Self::From(first, last))
    }

    /// The range within a file of `length` bytes. The end is exclusive. `None` if no byte of the range is in the file.
    pub fn within(self, length: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(first, last) => {
                first..last.map_or(length, |last| length.min(last.saturating_add(1)))
            }
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        (!range.is_empty()).then_some(range)
    }
}

fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_range_is_cut_to_what_the_file_has() {
        for (header, expected) in [
            ("bytes=0-", Some(0..100)),
            ("bytes=0-1", Some(0..2)),
            ("Bytes = 10-19", Some(10..20)),
            ("bytes=99-99", Some(99..100)),
            ("bytes=50-1000", Some(50..100)),
            ("bytes=-30", Some(70..100)),
            ("bytes=-1000", Some(0..100)),
            ("bytes=0-99999999999999999999999", Some(0..100)),
            ("bytes=100-", None),
            ("bytes=99999999999999999999999-", None),
            ("bytes=-0", None),
        ] {
            assert_eq!(ByteRange::parse(header).unwrap().within(100), expected, "{header}");
        }
        assert_eq!(ByteRange::parse("bytes=0-").unwrap().within(0), None);
        assert_eq!(ByteRange::parse("bytes=-5").unwrap().within(0), None);
    }

    #[test]
    fn for_all_else_the_file_is_given_as_a_whole() {
        for header in [
            "bytes=0-1,5-6",
            "bytes=2-1",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes=1",
            "seconds=0-1",
            "",
        ] {
            assert_eq!(ByteRange::parse(header), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn a_range_gives_the_bytes_that_it_names(
            content in prop::collection::vec(any::<u8>(), 0..40), first in 0..50_u64, last in 0..50_u64
        ) {
            let length = content.len() as u64;
            let given = |header: String| {
                let range = ByteRange::parse(&header)?.within(length)?;
                let [start, end] = [range.start, range.end].map(|at| usize::try_from(at).unwrap());
                Some(content[start..end].to_vec())
            };
            let named = |bytes: Vec<u8>| Some(bytes).filter(|bytes| !bytes.is_empty());
            let from: Vec<u8> = content.iter().copied().skip(first as usize).collect();
            let part = from.iter().copied().take((last + 1).saturating_sub(first) as usize).collect();
            let end = content.iter().copied().skip(content.len().saturating_sub(last as usize)).collect();
            prop_assert_eq!(given(format!("bytes={first}-")), named(from));
            prop_assert_eq!(given(format!("bytes={first}-{last}")), named(part));
            prop_assert_eq!(given(format!("bytes=-{last}")), named(end));
        }

        #[test]
        fn whatever_is_read_as_a_range_lies_within_the_file(
            header in r"\PC{0,20}|bytes ?= ?[0-9]{0,22} ?- ?[0-9]{0,22}(, ?[0-9]{0,3}-[0-9]{0,3}){0,3}",
            length: u64
        ) {
            if let Some(range) = ByteRange::parse(&header).and_then(|range| range.within(length)) {
                prop_assert!(range.start < range.end && range.end <= length, "{header}: {range:?}");
            }
        }
    }
}
