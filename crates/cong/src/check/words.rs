//! Checks the characters of a document for normal form C, and for traces of wrong encodings.

use cong_core::article::{Cause, DocumentProblem};

use super::finding::{Finding, Severity};
use super::remnants::{Encoding, Remnant, remnants};
use super::studied::Studied;
use crate::language::say;

pub fn findings(studied: &Studied<'_>) -> Vec<Finding> {
    let is_no_text = |problem: &DocumentProblem| problem.cause == Cause::NoUtf8;
    if studied.problems.iter().any(is_no_text) {
        // `NoUtf8` already says that the encoding is wrong.
        return Vec::new();
    }
    let mut findings = Vec::new();
    findings.extend(not_composed(studied));
    findings.extend(lost(studied));
    findings.extend(remnants(&studied.text).iter().map(|remnant| legacy(studied, remnant)));
    findings
}

fn not_composed(studied: &Studied<'_>) -> Option<Finding> {
    let written = studied.written.as_ref()?;
    // Normalising does not change the number of lines.
    let mut start = 0;
    for (line, composed) in written.lines().zip(studied.text.lines()) {
        if line != composed {
            let same = line.chars().zip(composed.chars()).take_while(|(a, b)| a == b);
            let at = start + same.map(|(c, _)| c.len_utf8()).sum::<usize>();
            let message = say!(
                "chữ chưa ở dạng dựng sẵn (NFC)",
                "letters are written as base and marks, not in normal form C"
            );
            let hint = say!(
                "cổng tự đổi khi hiện; nên đổi trong bài để tìm kiếm trong tệp không sót",
                "the portal composes them itself; compose them here too, so that searching the file finds them"
            );
            let finding = studied.finding(Severity::Warning, "not-nfc", &(at..at), message);
            return Some(finding.with_hint(hint));
        }
        start += composed.len() + 1;
    }
    None
}

fn lost(studied: &Studied<'_>) -> Option<Finding> {
    let at = studied.text.find('\u{FFFD}')?;
    let count = studied.text.matches('\u{FFFD}').count();
    let message = say!(
        "{count} chữ đã mất: chỗ ấy là dấu \u{FFFD}",
        "{count} letters are lost: they were replaced by \u{FFFD}"
    );
    let hint = say!("gõ lại theo bản gốc", "type them anew from the original");
    let span = at..at + '\u{FFFD}'.len_utf8();
    Some(studied.finding(Severity::Error, "lost-letters", &span, message).with_hint(hint))
}

fn legacy(studied: &Studied<'_>, remnant: &Remnant) -> Finding {
    let (code, name) = match remnant.encoding {
        Encoding::Tcvn3 => ("tcvn3", "TCVN3 (ABC)"),
        Encoding::Vni => ("vni", "VNI"),
        Encoding::Utf8 => ("mojibake", "UTF-8"),
    };
    let words = remnant.words;
    let message = match remnant.encoding {
        Encoding::Utf8 => say!(
            "{words} chỗ trông như mã UTF-8 bị đọc bằng bảng mã khác",
            "{words} places look like UTF-8 that was read in another encoding"
        ),
        _ => say!(
            "{words} từ trông như chữ mã {name}",
            "{words} words look like text in the encoding {name}"
        ),
    };
    let meant = &remnant.meant;
    let hint = say!(
        "có phải “{meant}”? Chuyển cả bài sang Unicode rồi lưu bằng UTF-8",
        "is it “{meant}”? Convert the document to Unicode and save it as UTF-8"
    );
    studied.finding(Severity::Warning, code, &remnant.first, message).with_hint(hint)
}
