//! The problems of a ledger, with Vietnamese messages for the person who verifies it.

use std::fmt;

use chrono::NaiveDate;

use super::commitment::LedgerField;
use super::entry::LedgerEntry;
use crate::vietnamese::WrittenTime;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerProblem {
    pub place: LedgerPlace,
    pub finding: LedgerFinding,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerPlace {
    Record,
    /// A line of the export, counted from 1.
    Line(u64),
    Day(NaiveDate),
    Entry(EntryReference),
}

/// Identifies an entry in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryReference {
    pub day: NaiveDate,
    /// The position among the entries of the day, counted from 1.
    pub position: u64,
    pub kind: EntryKind,
    /// The id of the heading of the clause that the comment, or the answered comment, is about; empty for the whole
    /// draft. `None` for a removal, or if the clause is unknown.
    pub clause: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Comment,
    Answer,
    Removal,
    /// The text of the entry cannot be parsed.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerFinding {
    /// The first line is not the header of an export.
    NoHeader,
    /// The export has a format that this version cannot read.
    OtherFormat,
    Unreadable,
    /// Lines of this kind are not allowed at this place of the export.
    Misplaced,
    /// The line with the number of unsealed entries is missing.
    NoUnsealed,
    /// The end line is missing, so the download is incomplete.
    NoEnd,
    WrongTotal {
        said: u64,
        found: u64,
    },
    /// The day is not later than the previous one.
    DayOutOfOrder,
    TooFew {
        sealed: u64,
        found: u64,
    },
    TooMany {
        sealed: u64,
        found: u64,
    },
    /// The day has as many entries as its seal says, but another Merkle root: an entry was changed, replaced or moved.
    OtherRoot,
    /// The chain value was not computed from the previous seal and this one.
    OtherChain,
    NotCanonical,
    OtherDraft(String),
    /// The time of the entry is after the day under which it was sealed.
    LaterThanDay,
    /// The entry has the same text as an earlier entry.
    Repeated(EntryReference),
    /// The entry refers to an entry that does not precede it in the ledger.
    NamesNothing,
    /// The entry refers to the wrong kind of entry: it answers something other than a comment, or removes a value that
    /// the other entry does not have.
    NamesUnfit,
    /// The public value of the field does not match its commitment.
    Altered(LedgerField),
    /// The export line mentions a field that its entry does not have.
    Foreign(LedgerField),
    /// The export line contradicts itself: it says more than one of public, withheld and removed about the field.
    Contradictory(LedgerField),
    /// The value of the field is missing, and the export does not say that it was withheld or removed.
    Absent(LedgerField),
    /// An entry says that the value of the field was erased, but the export still contains it, or says that it is
    /// withheld.
    StillThere(LedgerField),
    /// The export mentions `removals` removals by entries that are not sealed yet, but only `unsealed` entries are not
    /// sealed.
    TooFewWaiting {
        removals: u64,
        unsealed: u64,
    },
    /// The earlier export contains the day, and the later export does not.
    DayGone,
    /// The later export contains the day; the earlier export does not, although it contains days after this one.
    DayInserted,
    /// Two exports contain different seals for the day.
    SealedAnew,
    /// The earlier export contains the entry, and the later export does not.
    EntryGone,
    /// The later export contains the entry, and the earlier export does not, although both contain the day of the entry.
    EntryInserted,
}

impl LedgerProblem {
    pub(super) fn new(place: LedgerPlace, finding: LedgerFinding) -> Self {
        Self { place, finding }
    }
}

impl EntryKind {
    pub(super) fn of(entry: &LedgerEntry) -> Self {
        match entry {
            LedgerEntry::Comment(_) => Self::Comment,
            LedgerEntry::Answer(_) => Self::Answer,
            LedgerEntry::Removal(_) => Self::Removal,
        }
    }
}

impl fmt::Display for LedgerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.finding)
    }
}

impl fmt::Display for LedgerPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record => f.write_str("toàn sổ"),
            Self::Line(line) => write!(f, "dòng {line}"),
            Self::Day(day) => write!(f, "ngày {}", shown(*day)),
            Self::Entry(entry) => write!(f, "{entry}"),
        }
    }
}

impl fmt::Display for EntryReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ngày {}, mục {} ({}", shown(self.day), self.position, self.kind)?;
        match self.clause.as_deref() {
            None => {}
            Some("") => f.write_str(" về toàn bộ dự thảo")?,
            Some(clause) => write!(f, " về “{clause}”")?,
        }
        f.write_str(")")
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comment => "ý kiến",
            Self::Answer => "trả lời ý kiến",
            Self::Removal => "việc xóa",
            Self::Unknown => "không đọc được",
        })
    }
}

impl fmt::Display for LedgerFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader => {
                f.write_str("tệp không bắt đầu bằng dòng đầu của một bản xuất sổ cái")
            }
            Self::OtherFormat => {
                f.write_str("bản xuất có định dạng khác; cần phiên bản mới hơn của công cụ này")
            }
            Self::Unreadable => f.write_str("không đọc được dòng này"),
            Self::Misplaced => f.write_str("dòng này không được đứng ở đây"),
            Self::NoUnsealed => f.write_str("thiếu dòng cho biết bao nhiêu mục đang chờ khóa sổ"),
            Self::NoEnd => {
                f.write_str("thiếu dòng cuối: bản xuất tải về chưa hết, hoặc bị cắt bớt")
            }
            Self::WrongTotal { said, found } => {
                write!(f, "dòng cuối ghi có tất cả {said} mục, nhưng bản xuất có {found}")
            }
            Self::DayOutOfOrder => f.write_str("ngày này không đứng sau ngày trước nó"),
            Self::TooFew { sealed, found } => write!(
                f,
                "khi khóa sổ có {sealed} mục, bản xuất có {found}: thiếu {} mục",
                sealed.saturating_sub(*found)
            ),
            Self::TooMany { sealed, found } => write!(
                f,
                "khi khóa sổ có {sealed} mục, bản xuất có {found}: thừa {} mục",
                found.saturating_sub(*sealed)
            ),
            Self::OtherRoot => f.write_str(
                "đủ số mục nhưng mã gốc không khớp: có mục đã bị sửa, bị thay hoặc bị đổi chỗ",
            ),
            Self::OtherChain => f.write_str(
                "mã chuỗi không nối tiếp lần khóa sổ trước: lần khóa sổ này đã bị sửa, hoặc ngày \
                 trước nó đã bị bỏ",
            ),
            Self::NotCanonical => f.write_str("không đúng dạng của một mục trong sổ"),
            Self::OtherDraft(draft) => write!(f, "thuộc dự thảo khác: “{draft}”"),
            Self::LaterThanDay => f.write_str("ghi thời điểm sau ngày khóa sổ của chính mục này"),
            Self::Repeated(first) => write!(f, "lặp lại nguyên văn mục đã có: {first}"),
            Self::NamesNothing => f.write_str("trỏ tới một mục không đứng trước nó trong sổ"),
            Self::NamesUnfit => f.write_str("trỏ tới một mục không phù hợp"),
            Self::Altered(field) => {
                write!(f, "{field} không khớp với mã băm trong sổ: đã bị sửa")
            }
            Self::Foreign(field) => write!(f, "kèm {field}, là thứ mà mục này không có"),
            Self::Contradictory(field) => write!(
                f,
                "nói trái nhau về {field}: chỉ có thể hoặc công khai, hoặc không công khai, hoặc đã xóa"
            ),
            Self::Absent(field) => {
                write!(f, "không có {field}, mà sổ không ghi là đã xóa hoặc không công khai")
            }
            Self::StillThere(field) => write!(f, "sổ ghi {field} đã xóa, nhưng vẫn còn"),
            Self::TooFewWaiting { removals, unsealed } => write!(
                f,
                "{removals} giá trị được báo là đã xóa và việc xóa chờ khóa sổ, nhưng chỉ có {unsealed} mục chờ"
            ),
            Self::DayGone => f.write_str("bản xuất sau không còn ngày này"),
            Self::DayInserted => f.write_str("bản xuất sau thêm ngày này vào phần đã khóa sổ"),
            Self::SealedAnew => f.write_str("hai bản xuất ghi lần khóa sổ ngày này khác nhau"),
            Self::EntryGone => f.write_str("bản xuất sau không còn mục này"),
            Self::EntryInserted => f.write_str("bản xuất sau thêm mục này vào ngày đã khóa sổ"),
        }
    }
}

/// A date as shown to readers: `05/07/2019`.
fn shown(day: NaiveDate) -> String {
    WrittenTime::Date(day).start().date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_place_and_finding() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let entry = EntryReference {
            day,
            position: 3,
            kind: EntryKind::Comment,
            clause: Some("dieu-5".into()),
        };
        assert_eq!(
            LedgerProblem::new(
                LedgerPlace::Entry(entry),
                LedgerFinding::Altered(LedgerField::Text)
            )
            .to_string(),
            "ngày 02/11/2026, mục 3 (ý kiến về “dieu-5”): \
             nội dung ý kiến không khớp với mã băm trong sổ: đã bị sửa"
        );
        assert_eq!(
            LedgerProblem::new(
                LedgerPlace::Day(day),
                LedgerFinding::TooFew { sealed: 5, found: 3 }
            )
            .to_string(),
            "ngày 02/11/2026: khi khóa sổ có 5 mục, bản xuất có 3: thiếu 2 mục"
        );
    }
}
