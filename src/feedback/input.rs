//! The feedback form: its input, its rules, and the submission that it makes.

use cong_core::article::is_slug;
use cong_core::consultation::{Capacity, Clause};
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::single_line;
use serde::{Deserialize, Serialize};

use super::comment::{CommentInput, DraftComment, MAX_COMMENTS};
use super::field::{CommentField, Field, FieldProblem};
use crate::web::FormFields;

/// The longest text of a submission, in characters: some ten pages. All comments on a draft together have this limit.
pub const MAX_TEXT_CHARS: usize = 20_000;

const MAX_LINE_CHARS: usize = 200;

/// The largest number of links in a text. Advertising often has more.
const MAX_LINKS: usize = 10;

/// The largest body, in bytes. A Vietnamese letter takes up to nine bytes when it is percent-encoded.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The longest value of a field, in characters. Fields that are not listed have a limit of 200.
pub const MAX_FIELD_CHARS: [(&str, usize); 3] = [
    ("noi_dung", MAX_TEXT_CHARS),
    // The id of a clause's heading.
    ("dieu", 300),
    // A token of Turnstile has up to 2048 characters.
    ("cf-turnstile-response", 2_048),
];

/// The form as it was sent, before validation. It keeps everything, so that the form can be shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedbackInput {
    /// The form token. Forms with the same token and the same content are one submission.
    pub form_token: String,
    pub kind: String,
    /// The slug of the article or draft that the submission is about; empty if there is none.
    pub about: String,
    pub subject: String,
    pub text: String,
    /// Comments on a draft, always at least one. The text of the first comment is also in `text`: both have the same
    /// control.
    pub comments: Vec<CommentInput>,
    pub capacity: Capacity,
    /// Whether the sender's name may be shown with the comments.
    pub is_named: bool,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub consent: bool,
    /// Whether the sender asked for one more comment instead of sending the form.
    pub wants_another: bool,
    /// The honeypot: a hidden field that people leave blank. Programs, and autofill of browsers, may fill it in.
    pub trap: String,
    /// The Turnstile token, if Turnstile is switched on.
    pub robot_check: String,
}

/// A valid submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub kind: SubmissionKind,
    pub about: Option<String>,
    pub subject: String,
    /// For comments on a draft, the names of their clauses.
    pub text: String,
    /// For a draft, at least one comment; otherwise empty.
    pub comments: Vec<DraftComment>,
    /// `Some` for comments on a draft only.
    pub capacity: Option<Capacity>,
    /// Whether the sender's name may be shown with the comments.
    pub is_named: bool,
    /// `Some` if the sender filled in at least one of its fields, and consented to storing them.
    pub identity: Option<Identity>,
}

/// The sender's personal data. Fields that were not filled in are empty. Never logged: `Debug` hides them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl FeedbackInput {
    /// Collects the fields of the form. If a field was sent twice, the first one counts. Unknown fields are ignored.
    pub fn of(fields: &FormFields) -> Self {
        let take = |name: &str| fields.get(name).to_owned();
        let comments: Vec<CommentInput> = (1..=MAX_COMMENTS)
            .map(|number| CommentInput {
                clause: take(&Field::Comment(number, CommentField::Clause).name()),
                text: take(&Field::Comment(number, CommentField::Text).name()),
            })
            .collect();
        let last = comments.iter().rposition(|comment| *comment != CommentInput::default());
        let shown = take("so_y_kien").parse::<u16>().unwrap_or(1);
        let shown = usize::from(shown).clamp(1, MAX_COMMENTS);
        let comments: Vec<_> =
            comments.into_iter().take(last.map_or(shown, |last| shown.max(last + 1))).collect();
        Self {
            form_token: take("ma_phieu"),
            kind: take(&Field::Kind.name()),
            about: take("bai"),
            subject: take(&Field::Subject.name()),
            text: comments.first().map(|comment| comment.text.clone()).unwrap_or_default(),
            comments,
            capacity: Capacity::from_code(&take("tu_cach")).unwrap_or_default(),
            is_named: !take("cong_khai_ten").is_empty(),
            name: take(&Field::Name.name()),
            address: take(&Field::Address.name()),
            phone: take(&Field::Phone.name()),
            email: take(&Field::Email.name()),
            consent: !take(&Field::Consent.name()).is_empty(),
            wants_another: !take("them").is_empty(),
            trap: take("trang_web"),
            robot_check: take("cf-turnstile-response"),
        }
    }

    /// Whether the form is for comments on a draft.
    pub fn is_comment(&self) -> bool {
        self.kind == SubmissionKind::DraftComment.code()
    }

    /// The submission, if all fields are valid. `clauses` are the clauses of the draft that it is about.
    ///
    /// # Errors
    /// All problems, in the order of the form's fields.
    pub fn validate(&self, clauses: &[Clause]) -> Result<Submission, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let about = Some(self.about.clone()).filter(|slug| is_slug(slug));
        let kind = SubmissionKind::from_code(&self.kind)
            .filter(|kind| *kind != SubmissionKind::DraftComment || about.is_some());
        if kind.is_none() {
            problems.push(FieldProblem::new(Field::Kind, Field::Kind.missing()));
        }
        let is_comment = kind == Some(SubmissionKind::DraftComment);
        let is_organisation = is_comment && self.capacity == Capacity::Organisation;
        let requires = |field: Field| {
            kind.is_some_and(|kind| field.is_required_for(kind))
                || field == Field::Name && (is_organisation || is_comment && self.is_named)
        };
        let subject = line(Field::Subject, &self.subject, &requires, &mut problems);
        let comments = if is_comment { self.comments(clauses, &mut problems) } else { Vec::new() };
        let text = if is_comment {
            comments.iter().map(DraftComment::about).collect::<Vec<_>>().join("; ")
        } else {
            text(Field::Text, &self.text, MAX_TEXT_CHARS, &mut problems)
        };
        let identity = Identity {
            name: line(Field::Name, &self.name, &requires, &mut problems),
            address: line(Field::Address, &self.address, &requires, &mut problems),
            phone: line(Field::Phone, &self.phone, &requires, &mut problems),
            email: line(Field::Email, &self.email, &requires, &mut problems),
        };
        let is_sound =
            |field| !problems.iter().any(|problem: &FieldProblem| problem.field == field);
        let (is_phone_sound, is_email_sound) = (is_sound(Field::Phone), is_sound(Field::Email));
        if is_phone_sound && !identity.phone.is_empty() && !is_phone(&identity.phone) {
            problems.push(FieldProblem::new(
                Field::Phone,
                "Số điện thoại cần có từ 8 đến 15 chữ số, ví dụ 0912 345 678.",
            ));
        }
        if is_email_sound && !identity.email.is_empty() && !is_email(&identity.email) {
            problems.push(FieldProblem::new(
                Field::Email,
                "Địa chỉ thư điện tử chưa đúng dạng, ví dụ ten@example.vn.",
            ));
        }
        let is_anonymous = [&identity.name, &identity.address, &identity.phone, &identity.email]
            .iter()
            .all(|field| field.is_empty());
        if !is_anonymous && !self.consent {
            problems.push(FieldProblem::new(
                Field::Consent,
                "Bạn có điền thông tin cá nhân: hãy đánh dấu đồng ý, hoặc xóa các thông tin đó.",
            ));
        }
        match kind {
            Some(kind) if problems.is_empty() => Ok(Submission {
                kind,
                about,
                subject,
                text,
                comments,
                capacity: is_comment.then_some(self.capacity),
                is_named: is_comment && self.is_named,
                identity: (!is_anonymous).then_some(identity),
            }),
            _ => {
                problems.sort_by_key(|problem| problem.field);
                Err(problems)
            }
        }
    }

    /// The comments that were filled in. Blank ones are skipped; if all are blank, the first is reported as missing.
    fn comments(&self, clauses: &[Clause], problems: &mut Vec<FieldProblem>) -> Vec<DraftComment> {
        let is_blank = |comment: &CommentInput| comment.text.trim().is_empty();
        let all_blank = self.comments.iter().all(is_blank);
        let mut left = MAX_TEXT_CHARS;
        let mut comments = Vec::new();
        for (number, typed) in (1..).zip(&self.comments) {
            if is_blank(typed) && !(all_blank && number == 1) {
                continue;
            }
            let field = Field::Comment(number, CommentField::Text);
            let text = text(field, &typed.text, left, problems);
            left = left.saturating_sub(text.chars().count());
            let clause = clauses.iter().find(|clause| clause.id == typed.clause);
            if clause.is_none() && !typed.clause.is_empty() {
                problems.push(FieldProblem::new(
                    Field::Comment(number, CommentField::Clause),
                    "Phần này không còn trong dự thảo; hãy chọn lại phần được góp ý.",
                ));
            }
            comments.push(DraftComment {
                clause: clause.map(|clause| clause.id.clone()).unwrap_or_default(),
                title: clause.map(|clause| clause.title.clone()).unwrap_or_default(),
                text,
            });
        }
        comments
    }
}

/// Checks a field of one line: its length, and that it is filled in if required. Returns its text.
fn line(
    field: Field,
    typed: &str,
    requires: &impl Fn(Field) -> bool,
    problems: &mut Vec<FieldProblem>,
) -> String {
    let text = single_line(typed);
    let length = text.chars().count();
    if length > MAX_LINE_CHARS {
        problems.push(FieldProblem::too_long(field, length, MAX_LINE_CHARS));
    } else if text.is_empty() && requires(field) {
        problems.push(FieldProblem::new(field, field.missing()));
    }
    text
}

/// Checks a text of several lines, with at most `max_chars` characters. Removes control characters except line breaks
/// and tabs.
fn text(field: Field, typed: &str, max_chars: usize, problems: &mut Vec<FieldProblem>) -> String {
    let kept: String =
        typed.chars().filter(|&c| !c.is_control() || c == '\n' || c == '\t').collect();
    let text = kept.trim().to_owned();
    let length = text.chars().count();
    if text.is_empty() {
        problems.push(FieldProblem::new(field, field.missing()));
    } else if length > max_chars {
        problems.push(FieldProblem::too_long(field, length, max_chars));
    } else if links_in(&text) > MAX_LINKS {
        let message = format!(
            "Nội dung có quá nhiều liên kết; nhiều nhất là {MAX_LINKS}. Hãy chỉ giữ các liên kết cần thiết."
        );
        problems.push(FieldProblem::new(field, message));
    }
    text
}

fn links_in(text: &str) -> usize {
    let text = text.to_lowercase();
    let with_scheme = text.matches("http://").count() + text.matches("https://").count();
    let bare = text
        .split(|c: char| c.is_whitespace() || c == '(')
        .filter(|word| word.starts_with("www."))
        .count();
    with_scheme + bare
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'))
}

/// Deliberately permissive: refuses only what is certainly not an e-mail address.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> FeedbackInput {
        FeedbackInput {
            form_token: "0".repeat(32),
            kind: "gop-y".into(),
            subject: "Đường vào xã".into(),
            text: "Đường vào xã bị sạt.\nĐề nghị sửa.".into(),
            ..FeedbackInput::default()
        }
    }

    fn fields_with_problems(typed: &FeedbackInput) -> Vec<Field> {
        typed.validate(&[]).unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    fn sent(body: &str) -> FeedbackInput {
        FeedbackInput::of(&FormFields::parse(body.as_bytes()).normalised())
    }

    #[test]
    fn a_submission_without_a_name_needs_no_consent() {
        let submission = typed().validate(&[]).unwrap();
        assert_eq!(submission.identity, None);
        assert_eq!(submission.text, "Đường vào xã bị sạt.\nĐề nghị sửa.");
    }

    #[test]
    fn personal_data_needs_consent() {
        let mut with_phone = FeedbackInput { phone: "0912 345 678".into(), ..typed() };
        assert_eq!(fields_with_problems(&with_phone), [Field::Consent]);
        with_phone.consent = true;
        assert_eq!(with_phone.validate(&[]).unwrap().identity.unwrap().phone, "0912 345 678");
    }

    #[test]
    fn which_fields_are_required_follows_the_kind() {
        let petition = FeedbackInput { kind: "phan-anh".into(), ..typed() };
        assert_eq!(fields_with_problems(&petition), [Field::Name, Field::Address, Field::Phone]);
        let report = FeedbackInput { kind: "bao-sai".into(), subject: String::new(), ..typed() };
        assert!(report.validate(&[]).is_ok());
        let question = FeedbackInput { kind: "cau-hoi".into(), subject: " \n".into(), ..typed() };
        assert_eq!(fields_with_problems(&question), [Field::Subject]);
    }

    #[test]
    fn an_empty_form_names_every_problem_in_the_order_of_its_fields() {
        assert_eq!(fields_with_problems(&FeedbackInput::default()), [Field::Kind, Field::Text]);
    }

    #[test]
    fn a_comment_on_a_draft_needs_its_draft() {
        let comment = FeedbackInput { kind: "gop-y-du-thao".into(), ..typed() };
        assert_eq!(fields_with_problems(&comment), [Field::Kind]);
        let comments = vec![CommentInput { text: "Một.".into(), ..CommentInput::default() }];
        let comment = FeedbackInput { about: "du-thao-quy-che".into(), comments, ..comment };
        assert_eq!(comment.validate(&[]).unwrap().about.as_deref(), Some("du-thao-quy-che"));
    }

    fn typed_comment(comments: &[(&str, &str)]) -> FeedbackInput {
        let comments = comments
            .iter()
            .map(|(clause, text)| CommentInput { clause: (*clause).into(), text: (*text).into() })
            .collect();
        FeedbackInput {
            kind: "gop-y-du-thao".into(),
            about: "du-thao".into(),
            comments,
            ..FeedbackInput::default()
        }
    }

    fn clauses() -> [Clause; 2] {
        ["dieu-1", "dieu-2"].map(|id| Clause {
            id: id.into(),
            title: id.replace("dieu-", "Điều "),
            level: 2,
        })
    }

    #[test]
    fn several_clauses_can_be_commented_at_once_and_blank_ones_are_passed_over() {
        let typed = typed_comment(&[("dieu-2", "Một."), ("dieu-1", " \n"), ("", "Hai.")]);
        let submission = typed.validate(&clauses()).unwrap();
        let comments: Vec<_> =
            submission.comments.iter().map(|c| (c.about(), c.text.as_str())).collect();
        assert_eq!(comments, [("Điều 2", "Một."), ("Toàn bộ dự thảo", "Hai.")]);
        assert_eq!(submission.text, "Điều 2; Toàn bộ dự thảo");
        assert_eq!(submission.capacity, Some(Capacity::Individual));
    }

    #[test]
    fn a_comment_says_something_about_a_clause_that_is_there() {
        let problems = |typed: &FeedbackInput| {
            let problems = typed.validate(&clauses()).unwrap_err();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        let blank = typed_comment(&[("dieu-1", " "), ("dieu-2", "")]);
        assert_eq!(problems(&blank), [Field::Comment(1, CommentField::Text)]);
        let gone = typed_comment(&[("dieu-1", "Một."), ("dieu-9", "Hai.")]);
        assert_eq!(problems(&gone), [Field::Comment(2, CommentField::Clause)]);
        let half = "đ".repeat(MAX_TEXT_CHARS / 2 + 1);
        let long = typed_comment(&[("dieu-1", &half), ("dieu-2", &half)]);
        assert_eq!(problems(&long), [Field::Comment(2, CommentField::Text)]);
    }

    #[test]
    fn an_organisation_and_whoever_wants_to_be_named_gives_a_name() {
        let comment = || typed_comment(&[("", "Một.")]);
        for typed in [
            FeedbackInput { capacity: Capacity::Organisation, ..comment() },
            FeedbackInput { is_named: true, ..comment() },
        ] {
            let problems = typed.validate(&[]).unwrap_err();
            assert_eq!(problems[0].field, Field::Name);
            let named = FeedbackInput { name: "Hội Cơ khí".into(), consent: true, ..typed };
            assert!(named.validate(&[]).is_ok());
        }
    }

    #[test]
    fn comments_are_read_by_their_numbers_with_blank_ones_between() {
        let typed =
            sent("noi_dung=a&dieu=dieu-1&noi_dung_3=c&dieu_3=dieu-3&so_y_kien=2&tu_cach=to-chuc");
        let texts: Vec<_> = typed.comments.iter().map(|comment| comment.text.as_str()).collect();
        assert_eq!(texts, ["a", "", "c"]);
        assert_eq!((typed.text.as_str(), typed.capacity), ("a", Capacity::Organisation));
        let shown = |body: &str| sent(body).comments.len();
        assert_eq!(shown("so_y_kien=3&noi_dung=a"), 3);
        assert_eq!(shown("so_y_kien=999999999999&noi_dung=a"), 1);
        assert_eq!(shown("so_y_kien=999"), MAX_COMMENTS);
    }

    #[test]
    fn fields_are_bounded() {
        let long = FeedbackInput {
            subject: "x".repeat(201),
            text: "đ".repeat(MAX_TEXT_CHARS + 1),
            ..typed()
        };
        assert_eq!(fields_with_problems(&long), [Field::Subject, Field::Text]);
        let full =
            FeedbackInput {
                subject: "đ".repeat(200), text: "đ".repeat(MAX_TEXT_CHARS), ..typed()
            };
        assert!(full.validate(&[]).is_ok());
    }

    #[test]
    fn of_a_field_one_thing_is_wrong_at_a_time() {
        let [phone, email] = ["0".repeat(201), "a".repeat(201)];
        let long = FeedbackInput { phone, email, consent: true, ..typed() };
        assert_eq!(fields_with_problems(&long), [Field::Phone, Field::Email]);
    }

    #[test]
    fn telephone_numbers_and_addresses_are_checked_loosely() {
        for phone in ["0912345678", "+84 (0)209 387 0123", "0209.387.0123"] {
            assert!(is_phone(phone), "{phone}");
        }
        for phone in ["không có", "0912", "0912345678x", "1234567890123456"] {
            assert!(!is_phone(phone), "{phone}");
        }
        for email in ["an@example.vn", "a.b+c@mail.example.vn", "điện@tỉnh.vn"] {
            assert!(is_email(email), "{email}");
        }
        for email in ["an", "an@", "@example.vn", "an@example", "a n@example.vn", "an@.vn"] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn what_was_typed_is_read_from_the_body_in_normal_form_c() {
        let body = "ma_phieu=n&loai=gop-y&tieu_de=%C4%90e%CC%82%CC%80+nghi%CC%A3&noi_dung=a%0D%0Ab&noi_dung=hai&dong_y=1&la=x&ho_ten=%FF";
        let typed = sent(body);
        assert_eq!(typed.subject, "Đề nghị");
        assert_eq!(typed.text, "a\nb");
        assert_eq!(typed.name, "\u{FFFD}");
        assert!(typed.consent);
    }

    #[test]
    fn a_text_may_give_sources_but_no_heap_of_links() {
        let with_links =
            |count| FeedbackInput { text: "Xem https://example.vn/a ".repeat(count), ..typed() };
        assert!(with_links(MAX_LINKS).validate(&[]).is_ok());
        assert_eq!(fields_with_problems(&with_links(MAX_LINKS + 1)), [Field::Text]);
        assert_eq!(links_in("HTTP://a.vn (www.b.vn) https://www.c.vn www.d.vn awww.e"), 4);
    }

    #[test]
    fn what_autofill_writes_into_the_trap_is_no_mistake() {
        let typed = sent("loai=bao-sai&noi_dung=Sai&trang_web=https%3A%2F%2Fexample.vn");
        assert_eq!(typed.trap, "https://example.vn");
        assert!(typed.validate(&[]).is_ok());
    }
}
