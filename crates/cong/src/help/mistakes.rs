//! Vietnamese error messages for an invalid command line. The English ones are clap's.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Writes the message for an invalid command line in Vietnamese: what is wrong, similar names that exist, the usage
/// line, and how to get help.
pub fn in_vietnamese(error: &Error) -> String {
    let mut text = format!("✗ {}", mistake(error));
    for (kind, noun) in [
        (ContextKind::SuggestedSubcommand, "lệnh"),
        (ContextKind::SuggestedArg, "tùy chọn"),
        (ContextKind::SuggestedValue, "giá trị"),
    ] {
        let names: Vec<_> = several(error, kind).iter().map(|name| format!("“{name}”")).collect();
        if !names.is_empty() {
            text.push_str(&format!("\n  Có phải {noun} {}?", names.join(" hoặc ")));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        text.push_str(&format!("\n\nCách dùng: {}", usage.trim_start_matches("Usage: ").trim()));
    }
    text.push_str("\n\nXem hướng dẫn đầy đủ với “--help”.");
    text
}

fn mistake(error: &Error) -> String {
    let one = |kind| several(error, kind).first().cloned().unwrap_or_default();
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let arg = one(ContextKind::InvalidArg);
    let value = one(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("Không có tùy chọn hay đối số “{arg}”."),
        ErrorKind::InvalidSubcommand => {
            format!("Không có lệnh “{}”.", one(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("“{arg}” cần một giá trị."),
        ErrorKind::InvalidValue => {
            let choices = several(error, ContextKind::ValidValue).join(", ");
            format!("“{value}” không dùng được cho “{arg}”; chọn một trong: {choices}.")
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|source| format!(": {source}")).unwrap_or_default();
            format!("“{value}” không dùng được cho “{arg}”{why}.")
        }
        ErrorKind::MissingRequiredArgument => {
            format!("Còn thiếu: {}.", several(error, ContextKind::InvalidArg).join(", "))
        }
        ErrorKind::MissingSubcommand => {
            let commands = several(error, ContextKind::ValidSubcommand).join(", ");
            format!("Còn thiếu tên lệnh; chọn một trong: {commands}.")
        }
        ErrorKind::ArgumentConflict => {
            let others = several(error, ContextKind::PriorArg);
            let arg = if arg.is_empty() { one(ContextKind::InvalidSubcommand) } else { arg };
            if others.is_empty() || others == [arg.as_str()] {
                format!("“{arg}” chỉ được dùng một lần.")
            } else {
                format!("“{arg}” không dùng cùng với “{}” được.", others.join("”, “"))
            }
        }
        ErrorKind::NoEquals => format!("Sau “{arg}” phải có dấu “=” rồi đến giá trị."),
        ErrorKind::TooManyValues => format!("“{value}” là thừa đối với “{arg}”."),
        ErrorKind::TooFewValues => {
            format!("“{arg}” cần ít nhất {} giá trị.", number(ContextKind::MinValues))
        }
        ErrorKind::WrongNumberOfValues => {
            format!("“{arg}” cần đúng {} giá trị.", number(ContextKind::ExpectedNumValues))
        }
        ErrorKind::InvalidUtf8 => "Dòng lệnh có chữ không thuộc bảng mã UTF-8.".to_owned(),
        _ => format!("Không hiểu được dòng lệnh: {error}"),
    }
}

fn several(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    /// The error message for a command line with these arguments.
    fn said(words: &[&str]) -> String {
        let command = super::super::in_vietnamese(crate::Command::command());
        let error = command.try_get_matches_from([&["cong"], words].concat()).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{words:?}");
        super::in_vietnamese(&error)
    }

    #[test]
    fn mistakes_have_vietnamese_messages_with_similar_names() {
        for (words, first, rest) in [
            (&["verfy"][..], "✗ Không có lệnh “verfy”.", "Có phải lệnh “verify”?"),
            (
                &["dev", "--prot", "1"],
                "✗ Không có tùy chọn hay đối số “--prot”.",
                "Có phải tùy chọn “--port”?",
            ),
            (&["dev", "--port"], "✗ “--port <SỐ>” cần một giá trị.", "Xem hướng dẫn đầy đủ"),
            (
                &["dev", "--port", "70000"],
                "✗ “70000” không dùng được cho “--port <SỐ>”: phải là một số từ 1 đến 65535.",
                "Xem hướng dẫn đầy đủ",
            ),
            (
                &["dev", "--port", "1", "--port", "2"],
                "✗ “--port <SỐ>” chỉ được dùng một lần.",
                "Cách dùng: cargo run dev [TÙY CHỌN]",
            ),
            (&["dev", "abc"], "✗ Không có tùy chọn hay đối số “abc”.", "Cách dùng: cargo run dev"),
            (
                &["erasures", "x", "apply"],
                "✗ “apply” không dùng cùng với “<TỆP>” được.",
                "cargo run erasures <LỆNH>",
            ),
            (&["verify"], "✗ Còn thiếu: <THƯ_MỤC>.", "Cách dùng: cargo run verify"),
            (
                &["verify", "x", "--chain", "y"],
                "✗ “y” không dùng được cho “--chain <MÃ>”: phải là 64 chữ số thập lục phân (0-9, a-f).",
                "Xem hướng dẫn đầy đủ",
            ),
        ] {
            let said = said(words);
            assert_eq!(said.lines().next(), Some(first), "{said}");
            assert!(said.contains(rest), "{said}");
            assert!(!said.contains("Usage"), "{said}");
        }
    }
}
