//! The fields of the desk's forms about comments on a draft, and their validation.

use cong_core::ledger::Decision;

use super::changes::{Chosen, NewAnswer};
use crate::desk::checks::cleaned;
use crate::web::FormFields;

/// The longest answer and the longest public text, in characters: about ten pages.
const MAX_TEXT_CHARS: usize = 20_000;

/// The longest description of where the draft was changed, in characters.
const MAX_CHANGED_CHARS: usize = 1_000;

/// The longest value of each field, in characters.
pub const MAX_CHARS: [(&str, usize); 3] =
    [("tra_loi", MAX_TEXT_CHARS), ("da_sua", MAX_CHANGED_CHARS), ("ban_cong_bo", MAX_TEXT_CHARS)];

/// Why a form is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerProblem {
    NothingChosen,
    NoDecision,
    NoAnswer,
    AnswerTooLong,
    ChangedTooLong,
    /// The editor has not confirmed that every chosen comment was read.
    NotRead,
    NoPublicText,
    PublicTextTooLong,
    /// The public answer is not in the ledger yet. It must be there before it can be changed.
    RecordBehind,
}

impl AnswerProblem {
    /// The id of the field beside which the message is shown.
    pub fn field(self) -> &'static str {
        match self {
            Self::NothingChosen => "danh_sach",
            Self::NoDecision => "ket_qua",
            Self::NoAnswer | Self::AnswerTooLong | Self::RecordBehind => "tra_loi",
            Self::ChangedTooLong => "da_sua",
            Self::NotRead => "da_doc",
            Self::NoPublicText | Self::PublicTextTooLong => "ban_cong_bo",
        }
    }

    pub fn message(self) -> &'static str {
        match self {
            Self::NothingChosen => "Hãy chọn ít nhất một ý kiến.",
            Self::NoDecision => "Hãy chọn kết quả: tiếp thu, tiếp thu một phần hay giải trình.",
            Self::NoAnswer => "Hãy viết câu trả lời.",
            Self::AnswerTooLong => "Câu trả lời dài quá 20.000 ký tự.",
            Self::ChangedTooLong => "Chỗ đã sửa dài quá 1.000 ký tự.",
            Self::NotRead => "Hãy xác nhận đã đọc từng ý kiến được chọn.",
            Self::NoPublicText => "Hãy viết bản công bố.",
            Self::PublicTextTooLong => "Bản công bố dài quá 20.000 ký tự.",
            Self::RecordBehind => "Sổ cái góp ý chưa ghi xong các trả lời; hãy gửi lại.",
        }
    }
}

/// The fields of an answer as the editor typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerInput {
    pub decision: String,
    pub answer: String,
    pub changed: String,
}

impl AnswerInput {
    pub fn of(fields: &FormFields) -> Self {
        let field = |name| cleaned(fields.get(name));
        Self { decision: field("ket_qua"), answer: field("tra_loi"), changed: field("da_sua") }
    }

    /// The answer, if the fields are valid.
    ///
    /// # Errors
    /// The list of all problems.
    pub fn validate(&self) -> Result<NewAnswer<'_>, Vec<AnswerProblem>> {
        let decision = Decision::from_code(&self.decision);
        let is_longer = |text: &str, max| text.chars().nth(max).is_some();
        let problems: Vec<AnswerProblem> = [
            (decision.is_none(), AnswerProblem::NoDecision),
            (self.answer.is_empty(), AnswerProblem::NoAnswer),
            (is_longer(&self.answer, MAX_TEXT_CHARS), AnswerProblem::AnswerTooLong),
            (is_longer(&self.changed, MAX_CHANGED_CHARS), AnswerProblem::ChangedTooLong),
        ]
        .into_iter()
        .filter_map(|(is_broken, problem)| is_broken.then_some(problem))
        .collect();
        match decision {
            Some(decision) if problems.is_empty() => Ok(NewAnswer {
                decision,
                text: &self.answer,
                changed: Some(self.changed.as_str()).filter(|changed| !changed.is_empty()),
            }),
            _ => Err(problems),
        }
    }
}

/// A public text as the editor typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicTextInput(pub String);

impl PublicTextInput {
    pub fn of(fields: &FormFields) -> Self {
        Self(cleaned(fields.get("ban_cong_bo")))
    }

    pub fn problem(&self) -> Option<AnswerProblem> {
        if self.0.is_empty() {
            Some(AnswerProblem::NoPublicText)
        } else if self.0.chars().nth(MAX_TEXT_CHARS).is_some() {
            Some(AnswerProblem::PublicTextTooLong)
        } else {
            None
        }
    }
}

/// The ticked comments without duplicates, from the fields `y_kien=<id>:<version>`. `None` if a value is malformed.
pub fn chosen(fields: &FormFields) -> Option<Vec<Chosen>> {
    let mut chosen: Vec<Chosen> = fields
        .all("y_kien")
        .map(|value| {
            let (id, version) = value.split_once(':')?;
            Some(Chosen { id: number(id)?, version: number(version)? })
        })
        .collect::<Option<_>>()?;
    chosen.sort_by_key(|one| one.id);
    chosen.dedup_by_key(|one| one.id);
    Some(chosen)
}

/// Parses a positive number below 2^53: the database interface of JavaScript takes no larger integers exactly.
fn number(digits: &str) -> Option<i64> {
    digits.parse().ok().filter(|number| (1..1 << 53).contains(number))
}

/// Whether the editor has confirmed that every chosen comment was read.
pub fn has_read(fields: &FormFields) -> bool {
    !fields.get("da_doc").is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_an_answer_does_not_keep_is_named() {
        let typed = |form: &str| AnswerInput::of(&FormFields::parse(form.as_bytes()));
        let problems = |form: &str| typed(form).validate().unwrap_err();
        assert_eq!(problems("tra_loi=+%0A"), [AnswerProblem::NoDecision, AnswerProblem::NoAnswer]);
        assert_eq!(problems("ket_qua=khac&tra_loi=a"), [AnswerProblem::NoDecision]);
        let long =
            format!("ket_qua=partly&tra_loi={}&da_sua={}", "a".repeat(20_001), "b".repeat(1_001));
        assert_eq!(problems(&long), [AnswerProblem::AnswerTooLong, AnswerProblem::ChangedTooLong]);
        let right = typed("ket_qua=partly&tra_loi=+a+&da_sua=+");
        let answer = right.validate().unwrap();
        assert_eq!((answer.decision, answer.text, answer.changed), (Decision::Partly, "a", None));
    }

    #[test]
    fn ticks_are_read_once_each_and_nothing_else_is_taken_for_one() {
        let read = |form: &str| chosen(&FormFields::parse(form.as_bytes()));
        let two = read("y_kien=7:40&y_kien=5:39&y_kien=7:41").unwrap();
        assert_eq!(two, [Chosen { id: 5, version: 39 }, Chosen { id: 7, version: 40 }]);
        assert_eq!(read("a=1"), Some(Vec::new()));
        for wrong in ["7", "7:", ":7", "-1:2", "0:1", "7:x", "9007199254740992:1", "%27:1"] {
            assert_eq!(read(&format!("y_kien={wrong}")), None, "{wrong}");
        }
    }
}
