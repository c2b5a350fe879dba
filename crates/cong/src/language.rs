//! The language of the tool's output: Vietnamese, or English if the user's locale is English.

use std::env;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Vietnamese,
    English,
}

impl Language {
    /// The user's language. The environment is read only once.
    pub fn current() -> Self {
        static CURRENT: OnceLock<Language> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            // The first of these variables that is set takes precedence (POSIX, section 8.2).
            let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
            let locale = names.into_iter().filter_map(|name| env::var(name).ok());
            Self::of_locale(&locale.into_iter().find(|value| !value.is_empty()).unwrap_or_default())
        })
    }

    fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::English } else { Self::Vietnamese }
    }

    /// Returns the text that is in this language.
    pub fn choose<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }
}

/// Formats a message in the user's language: `say!("{n} bài", "{n} articles")`, with the syntax of `format!`.
macro_rules! say {
    ($vietnamese:literal, $english:literal $(, $argument:expr)* $(,)?) => {
        match $crate::language::Language::current() {
            $crate::language::Language::Vietnamese => format!($vietnamese $(, $argument)*),
            $crate::language::Language::English => format!($english $(, $argument)*),
        }
    };
}

pub(crate) use say;

/// The message that a file or a folder cannot be read. The error to which this message is added gives the reason.
pub fn cannot_read(path: &Path) -> String {
    say!("Không đọc được {0}", "{0} cannot be read", path.display())
}

/// The reason for an I/O error, in the user's language. The operating system reports it in English only.
pub fn io_cause(error: &io::Error) -> String {
    use io::ErrorKind;
    let vietnamese = match error.kind() {
        ErrorKind::NotFound => "không có tệp hay thư mục này",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::AlreadyExists => "đã có sẵn",
        ErrorKind::NotADirectory => "đây không phải là thư mục",
        ErrorKind::IsADirectory => "đây là thư mục, không phải tệp",
        ErrorKind::StorageFull => "đĩa đã đầy",
        ErrorKind::ReadOnlyFilesystem => "đĩa chỉ cho đọc",
        ErrorKind::InvalidData => "dữ liệu không đúng dạng",
        _ => return error.to_string(),
    };
    Language::current().choose(vietnamese.to_owned(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_english_if_the_locale_is_and_otherwise_vietnamese() {
        for locale in ["en", "en_US.UTF-8", "en_GB", "EN@euro"] {
            assert_eq!(Language::of_locale(locale), Language::English, "{locale}");
        }
        for locale in ["", "C", "C.UTF-8", "POSIX", "vi_VN.UTF-8", "fr_FR", "eng"] {
            assert_eq!(Language::of_locale(locale), Language::Vietnamese, "{locale}");
        }
    }
}
