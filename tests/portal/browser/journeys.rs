//! Typical tasks, done with only the keyboard in a browser without scripts. Every element that gets the focus must be
//! visible and must look different from when it does not have the focus.

use serde::Deserialize;

use super::chromium::chromium;
use super::stage::stage;
use super::tab::{Key, Tab};

/// How often Tab is pressed before a test fails.
const PATIENCE: usize = 150;

/// The element that has the focus.
#[derive(Debug, Deserialize)]
struct Stop {
    /// The element's name, as a screen reader reads it.
    name: String,
    id: String,
    /// If the element is a link, path and query of its target.
    href: String,
    value: String,
    /// Why a reader cannot see that the element has the focus; `None` if a reader can.
    problem: Option<String>,
}

/// A simulated person who uses only the keyboard.
struct Person {
    tab: Tab,
}

impl Person {
    /// Opens a page of the portal `stage()` in a window of this width.
    fn at(path: &str, width: i64) -> Self {
        let mut tab = chromium().tab();
        tab.resize(width, 800, 1.0);
        tab.open(&format!("{}{path}", stage().origin()));
        Self { tab }
    }

    /// Presses Tab once. Returns the element that then has the focus.
    #[track_caller]
    fn step(&mut self) -> Stop {
        self.tab.press(Key::Tab);
        let stop: Stop = self.tab.ask(STOP);
        assert!(stop.problem.is_none(), "on {}: {stop:?}", self.tab.url());
        stop
    }

    /// Presses Tab until the element for which `is_it` is true has the focus. `what` names it in the message of a
    /// failure.
    #[track_caller]
    fn go_to(&mut self, what: &str, is_it: impl Fn(&Stop) -> bool) -> Stop {
        let mut passed = Vec::new();
        for _ in 0..PATIENCE {
            let stop = self.step();
            if is_it(&stop) {
                return stop;
            }
            passed.push(stop.name);
        }
        panic!("{what} is not reached on {}: {passed:?}", self.tab.url());
    }

    #[track_caller]
    fn go_to_named(&mut self, name: &str) -> Stop {
        self.go_to(name, |stop| stop.name.trim() == name)
    }

    #[track_caller]
    fn go_to_field(&mut self, id: &str) {
        self.go_to(id, |stop| stop.id == id);
    }

    /// Presses Enter on the link or button that has the focus, and waits for the next page.
    #[track_caller]
    fn enter(&mut self) {
        self.tab.follow(|tab| tab.press(Key::Enter));
    }

    fn type_text(&mut self, text: &str) {
        self.tab.type_text(text);
    }

    /// Returns the text of the first matching element.
    #[track_caller]
    fn text(&mut self, selector: &str) -> String {
        let text: Option<String> = self.tab.ask(&format!(
            "document.querySelector({selector:?})?.innerText.replace(/\\s+/g, ' ').trim() ?? null"
        ));
        text.unwrap_or_else(|| panic!("no {selector} on {}", self.tab.url()))
    }

    #[track_caller]
    fn assert_reads(&mut self, text: &str) {
        let page = self.text("body");
        assert!(page.contains(text), "{text:?} is not on {}:\n{page}", self.tab.url());
    }

    /// Sends the form with this button. If the form comes back because it was sent too early, sends it again until it
    /// is accepted.
    #[track_caller]
    fn send(&mut self, button: &str) {
        loop {
            self.go_to_named(button);
            self.enter();
            if !self.text("body").contains("Hãy xem lại rồi bấm gửi một lần nữa") {
                return;
            }
        }
    }

    #[track_caller]
    fn assert_at(&mut self, start: &str) {
        let path = self.path();
        assert!(path.starts_with(start), "at {path}, not {start}:\n{}", self.text("main"));
    }

    /// Returns the path and the query of the page's address.
    fn path(&self) -> String {
        let url = self.tab.url();
        url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default()
    }
}

/// A JavaScript expression that describes the element with the focus. To find out whether the focus is visible, it
/// compares the look of the previous element with and without focus.
const STOP: &str = "(() => {
    const look = element => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
        return outlineStyle === 'none' ? boxShadow : [outlineStyle, outlineWidth, outlineColor, boxShadow].join(' ');
    };
    const element = document.activeElement;
    const before = globalThis.before;
    let problem = null;
    if (element === document.body) return { name: '', id: '', href: '', value: '', problem };
    const box = element.getBoundingClientRect();
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    if (before && before.element !== element && before.element.isConnected && look(before.element) === before.look)
        problem = `no focus could be seen on ${before.element.outerHTML}`;
    else if (outlineStyle === 'none' && boxShadow === 'none') problem = 'neither outline nor shadow';
    else if (box.width < 2 || box.height < 2) problem = 'too small to be seen';
    else if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
        problem = 'not on the screen';
    globalThis.before = { element, look: look(element) };
    const label = element.labels?.[0]?.innerText;
    return {
        name: (element.getAttribute('aria-label') ?? label ?? element.innerText ?? '').replace(/\\s+/g, ' ').trim(),
        id: element.id,
        href: element.localName === 'a' ? element.getAttribute('href') : '',
        value: element.value ?? '',
        problem,
    };
})()";

#[test]
fn an_article_is_read_from_home_by_keyboard() {
    let mut person = Person::at("/", 360);
    // The first link skips the banner and the navigation.
    let skip = person.step();
    assert_eq!(skip.href, "#noi_dung_chinh", "{skip:?}");
    person.tab.press(Key::Enter);
    let link = person.go_to("an article", |stop| stop.href.starts_with("/bai-viet/"));
    let (href, name) = (link.href, link.name);
    person.enter();
    assert_eq!(person.path(), href);
    assert_eq!(person.text("h1"), name);
}

#[test]
fn an_article_is_searched_for_and_opened_by_keyboard() {
    let mut person = Person::at("/", 1280);
    person.go_to_field("tim_nhanh");
    person.type_text("giống lúa cạn");
    person.enter();
    person.assert_at("/tim-kiem?q=");
    // Links of notices come before the results.
    let link = person.go_to("a result", |stop| {
        stop.href.starts_with("/bai-viet/") && stop.name.contains("lúa cạn")
    });
    person.enter();
    assert_eq!(person.text("h1"), link.name);
}

#[test]
fn feedback_is_sent_corrected_and_looked_up_by_keyboard() {
    let mut person = Person::at("/", 360);
    person.go_to("the form", |stop| stop.href == "/gop-y");
    person.enter();
    person.go_to("a kind", |stop| stop.value == "gop-y");
    person.tab.press(Key::Space);
    person.go_to_field("tieu_de");
    person.type_text("Giờ mở cửa thư viện");
    person.go_to_field("thu_dien_tu");
    person.type_text("hien@");
    person.send("Gửi");

    person.assert_reads("chỗ cần sửa");
    for (field, text) in [("noi_dung", "Xin mở cửa buổi tối."), ("thu_dien_tu", "example.vn")]
    {
        let problem = format!("#{field}");
        person.go_to(&problem, |stop| stop.href == problem);
        person.tab.press(Key::Enter);
        let id: String = person.tab.ask("document.activeElement.id");
        assert_eq!(id, field, "the link of the problem leads to its field");
        person.tab.press(Key::End);
        person.type_text(text);
    }
    person.go_to_field("dong_y");
    person.tab.press(Key::Space);
    person.send("Gửi");

    person.assert_at("/gop-y/da-nhan/");
    person.assert_reads("Đã nhận ý kiến của bạn");
    let (receipt, code) = (person.path(), person.text(".receipt-code"));
    person.go_to("where receipts are looked up", |stop| stop.href == "/gop-y/tra-cuu");
    person.enter();
    person.go_to("the code", |stop| stop.id == "ma");
    person.type_text(&code);
    person.enter();
    assert_eq!(person.path(), receipt);
    person.assert_reads("Giờ mở cửa thư viện");
}

#[test]
fn a_comment_on_a_clause_is_sent_by_keyboard() {
    let mut person = Person::at("/du-thao", 360);
    person.go_to("the draft", |stop| stop.href == "/bai-viet/du-thao-dang-mo");
    person.enter();
    person.go_to("a clause", |stop| stop.href.ends_with("&dieu=dieu-2-pham-vi"));
    person.enter();
    let clause: String = person.tab.ask("document.querySelector('#dieu').value");
    assert_eq!(clause, "dieu-2-pham-vi");
    person.go_to_field("noi_dung");
    person.type_text("Phạm vi nên có cả các hội thành viên.");
    person.send("Gửi");
    person.assert_at("/gop-y/da-nhan/");
    person.assert_reads("Góp ý về: Điều 2. Phạm vi");
    person.assert_reads("Phạm vi nên có cả các hội thành viên.");
}

#[test]
fn an_editor_signs_in_and_answers_by_keyboard() {
    let mut person = Person::at("/bien-tap", 1280);
    person.go_to_named("Đăng nhập");
    person.enter();
    person.go_to("an editor", |stop| stop.name.contains("lan.tran@cong.example"));
    person.enter();
    assert_eq!(person.path(), "/bien-tap");
    person.go_to("submissions", |stop| stop.href == "/bien-tap/y-kien");
    person.enter();
    person.go_to("the submission", |stop| stop.href == "/bien-tap/y-kien/6");
    person.enter();
    person.go_to("its answer", |stop| stop.href == "/bien-tap/y-kien/6/tra-loi");
    person.enter();
    person.go_to_field("cau_tra_loi");
    person.type_text("Cảm ơn, ngày đã được sửa.");
    person.go_to_named("Xem trước");
    person.enter();
    person.assert_reads("Xem trước: người gửi sẽ thấy trên biên nhận");
    person.go_to_named("Gửi trả lời");
    person.enter();
    person.assert_at("/bien-tap/y-kien/6?da=");
    person.assert_reads("Cảm ơn, ngày đã được sửa.");
}
