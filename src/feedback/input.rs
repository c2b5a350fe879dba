//! The input of the feedback form, its rules, and the submission that is made from it.

use cong_core::article::is_slug;
use cong_core::consultation::{Capacity, Clause};
use cong_core::submission::SubmissionKind;

use super::comment::{CommentInput, DraftComment, MAX_COMMENTS};
use super::fields::{
    ABOUT, ADDRESS, CAPACITY, COMMENT_CLAUSE, COMMENT_TEXT, COMMENTS_SHOWN, CONSENT, EMAIL,
    FORM_TOKEN, IS_NAMED, KIND, MAX_TEXT_CHARS, NAME, PHONE, ROBOT_CHECK, SUBJECT, TEXT,
    is_required,
};
use super::submission::{Identity, Submission};
use super::text_checks::{is_email, is_phone, links_in};
use crate::web::{FormField, FormProblems, SentFields};

/// The maximum number of links in a text. A text with more links is probably advertising, and is refused.
const MAX_LINKS: usize = 10;

/// The maximum size of the form's body, in bytes. A Vietnamese letter takes up to nine bytes when it is
/// percent-encoded.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The feedback form as it was sent, before validation. It keeps every typed value, so that the form can be shown
/// again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedbackInput {
    /// The form token. Two forms with the same token and the same content are one submission.
    pub form_token: String,
    pub kind: String,
    /// The slug of the article or draft that the submission is about; empty if there is none.
    pub about: String,
    pub subject: String,
    pub text: String,
    /// The comments on a draft, always at least one. `text` has the text of the first comment too, because both have
    /// the same field of the form.
    pub comments: Vec<CommentInput>,
    pub capacity: Capacity,
    /// Whether the sender allows the office to show the sender's name with the comments.
    pub is_named: bool,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub consent: bool,
    /// Whether the sender pressed the button for one more comment instead of sending the form.
    pub wants_another: bool,
    /// The honeypot: a field that people do not see and leave blank. Robots fill it in; sometimes the autofill of
    /// browsers does too.
    pub trap: String,
    /// The token of Turnstile; empty if Turnstile is switched off.
    pub robot_check: String,
}

impl FeedbackInput {
    /// Collects the fields of the form. If a field was sent twice, the first value counts. Unknown fields are ignored.
    pub fn of(fields: &SentFields) -> Self {
        let take = |field: FormField<'_>| fields.value(&field).to_owned();
        let comments: Vec<CommentInput> = (1..=MAX_COMMENTS)
            .map(|number| CommentInput {
                clause: take(COMMENT_CLAUSE.in_group(number)),
                text: take(COMMENT_TEXT.in_group(number)),
            })
            .collect();
        let last = comments.iter().rposition(|comment| *comment != CommentInput::default());
        let shown = take(COMMENTS_SHOWN).parse::<u16>().unwrap_or(1);
        let shown = usize::from(shown).clamp(1, MAX_COMMENTS);
        let comments: Vec<_> =
            comments.into_iter().take(last.map_or(shown, |last| shown.max(last + 1))).collect();
        Self {
            form_token: take(FORM_TOKEN),
            kind: take(KIND),
            about: take(ABOUT),
            subject: take(SUBJECT),
            text: take(TEXT),
            comments,
            capacity: Capacity::from_code(&take(CAPACITY)).unwrap_or_default(),
            is_named: !take(IS_NAMED).is_empty(),
            name: take(NAME),
            address: take(ADDRESS),
            phone: take(PHONE),
            email: take(EMAIL),
            consent: !take(CONSENT).is_empty(),
            wants_another: !fields.get("them").is_empty(),
            trap: fields.get("trang_web").to_owned(),
            robot_check: take(ROBOT_CHECK),
        }
    }

    /// Whether the form is for comments on a draft.
    pub fn is_comment(&self) -> bool {
        self.kind == SubmissionKind::DraftComment.code()
    }

    /// Checks all fields, and returns the submission if they are valid. `clauses` are the clauses of the draft on which
    /// the submission comments.
    ///
    /// # Errors
    /// All problems, in the order of the form's fields.
    pub fn validate(&self, clauses: &[Clause]) -> Result<Submission, FormProblems> {
        let mut problems = FormProblems::default();
        let about = Some(self.about.clone()).filter(|slug| is_slug(slug));
        let kind = SubmissionKind::from_code(&self.kind)
            .filter(|kind| *kind != SubmissionKind::DraftComment || about.is_some());
        problems.require(&KIND, kind.is_some(), KIND.missing);
        let is_comment = kind == Some(SubmissionKind::DraftComment);
        let requires = |field| kind.is_some_and(|kind| is_required(&field, kind));
        let subject = problems.read(&SUBJECT, &self.subject, requires(SUBJECT));
        let comments = if is_comment { self.comments(clauses, &mut problems) } else { Vec::new() };
        let text = if is_comment {
            comments.iter().map(DraftComment::about).collect::<Vec<_>>().join("; ")
        } else {
            read_text(&TEXT, &self.text, &mut problems)
        };
        let is_organisation = self.capacity == Capacity::Organisation;
        let needs_name = requires(NAME) || is_comment && (is_organisation || self.is_named);
        let name = problems.read(&NAME, &self.name, needs_name);
        let address = problems.read(&ADDRESS, &self.address, requires(ADDRESS));
        let phone = problems.read(&PHONE, &self.phone, requires(PHONE));
        problems.require(
            &PHONE,
            phone.is_empty() || is_phone(&phone),
            "Số điện thoại cần có từ 8 đến 15 chữ số, ví dụ 0912 345 678.",
        );
        let email = problems.read(&EMAIL, &self.email, requires(EMAIL));
        problems.require(
            &EMAIL,
            email.is_empty() || is_email(&email),
            "Địa chỉ thư điện tử chưa đúng dạng, ví dụ ten@example.vn.",
        );
        let is_anonymous = [&name, &address, &phone, &email].iter().all(|field| field.is_empty());
        problems.require(&CONSENT, is_anonymous || self.consent, CONSENT.missing);
        match kind {
            Some(kind) if problems.is_empty() => Ok(Submission {
                kind,
                about,
                subject,
                text,
                comments,
                capacity: is_comment.then_some(self.capacity),
                is_named: is_comment && self.is_named,
                identity: (!is_anonymous).then_some(Identity { name, address, phone, email }),
            }),
            _ => Err(problems),
        }
    }

    /// Reads the comments that were filled in. Blank ones are skipped. If all are blank, the first is reported as
    /// missing.
    fn comments(&self, clauses: &[Clause], problems: &mut FormProblems) -> Vec<DraftComment> {
        let is_blank = |comment: &CommentInput| comment.text.trim().is_empty();
        let all_blank = self.comments.iter().all(is_blank);
        let mut left = MAX_TEXT_CHARS;
        let mut comments = Vec::new();
        for (number, typed) in (1..).zip(&self.comments) {
            if is_blank(typed) && !(all_blank && number == 1) {
                continue;
            }
            let clause = clauses.iter().find(|clause| clause.id == typed.clause);
            problems.require(
                &COMMENT_CLAUSE.in_group(number),
                clause.is_some() || typed.clause.is_empty(),
                "Phần này không còn trong dự thảo; hãy chọn lại phần được góp ý.",
            );
            let field = FormField { max_chars: left, ..COMMENT_TEXT.in_group(number) };
            let text = read_text(&field, &typed.text, problems);
            left = left.saturating_sub(text.chars().count());
            comments.push(DraftComment {
                clause: clause.map(|clause| clause.id.clone()).unwrap_or_default(),
                title: clause.map(|clause| clause.title.clone()).unwrap_or_default(),
                text,
            });
        }
        comments
    }
}

/// Reads a required text, and checks that it has at most `MAX_LINKS` links.
fn read_text(field: &FormField<'_>, typed: &str, problems: &mut FormProblems) -> String {
    let text = problems.read(field, typed, true);
    problems.require(
        field,
        links_in(&text) <= MAX_LINKS,
        format!(
            "Nội dung có quá nhiều liên kết; nhiều nhất là {MAX_LINKS}. Hãy chỉ giữ các liên kết cần thiết."
        ),
    );
    text
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

    /// Validates a form that must have problems, and returns the ids of their fields, in the order of the problems.
    fn problems_of(typed: &FeedbackInput, clauses: &[Clause]) -> Vec<String> {
        let problems = typed.validate(clauses).unwrap_err();
        problems.iter().map(|problem| problem.field.clone().unwrap()).collect()
    }

    fn fields_with_problems(typed: &FeedbackInput) -> Vec<String> {
        problems_of(typed, &[])
    }

    fn sent(body: &str) -> FeedbackInput {
        FeedbackInput::of(&SentFields::parse(body.as_bytes()).normalised())
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
        assert_eq!(fields_with_problems(&with_phone), ["dong_y"]);
        with_phone.consent = true;
        assert_eq!(with_phone.validate(&[]).unwrap().identity.unwrap().phone, "0912 345 678");
    }

    #[test]
    fn which_fields_are_required_follows_the_kind() {
        let petition = FeedbackInput { kind: "phan-anh".into(), ..typed() };
        assert_eq!(fields_with_problems(&petition), ["ho_ten", "dia_chi", "dien_thoai"]);
        let report = FeedbackInput { kind: "bao-sai".into(), subject: String::new(), ..typed() };
        assert!(report.validate(&[]).is_ok());
        let question = FeedbackInput { kind: "cau-hoi".into(), subject: " \n".into(), ..typed() };
        assert_eq!(fields_with_problems(&question), ["tieu_de"]);
    }

    #[test]
    fn an_empty_form_names_every_problem_in_the_order_of_its_fields() {
        assert_eq!(fields_with_problems(&FeedbackInput::default()), ["loai", "noi_dung"]);
    }

    #[test]
    fn a_comment_on_a_draft_needs_its_draft() {
        let comment = FeedbackInput { kind: "gop-y-du-thao".into(), ..typed() };
        assert_eq!(fields_with_problems(&comment), ["loai"]);
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
        let problems = |typed: &FeedbackInput| problems_of(typed, &clauses());
        let blank = typed_comment(&[("dieu-1", " "), ("dieu-2", "")]);
        assert_eq!(problems(&blank), ["noi_dung"]);
        let gone = typed_comment(&[("dieu-1", "Một."), ("dieu-9", "Hai.")]);
        assert_eq!(problems(&gone), ["dieu_2"]);
        let half = "đ".repeat(MAX_TEXT_CHARS / 2 + 1);
        let long = typed_comment(&[("dieu-1", &half), ("dieu-2", &half)]);
        assert_eq!(problems(&long), ["noi_dung_2"]);
    }

    #[test]
    fn an_organisation_and_whoever_wants_to_be_named_gives_a_name() {
        let comment = || typed_comment(&[("", "Một.")]);
        for typed in [
            FeedbackInput { capacity: Capacity::Organisation, ..comment() },
            FeedbackInput { is_named: true, ..comment() },
        ] {
            assert_eq!(fields_with_problems(&typed), ["ho_ten"]);
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
        assert_eq!(fields_with_problems(&long), ["tieu_de", "noi_dung"]);
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
        assert_eq!(fields_with_problems(&long), ["dien_thoai", "thu_dien_tu"]);
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
        assert_eq!(fields_with_problems(&with_links(MAX_LINKS + 1)), ["noi_dung"]);
        assert_eq!(links_in("HTTP://a.vn (www.b.vn) https://www.c.vn www.d.vn awww.e"), 4);
    }

    #[test]
    fn what_autofill_writes_into_the_trap_is_no_mistake() {
        let typed = sent("loai=bao-sai&noi_dung=Sai&trang_web=https%3A%2F%2Fexample.vn");
        assert_eq!(typed.trap, "https://example.vn");
        assert!(typed.validate(&[]).is_ok());
    }
}
