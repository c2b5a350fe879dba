//! The kinds of official papers, by their names and by the abbreviations in their numbers.

use std::sync::LazyLock;

use super::writing::{begins_with, compact, is_capitals, plain_words};

pub struct PaperKind {
    pub name: &'static str,
    /// The abbreviations for this kind in a number, such as `QĐ` in `27/QĐ-UBND`.
    signs: &'static [&'static str],
}

const fn kind(name: &'static str, signs: &'static [&'static str]) -> PaperKind {
    PaperKind { name, signs }
}

/// The kind of a letter, which does not print its kind.
pub const LETTER: &str = "Công văn";

/// The kinds of annex III of Nghị định 30/2020/NĐ-CP, of normative acts, and of other papers that bodies issue with a
/// number. A longer name stands before a shorter name with which it begins.
static KINDS: [PaperKind; 67] = [
    kind("Nghị quyết liên tịch", &["NQLT"]),
    kind("Nghị quyết", &["NQ"]),
    kind("Quyết định", &["QĐ"]),
    kind("Chỉ thị", &["CT"]),
    kind("Quy chế phối hợp", &["QCPH"]),
    kind("Quy chế", &["QC"]),
    kind("Quy định", &["QyĐ", "QYĐ"]),
    kind("Thông cáo báo chí", &["TCBC"]),
    kind("Thông cáo", &["TC"]),
    kind("Thông báo", &["TB"]),
    kind("Thông tư liên tịch", &["TTLT"]),
    kind("Thông tư", &["TT"]),
    kind("Hướng dẫn liên ngành", &["HDLN"]),
    kind("Hướng dẫn", &["HD"]),
    kind("Chương trình phối hợp", &["CTPH", "CTrPH"]),
    kind("Chương trình hành động", &["CTrHĐ", "CTHĐ"]),
    kind("Chương trình công tác", &[]),
    kind("Chương trình", &["CTr", "CTR"]),
    kind("Kế hoạch phối hợp", &["KHPH"]),
    kind("Kế hoạch liên tịch", &["KHLT"]),
    kind("Kế hoạch", &["KH"]),
    kind("Phương án", &["PA"]),
    kind("Đề án", &["ĐA"]),
    kind("Dự án", &["DA"]),
    kind("Báo cáo", &["BC"]),
    kind("Biên bản", &["BB"]),
    kind("Tờ trình", &["TTr", "TTR"]),
    kind("Hợp đồng", &["HĐ"]),
    kind("Công điện", &["CĐ"]),
    kind("Bản ghi nhớ", &["BGN"]),
    kind("Bản thỏa thuận", &["BTT"]),
    kind("Thỏa thuận", &[]),
    kind("Giấy ủy quyền", &["GUQ"]),
    kind("Giấy mời", &["GM"]),
    kind("Giấy giới thiệu", &["GGT", "GT"]),
    kind("Giấy nghỉ phép", &["GNP"]),
    kind("Giấy phép", &["GP"]),
    kind("Giấy chứng nhận", &["GCN"]),
    kind("Giấy xác nhận", &["GXN"]),
    kind("Giấy triệu tập", &["GTT"]),
    kind("Phiếu gửi", &["PG"]),
    kind("Phiếu chuyển", &["PC"]),
    kind("Phiếu báo", &["PB"]),
    kind("Thư công", &[]),
    kind("Nội quy", &[]),
    kind("Điều lệ", &["ĐL"]),
    kind("Quy trình", &["QTr"]),
    kind("Quy ước", &["QƯ"]),
    kind("Lời kêu gọi", &[]),
    kind("Kết luận thanh tra", &["KLTT"]),
    kind("Kết luận", &["KL"]),
    kind("Nghị định", &["NĐ"]),
    kind("Pháp lệnh", &["PL"]),
    kind("Lệnh", &["L"]),
    kind("Luật", &[]),
    kind("Công văn", &[]),
    kind("Danh mục", &[]),
    kind("Thư mời", &["TM"]),
    kind("Bản cam kết", &["BCK"]),
    kind("Đề cương", &["ĐC"]),
    kind("Lịch tiếp công dân", &[]),
    kind("Phiếu trình", &["PTr"]),
    kind("Thể lệ", &[]),
    kind("Hương ước", &[]),
    kind("Đính chính", &[]),
    kind("Lịch công tác", &["LCT"]),
    kind("Danh sách", &["DS"]),
];

/// The beginnings of titles of documents that are attached to a paper, in addition to the kinds.
const ATTACHED: [&str; 8] =
    ["danh sach", "danh muc", "bang", "mau", "bieu", "noi dung", "bo tieu chi", "dinh muc"];

/// The name of each kind in lower case and without accents: once as letters without spaces, once as words.
static PLAIN_NAMES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    KINDS.iter().map(|kind| (compact(kind.name), plain_words(kind.name))).collect()
});

/// Returns the kind whose name is the whole line, or the beginning of a line in capitals, with the rest of the line.
pub fn kind_of_line(line: &str) -> Option<(&'static PaperKind, String)> {
    let whole = compact(line);
    let mut kinds = KINDS.iter().zip(PLAIN_NAMES.iter());
    if let Some((kind, _)) = kinds.find(|(_, (letters, _))| *letters == whole) {
        return Some((kind, String::new()));
    }
    if !is_capitals(line) {
        return None;
    }
    let words = plain_words(line);
    let mut kinds = KINDS.iter().zip(PLAIN_NAMES.iter());
    let (kind, _) = kinds.find(|(_, (_, name))| begins_with(&words, name))?;
    let count = kind.name.split(' ').count();
    let rest = line.split_whitespace().skip(count).collect::<Vec<_>>().join(" ");
    Some((kind, rest))
}

/// Returns the kind whose abbreviation is in the number of a paper.
pub fn kind_of_number(number: &str) -> Option<&'static PaperKind> {
    let parts = number.split(['/', '-']).filter(|part| !part.starts_with(char::is_numeric));
    let sign = parts.into_iter().next()?;
    KINDS.iter().find(|kind| kind.signs.contains(&sign))
}

/// Whether the line can be the first line of the title of an attached document.
pub fn begins_attached(line: &str) -> bool {
    let words = plain_words(line);
    kind_of_line(line).is_some()
        || (is_capitals(line) && ATTACHED.iter().any(|start| begins_with(&words, start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_in_lines_and_numbers() {
        let found = |line| kind_of_line(line).map(|(kind, rest)| (kind.name, rest));
        let some = |name, rest: &str| Some((name, rest.to_owned()));
        assert_eq!(found("Q U Y Ế T   Đ Ị N H"), some("Quyết định", ""));
        assert_eq!(found("Giấy uỷ quyền"), some("Giấy ủy quyền", ""));
        assert_eq!(found("HỢP ĐỒNG TƯ VẤN"), some("Hợp đồng", "TƯ VẤN"));
        assert_eq!(found("QUY CHẾ PHỐI HỢP"), some("Quy chế phối hợp", ""));
        assert_eq!(found("Quyết định này có hiệu lực"), None);
        let by_number = |number| kind_of_number(number).map(|kind| kind.name);
        assert_eq!(by_number("08/2026/QĐ-UBND"), Some("Quyết định"));
        assert_eq!(by_number("112-GM/ĐU"), Some("Giấy mời"));
        assert_eq!(by_number("655/UBND-KT"), None);
    }

    #[test]
    fn longer_names_stand_before_shorter_ones() {
        for (index, kind) in KINDS.iter().enumerate() {
            let name = plain_words(kind.name);
            assert!(
                !KINDS[..index].iter().any(|before| begins_with(&name, &plain_words(before.name)))
            );
        }
    }
}
