//! The fields of a document: which exist, which are required, and which values they may have.

use std::cell::LazyCell;

use super::consultation::{Consultation, DeadlineExtension};
use super::legal_document_fields::read_legal_document;
use super::line_starts::LineStarts;
use super::model::{Article, ArticleAttachment, ArticleChange, Audio, LeadImage, NoticePeriod};
use super::node::FieldTable;
use super::plain_text::first_paragraph;
use super::problem::{Cause, DocumentProblem};
use super::reader::{FieldReader, MAX_LINE_CHARS, MAX_TITLE_CHARS};
use super::rules::DocumentRules;
use crate::vietnamese::{Timestamp, truncate_at_word};

const MAX_SUMMARY_CHARS: usize = 600;
/// The maximum length of a summary that is made from the first paragraph, in characters. A longer paragraph is cut.
const SUMMARY_CUT_CHARS: usize = 240;

/// Makes an article from the fields of a document. `text` is the whole document. `body` is the Markdown after the front
/// matter in TOML form, and `None` in JSON form. If no article is returned, at least one of the problems is an error.
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
    let document = fields.group("document", |document| Some(read_legal_document(document)));
    let first_shown = published.or(updated);
    let notice = fields.group("notice", |notice| {
        let (from, until) = notice.period("from", "until", first_shown);
        Some(NoticePeriod { from: from?, until: until? })
    });
    let consultation = fields.group("consultation", |consultation| {
        read_consultation(consultation, first_shown, publish_at, rules)
    });
    let lines = LazyCell::new(|| LineStarts::of(text));
    let body = match body {
        Some(body) => fields.markdown(None, body, |range| {
            let start = text.len() - body.len();
            lines.place(start + range.start..start + range.end)
        }),
        None => fields.body(),
    }?;

    Some(Article {
        title: title?,
        updated: updated?,
        published: published.or(updated)?,
        author: author?,
        source,
        summary: summary
            .unwrap_or_else(|| truncate_at_word(&first_paragraph(&body), SUMMARY_CUT_CHARS)),
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

/// Reads the table `consultation`. `first_shown` is the time in the field `published`, or in `updated` if there is no
/// `published`; it is the default of `opens`. `shown_from` is the scheduled time of publication, before which nobody
/// can see the article or comment on it.
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

#[cfg(test)]
mod tests {
    use super::super::document::parse;
    use super::*;
    use crate::periods::MinimumPeriod;

    /// The text of a document with these fields in addition to the required ones.
    fn with_fields(fields: &str) -> String {
        format!(
            "+++\ntitle = \"Một\"\nupdated = 2019-07-05T09:30:33+07:00\nauthor = \"An\"\n{fields}\n+++\nNội dung.\n"
        )
    }

    /// The problems of a draft with these fields, under a rule that a consultation lasts at least twenty days.
    fn problems_of_draft(fields: &str) -> Vec<String> {
        let rules = DocumentRules { consultation: MinimumPeriod::parse("20 ngày; Luật X") };
        let problems = parse(with_fields(fields).as_bytes(), &rules).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn short_consultation_is_an_error_at_its_closing_time() {
        let draft = "[consultation]\nunit = \"Ban\"\nopens = 2026-12-01T08:00:00\n";
        for closes in ["2026-12-21", "2026-12-21T23:59:59", "2027-01-15T17:00:00"] {
            assert!(problems_of_draft(&format!("{draft}closes = {closes}")).is_empty(), "{closes}");
        }
        for closes in ["2026-12-20", "2026-12-21T23:59:58", "2026-12-21T17:00:00"] {
            let found = problems_of_draft(&format!("{draft}closes = {closes}"));
            assert_eq!(found.len(), 1, "{closes}: {found:?}");
            let start = "dòng 8, trường “consultation.closes”: thời gian lấy ý kiến quá ngắn: mở lúc \
                         01/12/2026 08:00:00 thì sớm nhất đóng lúc 21/12/2026 23:59:59";
            assert!(found[0].starts_with(start) && found[0].contains("Luật X"), "{found:?}");
        }
        let unchecked = parse(
            with_fields(&format!("{draft}closes = 2026-12-02")).as_bytes(),
            &DocumentRules::default(),
        );
        assert!(unchecked.is_ok(), "{unchecked:?}");
    }

    #[test]
    fn consultation_opens_at_publication_at_the_earliest() {
        let draft = |publish_at: &str, opens: &str| {
            problems_of_draft(&format!(
                "publish_at = {publish_at}\n[consultation]\n{opens}closes = 2026-12-21\nunit = \"Ban\""
            ))
        };
        let opens = "opens = 2026-11-20\n";
        assert!(draft("2026-12-01T23:59:59", opens).is_empty());
        let found = draft("2026-12-02T00:00:00", opens);
        assert!(found[0].contains("mở lúc 02/12/2026 00:00:00 thì sớm nhất đóng lúc 22/12/2026"));
        // Without the field `opens`, a draft opens when its article becomes public.
        assert!(draft("2026-12-01T08:00:00", "").is_empty());
        assert_eq!(draft("2026-12-02T08:00:00", "").len(), 1);
    }

    #[test]
    fn extensions_must_be_in_order() {
        let draft = |extended: &str| {
            problems_of_draft(&format!(
                "[consultation]\nunit = \"Ban\"\nopens = 2026-12-01\ncloses = 2026-12-31\n{extended}"
            ))
        };
        let extension =
            |from: &str, on: &str| format!("[[consultation.extended]]\nfrom = {from}\non = {on}\n");
        let (first, second) =
            (extension("2026-12-10", "2026-12-09"), extension("2026-12-20", "2026-12-19"));
        assert!(draft(&format!("{first}{second}")).is_empty());
        let wrong = |extended: &str, line: usize, field: &str| {
            let found = draft(extended);
            let start = format!("dòng {line}, trường “consultation.extended[{field}”: ");
            assert!(found.len() == 1 && found[0].starts_with(&start), "{start}: {found:?}");
        };
        wrong(&extension("2026-12-31", "2026-12-09"), 10, "1].from");
        wrong(&extension("2026-11-30", "2026-11-29"), 10, "1].from");
        wrong(&format!("{second}{first}").replace("-09", "-19"), 13, "2].from");
        wrong(&format!("{first}{}", second.replace("-19", "-08")), 14, "2].on");
        wrong("[[consultation.extended]]\nfrom = 2026-12-10\n", 9, "1].on");
    }
}
