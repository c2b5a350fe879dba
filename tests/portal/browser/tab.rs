//! A tab of the browser.

use std::time::{Duration, Instant};

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
    SetFocusEmulationEnabledParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams,
};
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntrySource};
use chromiumoxide::cdp::browser_protocol::network::{
    ClearBrowserCookiesParams, CookieParam, EventLoadingFailed, EventRequestWillBeSent,
    EventResponseReceived, GetResponseBodyParams, Headers, RequestId, ResourceType,
    SetExtraHttpHeadersParams,
};
use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, CaptureScreenshotParams, CreateIsolatedWorldParams,
    GetFrameTreeParams, NavigateParams, PrintToPdfParams, Viewport,
};
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams,
};
use chromiumoxide::cdp::js_protocol::runtime::{
    EvaluateParams, EventConsoleApiCalled, EventExceptionThrown, ExecutionContextId,
};
use chromiumoxide::listeners::EventStream;
use chromiumoxide::{Browser, Command, Page};
use futures_util::{FutureExt, Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::chromium::Chromium;

/// How long a page may take to load.
const LIMIT: Duration = Duration::from_secs(90);

/// The colour scheme that the browser reports as the reader's preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A tab with its own cookies. Scripts of pages are switched off. Scripts of tests run in an isolated world (separate
/// from scripts of the page), which the page's Content-Security-Policy does not affect.
pub struct Tab {
    chromium: &'static Chromium,
    page: Page,
    events: Events,
    world: Option<World>,
}

/// The isolated world in which scripts of tests run, for one document.
struct World {
    /// The loader id, by which the browser identifies the document.
    loader: String,
    context: i64,
}

struct Events {
    console: EventStream<EventConsoleApiCalled>,
    exceptions: EventStream<EventExceptionThrown>,
    log: EventStream<EventEntryAdded>,
    requests: EventStream<EventRequestWillBeSent>,
    responses: EventStream<EventResponseReceived>,
    failures: EventStream<EventLoadingFailed>,
}

/// The messages and requests of a page since the last call of [`Tab::heard`].
#[derive(Debug, Default)]
pub struct Heard {
    /// The messages in the console: output of scripts, errors, and violations of the Content-Security-Policy.
    pub messages: Vec<String>,
    /// The addresses that were requested.
    pub requests: Vec<String>,
    /// The requests that failed or were answered with a status of 400 or more, with the reason.
    pub failures: Vec<String>,
    /// The HTTP status of the page itself.
    pub status: Option<i64>,
    /// The id of the request for the page itself.
    document: Option<RequestId>,
}

impl Tab {
    pub(super) fn new(chromium: &'static Chromium, browser: &Browser) -> Self {
        let (page, events) = chromium.run(async {
            let context = CreateBrowserContextParams::default();
            let context = browser.create_browser_context(context).await.unwrap();
            let target = CreateTargetParams::builder().url("about:blank");
            let target = target.browser_context_id(context).build().unwrap();
            let page = browser.new_page(target).await.unwrap();
            let events = Events {
                console: page.event_listener().await.unwrap(),
                exceptions: page.event_listener().await.unwrap(),
                log: page.event_listener().await.unwrap(),
                requests: page.event_listener().await.unwrap(),
                responses: page.event_listener().await.unwrap(),
                failures: page.event_listener().await.unwrap(),
            };
            (page, events)
        });
        let tab = Self { chromium, page, events, world: None };
        tab.command(SetScriptExecutionDisabledParams::new(true));
        tab.command(SetFocusEmulationEnabledParams::new(true));
        tab
    }

    fn command<T: Command>(&self, command: T) -> T::Response {
        let name = command.identifier();
        let answer = self.chromium.run(self.page.execute(command));
        answer.unwrap_or_else(|error| panic!("{name} failed: {error}")).result
    }

    /// Sets the size of the window in CSS pixels, and the number of device pixels for each.
    pub fn resize(&self, width: i64, height: i64, density: f64) {
        self.command(SetDeviceMetricsOverrideParams::new(width, height, density, false));
    }

    /// Sets the reader's preferences that the browser reports: this colour scheme, and reduced motion.
    pub fn prefer(&self, scheme: Scheme) {
        let features =
            [("prefers-color-scheme", scheme.name()), ("prefers-reduced-motion", "reduce")];
        let features = features.map(|(name, value)| MediaFeature::new(name, value));
        self.command(SetEmulatedMediaParams::builder().features(features).build());
    }

    /// Sets headers for all further requests.
    pub fn send_headers(&self, headers: &[(&str, &str)]) {
        let headers: serde_json::Map<String, Value> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        self.command(SetExtraHttpHeadersParams::new(Headers::new(Value::Object(headers))));
    }

    /// Removes all cookies, and sets `cookie` if there is one.
    pub fn set_cookie(&self, url: &str, cookie: Option<(&str, &str)>) {
        self.command(ClearBrowserCookiesParams {});
        if let Some((name, value)) = cookie {
            let mut cookie = CookieParam::new(name, value);
            cookie.url = Some(url.to_owned());
            self.chromium.run(self.page.set_cookie(cookie)).unwrap();
        }
    }

    /// Opens an address, and waits until the page is completely loaded.
    #[track_caller]
    pub fn open(&mut self, url: &str) {
        let answer = self.command(NavigateParams::new(url));
        assert_eq!(answer.error_text, None, "{url}");
        self.wait_for_page(&answer.loader_id.map_or_else(String::new, |id| id.inner().clone()));
    }

    /// Runs `act`, which leads to another page, and waits until that page is completely loaded.
    #[track_caller]
    pub fn follow(&mut self, act: impl FnOnce(&mut Self)) {
        let before = self.loader();
        act(self);
        let started = Instant::now();
        while self.loader() == before {
            assert!(started.elapsed() < LIMIT, "no other page was opened");
            std::thread::sleep(Duration::from_millis(20));
        }
        let loader = self.loader();
        self.wait_for_page(&loader);
    }

    #[track_caller]
    fn wait_for_page(&mut self, loader: &str) {
        let started = Instant::now();
        loop {
            if self.loader() == loader {
                let state: Option<String> = self.try_ask("document.readyState");
                if state.as_deref() == Some("complete") {
                    return;
                }
            }
            assert!(started.elapsed() < LIMIT, "the page did not load: {}", self.url());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns the loader id, which is different for each document.
    fn loader(&self) -> String {
        let tree = self.command(GetFrameTreeParams::default());
        tree.frame_tree.frame.loader_id.inner().clone()
    }

    /// Returns the address of the page that is shown.
    pub fn url(&self) -> String {
        self.command(GetFrameTreeParams::default()).frame_tree.frame.url.clone()
    }

    /// Evaluates a JavaScript expression on the page, and returns its value.
    #[track_caller]
    pub fn ask<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        match self.evaluate(expression) {
            Ok(value) => serde_json::from_value(value).unwrap(),
            Err(problem) => panic!("{problem}\nin {expression:.200}"),
        }
    }

    /// Evaluates an expression like [`Tab::ask`], and waits for the promise that it returns. Scripts are switched on
    /// during the wait, because promises need them; the scripts of the page do not run any more.
    #[track_caller]
    pub fn ask_promise<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        self.command(SetScriptExecutionDisabledParams::new(false));
        let value = self.ask(expression);
        self.command(SetScriptExecutionDisabledParams::new(true));
        value
    }

    /// Evaluates an expression like [`Tab::ask`]. Returns `None` if another page replaces this one in the meantime.
    fn try_ask<T: DeserializeOwned>(&mut self, expression: &str) -> Option<T> {
        serde_json::from_value(self.evaluate(expression).ok()?).ok()
    }

    fn evaluate(&mut self, expression: &str) -> Result<Value, String> {
        let frame = self.command(GetFrameTreeParams::default()).frame_tree.frame;
        let loader = frame.loader_id.inner();
        if self.world.as_ref().is_none_or(|world| world.loader != *loader) {
            let apart = CreateIsolatedWorldParams::builder()
                .frame_id(frame.id.clone())
                .world_name("tests")
                .build()
                .unwrap();
            let apart = self.chromium.run(self.page.execute(apart));
            let apart = apart.map_err(|error| error.to_string())?.result;
            let context = *apart.execution_context_id.inner();
            self.world = Some(World { loader: loader.clone(), context });
        }
        let context = self.world.as_ref().map(|world| world.context);
        let mut evaluate = EvaluateParams::new(expression);
        evaluate.context_id = context.map(ExecutionContextId::new);
        evaluate.await_promise = Some(true);
        evaluate.return_by_value = Some(true);
        let answer = self.chromium.run(self.page.execute(evaluate));
        let answer = answer.map_err(|error| error.to_string())?.result;
        match answer.exception_details {
            Some(details) => {
                let thrown = details.exception.and_then(|exception| exception.description);
                Err(thrown.unwrap_or(details.text))
            }
            None => Ok(answer.result.value.unwrap_or(Value::Null)),
        }
    }

    pub fn press(&self, key: Key) {
        let (name, code, text) = match key {
            Key::Tab => ("Tab", 9, None),
            Key::Enter => ("Enter", 13, Some("\r")),
            Key::Space => (" ", 32, Some(" ")),
            Key::End => ("End", 35, None),
        };
        let event = |kind| {
            let mut event = DispatchKeyEventParams::new(kind);
            event.key = Some(name.to_owned());
            event.code = Some(if name == " " { "Space" } else { name }.to_owned());
            event.windows_virtual_key_code = Some(code);
            event
        };
        let mut down = event(match text {
            Some(_) => DispatchKeyEventType::KeyDown,
            None => DispatchKeyEventType::RawKeyDown,
        });
        down.text = text.map(str::to_owned);
        self.command(down);
        self.command(event(DispatchKeyEventType::KeyUp));
    }

    /// Types a text into the focused field, as an input method does.
    pub fn type_text(&self, text: &str) {
        self.command(InsertTextParams::new(text));
    }

    /// Takes a picture of the whole page, as PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        let [width, height]: [f64; 2] = self.ask(
            "(root => [root.clientWidth, Math.max(root.scrollHeight, innerHeight)])(document.documentElement)",
        );
        let mut params = CaptureScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .capture_beyond_viewport(true)
            .optimize_for_speed(true)
            .build();
        params.clip = Some(Viewport { x: 0.0, y: 0.0, width, height, scale: 1.0 });
        let data = self.command(params).data;
        decoded(data.as_ref())
    }

    /// Prints the page to PDF.
    pub fn print(&self) -> Vec<u8> {
        decoded(self.command(PrintToPdfParams::default()).data.as_ref())
    }

    /// Returns the HTML as the portal sent it.
    pub fn source(&self, heard: &Heard) -> String {
        let document = heard.document.clone().expect("a document was loaded");
        let body = self.command(GetResponseBodyParams::new(document));
        assert!(!body.base64_encoded, "the document is not text");
        body.body
    }

    /// Returns the messages and requests since the last call.
    pub fn heard(&mut self) -> Heard {
        // This command's answer comes after all events before it.
        self.loader();
        let Events { console, exceptions, log, requests, responses, failures } = &mut self.events;
        let mut heard = Heard::default();
        heard.messages.extend(drained(console).iter().map(|event| {
            let texts = event.args.iter().filter_map(|argument| argument.value.as_ref());
            format!("{:?}: {}", event.r#type, texts.map(Value::to_string).collect::<String>())
        }));
        let thrown = drained(exceptions);
        heard.messages.extend(thrown.iter().map(|event| event.exception_details.text.clone()));
        let mut names = std::collections::HashMap::new();
        for event in drained(requests) {
            let url = event.request.url.clone();
            names.insert(event.request_id.clone(), url.clone());
            heard.requests.push(url);
        }
        for event in drained(responses) {
            let (status, url) = (event.response.status, &event.response.url);
            if event.r#type == ResourceType::Document {
                heard.status = Some(status);
                heard.document = Some(event.request_id.clone());
            } else if status >= 400 {
                heard.failures.push(format!("{url}: {status}"));
            }
        }
        heard.failures.extend(drained(failures).iter().map(|event| {
            let url = names.get(&event.request_id).map_or("?", String::as_str);
            format!("{url}: {}", event.error_text)
        }));
        heard.messages.extend(drained(log).iter().map(|event| &event.entry).filter_map(|entry| {
            // Leave out messages about a status of 400 or more, which `failures` has, except that of the document.
            let is_status = entry.source == LogEntrySource::Network
                && entry.text.starts_with("Failed to load resource: the server responded");
            let place = entry.url.as_deref().unwrap_or("-");
            (!is_status).then(|| format!("{:?}: {} ({place})", entry.source, entry.text))
        }));
        heard
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Tab,
    Enter,
    Space,
    End,
}

/// Returns the items that are ready in a stream, without waiting for more.
fn drained<T>(events: &mut (impl Stream<Item = T> + Unpin)) -> Vec<T> {
    std::iter::from_fn(|| events.next().now_or_never().flatten()).collect()
}

/// Decodes Base64, in which the browser's protocol transfers bytes.
fn decoded(text: &[u8]) -> Vec<u8> {
    use base64::prelude::{BASE64_STANDARD, Engine};
    BASE64_STANDARD.decode(text).unwrap()
}
