use cong_core::signing::SigningKey;
use cong_core::submission::Receipt;

use super::submission::Submission;

/// Computes the receipt of a submission that was sent with the form token `form_token`. It is always the same for the
/// same content and token.
pub fn receipt_of(submission: &Submission, key: &SigningKey, form_token: &str) -> Receipt {
    Receipt::from_digest(&hmac_of(key, form_token, submission))
}

fn hmac_of(key: &SigningKey, form_token: &str, submission: &Submission) -> [u8; 32] {
    let Submission { kind, about, subject, text, comments, identity, .. } = submission;
    let (name, address, phone, email) = identity.as_ref().map_or(("", "", "", ""), |identity| {
        (&identity.name, &identity.address, &identity.phone, &identity.email)
    });
    let about = about.as_deref().unwrap_or_default();
    if comments.is_empty() {
        return key.hmac(&[
            "cong/receipt/1",
            form_token,
            kind.code(),
            about,
            subject,
            text,
            name,
            address,
            phone,
            email,
        ]);
    }
    // The title of a clause is not part of the receipt, because it may change between two attempts to send the same
    // form.
    let capacity = submission.capacity.unwrap_or_default().code();
    let is_named = if submission.is_named { "1" } else { "" };
    let mut fields =
        vec!["cong/receipt/2", form_token, about, capacity, is_named, name, address, phone, email];
    for comment in comments {
        fields.extend([comment.clause.as_str(), comment.text.as_str()]);
    }
    key.hmac(&fields)
}

#[cfg(test)]
mod tests {
    use crate::feedback::input::FeedbackInput;

    use super::*;

    fn key() -> SigningKey {
        SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").unwrap()
    }

    fn typed() -> FeedbackInput {
        FeedbackInput {
            kind: "gop-y".into(),
            subject: "Một".into(),
            text: "Hai".into(),
            ..FeedbackInput::default()
        }
    }

    fn receipt(form_token: &str, typed: &FeedbackInput) -> String {
        receipt_of(&typed.validate(&[]).unwrap(), &key(), form_token).to_string()
    }

    #[test]
    fn the_same_submission_has_the_same_receipt_and_another_has_another() {
        let base = receipt("n", &typed());
        assert_eq!(receipt("n", &typed()), base);
        assert_ne!(receipt("m", &typed()), base);
        for other in [
            FeedbackInput { text: "Hai ".repeat(2), ..typed() },
            FeedbackInput { kind: "cau-hoi".into(), ..typed() },
            FeedbackInput { about: "bai".into(), ..typed() },
            FeedbackInput { name: "An".into(), consent: true, ..typed() },
            FeedbackInput { email: "an@example.vn".into(), consent: true, ..typed() },
        ] {
            assert_ne!(receipt("n", &other), base, "{other:?}");
        }
    }

    #[test]
    fn text_moved_from_one_field_to_the_next_gives_another_receipt() {
        let one = FeedbackInput { subject: "ab".into(), text: "c".into(), ..typed() };
        let two = FeedbackInput { subject: "a".into(), text: "bc".into(), ..typed() };
        assert_ne!(receipt("n", &one), receipt("n", &two));
    }
}
