use maud::{Markup, html};

use crate::desk::trail::AuditLine;
use crate::feedback::SubmissionState;
use crate::layout::date_time;

pub fn trail(lines: &[AuditLine]) -> Markup {
    html! {
        ol class="desk-trail" {
            @for line in lines {
                li { (date_time(line.at)) " – " (what(&line.what)) " – " (who(&line.who)) }
            }
        }
    }
}

/// The warning above a form that somebody else has changed the submission since the editor opened the form. The form
/// still contains what the editor typed.
pub fn changed_meanwhile(lines: &[AuditLine]) -> Markup {
    html! {
        section class="desk-warning" role="alert" {
            h2 { "Có thay đổi trong lúc bạn viết, nên chưa lưu gì" }
            (trail(lines))
            p { "Nội dung bạn gõ vẫn còn trong biểu mẫu dưới đây. Hãy xem lại, sửa nếu cần, rồi gửi lần nữa." }
        }
    }
}

/// The Vietnamese text of an event in the audit trail. Events that this version does not know, because triggers of a
/// later migration wrote them, are shown unchanged.
fn what(line: &str) -> String {
    const PHRASES: &[(&str, &str)] = &[
        ("received", "tiếp nhận"),
        ("received earlier", "ghi lại giờ tiếp nhận sớm hơn"),
        ("withdrawn", "rút lại"),
        ("passed to another", "chuyển sang đơn vị khác"),
        ("answer written", "viết câu trả lời"),
        ("answer removed", "bỏ câu trả lời"),
        ("identity corrected", "sửa thông tin người gửi"),
        ("identity erased", "xóa thông tin người gửi"),
        ("name no longer shown", "thôi hiện tên người gửi"),
        ("released", "công bố"),
        ("release changed", "sửa bản công bố"),
        ("release taken back", "thu hồi bản công bố"),
        ("released text changed", "sửa nội dung công bố"),
        ("taken back", "thu hồi"),
        ("answered", "trả lời"),
        ("answer changed", "sửa câu trả lời"),
        ("text removed", "xóa nội dung"),
        ("answers released", "công bố trả lời"),
        ("answers taken back", "thu hồi trả lời"),
    ];
    const SUSPICIONS: &[(&str, &str)] = &[
        ("none", "bỏ nghi ngờ"),
        ("honeypot", "nghi là rác: máy điền"),
        ("repeated", "nghi là rác: gửi lặp lại"),
        ("confirmed", "xác nhận là rác"),
    ];
    let of = |table: &[(&str, &str)], phrase: &str| {
        let found = table.iter().find(|(english, _)| *english == phrase);
        found.map_or(phrase.to_owned(), |(_, vietnamese)| (*vietnamese).to_owned())
    };
    let state = |code: &str| {
        SubmissionState::from_code(code).map_or(code.to_owned(), |state| state.label().to_owned())
    };
    if let Some((from, to)) = line.strip_prefix("state ").and_then(|rest| rest.split_once(" > ")) {
        return format!("trạng thái: {} → {}", state(from), state(to));
    }
    if let Some((_, to)) = line.strip_prefix("suspicion ").and_then(|rest| rest.split_once(" > ")) {
        return of(SUSPICIONS, to);
    }
    if let Some((number, rest)) =
        line.strip_prefix("comment ").and_then(|rest| rest.split_once(' '))
    {
        return format!("ý {number}: {}", of(PHRASES, rest));
    }
    of(PHRASES, line)
}

fn who(name: &str) -> &str {
    match name {
        "sender" => "người gửi",
        "portal" => "hệ thống",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::what;

    #[test]
    fn every_phrase_of_the_triggers_is_told_in_vietnamese() {
        assert_eq!(what("received"), "tiếp nhận");
        assert_eq!(what("state received > answered"), "trạng thái: Đã tiếp nhận → Đã trả lời");
        assert_eq!(what("suspicion repeated > none"), "bỏ nghi ngờ");
        assert_eq!(what("comment 12 answer changed"), "ý 12: sửa câu trả lời");
        assert_eq!(what("later phrase"), "later phrase");
    }
}
