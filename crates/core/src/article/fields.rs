//! The fields of a document: which exist, which are required, and what values they take.

use super::markdown;
use super::node::FieldTable;
use super::problem::{Cause, DocumentProblem, LineStarts};
use super::reader::{FieldReader, MAX_LINE_CHARS, MAX_TITLE_CHARS};
use super::{
    Article, ArticleAttachment, ArticleChange, Audio, Consultation, DeadlineExtension,
    DocumentRules, LeadImage, LegalDocument, NoticePeriod,
};
use crate::vietnamese::{Timestamp, truncate_at_word};

const MAX_SUMMARY_CHARS: usize = 600;
/// The length at which a summary that is made from the first paragraph is cut, in characters.
const SUMMARY_CUT_CHARS: usize = 240;

/// Makes an article from the fields of a document. `text` is the whole document; `body` is the Markdown at its end,
/// in TOML form. If there is no article, at least one of the problems is an error.
pub fn read(
    text: &str,
    table: FieldTable,
    body: Option<&str>,
    rules: &DocumentRules,
) -> (Option<Article>, Vec<DocumentProblem>) {
    let mut problems = Vec::new();
    let mut fields = FieldReader::of_document(table, &mut problems);
    let article = read_article(&mut fields, text, body, rules);
    fields.finish();
    (article, problems)
}

fn read_article(
    fields: &mut FieldReader<'_>,
    text: &str,
    body: Option<&str>,
    rules: &DocumentRules,
) -> Option<Article> {
    // Every field is read before the first `?`, so that all problems are found at once.
    let title = fields.required_line("title", MAX_TITLE_CHARS);
    let updated = fields.required_time("updated");
    let author = fields.required_line("author", MAX_LINE_CHARS);
    let published = fields.time("published");
    let source = fields.line("source", MAX_LINE_CHARS);
    let summary = fields.line("summary", MAX_SUMMARY_CHARS);
    let category = fields.category();
    let lang = fields.language();
    let draft = fields.flag("draft");
    let publish_at = fields.time("publish_at");
    let pinned = fields.flag("pinned");
    let image = fields.group("image", |image| {
        let file = image.file_name();
        let alt = image.line("alt", MAX_LINE_CHARS).unwrap_or_default();
        Some(LeadImage { file: file?, alt })
    });
    let audio = fields.group("audio", |audio| {
        let file = audio.file_name();
        let title = audio.line("title", MAX_TITLE_CHARS);
        Some(Audio { file: file?, title })
    });
    let aliases = fields.aliases();
    let attachments = fields.groups("attachments", |attachment| {
        let file = attachment.file_name();
        let title = attachment.line("title", MAX_TITLE_CHARS);
        let file = file?;
        Some(ArticleAttachment { title: title.unwrap_or_else(|| file.clone()), file })
    });
    let changes = fields.groups("changes", |change| {
        let date = change.required_time("date");
        let note = change.required_line("note", MAX_SUMMARY_CHARS);
        Some(ArticleChange { date: date?, note: note? })
    });
    let document = fields.group("document", |document| {
        Some(LegalDocument {
            number: document.line("number", MAX_LINE_CHARS),
            kind: document.line("kind", MAX_LINE_CHARS),
            issued_on: document.time("issued_on"),
            issuer: document.line("issuer", MAX_LINE_CHARS),
            signer: document.line("signer", MAX_LINE_CHARS),
        })
    });
    let first_shown = published.or(updated);
    let notice = fields.group("notice", |notice| {
        let (from, until) = notice.period("from", "until", first_shown);
        Some(NoticePeriod { from: from?, until: until? })
    });
    let consultation = fields.group("consultation", |consultation| {
        read_consultation(consultation, first_shown, publish_at, rules)
    });
    let body = match body {
        Some(body) => fields.markdown(None, body, |at| {
            let at = text.len() - body.len() + at;
            LineStarts::of(text).place(at..at)
        }),
        None => fields.body(),
    }?;

    Some(Article {
        title: title?,
        updated: updated?,
        published: published.or(updated)?,
        author: author?,
        source,
        summary: summary.unwrap_or_else(|| {
            truncate_at_word(&markdown::first_paragraph(&body), SUMMARY_CUT_CHARS)
        }),
        category,
        lang: lang.unwrap_or_else(|| "vi".to_owned()),
        draft,
        publish_at,
        pinned,
        image,
        audio,
        aliases,
        attachments,
        changes,
        document,
        notice,
        consultation,
        body,
    })
}

/// Reads the table `consultation`. `first_shown` is the default of `opens`. `shown_from` is the scheduled
/// publication, before which nobody can see the article or comment.
fn read_consultation(
    fields: &mut FieldReader<'_>,
    first_shown: Option<Timestamp>,
    shown_from: Option<Timestamp>,
    rules: &DocumentRules,
) -> Option<Consultation> {
    let closes_place = fields.place_of_key("closes");
    let (opens, closes) = fields.period("opens", "closes", first_shown);
    if let (Some(period), Some(opens), Some(closes)) = (&rules.consultation, opens, closes)
        && let Some(problem) = period.problem(shown_from.map_or(opens, |at| at.max(opens)), closes)
    {
        fields.error(closes_place, "closes", Cause::OpenTooShort(problem));
    }
    let unit = fields.required_line("unit", MAX_LINE_CHARS);
    let email = fields.line("email", MAX_LINE_CHARS);
    let phone = fields.line("phone", MAX_LINE_CHARS);
    let address = fields.line("address", MAX_LINE_CHARS);
    let issued = fields.slug("issued");
    let mut before = opens;
    let mut announced = None;
    let extended = fields.groups("extended", |extension| {
        let (from_place, on_place) = (extension.place_of_key("from"), extension.place_of_key("on"));
        let from = extension.required_end("from");
        let on = extension.required_time("on");
        let note = extension.line("note", MAX_SUMMARY_CHARS);
        if from.is_some() && closes.is_some() && from >= closes {
            extension.error(from_place, "from", Cause::NotBefore("closes"));
        } else if from.is_some() && from <= before {
            extension.error(from_place, "from", Cause::ExtensionOutOfOrder);
        }
        if on.is_some() && on < announced {
            extension.error(on_place, "on", Cause::AnnouncedOutOfOrder);
        }
        before = from.or(before);
        announced = on.or(announced);
        Some(DeadlineExtension { from: from?, on: on?, note })
    });
    Some(Consultation {
        opens: opens?,
        closes: closes?,
        unit: unit?,
        email,
        phone,
        address,
        issued,
        extended,
    })
}
