//! The fields of the desk's forms about comments on a draft, and their validation.

use cong_core::ledger::Decision;
use cong_core::order::sort_by_key;

use super::changes::{Chosen, NewAnswer};
use crate::web::{FormField, FormProblems, SentFields};

/// The list of comments in a form, of which at least one must be ticked.
pub const LIST: FormField<'_> = FormField {
    missing: "Hãy chọn ít nhất một ý kiến.",
    ..FormField::choices("danh_sach", "")
};

pub const DECISION: FormField<'_> = FormField {
    missing: "Hãy chọn kết quả: tiếp thu, tiếp thu một phần hay giải trình.",
    ..FormField::choices("ket_qua", "Kết quả")
};

/// The field for the answer. Its maximum length is about ten pages.
pub const ANSWER: FormField<'_> = FormField {
    missing: "Hãy viết câu trả lời.",
    max_chars: 20_000,
    ..FormField::text("tra_loi", "Câu trả lời", 6)
};

/// The field for the place in the draft that was changed because of the comments.
pub const CHANGED: FormField<'_> = FormField {
    note: "(không bắt buộc; ví dụ: Điều 5 khoản 2)",
    max_chars: 1_000,
    ..FormField::line("da_sua", "Đã sửa tại")
};

pub const PUBLIC_TEXT: FormField<'_> = FormField {
    hint: "Thay thông tin cá nhân bằng […]. Chỉ che, đừng sửa ý.",
    missing: "Hãy viết bản công bố.",
    max_chars: 20_000,
    ..FormField::text("ban_cong_bo", "Điều mọi người đọc được", 8)
};

/// The check box by which the editor confirms that every chosen comment was read.
pub const HAS_READ: FormField<'_> = FormField {
    missing: "Hãy xác nhận đã đọc từng ý kiến được chọn.",
    ..FormField::tick(
        "da_doc",
        "Tôi đã đọc từng ý kiến được chọn; không ý kiến nào có thông tin cá nhân.",
    )
};

pub const FIELDS: [FormField<'_>; 3] = [ANSWER, CHANGED, PUBLIC_TEXT];

/// The message that a public answer cannot be changed yet, because the ledger does not contain it yet.
pub fn ledger_behind() -> FormProblems {
    FormProblems::of_field(&ANSWER, "Sổ cái góp ý chưa ghi xong các trả lời; hãy gửi lại.")
}

/// The fields of an answer as the editor typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerInput {
    pub decision: String,
    pub answer: String,
    pub changed: String,
}

impl AnswerInput {
    pub fn of(fields: &SentFields) -> Self {
        let clean = |field: FormField<'_>| field.clean(fields.value(&field));
        Self { decision: clean(DECISION), answer: clean(ANSWER), changed: clean(CHANGED) }
    }

    /// Checks the fields, and adds their problems to `problems`. Returns the answer if `problems` is empty after that.
    pub fn validate(&self, problems: &mut FormProblems) -> Option<NewAnswer<'_>> {
        let decision = Decision::from_code(&self.decision);
        problems.require(&DECISION, decision.is_some(), DECISION.missing);
        problems.check(&ANSWER, &self.answer, true);
        problems.check(&CHANGED, &self.changed, false);
        let changed = Some(self.changed.as_str()).filter(|changed| !changed.is_empty());
        let decision = decision.filter(|_| problems.is_empty())?;
        Some(NewAnswer { decision, text: &self.answer, changed })
    }
}

/// Reads the ticked comments from the form fields `y_kien=<id>:<version>`, without duplicates. Returns `None` if one of
/// the fields is malformed.
pub fn chosen(fields: &SentFields) -> Option<Vec<Chosen>> {
    let mut chosen: Vec<Chosen> = fields
        .all("y_kien")
        .map(|value| {
            let (id, version) = value.split_once(':')?;
            Some(Chosen { id: number(id)?, version: number(version)? })
        })
        .collect::<Option<_>>()?;
    sort_by_key(&mut chosen, |one| one.id);
    chosen.dedup_by_key(|one| one.id);
    Some(chosen)
}

/// Parses a positive integer below 2^53. Larger integers are refused, because the database interface is in JavaScript,
/// which cannot represent all of them exactly.
fn number(digits: &str) -> Option<i64> {
    digits.parse().ok().filter(|number| (1..1 << 53).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_an_answer_does_not_keep_is_named() {
        let typed = |form: &str| AnswerInput::of(&SentFields::parse(form.as_bytes()));
        let problems_of = |form: &str| {
            let mut problems = FormProblems::default();
            assert!(typed(form).validate(&mut problems).is_none());
            problems.iter().map(|problem| problem.field.clone().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(problems_of("tra_loi=+%0A"), ["ket_qua", "tra_loi"]);
        assert_eq!(problems_of("ket_qua=khac&tra_loi=a"), ["ket_qua"]);
        let long =
            format!("ket_qua=partly&tra_loi={}&da_sua={}", "a".repeat(20_001), "b".repeat(1_001));
        assert_eq!(problems_of(&long), ["tra_loi", "da_sua"]);
        let right = typed("ket_qua=partly&tra_loi=+a+&da_sua=+");
        let answer = right.validate(&mut FormProblems::default()).unwrap();
        assert_eq!((answer.decision, answer.text, answer.changed), (Decision::Partly, "a", None));
    }

    #[test]
    fn ticks_are_read_once_each_and_nothing_else_is_taken_for_one() {
        let read = |form: &str| chosen(&SentFields::parse(form.as_bytes()));
        let two = read("y_kien=7:40&y_kien=5:39&y_kien=7:41").unwrap();
        assert_eq!(two, [Chosen { id: 5, version: 39 }, Chosen { id: 7, version: 40 }]);
        assert_eq!(read("a=1"), Some(Vec::new()));
        for wrong in ["7", "7:", ":7", "-1:2", "0:1", "7:x", "9007199254740992:1", "%27:1"] {
            assert_eq!(read(&format!("y_kien={wrong}")), None, "{wrong}");
        }
    }
}
