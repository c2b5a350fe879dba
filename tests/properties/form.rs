//! Forms that citizens send: an accepted form gives a submission that obeys every rule, and a refused one gives a list
//! of problems.

use cong_core::article::is_slug;
use cong_core::consultation::Clause;
use cong_core::form_token::check_form_token;
use cong_core::signing::SigningKey;
use cong_core::submission::{Receipt, SubmissionKind};
use cong_core::vietnamese::{Timestamp, nfc, single_line};
use cong_worker::articles::RatingInput;
use cong_worker::feedback::{
    CommentInput, FeedbackInput, Identity, MAX_COMMENTS, MAX_TEXT_CHARS, Submission, receipt_of,
};
use cong_worker::web::SentFields;

/// The maximum length of a field of one line, in characters.
const MAX_LINE_CHARS: usize = 200;

/// Parses bytes as the body of a form, and validates it.
pub fn check(body: &[u8]) {
    let fields = SentFields::parse(body).normalised();
    let rating = RatingInput::of(&fields);
    assert_eq!(single_line(&rating.remark), rating.remark);
    let typed = FeedbackInput::of(&fields);
    for text in [&typed.subject, &typed.text, &typed.name, &typed.about, &typed.form_token] {
        assert!(nfc(text) == *text && !text.contains('\r'), "{text:?}");
    }
    assert!((1..=MAX_COMMENTS).contains(&typed.comments.len()));
    let key =
        SigningKey::accept("0123456789abcdef0123456789abcdef", "https://cong.example").unwrap();
    assert!(
        check_form_token(&key, Timestamp(1_800_000_000), &typed.form_token).is_err(),
        "{}",
        typed.form_token
    );
    let clauses = ["dieu-1", "dieu-2"].map(|id| Clause {
        id: id.to_owned(),
        title: id.replace("dieu-", "Điều "),
        level: 2,
    });
    match typed.validate(&clauses) {
        Ok(submission) => {
            check_taken(&typed, &submission);
            // The same form sent again is the same submission with the same receipt.
            let again = as_typed(&typed, &submission).validate(&clauses).unwrap();
            assert_eq!(again, submission);
            let receipt = receipt_of(&submission, &key, &typed.form_token);
            assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt));
        }
        Err(problems) => {
            let positions: Vec<usize> = problems
                .iter()
                .map(|problem| position(problem.field.as_deref().unwrap()))
                .collect();
            let is_strictly_ascending = positions.is_sorted_by(|one, next| one < next);
            assert!(!positions.is_empty() && is_strictly_ascending, "{problems:?}");
        }
    }
}

/// The position of a field in the order of the form.
fn position(field: &str) -> usize {
    let comments = (2..=MAX_COMMENTS)
        .flat_map(|number| ["dieu", "noi_dung"].map(|name| format!("{name}_{number}")));
    let mut fields = ["loai", "tieu_de", "dieu", "noi_dung"]
        .map(str::to_owned)
        .into_iter()
        .chain(comments)
        .chain(["ho_ten", "dia_chi", "dien_thoai", "thu_dien_tu", "dong_y"].map(str::to_owned));
    fields.position(|own| own == field).unwrap()
}

fn check_taken(typed: &FeedbackInput, submission: &Submission) {
    let Submission { kind, about, subject, text, comments, identity, .. } = submission;
    assert!(is_line(subject) && about.as_ref().is_none_or(|slug| is_slug(slug)));
    assert_eq!(*kind == SubmissionKind::DraftComment, !comments.is_empty());
    let is_text = |text: &str| {
        !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'))
    };
    let texts = comments.iter().map(|comment| comment.text.as_str());
    let texts: Vec<&str> = if comments.is_empty() { vec![text] } else { texts.collect() };
    assert!(texts.iter().all(|text| is_text(text)), "{texts:?}");
    assert!(texts.iter().map(|text| text.chars().count()).sum::<usize>() <= MAX_TEXT_CHARS);
    if let Some(Identity { name, address, phone, email }) = identity {
        assert!(typed.consent);
        let lines = [name, address, phone, email];
        assert!(
            lines.iter().all(|line| is_line(line)) && !lines.iter().all(|line| line.is_empty())
        );
    }
}

fn is_line(line: &str) -> bool {
    line.chars().count() <= MAX_LINE_CHARS && single_line(line) == line
}

/// Returns the form `typed` with the values of `submission`, which was made from it, in its fields.
fn as_typed(typed: &FeedbackInput, submission: &Submission) -> FeedbackInput {
    let Submission { subject, text, comments, identity, .. } = submission.clone();
    let blank = Identity {
        name: String::new(),
        address: String::new(),
        phone: String::new(),
        email: String::new(),
    };
    let Identity { name, address, phone, email } = identity.unwrap_or(blank);
    let comments = comments.into_iter();
    let comments =
        comments.map(|comment| CommentInput { clause: comment.clause, text: comment.text });
    let comments = comments.collect();
    FeedbackInput { subject, text, comments, name, address, phone, email, ..typed.clone() }
}

#[cfg(test)]
mod tests {
    use cong_core::vietnamese::without_bidi_controls;
    use proptest::prelude::*;

    use super::*;

    fn any_fields() -> impl Strategy<Value = Vec<(String, String)>> {
        let names = "loai|bai|tieu_de|noi_dung(_[1-9])?|dieu(_[1-9])?|ho_ten|dia_chi|dien_thoai|thu_dien_tu|dong_y|\
                     tu_cach|cong_khai_ten|so_y_kien|them|trang_web|ma_phieu|co_ich|nhan_xet|[a-z_]{0,6}";
        let values = prop_oneof![
            "gop-y|cau-hoi|bao-sai|phan-anh|gop-y-du-thao|to-chuc|dieu-1|0912 345 678|an@example\\.vn|1",
            "\\PC{0,12}",
            any::<String>(),
            "(x|http://a |www\\.b ){200,220}",
        ];
        prop::collection::vec((names, values), 0..14)
    }

    fn sent(fields: &[(String, String)]) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    }

    #[test]
    fn the_seeds_of_the_fuzzer_pass_the_check_of_forms() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/form");
        for entry in std::fs::read_dir(folder).unwrap() {
            let seed = std::fs::read(entry.unwrap().path()).unwrap();
            check(&seed);
            check(&seed.repeat(20));
        }
    }

    proptest! {
        #[test]
        fn an_accepted_form_keeps_every_rule_and_is_accepted_again(
            kind in prop::sample::select(vec!["gop-y", "cau-hoi", "bao-sai", "phan-anh", "gop-y-du-thao"]),
            text in "\\PC{1,20}", fields in any_fields()
        ) {
            check(sent(&fields).as_bytes());
            let complete = [("loai", kind), ("noi_dung", &text), ("bai", "mot"), ("tieu_de", "Một"), ("dong_y", "1")];
            let complete = complete.map(|(name, value)| (name.to_owned(), value.to_owned()));
            check(sent(&[&complete[..], &fields].concat()).as_bytes());
        }

        #[test]
        fn every_field_is_read_in_normal_form_c(
            subject in any::<String>(), text in any::<String>(), others in any_fields()
        ) {
            let own = [("tieu_de", &subject), ("noi_dung", &text)];
            let own = own.map(|(name, value)| (name.to_owned(), value.clone()));
            let fields = SentFields::parse(sent(&[&own[..], &others].concat()).as_bytes());
            let typed = FeedbackInput::of(&fields.normalised());
            let read = |value: &str| {
                let lines = value.replace("\r\n", "\n").replace('\r', "\n");
                nfc(&without_bidi_controls(lines)).into_owned()
            };
            prop_assert_eq!((typed.subject, typed.text), (read(&subject), read(&text)));
        }

        #[test]
        fn arbitrary_bytes_pass_the_check(body: Vec<u8>, noise in "([a-z_]{0,3}[&=%+]{0,2}[0-9a-fA-F]{0,2}){0,20}") {
            check(&body);
            check(noise.as_bytes());
        }
    }
}
