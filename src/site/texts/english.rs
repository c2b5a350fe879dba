//! The texts of the page frame (header, navigation, footer) in English. Most pages to which they link are in
//! Vietnamese. Where that matters, the text says so.

use chrono::Datelike;
use cong_core::article::Labels;
use cong_core::vietnamese::{Timestamp, grouped};

use super::types::{
    ArticleTexts, DraftTexts, Forms, FrameTexts, HomeTexts, ListTexts, RatingTexts, ReadingTexts,
    Texts,
};

pub static ENGLISH: Texts = Texts {
    frame: FrameTexts {
        language: "English",
        skip: "Skip to main content",
        quick_search: "Quick search",
        search_label: "Search all articles",
        search_placeholder: "Articles, documents",
        search: "Search",
        navigation: "Main",
        home: "Home",
        articles: "All articles",
        drafts: "Drafts for comment",
        feedback: "Feedback",
        questions: "Questions and answers",
        site_map: "Site map",
        contact: "Contact",
        notice: "Notice",
        responsible: "Responsible for the content",
        address: "Address",
        phone: "Telephone",
        email: "E-mail",
        look_up: "Look up a submission",
        privacy: "Privacy",
        feed: "News feed (Atom)",
        sign_in: "Sign in",
        feed_of_all: "All articles in all languages",
        feed_of_category: "This category",
    },
    list: ListTexts {
        latest: "Latest articles",
        all: "All articles in English",
        none: "There are no articles in English yet.",
        pinned: "Featured",
        pages: "Pages",
        page: "Page",
        previous_page: "‹ Previous page",
        next_page: "Next page ›",
    },
    home: HomeTexts {
        all_drafts: "All drafts (in Vietnamese)",
        categories: "Categories",
        all_categories: "All categories (in Vietnamese)",
        feedback: "Feedback and questions",
        about_feedback: "Send feedback, a question or a petition to the office; each submission gets a receipt code. The form is in Vietnamese; you may write in English.",
        send_feedback: "Send feedback",
        answered_questions: "Questions answered so far (in Vietnamese)",
    },
    article: ArticleTexts {
        place: "You are here",
        updated: "Updated",
        document: "About this document",
        number: "Number",
        kind: "Type of document",
        issuer: "Issued by",
        parent: "Governing body",
        issued_on: "Date of issue",
        issued_at: "Place of issue",
        signer: "Signed by",
        source: "Source",
        original: "Source text",
        attachments: "Attachments",
        related: "Related articles",
        history: "Changes to this page",
        extended: |until, before| {
            let (until, before) = (hour_and_date(until), hour_and_date(before));
            format!("Comments are taken until {until} (previously: until {before}).")
        },
        neighbours: "Previous and next article",
        previous: "‹ Previous in this category",
        next: "Next in this category ›",
        report: "Comment on this article or report a mistake in it",
        preview: "Preview",
        markdown: Labels {
            table: "Table",
            footnotes: "Footnotes",
            back_to_text: "Back to reference",
        },
    },
    reading: ReadingTexts {
        contents: "Contents",
        minutes: |minutes| format!("{} min read", count(minutes)),
        to_top: "Back to top",
        share: "Share",
        print_hint: "In print (Ctrl+P) this page is a clean sheet, with the addresses of its links at the end.",
        listen: "Listen to this article",
        recording: "Download the recording",
    },
    draft: DraftTexts {
        not_yet_open: "Opens for comment soon",
        open: "Open for comment",
        closed: "Closed for comment, comments are being compiled",
        answered: "Comments have been answered",
        issued: "Issued",
        opens: "Comments taken from",
        closes: "Until",
        open_until: "Comments taken until",
        local_time: "Viet Nam time",
        days_left: |days| match days {
            0 => "today is the last day".to_owned(),
            1 => "1 day left".to_owned(),
            days => format!("{days} days left"),
        },
        extended_on: "Extended on",
        open_until_before: "Previously, comments were taken until",
        unit: "Comments compiled by",
        comments: "Comments",
        received,
        comment: "Comment on this draft",
        comment_clause,
        answers: "Report on the comments and their answers",
        issued_document: "The document as issued",
        comparison: "Compare the draft with the document as issued",
        released_comments: "Comments published so far",
        record: "Public record of comments",
        other_ways: "Other ways to comment",
    },
    rating: RatingTexts {
        question: "Was this information useful?",
        remark: "Any remarks",
        remark_hint: "(optional; please give no personal information)",
        yes: "Useful",
        no: "Not useful",
        thanks: "Thank you for your rating",
        purpose: "Ratings serve to improve the content only. Nobody records who rated, and ratings get no reply.",
        for_answer: ["If you need a reply,", "send feedback", "and keep the receipt code."],
        back: "Back to the article",
        again: "Rate this article",
        not_taken: "Your rating was not recorded",
        about: "About the article",
        error: "Error",
        no_button: "Please press one of the two buttons.",
        too_long: |limit| {
            format!(
                "Remarks may have up to {limit} characters; please shorten yours and try again."
            )
        },
        too_many: "There were too many ratings from your network just now. Please wait a minute and try again.",
        not_stored: "The rating could not be stored just now. Please wait a minute and try again.",
    },
    forms: Forms { count, date, date_time, hour_and_date },
};

/// Formats a number with commas as thousands separators: `20,000`.
fn count(number: usize) -> String {
    grouped(number).replace('.', ",")
}

/// Formats a date as `5 July 2019`.
fn date(at: Timestamp) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let day = at.day();
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// Formats a time as `5 July 2019, 09:30`.
fn date_time(at: Timestamp) -> String {
    format!("{}, {}", date(at), hour(at))
}

/// Formats a time as `09:30 on 5 July 2019`.
fn hour_and_date(at: Timestamp) -> String {
    format!("{} on {}", hour(at), date(at))
}

fn hour(at: Timestamp) -> String {
    let minutes = at.seconds_of_day() / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn received(all: u32, withdrawn: u32) -> String {
    let mut text = format!("{} received", count(all as usize));
    if withdrawn > 0 {
        text.push_str(&format!(", {} of them withdrawn", count(withdrawn as usize)));
    }
    text
}

/// The text of the link to comment on a clause. The first word of the clause's heading tells the kind of clause, such
/// as "chapter" or "article".
fn comment_clause(heading: &str) -> &'static str {
    let first = heading.split_whitespace().next().unwrap_or_default().to_lowercase();
    match first.trim_end_matches(['.', ':']) {
        "chapter" => "Comment on this chapter",
        "section" => "Comment on this section",
        "article" => "Comment on this article",
        "clause" => "Comment on this clause",
        "annex" => "Comment on this annex",
        "appendix" => "Comment on this appendix",
        _ => "Comment on this part",
    }
}
