//! Inspects every kind of page: loads it once, and checks it in every theme and at every width. The tests share the
//! results.

use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::axe::{self, Rules};
use super::chromium::chromium;
use super::layout;
use super::pages::{Kind, PAGES, Reader};
use super::stage::{bare, stage};
use super::tab::{Heard, Scheme, Tab};
use crate::harness::{Portal, form_token, root};

/// The widths, in CSS pixels, of a phone and of a desktop screen.
const WIDTHS: [i64; 2] = [360, 1280];
const HEIGHT: i64 = 800;

/// What the inspection of one kind of page found. Each problem is described in one line.
#[derive(Debug)]
pub struct Found {
    pub kind: Kind,
    /// The origin of the inspected portal.
    pub origin: String,
    /// Why the page could not be inspected, or why the inspection stopped.
    pub failures: Vec<String>,
    /// The HTML of the page as the portal sent it.
    pub html: String,
    pub heard: Heard,
    /// The elements that moved while the page was loading.
    pub moved: Vec<String>,
    /// The violations of accessibility rules, each with width, theme and element.
    pub violations: Vec<String>,
    /// The elements that make a narrow screen, or a page magnified four times, scroll sideways.
    pub overflows: Vec<String>,
    /// The texts that are cut off or overlap when readers increase the text spacing.
    pub crowded: Vec<String>,
}

pub fn screenshots() -> PathBuf {
    root().join("target/screenshots")
}

/// Returns the results for every kind of page. Each thread that calls this function inspects a share of the pages.
pub fn inspection() -> Vec<&'static Found> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    static FOUND: [OnceLock<Found>; PAGES.len()] = [const { OnceLock::new() }; PAGES.len()];
    let mut tab = None;
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let Some(kind) = PAGES.get(number) else { break };
        if number == 0 {
            let _ = fs::remove_dir_all(screenshots());
        }
        let mut found = Found::nothing(*kind);
        let looked = catch_unwind(AssertUnwindSafe(|| {
            look(tab.get_or_insert_with(|| chromium().tab()), &mut found);
        }));
        if let Err(panic) = looked {
            found.failures.push(message(&*panic));
            tab = None;
        }
        FOUND[number].set(found).unwrap();
    }
    FOUND.iter().map(OnceLock::wait).collect()
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message")
        .to_owned()
}

impl Found {
    fn nothing(kind: Kind) -> Self {
        Self {
            kind,
            origin: String::new(),
            failures: Vec::new(),
            html: String::new(),
            heard: Heard::default(),
            moved: Vec::new(),
            violations: Vec::new(),
            overflows: Vec::new(),
            crowded: Vec::new(),
        }
    }
}

/// Opens the page, and checks it in every theme and at every width.
fn look(tab: &mut Tab, found: &mut Found) {
    let kind = found.kind;
    let portal = if kind.is_bare { bare() } else { stage() };
    found.origin = portal.origin();
    tab.resize(WIDTHS[0], HEIGHT, 1.0);
    tab.prefer(Scheme::Light);
    open(tab, portal, kind);
    found.moved = layout::moved(tab);
    found.heard = tab.heard();
    found.html = tab.source(&found.heard);
    if found.heard.status != Some(kind.status) {
        found.failures.push(format!("status {:?}, not {}", found.heard.status, kind.status));
    }
    if !found.html.contains(kind.shows) {
        found.failures.push(format!("{:?} is not on {}", kind.shows, tab.url()));
    }

    axe::load(tab);
    for width in WIDTHS {
        tab.resize(width, HEIGHT, 1.0);
        // Only colours depend on the theme.
        for (scheme, rules) in [(Scheme::Light, Rules::All), (Scheme::Dark, Rules::OfSight)] {
            tab.prefer(scheme);
            let place = format!("{width} px, {}", scheme.name());
            let broken = axe::violations(tab, rules);
            found.violations.extend(broken.iter().map(|broken| format!("{place}: {broken}")));
            let name = format!("{}-{width}-{}.png", kind.name, scheme.name());
            fs::create_dir_all(screenshots()).unwrap();
            fs::write(screenshots().join(name), tab.screenshot()).unwrap();
        }
    }
    tab.prefer(Scheme::Light);
    // A screen of 1280 by 1024 pixels magnified four times is 320 by 256 CSS pixels.
    tab.resize(320, 256, 4.0);
    found.overflows = layout::overflows(tab);
    layout::space_out(tab);
    found.crowded = layout::crowded(tab);
}

fn open(tab: &mut Tab, portal: &Portal, kind: Kind) {
    let url = format!("{}{}", portal.origin(), kind.address);
    let token = match kind.reader {
        Reader::Anybody => None,
        Reader::Editor => Some(portal.editor().token()),
        Reader::Publisher => Some(portal.publisher().token()),
    };
    tab.set_cookie(&url, token.as_deref().map(|token| ("CF_Authorization", token)));
    let fault = [("x-fault", kind.fault)];
    tab.send_headers(if kind.fault.is_empty() { &[] } else { &fault });
    tab.open(&url);
    if !kind.sent.is_empty() {
        let fields = serde_json::to_string(kind.sent).unwrap();
        tab.heard();
        tab.follow(|tab| tab.ask(&format!("({SEND})({fields}, '{}')", form_token())));
    }
}

/// A JavaScript function that fills in and sends the form that has all these fields. If one of the fields is a button,
/// that button sends the form. The form token is replaced by one that is old enough to be accepted.
const SEND: &str = "(fields, token) => {
    const named = (form, [name, value]) => [...form.elements].find(element => element.name === name
        && (!['radio', 'checkbox', 'submit'].includes(element.type) || element.value === value));
    const form = [...document.forms].find(form => form.method === 'post' && fields.every(field => named(form, field)));
    let button = form.querySelector('button:not([name])');
    for (const field of fields) {
        const element = named(form, field);
        if (element.type === 'submit') button = element;
        else if (['radio', 'checkbox'].includes(element.type)) element.checked = true;
        else element.value = field[1];
    }
    if (form.elements.ma_phieu) form.elements.ma_phieu.value = token;
    form.noValidate = true;
    form.requestSubmit(button);
}";
