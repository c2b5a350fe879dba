//! Writes a draft as the text of a document, within the limits for fields and body.

use std::collections::HashSet;

use cong_core::article::{DocumentRules, MAX_SLUG_CHARS, parse};
use cong_core::vietnamese::{Timestamp, nfc, single_line, slug, truncate_at_word};
use serde::Serialize;
use toml::value::Datetime;

use super::draft::Draft;
use super::links::Linked;
use super::markdown;
use crate::language::say;

const MAX_TITLE_CHARS: usize = 290;
const MAX_LINE_CHARS: usize = 480;
const MAX_SUMMARY_CHARS: usize = 580;
const MAX_ITEMS: usize = 200;

#[derive(Serialize)]
struct Fields {
    title: String,
    updated: Datetime,
    author: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    draft: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
}

#[derive(Serialize)]
struct Image {
    file: String,
    alt: String,
}

#[derive(Serialize)]
struct Attachment {
    file: String,
    title: String,
}

/// The fields for documents whose source does not give them.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    pub author: Option<String>,
    pub category: Option<String>,
    pub is_draft: bool,
}

/// Brings title, author and times into the form that a document needs, and notes each assumption in the report.
pub fn complete(draft: &mut Draft, defaults: &Defaults) {
    let title = single_line(&nfc(&draft.title));
    draft.title = truncate_at_word(&title, MAX_TITLE_CHARS);
    if draft.title != title {
        draft.entry.doubt(say!("tiêu đề quá dài, đã cắt", "the title was too long, and was cut"));
    }
    if draft.author.is_none() {
        let author = defaults.author.clone().unwrap_or_else(|| "Ban Biên tập".to_owned());
        draft.entry.doubt(say!(
            "không rõ tác giả: ghi “{author}”",
            "no author was found: “{author}” is written"
        ));
        draft.author = Some(author);
    }
    draft.category = draft.category.take().or_else(|| defaults.category.clone());
    if draft.updated.is_none() && draft.published.is_none() {
        let time = draft.file_time.unwrap_or(Timestamp(0));
        let written = time.date_time();
        draft.entry.doubt(say!(
            "không rõ thời gian: lấy giờ của tệp, {written}, và để là bản nháp (draft)",
            "no time was found: the file's own is taken, {written}, and it stays a draft"
        ));
        draft.updated = Some(time);
        draft.is_draft = true;
    }
    draft.is_draft |= defaults.is_draft;
}

/// The text of the document.
///
/// # Errors
/// The reason why the portal would reject the document.
pub fn write(draft: &mut Draft, linked: Linked) -> Result<String, String> {
    draft.body.relevel();
    let published = draft.published.or(draft.updated);
    let updated = draft.updated.max(published).unwrap_or(Timestamp(0));
    let line = |text: &Option<String>, max: usize| {
        let text = text.as_ref().map(|text| truncate_at_word(&single_line(&nfc(text)), max));
        text.filter(|text| !text.is_empty())
    };
    let category = line(&draft.category, MAX_TITLE_CHARS).filter(|name| !slug(name).is_empty());
    let fields = Fields {
        title: draft.title.clone(),
        updated: time(updated)?,
        author: line(&draft.author, MAX_LINE_CHARS).unwrap_or_default(),
        published: published.filter(|published| *published != updated).map(time).transpose()?,
        source: line(&draft.source, MAX_LINE_CHARS),
        summary: line(&draft.summary, MAX_SUMMARY_CHARS),
        category,
        lang: draft.lang.clone(),
        draft: draft.is_draft,
        aliases: draft.aliases.iter().take(MAX_ITEMS).cloned().collect(),
        image: linked.image.map(|file| Image { file, alt: String::new() }),
        attachments: linked
            .attachments
            .into_iter()
            .take(MAX_ITEMS)
            .map(|(file, title)| Attachment {
                file,
                title: truncate_at_word(&single_line(&nfc(&title)), MAX_TITLE_CHARS),
            })
            .collect(),
    };
    let front_matter = toml::to_string(&fields).map_err(|error| error.to_string())?;
    let text =
        nfc(&format!("+++\n{front_matter}+++\n\n{}", markdown::write(&draft.body))).into_owned();
    match parse(text.as_bytes(), &DocumentRules::default()) {
        Ok(parsed) => {
            for warning in parsed.warnings {
                draft.entry.doubt(warning.to_string());
            }
            Ok(text)
        }
        Err(problems) => Err(problems.first().map(ToString::to_string).unwrap_or_default()),
    }
}

fn time(instant: Timestamp) -> Result<Datetime, String> {
    instant.rfc3339().parse().map_err(|error: toml::value::DatetimeParseError| error.to_string())
}

/// A slug made from the title, different from all other slugs of this run.
pub fn unique_slug(title: &str, taken: &HashSet<String>) -> String {
    let whole = slug(title);
    let whole = if whole.is_empty() { "bai-viet" } else { &whole };
    let cut = |max: usize| {
        let end = whole.len().min(max);
        let kept = match whole.get(..end).unwrap_or(whole).rfind('-') {
            Some(hyphen) if whole.len() > max && hyphen > max / 2 => hyphen,
            _ => end,
        };
        whole.get(..kept).unwrap_or(whole).trim_end_matches('-').to_owned()
    };
    let first = cut(MAX_SLUG_CHARS);
    if !taken.contains(&first) {
        return first;
    }
    let numbered = (2_u32..).map(|number| {
        let end = format!("-{number}");
        format!("{}{end}", cut(MAX_SLUG_CHARS - end.len()))
    });
    numbered.into_iter().find(|slug| !taken.contains(slug)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_whole_words_and_short_enough() {
        let mut taken = HashSet::new();
        let long = "Quyết định về việc ban hành ".repeat(10);
        for expected in ["hop-bao", "hop-bao-2", "hop-bao-3"] {
            let slug = unique_slug("Họp báo", &taken);
            assert_eq!(slug, expected);
            taken.insert(slug);
        }
        for _ in 0..12 {
            let slug = unique_slug(&long, &taken);
            assert!(
                cong_core::article::is_slug(&slug) && slug.starts_with("quyet-dinh-ve-viec"),
                "{slug}"
            );
            assert!(taken.insert(slug));
        }
        assert_eq!(unique_slug("?!", &taken), "bai-viet");
    }
}
