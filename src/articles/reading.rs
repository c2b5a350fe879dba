//! Parts of an article's page that help to read it: table of contents, reading time, audio, share links, print.

use cong_core::addresses::Route;
use cong_core::article::{Audio, BaseUrl, Heading, RenderedBody, file_url};
use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::layout::{Within, file_kind};
use crate::site::Language;

/// The reading speed of adults for English non-fiction, in words per minute (M. Brysbaert, How many words do we read
/// per minute?, Journal of Memory and Language 109, 2019).
const ENGLISH_WORDS_A_MINUTE: usize = 238;

/// The reading speed for Vietnamese, in syllables per minute: blanks in Vietnamese text separate syllables, not
/// words. English has about 1.4 syllables per word, and 91 Vietnamese syllables convey as much as 100 English ones
/// (F. Pellegrino and others, A cross-language perspective on speech information rate, Language 87, 2011). So 238
/// English words correspond to about 300 syllables. The same study found that Vietnamese conveys slightly less
/// information per minute, so the value is slightly lower.
const SYLLABLES_A_MINUTE: usize = 280;

/// The maximum number of words of a short article. A longer one fits neither on one screen of a computer nor on two of
/// a phone, so it gets a table of contents and a link to its beginning.
const LONG_WORDS: usize = 400;

/// The minimum number of headings of the first level (`##`) for a table of contents. An article with fewer has none.
const MIN_PARTS: usize = 3;

/// The maximum number of headings in a table of contents. For an article with more headings, it has only those of the
/// first level (`##`).
const MAX_ENTRIES: usize = 60;

/// The characters that are percent-encoded in a part of a URL, such as the value of a parameter: all except the
/// unreserved characters (RFC 3986, section 2.3).
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub fn is_long(body: &RenderedBody) -> bool {
    body.words > LONG_WORDS
}

/// The reading time of a text of `words` words in minutes, rounded; `None` if it is less than one minute. In
/// Vietnamese, a word is here one syllable (`RenderedBody::words`).
fn reading_minutes(language: Language, words: usize) -> Option<usize> {
    let a_minute = match language {
        Language::Vietnamese => SYLLABLES_A_MINUTE,
        Language::English => ENGLISH_WORDS_A_MINUTE,
    };
    (words >= a_minute).then(|| (words + a_minute / 2) / a_minute)
}

pub fn reading_time(within: Within<'_>, body: &RenderedBody) -> Markup {
    let texts = &within.frame.texts().reading;
    html! {
        @if let Some(minutes) = reading_minutes(within.frame.language, body.words) {
            " " span class="reading-time" { "· " ((texts.minutes)(minutes)) }
        }
    }
}

struct ContentsPart<'a> {
    heading: &'a Heading,
    inner: Vec<&'a Heading>,
}

/// Arranges the headings of the two upper levels (`##` and `###`) into entries of the table of contents. A `###`
/// heading that comes before the first `##` heading becomes an entry by itself. If there are more than `MAX_ENTRIES`
/// headings of both levels, the `###` headings below a `##` heading are left out.
fn parts(headings: &[Heading]) -> Vec<ContentsPart<'_>> {
    let is_upper = |heading: &&Heading| heading.level <= 3;
    let with_inner = headings.iter().filter(is_upper).count() <= MAX_ENTRIES;
    let mut parts: Vec<ContentsPart<'_>> = Vec::new();
    for heading in headings.iter().filter(is_upper) {
        match parts.last_mut().filter(|_| heading.level == 3) {
            Some(part) if with_inner => part.inner.push(heading),
            Some(_) => {}
            None => parts.push(ContentsPart { heading, inner: Vec::new() }),
        }
    }
    parts
}

/// The table of contents; empty for a short article or one with few headings (`LONG_WORDS`, `MIN_PARTS`).
pub fn contents(within: Within<'_>, body: &RenderedBody) -> Markup {
    let count = body.headings.iter().filter(|heading| heading.level == 2).count();
    if !is_long(body) || count < MIN_PARTS {
        return html! {};
    }
    let link = |heading: &Heading| html! { a href={ "#" (heading.id) } { (heading.text) } };
    html! {
        nav class="contents" lang=[within.own()] aria-labelledby="muc_luc" {
            h2 id="muc_luc" { (within.frame.texts().reading.contents) }
            ol lang=[within.foreign()] {
                @for ContentsPart { heading, inner } in parts(&body.headings) {
                    li {
                        (link(heading))
                        @if !inner.is_empty() { ol { @for heading in inner { li { (link(heading)) } } } }
                    }
                }
            }
        }
    }
}

pub fn to_top(within: Within<'_>) -> Markup {
    html! {
        p class="to-top" lang=[within.own()] {
            a href="#noi_dung_chinh" { (within.frame.texts().reading.to_top) }
        }
    }
}

/// Links for sharing the page. They work without scripts of the social networks. There is none for Zalo, which offers
/// only a script.
pub fn share(within: Within<'_>, route: &Route, title: &str) -> Markup {
    let texts = within.frame.texts();
    let encoded = |text: &str| utf8_percent_encode(text, COMPONENT).to_string();
    let url = encoded(&within.frame.site.absolute(&route.to_string()));
    let facebook = format!("https://www.facebook.com/sharer/sharer.php?u={url}");
    let mail = format!("mailto:?subject={}&body={url}", encoded(title));
    html! {
        p class="share" lang=[within.own()] {
            (texts.reading.share) ": "
            a href=(facebook) rel="external noopener nofollow" { "Facebook" } " · "
            a href=(mail) { (texts.frame.email) }
        }
    }
}

pub fn print_hint(within: Within<'_>) -> Markup {
    html! {
        p class="print-hint" lang=[within.own()] { (within.frame.texts().reading.print_hint) }
    }
}

/// The list of the addresses that the body links to, numbered as in the text. The stylesheet shows it only in print,
/// where links cannot be followed.
pub fn print_links(within: Within<'_>, route: &Route, body: &RenderedBody) -> Markup {
    let path = route.to_string();
    let base = BaseUrl { site: &within.frame.site.base_url, path: &path };
    html! {
        @if !body.print_links.is_empty() {
            ol class="print-links" {
                @for address in &body.print_links { li { (base.absolute(address)) } }
            }
        }
    }
}

/// The player for an article's audio. Browsers load nothing of the recording before the reader starts it.
pub fn audio_player(within: Within<'_>, audio: &Audio) -> Markup {
    let texts = &within.frame.texts().reading;
    let url = file_url(&audio.file);
    html! {
        figure class="audio" lang=[within.own()] {
            figcaption { (texts.listen) }
            audio controls preload="none" src=(url) {} " "
            a href=(url) download {
                @match &audio.title {
                    Some(title) => (within.text(title)),
                    None => (texts.recording),
                }
                (file_kind(&audio.file))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cong_core::article;
    use cong_core::article::{Article, DocumentRules, Labels};
    use cong_core::vietnamese::Timestamp;

    use crate::catalogue::HotIndex;
    use crate::layout::Frame;
    use crate::site::Site;

    use super::*;

    const LABELS: Labels = Labels { table: "", footnotes: "", back_to_text: "" };

    fn body(markdown: &str, words: usize) -> RenderedBody {
        let filling = "chữ ".repeat(words);
        RenderedBody {
            words,
            ..article::render(&format!("{markdown}\n\n{filling}"), &LABELS, None)
        }
    }

    fn with<T>(lang: &str, make: impl FnOnce(Within<'_>) -> T) -> T {
        let site = Site { base_url: "https://cong.example".into(), ..Site::default() };
        let index = HotIndex::default();
        let frame = Frame::new(&site, &index, Timestamp(0)).in_language(Language::of(lang));
        make(frame.within(lang))
    }

    #[test]
    fn reading_takes_minutes_by_the_language_or_nothing_is_said() {
        let minutes =
            |lang, words| with(lang, |within| reading_time(within, &body("", words)).into_string());
        assert_eq!(minutes("vi", 279), "");
        assert_eq!(minutes("vi", 280), " <span class=\"reading-time\">· 1 phút đọc</span>");
        assert_eq!(minutes("vi", 1_679), " <span class=\"reading-time\">· 6 phút đọc</span>");
        assert_eq!(minutes("en-GB", 238), " <span class=\"reading-time\">· 1 min read</span>");
        assert_eq!(minutes("en", 1_000), " <span class=\"reading-time\">· 4 min read</span>");
        assert_eq!(minutes("hmn", 560), " <span class=\"reading-time\">· 2 phút đọc</span>");
    }

    #[test]
    fn a_long_article_of_several_parts_has_a_table_of_them_in_two_levels() {
        let markdown = "### Mở đầu\n## Một\n### Một <1>\n#### Sâu\n### Hai\n## Hai\n## Ba\n";
        let contents = |lang, words| {
            with(lang, |within| contents(within, &body(markdown, words)).into_string())
        };
        assert_eq!(
            contents("vi", 401),
            "<nav class=\"contents\" aria-labelledby=\"muc_luc\"><h2 id=\"muc_luc\">Nội dung</h2><ol>\
             <li><a href=\"#mo-dau\">Mở đầu</a></li>\
             <li><a href=\"#mot\">Một</a><ol><li><a href=\"#mot-1\">Một &lt;1&gt;</a></li>\
             <li><a href=\"#hai\">Hai</a></li></ol></li>\
             <li><a href=\"#hai-2\">Hai</a></li><li><a href=\"#ba\">Ba</a></li></ol></nav>"
        );
        assert_eq!(contents("vi", 400), "");
        let foreign = contents("hmn", 401);
        assert!(foreign.starts_with("<nav class=\"contents\" lang=\"vi\""), "{foreign}");
        assert!(foreign.contains("</h2><ol lang=\"hmn\">"), "{foreign}");
        assert!(contents("en", 401).contains(">Contents</h2><ol><li>"));
    }

    #[test]
    fn a_table_of_very_many_parts_keeps_to_the_upper_level() {
        let markdown = |inner: usize| format!("## A\n## B\n{}## C\n", "### D\n".repeat(inner));
        let entries = |inner| {
            with("vi", |within| contents(within, &body(&markdown(inner), 500)).into_string())
                .matches("<li>")
                .count()
        };
        assert_eq!((entries(57), entries(58)), (60, 3));
        let two_parts = body("## A\n### B\n### C\n## D\n", 500);
        assert_eq!(with("vi", |within| contents(within, &two_parts).into_string()), "");
    }

    #[test]
    fn a_page_is_passed_on_by_its_whole_address_and_a_title_in_any_letters() {
        let html = with("vi", |within| {
            share(within, &Route::article("lua-can"), "Lúa cạn & \"nước\" 100%").into_string()
        });
        assert_eq!(
            html,
            "<p class=\"share\">Chia sẻ: <a href=\"https://www.facebook.com/sharer/sharer.php?u=\
             https%3A%2F%2Fcong.example%2Fbai-viet%2Flua-can\" rel=\"external noopener nofollow\">Facebook</a> · \
             <a href=\"mailto:?subject=L%C3%BAa%20c%E1%BA%A1n%20%26%20%22n%C6%B0%E1%BB%9Bc%22%20100%25&amp;body=\
             https%3A%2F%2Fcong.example%2Fbai-viet%2Flua-can\">Thư điện tử</a></p>"
        );
    }

    #[test]
    fn paper_has_the_whole_address_of_each_link() {
        let size_of = |_: &str| None;
        let own_page = article::OwnPage { beside: None, size_of: &size_of };
        let body = article::render_own_page(
            "[a](/tin-bai) [b](khac) [c](https://x.vn/?a=1&b=2)",
            &LABELS,
            own_page,
        );
        let html =
            with("vi", |within| print_links(within, &Route::article("mot"), &body).into_string());
        assert_eq!(
            html,
            "<ol class=\"print-links\"><li>https://cong.example/tin-bai</li>\
             <li>https://cong.example/bai-viet/khac</li><li>https://x.vn/?a=1&amp;b=2</li></ol>"
        );
    }

    #[test]
    fn a_recording_is_offered_to_listen_and_to_keep() {
        let document = "+++\ntitle = \"A\"\nupdated = 2026-01-01\nauthor = \"B\"\nlang = \"hmn\"\n\
                        audio = { file = \"Bài 1.mp3\", title = \"Lus\" }\n+++\nC";
        let parsed = article::parse(document.as_bytes(), &DocumentRules::default()).unwrap();
        let Article { audio: Some(mut recording), .. } = parsed.article else { panic!() };
        let html =
            |recording: &Audio| with("hmn", |within| audio_player(within, recording).into_string());
        assert_eq!(
            html(&recording),
            "<figure class=\"audio\" lang=\"vi\"><figcaption>Nghe bài này</figcaption>\
             <audio controls preload=\"none\" src=\"/tep/B%C3%A0i%201.mp3\"></audio> \
             <a href=\"/tep/B%C3%A0i%201.mp3\" download><span lang=\"hmn\">Lus</span> (MP3)</a></figure>"
        );
        recording.title = None;
        assert!(html(&recording).contains(" download>Tải bản ghi âm (MP3)</a>"));
    }
}
