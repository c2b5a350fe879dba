//! The feedback form: what was typed, the rules for it, and the submission that it makes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, FieldProblem};
use super::kind::Kind;
use crate::article::is_slug;
use crate::vietnamese::{grouped, nfc, single_line};

/// Of a submission's text: some ten pages.
pub const MAX_TEXT_CHARS: usize = 20_000;
const MAX_LINE_CHARS: usize = 200;
/// Enough for anyone who gives sources; advertising has more.
const MAX_LINKS: usize = 10;
/// Of the form as sent: a Vietnamese letter takes up to nine bytes there.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The form as it was sent, in normal form C, with nothing judged and nothing lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The form's stamp; the same stamp and content is one submission.
    pub nonce: String,
    pub kind: String,
    /// The slug of the article or draft it is about; empty for none.
    pub about: String,
    pub subject: String,
    pub text: String,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub consent: bool,
    /// The field that people do not see and leave blank; programs and autofill may not.
    pub trap: String,
    /// What the robot check gave the browser, where one is switched on.
    pub robot_check: String,
}

/// A submission that keeps all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub kind: Kind,
    pub about: Option<String>,
    pub subject: String,
    pub text: String,
    /// Present if any of it was given; then its sender has consented to its being kept.
    pub identity: Option<Identity>,
}

/// Who sent a submission; fields that were not given are empty. Never logged: it has no `Debug`
/// that shows it.
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

impl Typed {
    /// Reads a body of type `application/x-www-form-urlencoded`. Of a field sent twice, the first
    /// counts; fields that the form does not have are passed over.
    pub fn parse(body: &[u8]) -> Self {
        let mut values = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            values.entry(name).or_insert(value);
        }
        let mut take = |name: &str| {
            let value = values.remove(name).unwrap_or_default();
            nfc(&value.replace("\r\n", "\n").replace('\r', "\n")).into_owned()
        };
        Self {
            nonce: take("ma_phieu"),
            kind: take(Field::Kind.name()),
            about: take("bai"),
            subject: take(Field::Subject.name()),
            text: take(Field::Text.name()),
            name: take(Field::Name.name()),
            address: take(Field::Address.name()),
            phone: take(Field::Phone.name()),
            email: take(Field::Email.name()),
            consent: !take(Field::Consent.name()).is_empty(),
            trap: take("trang_web"),
            robot_check: take("cf-turnstile-response"),
        }
    }

    /// The submission, if all rules are kept.
    ///
    /// # Errors
    /// Every problem, in the order of the form's fields.
    pub fn validate(&self) -> Result<Submission, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let about = Some(self.about.clone()).filter(|slug| is_slug(slug));
        let kind = Kind::from_code(&self.kind)
            .filter(|kind| *kind != Kind::DraftComment || about.is_some());
        if kind.is_none() {
            problems.push(FieldProblem::new(Field::Kind, Field::Kind.missing()));
        }
        let requires = |field| kind.is_some_and(|kind| kind.requires(field));
        let subject = line(Field::Subject, &self.subject, &requires, &mut problems);
        let text = text(&self.text, &mut problems);
        let identity = Identity {
            name: line(Field::Name, &self.name, &requires, &mut problems),
            address: line(Field::Address, &self.address, &requires, &mut problems),
            phone: line(Field::Phone, &self.phone, &requires, &mut problems),
            email: line(Field::Email, &self.email, &requires, &mut problems),
        };
        if !identity.phone.is_empty() && !is_phone(&identity.phone) {
            problems.push(FieldProblem::new(
                Field::Phone,
                "Số điện thoại cần có từ 8 đến 15 chữ số, ví dụ 0912 345 678.",
            ));
        }
        if !identity.email.is_empty() && !is_email(&identity.email) {
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
                identity: (!is_anonymous).then_some(identity),
            }),
            _ => {
                problems.sort_by_key(|problem| problem.field as u8);
                Err(problems)
            }
        }
    }
}

/// A field of one line: required or not, and bounded.
fn line(
    field: Field,
    typed: &str,
    requires: &impl Fn(Field) -> bool,
    problems: &mut Vec<FieldProblem>,
) -> String {
    let text = single_line(typed);
    let length = text.chars().count();
    if length > MAX_LINE_CHARS {
        let message =
            format!("Phần này dài {} ký tự; hãy rút xuống còn {MAX_LINE_CHARS}.", grouped(length));
        problems.push(FieldProblem::new(field, message));
    } else if text.is_empty() && requires(field) {
        problems.push(FieldProblem::new(field, field.missing()));
    }
    text
}

/// The text itself: line breaks are kept, other control characters are not.
fn text(typed: &str, problems: &mut Vec<FieldProblem>) -> String {
    let kept: String =
        typed.chars().filter(|&c| !c.is_control() || c == '\n' || c == '\t').collect();
    let text = kept.trim().to_owned();
    let length = text.chars().count();
    if text.is_empty() {
        problems.push(FieldProblem::new(Field::Text, Field::Text.missing()));
    } else if length > MAX_TEXT_CHARS {
        let message = format!(
            "Nội dung dài {} ký tự, nhiều nhất là {}; hãy rút gọn hoặc chia thành nhiều lần gửi.",
            grouped(length),
            grouped(MAX_TEXT_CHARS),
        );
        problems.push(FieldProblem::new(Field::Text, message));
    } else if links_in(&text) > MAX_LINKS {
        let message = format!(
            "Nội dung có quá nhiều liên kết; nhiều nhất là {MAX_LINKS}. Hãy chỉ giữ các liên kết cần thiết."
        );
        problems.push(FieldProblem::new(Field::Text, message));
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

/// Loose on purpose: only what surely is no address is refused.
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

    fn typed() -> Typed {
        Typed {
            nonce: "0".repeat(32),
            kind: "gop-y".into(),
            subject: "Đường vào xã".into(),
            text: "Đường vào xã bị sạt.\nĐề nghị sửa.".into(),
            ..Typed::default()
        }
    }

    fn fields_with_problems(typed: &Typed) -> Vec<Field> {
        typed.validate().unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_submission_without_a_name_needs_no_consent() {
        let submission = typed().validate().unwrap();
        assert_eq!(submission.identity, None);
        assert_eq!(submission.text, "Đường vào xã bị sạt.\nĐề nghị sửa.");
    }

    #[test]
    fn personal_data_needs_consent() {
        let mut with_phone = Typed { phone: "0912 345 678".into(), ..typed() };
        assert_eq!(fields_with_problems(&with_phone), [Field::Consent]);
        with_phone.consent = true;
        assert_eq!(with_phone.validate().unwrap().identity.unwrap().phone, "0912 345 678");
    }

    #[test]
    fn which_fields_are_required_follows_the_kind() {
        let petition = Typed { kind: "phan-anh".into(), ..typed() };
        assert_eq!(fields_with_problems(&petition), [Field::Name, Field::Address, Field::Phone]);
        let report = Typed { kind: "bao-sai".into(), subject: String::new(), ..typed() };
        assert!(report.validate().is_ok());
        let question = Typed { kind: "cau-hoi".into(), subject: " \n".into(), ..typed() };
        assert_eq!(fields_with_problems(&question), [Field::Subject]);
    }

    #[test]
    fn an_empty_form_names_every_problem_in_the_order_of_its_fields() {
        assert_eq!(fields_with_problems(&Typed::default()), [Field::Kind, Field::Text]);
    }

    #[test]
    fn a_comment_on_a_draft_needs_its_draft() {
        let comment = Typed { kind: "gop-y-du-thao".into(), ..typed() };
        assert_eq!(fields_with_problems(&comment), [Field::Kind]);
        let comment = Typed { about: "du-thao-quy-che".into(), ..comment };
        assert_eq!(comment.validate().unwrap().about.as_deref(), Some("du-thao-quy-che"));
    }

    #[test]
    fn fields_are_bounded() {
        let long =
            Typed { subject: "x".repeat(201), text: "đ".repeat(MAX_TEXT_CHARS + 1), ..typed() };
        assert_eq!(fields_with_problems(&long), [Field::Subject, Field::Text]);
        let full =
            Typed { subject: "đ".repeat(200), text: "đ".repeat(MAX_TEXT_CHARS), ..typed() };
        assert!(full.validate().is_ok());
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
        let typed = Typed::parse(body.as_bytes());
        assert_eq!(typed.subject, "Đề nghị");
        assert_eq!(typed.text, "a\nb");
        assert_eq!(typed.name, "\u{FFFD}");
        assert!(typed.consent);
    }

    #[test]
    fn a_text_may_give_sources_but_no_heap_of_links() {
        let with_links =
            |count| Typed { text: "Xem https://example.vn/a ".repeat(count), ..typed() };
        assert!(with_links(MAX_LINKS).validate().is_ok());
        assert_eq!(fields_with_problems(&with_links(MAX_LINKS + 1)), [Field::Text]);
        assert_eq!(links_in("HTTP://a.vn (www.b.vn) https://www.c.vn www.d.vn awww.e"), 4);
    }

    #[test]
    fn what_autofill_writes_into_the_trap_is_no_mistake() {
        let typed = Typed::parse(b"loai=bao-sai&noi_dung=Sai&trang_web=https%3A%2F%2Fexample.vn");
        assert_eq!(typed.trap, "https://example.vn");
        assert!(typed.validate().is_ok());
    }
}
