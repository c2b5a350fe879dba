//! Tests of the pages in Chromium: without scripts, in both themes, on narrow and on wide screens.

mod axe;
mod chromium;
mod coverage;
mod inspection;
mod journeys;
mod layout;
mod pages;
mod paper;
mod stage;
mod tab;
mod validity;

use chromium::chromium;
use stage::stage;

use inspection::{Found, inspection};

/// Fails if the inspection found problems of one sort on any kind of page. `of` selects the sort.
#[track_caller]
fn assert_no_problems(of: impl Fn(&Found) -> Vec<String>) {
    let all = inspection();
    let lines: Vec<String> = all
        .iter()
        .flat_map(|found| {
            let name = found.kind.name;
            of(found).into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    let pictures = inspection::screenshots();
    assert!(
        lines.is_empty(),
        "{} problems:\n{}\nPictures are in {}",
        lines.len(),
        lines.join("\n"),
        pictures.display()
    );
}

#[test]
fn every_kind_of_page_loads_and_shows_its_content() {
    assert_no_problems(|found| found.failures.clone());
}

#[test]
fn every_page_passes_axe_in_every_theme_and_width() {
    assert_no_problems(|found| found.violations.clone());
}

#[test]
fn no_page_scrolls_sideways_on_a_narrow_screen_or_magnified_four_times() {
    assert_no_problems(|found| found.overflows.clone());
}

#[test]
fn text_with_increased_spacing_is_neither_cut_off_nor_overlapping() {
    assert_no_problems(|found| found.crowded.clone());
}

#[test]
fn home_and_articles_load_without_layout_shifts() {
    assert_no_problems(|found| {
        let is_read =
            ["home", "article", "draft"].iter().any(|name| found.kind.name.starts_with(name));
        if is_read { found.moved.clone() } else { Vec::new() }
    });
}

#[test]
fn no_page_logs_to_the_console_or_requests_other_sites_or_missing_files() {
    assert_no_problems(|found| {
        let heard = &found.heard;
        let elsewhere = heard.requests.iter().filter(|url| !url.starts_with(&found.origin));
        let elsewhere = elsewhere.map(|url| format!("asked for {url}"));
        let failed = heard.failures.iter().map(|failure| format!("failed: {failure}"));
        heard.messages.iter().cloned().chain(elsewhere).chain(failed).collect()
    });
}

#[test]
fn every_page_is_valid_html() {
    assert_no_problems(validity::parse_errors);
    let told = validity::checked(&inspection());
    assert!(told.is_empty(), "{} problems:\n{}", told.len(), told.join("\n"));
}

#[test]
fn the_browser_understands_every_declaration_of_the_stylesheets() {
    let mut tab = chromium().tab();
    let told: Vec<String> = ["/", "/bien-tap"]
        .into_iter()
        .flat_map(|path| {
            let page = stage().get(path).text();
            let (_, link) = page.split_once("<link rel=\"stylesheet\" href=\"").unwrap();
            let css = stage().get(link.split('"').next().unwrap()).assert_status(200).text();
            let unknown = validity::misunderstood(&mut tab, &css);
            unknown.into_iter().map(move |line| format!("of {path}: {line}"))
        })
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn the_checks_of_pages_find_deliberate_defects() {
    let mut tab = chromium().tab();
    tab.resize(360, 800, 1.0);
    tab.open(&format!("{}/bai-viet/mot-tu", stage().origin()));
    tab.ask::<()>(
        "(() => {
            document.documentElement.removeAttribute('lang');
            const heading = document.querySelector('h1');
            heading.style.color = '#eee';
            heading.style.backgroundColor = '#fff';
            heading.style.inlineSize = '2000px';
            heading.style.blockSize = '3px';
            heading.style.overflowY = 'hidden';
            heading.parentElement.style.overflow = 'visible';
        })()",
    );
    axe::load(&mut tab);
    let broken = |told: Vec<axe::Violation>| {
        told.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let all = broken(axe::violations(&mut tab, axe::Rules::All));
    assert!(all.contains("html-has-lang: html") && all.contains("color-contrast: h1"), "{all}");
    let seen = broken(axe::violations(&mut tab, axe::Rules::OfSight));
    assert!(seen.contains("color-contrast: h1"), "{seen}");
    assert!(!layout::overflows(&mut tab).is_empty());
    layout::space_out(&mut tab);
    let crowded = layout::crowded(&mut tab);
    assert!(crowded.iter().any(|problem| problem.starts_with("cut off: ")), "{crowded:?}");
    let unknown = validity::misunderstood(
        &mut tab,
        &format!("{}b {{ colour: red }}", "a { color: red }".repeat(21)),
    );
    assert_eq!(unknown, ["colour: red"]);
}
