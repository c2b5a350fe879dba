//! The panel of an article with a draft: where its consultation stands, until when and how comments are taken.

use maud::{Markup, html};

use super::layout::phone_digits;
use super::parts::date;
use crate::article::{Consultation, Extension, Heading};
use crate::consultation::{State, Tally, comment_label, days_left, is_clause_id};
use crate::routes::{About, DraftPage, Part, Route};
use crate::site::Site;
use crate::vietnamese::{Instant, grouped};

/// `tally` is `None` where nobody knows now.
pub fn consultation_panel(
    site: &Site,
    slug: &str,
    consultation: &Consultation,
    tally: Option<&Tally>,
    now: Instant,
) -> Markup {
    let answered_at = tally.and_then(|tally| tally.answered_at);
    let state = State::at(consultation, answered_at, now);
    let form =
        Route::Feedback { about: Some(About::Draft { slug: slug.to_owned(), clause: None }) };
    html! {
        section class="panel consultation" lang="vi" aria-labelledby="lay_y_kien" {
            h2 id="lay_y_kien" { (state_name(state)) }
            dl {
                div {
                    dt { "Nhận ý kiến từ" }
                    dd { (consultation.opens.hour_and_date()) ", giờ Việt Nam" }
                }
                div {
                    dt { "Đến hết" }
                    dd {
                        strong { (consultation.closes.hour_and_date()) } ", giờ Việt Nam"
                        @if state == State::Open {
                            " – " strong { (time_left(consultation.closes, now)) }
                        }
                    }
                }
                @for extension in &consultation.extended { (extended(extension)) }
                div { dt { "Đơn vị tổng hợp" } dd { (consultation.unit) } }
                @if let Some(tally) = tally.filter(|_| state != State::NotYetOpen) {
                    div { dt { "Ý kiến" } dd { (received(tally)) } }
                }
            }
            @if state == State::Open {
                p { a class="button" href=(form) { "Góp ý dự thảo này" } }
            }
            (results(slug, consultation, answered_at))
            @if state != State::NotYetOpen {
                p {
                    a href=(Route::draft(slug, DraftPage::Comments(Part::ALL))) { "Ý kiến đã công bố" } " · "
                    a href=(Route::draft(slug, DraftPage::Record)) { "Sổ cái góp ý" }
                }
            }
            (contact(site, consultation, state))
        }
    }
}

/// The heading of the panel, and of a section of the list.
pub fn state_name(state: State) -> &'static str {
    match state {
        State::NotYetOpen => "Sắp lấy ý kiến",
        State::Open => "Đang lấy ý kiến",
        State::Closed => "Đã hết hạn góp ý, đang tổng hợp ý kiến",
        State::Answered => "Đã tiếp thu, giải trình",
        State::Issued => "Đã ban hành",
    }
}

/// Beside the heading of a clause, while comments on it are taken.
pub fn clause_link(slug: &str, heading: &Heading) -> Markup {
    let about = About::Draft { slug: slug.to_owned(), clause: Some(heading.id.clone()) };
    html! {
        @if is_clause_id(&heading.id) && !heading.text.is_empty() {
            p class="comment-clause" lang="vi" {
                a href=(Route::Feedback { about: Some(about) }) rel="nofollow" {
                    (comment_label(&heading.text))
                    span class="visually-hidden" { ": " (heading.text) }
                }
            }
        }
    }
}

/// Of an open consultation.
pub fn time_left(closes: Instant, now: Instant) -> String {
    match days_left(closes, now) {
        0 => "hôm nay là ngày cuối".to_owned(),
        days => format!("còn {days} ngày"),
    }
}

/// Links to the answers to the comments and to what was issued, as far as there are any.
pub fn results(slug: &str, consultation: &Consultation, answered_at: Option<Instant>) -> Markup {
    html! {
        @if answered_at.is_some() {
            p {
                a href=(Route::draft(slug, DraftPage::Answers(Part::ALL))) {
                    "Xem báo cáo tiếp thu, giải trình"
                }
            }
        }
        @if let Some(issued) = &consultation.issued {
            p {
                a href=(Route::article(issued)) { "Xem văn bản đã ban hành" } " · "
                a href=(Route::draft(slug, DraftPage::Comparison { page: 1 })) {
                    "So sánh dự thảo với văn bản đã ban hành"
                }
            }
        }
    }
}

fn extended(extension: &Extension) -> Markup {
    html! {
        div {
            dt { "Gia hạn ngày " (date(extension.on)) }
            dd {
                "Trước đó nhận ý kiến đến " (extension.from.hour_and_date())
                @if let Some(note) = &extension.note { ". " (note) }
            }
        }
    }
}

fn received(tally: &Tally) -> Markup {
    html! {
        "Đã nhận " (grouped(tally.received as usize)) " ý kiến"
        @if tally.withdrawn > 0 { ", " (grouped(tally.withdrawn as usize)) " đã rút lại" }
    }
}

/// What the document does not say is the office's own.
fn contact(site: &Site, consultation: &Consultation, state: State) -> Markup {
    let email = consultation.email.as_ref().or(site.email.as_ref());
    let phone = consultation.phone.as_ref().or(site.phone.as_ref());
    let address = consultation.address.as_ref().or(site.address.as_ref());
    let is_taken = matches!(state, State::NotYetOpen | State::Open);
    html! {
        @if email.is_some() || phone.is_some() || address.is_some() {
            h3 { @if is_taken { "Gửi ý kiến bằng cách khác" } @else { "Liên hệ" } }
            dl {
                @if let Some(email) = email {
                    div {
                        dt { "Thư điện tử" }
                        dd { a href=(format!("mailto:{email}")) { (email) } }
                    }
                }
                @if let Some(phone) = phone {
                    div {
                        dt { "Điện thoại" }
                        dd { a href=(format!("tel:{}", phone_digits(phone))) { (phone) } }
                    }
                }
                @if let Some(address) = address { div { dt { "Địa chỉ" } dd { (address) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::Written;

    fn at(text: &str) -> Instant {
        Written::parse(text).unwrap().start()
    }

    fn panel(consultation: &Consultation, tally: Option<&Tally>, now: &str) -> String {
        let site = Site {
            email: Some("office@example.vn".into()),
            phone: Some("0202 1".into()),
            ..Site::default()
        };
        consultation_panel(&site, "quy-che", consultation, tally, at(now)).into_string()
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
        let mut tally = Tally { received: 1_200, withdrawn: 0, answered_at: None };
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
        consultation.extended = vec![Extension {
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
