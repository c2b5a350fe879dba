//! The form token in every form of the desk. A token is valid in one session only. This protects against forms that
//! other sites send in the editor's name (cross-site request forgery), and against forms that were opened by another
//! editor in the same browser.

use cong_core::digest;
use cong_core::signing::SigningKey;

use super::editor::Editor;

const PURPOSE: &str = "desk form";

/// The form token for the editor's session, in hexadecimal.
pub fn token(key: &SigningKey, editor: &Editor) -> String {
    digest::to_hex(&key.hmac(&[PURPOSE, &editor.email, &editor.session]))
}

/// Whether a form token belongs to the editor's session. The comparison takes constant time.
pub fn is_valid(key: &SigningKey, editor: &Editor, token: &str) -> bool {
    digest::from_hex(token).is_some_and(|code| {
        code.len() == 32 && key.verifies(&[PURPOSE, &editor.email, &editor.session], &code)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::desk::editor::Role;

    use super::*;

    fn editor(email: &str, session: &str) -> Editor {
        Editor { email: email.to_owned(), role: Role::Editor, session: session.to_owned() }
    }

    #[test]
    fn a_token_is_good_for_its_own_session_only() {
        let key = SigningKey::accept("0123456789abcdef0123456789abcdef", "").unwrap();
        let own = editor("an@example.vn", "1");
        let token = token(&key, &own);
        assert!(is_valid(&key, &own, &token));
        assert!(!is_valid(&key, &editor("an@example.vn", "2"), &token));
        assert!(!is_valid(&key, &editor("binh@example.vn", "1"), &token));
        for other in ["", "ab", "zz", &token[..32], &format!("{token}00")] {
            assert!(!is_valid(&key, &own, other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_token_with_anything_changed_is_none(at in 0..64_usize, other in "[ -~]") {
            let key = SigningKey::accept("0123456789abcdef0123456789abcdef", "").unwrap();
            let own = editor("an@example.vn", "1");
            let token = token(&key, &own);
            let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
            // Hexadecimal digits in upper case have the same value.
            prop_assert_eq!(is_valid(&key, &own, &changed), changed.eq_ignore_ascii_case(&token));
        }

        #[test]
        fn no_two_editors_and_sessions_share_a_token(one in "[a-z;:0-9]{0,6}", two in "[a-z;:0-9]{0,6}") {
            let key = SigningKey::accept("0123456789abcdef0123456789abcdef", "").unwrap();
            let own = token(&key, &editor(&one, &two));
            let moved = editor(&format!("{one}{two}"), "");
            prop_assert_eq!(is_valid(&key, &moved, &own), two.is_empty());
        }
    }
}
