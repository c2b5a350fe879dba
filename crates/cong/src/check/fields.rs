//! Checks the values of fields: author, source and times. By law, a public portal must give for each document its
//! title, creator, date, description, publishing body and identifier. Documents without title, creator (`author`) or
//! date are already refused by the parser. The publishing body and the identifier (the address) come from settings,
//! which `office` checks. So of these, only the description is checked here.

use cong_core::article::{Article, audio_type};
use cong_core::vietnamese::{Timestamp, fold};

use super::finding::{Finding, Severity};
use super::studied::Studied;
use crate::language::say;

/// Words that people write instead of an author's name, in lower case without accents.
const NO_AUTHORS: [&str; 10] = [
    "...",
    "???",
    "admin",
    "administrator",
    "author",
    "tac gia",
    "ten tac gia",
    "todo",
    "xxx",
    "…",
];

/// The author that `cong new` writes into a document if git has no user name.
pub const AUTHOR_PLACEHOLDER: &str = "Tên tác giả";

pub fn findings(studied: &Studied<'_>, now: Timestamp) -> Vec<Finding> {
    let Some(article) = &studied.article else { return Vec::new() };
    let mut findings = Vec::new();
    times(studied, article, now, &mut findings);
    findings.extend(author(studied, article));
    findings.extend(source(studied, article));
    metadata(studied, article, &mut findings);
    findings
}

fn times(studied: &Studied<'_>, article: &Article, now: Timestamp, findings: &mut Vec<Finding>) {
    let shown = article.publish_at.map_or(now, |at| at.max(now));
    let mut warn = |field: &str, code, message: String, hint: String| {
        let span = studied.field(field);
        findings.push(studied.finding(Severity::Warning, code, &span, message).with_hint(hint));
    };
    for (field, at) in [("updated", article.updated), ("published", article.published)] {
        // If a document has no `published`, both fields have the time of `updated`. One warning is enough.
        if at > shown && (field == "updated" || article.published != article.updated) {
            warn(
                field,
                "future",
                say!("“{field}” ở tương lai: {}", "“{field}” is in the future: {}", at.date_time()),
                say!(
                    "sửa lại; muốn bài tự hiện vào lúc ấy thì dùng publish_at",
                    "mend it; publish_at makes an article appear at that time"
                ),
            );
        }
    }
    if article.published > article.updated {
        warn(
            "published",
            "time-order",
            say!("công bố lần đầu lại sau lần cập nhật", "first published after it was updated"),
            say!("“published” không muộn hơn “updated”", "“published” is not later than “updated”"),
        );
    }
}

fn author(studied: &Studied<'_>, article: &Article) -> Option<Finding> {
    let folded = fold(article.author.trim_matches(['[', ']', '<', '>', ' ']));
    if !NO_AUTHORS.contains(&folded.as_str()) {
        return None;
    }
    let message = say!("chưa ghi tên tác giả", "the author is not named");
    let hint =
        say!("ghi tên người viết hoặc đơn vị viết", "name the person or the unit that wrote it");
    let span = studied.field("author");
    Some(studied.finding(Severity::Error, "author", &span, message).with_hint(hint))
}

/// Finds a source that is named only in the last line of the text, and not in the field `source`, where programs look
/// for it.
fn source(studied: &Studied<'_>, article: &Article) -> Option<Finding> {
    if article.source.is_some() {
        return None;
    }
    let last = article.body.trim_end().lines().next_back()?;
    let text = last.trim_start_matches(|c: char| !c.is_alphanumeric());
    let folded = fold(text);
    if !["nguon:", "source:"].iter().any(|word| folded.starts_with(word)) {
        return None;
    }
    let start = text.as_ptr() as usize - article.body.as_ptr() as usize;
    let span = studied.in_body(&(start..start + text.trim_end().len()));
    let message = say!(
        "nguồn chỉ có trong nội dung, không có ở trường “source”",
        "the source is in the text, and not in the field “source”"
    );
    let hint = say!("thêm source = \"…\"", "add source = \"…\"");
    Some(studied.finding(Severity::Warning, "source", &span, message).with_hint(hint))
}

fn metadata(studied: &Studied<'_>, article: &Article, findings: &mut Vec<Finding>) {
    let mut warn = |field: &str, code, message: String, hint: String| {
        let span = studied.field(field);
        findings.push(studied.finding(Severity::Warning, code, &span, message).with_hint(hint));
    };
    if article.summary.is_empty() {
        warn(
            "title",
            "description",
            say!(
                "không có mô tả: thiếu “summary”, và không có đoạn văn nào để lấy",
                "there is no description: neither “summary” nor a paragraph to take it from"
            ),
            say!("thêm summary = \"…\"", "add summary = \"…\""),
        );
    }
    if article.image.as_ref().is_some_and(|image| image.alt.is_empty()) {
        warn(
            "image",
            "alt-missing",
            say!("ảnh đại diện không có lời mô tả", "the article's picture has no description"),
            say!("thêm alt = \"ảnh cho thấy gì\"", "add alt = \"what it shows\""),
        );
    }
    if article.audio.as_ref().is_some_and(|audio| audio_type(&audio.file).is_none()) {
        warn(
            "audio.file",
            "no-audio",
            say!(
                "trình duyệt không phát được tệp loại này",
                "browsers do not play files of this kind"
            ),
            say!("dùng tệp .mp3, .m4a, .ogg hoặc .wav", "use an .mp3, .m4a, .ogg or .wav file"),
        );
    }
    if let Some(document) = &article.document {
        let given = [
            ("number", document.number.is_some()),
            ("kind", document.kind.is_some()),
            ("issued_on", document.issued_on.is_some()),
            ("issuer", document.issuer.is_some()),
        ];
        let missing: Vec<_> =
            given.into_iter().filter(|(_, is_given)| !is_given).map(|(field, _)| field).collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            warn(
                "document",
                "document-fields",
                say!("văn bản thiếu: {missing}", "the legal document lacks: {missing}"),
                say!(
                    "ghi thêm vào nhóm [document] để người đọc tìm được văn bản",
                    "add them to [document], so that readers find the document"
                ),
            );
        }
    }
}
