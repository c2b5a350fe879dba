//! The panel about the consultation in a draft's article: its state, its dates, and how to comment.

use cong_core::addresses::{About, DraftPage, Part, Route};
use cong_core::article::{Consultation, DeadlineExtension, Heading};
use cong_core::consultation::{ConsultationState, days_left, is_clause_id};
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::comments::Tally;
use crate::layout::{Frame, Within, phone_digits};
use crate::site::Texts;

/// The panel about a draft's consultation. In the preview for editors (`is_for_readers` is false), it has no links to
/// pages that may not exist yet.
pub fn consultation_panel(
    within: Within<'_>,
    slug: &str,
    consultation: &Consultation,
    tally: Option<&Tally>,
    is_for_readers: bool,
) -> Markup {
    let frame = within.frame;
    let texts = &frame.texts().draft;
    let answered_at = tally.and_then(|tally| tally.answered_at);
    let state = ConsultationState::at(consultation, answered_at, frame.now);
    html! {
        section class={ "panel consultation " (class_of(state)) } lang=[within.own()] aria-labelledby="lay_y_kien" {
            h2 id="lay_y_kien" { (state_name(frame.texts(), state)) }
            dl {
                div {
                    dt { (texts.opens) }
                    dd { (frame.hour_and_date(consultation.opens)) ", " (texts.local_time) }
                }
                div {
                    dt { (texts.closes) }
                    dd {
                        strong { (frame.hour_and_date(consultation.closes)) } ", " (texts.local_time)
                        @if state == ConsultationState::Open {
                            " – " strong { (time_left(frame, consultation.closes)) }
                        }
                    }
                }
                @for extension in &consultation.extended { (extended(within, extension)) }
                div { dt { (texts.unit) } dd { (within.text(&consultation.unit)) } }
                @if let Some(tally) = tally.filter(|_| state != ConsultationState::NotYetOpen) {
                    div {
                        dt { (texts.comments) }
                        dd { ((texts.received)(tally.received, tally.withdrawn)) }
                    }
                }
            }
            @if is_for_readers { (ways(frame, slug, consultation, state, answered_at)) }
            (contact(within, consultation, state))
        }
    }
}

/// The CSS class for the state of the consultation.
fn class_of(state: ConsultationState) -> &'static str {
    match state {
        ConsultationState::NotYetOpen => "is-coming",
        ConsultationState::Open => "is-open",
        ConsultationState::Closed => "is-closed",
        ConsultationState::Answered | ConsultationState::Issued => "is-done",
    }
}

/// Links to the form for comments, to the answers, to the comments and to the ledger of a draft, as far as its state
/// allows.
fn ways(
    frame: Frame<'_>,
    slug: &str,
    consultation: &Consultation,
    state: ConsultationState,
    answered_at: Option<Timestamp>,
) -> Markup {
    let (texts, hreflang) = (&frame.texts().draft, frame.vietnamese());
    let form =
        Route::Feedback { about: Some(About::Draft { slug: slug.to_owned(), clause: None }) };
    html! {
        @if state == ConsultationState::Open {
            p { a class="button" href=(form) hreflang=[hreflang] { (texts.comment) } }
        }
        (results(frame, slug, consultation, answered_at))
        @if state != ConsultationState::NotYetOpen {
            p {
                a href=(Route::draft(slug, DraftPage::Comments(Part::ALL))) hreflang=[hreflang] {
                    (texts.released_comments)
                }
                " · "
                a href=(Route::draft(slug, DraftPage::Record)) hreflang=[hreflang] { (texts.record) }
            }
        }
    }
}

/// The name of a consultation's state. It is the heading of the panel, and of each section in the list of drafts.
pub fn state_name(texts: &Texts, state: ConsultationState) -> &'static str {
    match state {
        ConsultationState::NotYetOpen => texts.draft.not_yet_open,
        ConsultationState::Open => texts.draft.open,
        ConsultationState::Closed => texts.draft.closed,
        ConsultationState::Answered => texts.draft.answered,
        ConsultationState::Issued => texts.draft.issued,
    }
}

/// A link beside the heading of a clause. It leads to the form for comments, with this clause chosen.
pub fn clause_link(within: Within<'_>, slug: &str, heading: &Heading) -> Markup {
    let frame = within.frame;
    let about = About::Draft { slug: slug.to_owned(), clause: Some(heading.id.clone()) };
    html! {
        @if is_clause_id(&heading.id) && !heading.text.is_empty() {
            p class="comment-clause" lang=[within.own()] {
                a href=(Route::Feedback { about: Some(about) }) hreflang=[frame.vietnamese()]
                    rel="nofollow" {
                    ((frame.texts().draft.comment_clause)(&heading.text))
                    span class="visually-hidden" { ": " (within.text(&heading.text)) }
                }
            }
        }
    }
}

/// How many days are left until an open consultation closes, in words.
pub fn time_left(frame: Frame<'_>, closes: Timestamp) -> String {
    (frame.texts().draft.days_left)(days_left(closes, frame.now))
}

/// Links to the answers to the comments and to the issued text (the legal document that was made from the draft), if
/// they exist.
pub fn results(
    frame: Frame<'_>,
    slug: &str,
    consultation: &Consultation,
    answered_at: Option<Timestamp>,
) -> Markup {
    let (texts, hreflang) = (&frame.texts().draft, frame.vietnamese());
    html! {
        @if answered_at.is_some() {
            p {
                a href=(Route::draft(slug, DraftPage::Answers(Part::ALL))) hreflang=[hreflang] {
                    (texts.answers)
                }
            }
        }
        @if let Some(issued) = &consultation.issued {
            p {
                a href=(Route::article(issued)) { (texts.issued_document) } " · "
                a href=(Route::draft(slug, DraftPage::Comparison { page: 1 })) hreflang=[hreflang] {
                    (texts.comparison)
                }
            }
        }
    }
}

fn extended(within: Within<'_>, extension: &DeadlineExtension) -> Markup {
    let (frame, texts) = (within.frame, &within.frame.texts().draft);
    html! {
        div {
            dt { (texts.extended_on) " " (frame.date(extension.on)) }
            dd {
                (texts.open_until_before) " " (frame.hour_and_date(extension.from))
                @if let Some(note) = &extension.note { ". " (within.text(note)) }
            }
        }
    }
}

/// How to reach the people who run the consultation. What the draft does not say is taken from the office's settings.
fn contact(within: Within<'_>, consultation: &Consultation, state: ConsultationState) -> Markup {
    let frame = within.frame;
    let (site, texts) = (frame.site, frame.texts());
    let email = consultation.email.as_ref().or(site.email.as_ref());
    let phone = consultation.phone.as_ref().or(site.phone.as_ref());
    let own_address = consultation.address.as_ref().map(|address| within.text(address));
    let address = own_address.or_else(|| frame.office().address.map(|said| frame.said(said)));
    let is_taken = matches!(state, ConsultationState::NotYetOpen | ConsultationState::Open);
    html! {
        @if email.is_some() || phone.is_some() || address.is_some() {
            h3 { @if is_taken { (texts.draft.other_ways) } @else { (texts.frame.contact) } }
            dl {
                @if let Some(email) = email {
                    div {
                        dt { (texts.frame.email) }
                        dd { a href=(format!("mailto:{email}")) { (email) } }
                    }
                }
                @if let Some(phone) = phone {
                    div {
                        dt { (texts.frame.phone) }
                        dd { a href=(format!("tel:{}", phone_digits(phone))) { (phone) } }
                    }
                }
                @if let Some(address) = address {
                    div { dt { (texts.frame.address) } dd { (address) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cong_core::vietnamese::WrittenTime;

    use crate::catalogue::HotIndex;
    use crate::consultations::comments::Tally;
    use crate::site::Site;

    use super::*;

    fn at(text: &str) -> Timestamp {
        WrittenTime::parse(text).unwrap().start()
    }

    fn panel(consultation: &Consultation, tally: Option<&Tally>, now: &str) -> String {
        let site = Site {
            email: Some("office@example.vn".into()),
            phone: Some("0202 1".into()),
            ..Site::default()
        };
        let index = HotIndex::default();
        let within = Frame::new(&site, &index, at(now)).within("vi");
        consultation_panel(within, "quy-che", consultation, tally, true).into_string()
    }

    fn consultation() -> Consultation {
        Consultation {
            opens: at("2026-12-01T08:00"),
            closes: at("2026-12-31T17:00"),
            unit: "Ban Tư vấn".into(),
            email: Some("draft@example.vn".into()),
            phone: None,
            address: None,
            issued: None,
            extended: Vec::new(),
        }
    }

    #[track_caller]
    fn assert_says(panel: &str, said: &[&str], unsaid: &[&str]) {
        for text in said {
            assert!(panel.contains(text), "{text:?} is not in {panel}");
        }
        for text in unsaid {
            assert!(!panel.contains(text), "{text:?} is in {panel}");
        }
    }

    #[test]
    fn the_form_is_offered_while_the_consultation_is_open_and_the_days_are_counted() {
        let form = "href=\"/gop-y?du-thao=quy-che\"";
        let other_ways = "Gửi ý kiến bằng cách khác";
        for (now, said, unsaid) in [
            ("2026-12-01T07:59:59", &["Sắp lấy ý kiến", other_ways][..], &[form, "còn "][..]),
            ("2026-12-01T08:00:00", &["Đang lấy ý kiến", form, other_ways, "còn 30 ngày"], &[]),
            ("2026-12-30T23:59:59", &["còn 1 ngày", form], &["ngày cuối"]),
            ("2026-12-31T00:00:00", &["hôm nay là ngày cuối", form], &["còn "]),
            ("2026-12-31T17:00:00", &["hôm nay là ngày cuối", form], &["còn "]),
            ("2026-12-31T17:00:01", &["Đã hết hạn góp ý"], &[form, "ngày cuối", other_ways]),
        ] {
            assert_says(&panel(&consultation(), None, now), said, unsaid);
        }
    }

    #[test]
    fn comments_are_counted_once_it_is_open_and_their_answers_are_linked_once_they_are_out() {
        let mut tally = Tally { received: 1_200, ..Tally::default() };
        let answers = "/du-thao/quy-che/tiep-thu";
        let before = panel(&consultation(), Some(&tally), "2026-11-30");
        assert_says(&before, &["Sắp lấy ý kiến"], &["Đã nhận", answers]);
        let open = panel(&consultation(), Some(&tally), "2026-12-02");
        assert_says(&open, &["Đã nhận 1.200 ý kiến<"], &["rút lại", answers]);
        tally.withdrawn = 3;
        tally.answered_at = Some(at("2027-01-20"));
        let answered = panel(&consultation(), Some(&tally), "2027-01-20");
        let said = ["Đã tiếp thu, giải trình", "Đã nhận 1.200 ý kiến, 3 đã rút lại", answers];
        assert_says(&answered, &said, &[]);
        assert_says(&panel(&consultation(), None, "2027-01-20"), &[], &["Đã nhận", answers]);
    }

    #[test]
    fn what_the_document_does_not_say_is_the_offices_own() {
        let panel = panel(&consultation(), None, "2026-12-02");
        assert_says(&panel, &["draft@example.vn", "0202 1"], &["office@example.vn", "Địa chỉ"]);
    }

    #[test]
    fn an_extension_shows_with_the_deadline_before() {
        let mut consultation = consultation();
        consultation.extended = vec![DeadlineExtension {
            from: at("2026-12-21T17:00"),
            on: at("2026-12-18T09:00"),
            note: Some("Theo đề nghị của hội viên.".into()),
        }];
        let panel = panel(&consultation, None, "2026-12-02");
        let said = [
            ">18/12/2026</time>",
            "Trước đó nhận ý kiến đến 17:00 ngày 21/12/2026. Theo đề nghị của hội viên.",
            "17:00 ngày 31/12/2026",
        ];
        assert_says(&panel, &said, &[]);
    }
}
