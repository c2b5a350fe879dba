//! Everything that one request works with: settings, clock, stores and log.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use cong_core::vietnamese::Timestamp;
use wasm_bindgen::JsValue;
use worker::Env;
use worker::wasm_bindgen_futures::future_to_promise;
use worker::worker_sys::Context;

use super::counted::Counted;
use super::page_cache;
use super::request::Request;
use super::response::Response;
use crate::platform;
use crate::platform::{Database, DatabaseError, EdgeCache, RobotCheckError, Store, StoreError};
use crate::site::{Site, read_settings};

thread_local! {
    static SITE: RefCell<Option<Rc<Site>>> = const { RefCell::new(None) };
}

pub struct Portal {
    env: Env,
    /// The runtime's context of the request or other event; `None` for work that goes on after the event.
    context: Option<Context>,
    /// Whether nothing about this request may be logged, because log lines would contain its address, which gives
    /// access to a submission or contains search words.
    logs_nothing: Cell<bool>,
    pub site: Rc<Site>,
    pub now: Timestamp,
}

impl Portal {
    pub fn new(env: Env, context: Option<Context>) -> Self {
        let site = SITE.with_borrow_mut(|site| {
            Rc::clone(site.get_or_insert_with(|| {
                Rc::new(read_settings(|name| Some(env.var(name).ok()?.to_string())))
            }))
        });
        Self { env, context, logs_nothing: Cell::new(false), site, now: platform::now() }
    }

    /// Switches off error logs for this request. The platform may store the request's address with every log line, and
    /// the address of this request must not be stored: it may contain a receipt code or search words. A failure of a
    /// store shows in the log lines of other requests.
    pub fn suppress_logs(&self) {
        self.logs_nothing.set(true);
    }

    /// Logs a failure for operators. If this request must not be logged, only counts the failure.
    pub fn log_error(&self, message: &str) {
        if self.logs_nothing.get() {
            platform::count_unlogged();
        } else {
            platform::error(message);
        }
    }

    /// Logs, for operators, an action that was carried out.
    pub fn log_info(&self, message: &str) {
        platform::info(message);
    }

    pub fn articles(&self) -> Result<Store, StoreError> {
        Store::open(&self.env, "ARTICLES")
    }

    pub fn files(&self) -> Result<Store, StoreError> {
        Store::open(&self.env, "FILES")
    }

    pub fn index(&self) -> Result<Store, StoreError> {
        Store::open(&self.env, "INDEX")
    }

    /// The store `INBOX`, in which submissions wait that were received while `DB` gave no answer.
    pub fn inbox(&self) -> Result<Store, StoreError> {
        Store::open(&self.env, "INBOX")
    }

    /// Reads the text of a static asset. `name` is its path without the first slash. The asset's headers are ignored.
    ///
    /// # Errors
    /// The asset is missing or cannot be read.
    pub async fn asset(&self, name: &str) -> Result<String, StoreError> {
        let fail = |error: worker::Error| StoreError(format!("the asset {name}: {error}"));
        let assets = self.env.assets("ASSETS").map_err(fail)?;
        // The binding ignores the host of the address.
        let mut answer =
            assets.fetch(format!("https://assets.invalid/{name}"), None).await.map_err(fail)?;
        match answer.status_code() {
            200 => answer.text().await.map_err(fail),
            status => Err(StoreError(format!("the asset {name} has status {status}"))),
        }
    }

    /// The database `DB`: submissions, answers, ratings and ledgers.
    pub fn feedback(&self) -> Result<Database, DatabaseError> {
        self.database("DB")
    }

    /// The database `DB`, with another deadline than that of the settings.
    pub fn feedback_within(&self, deadline: Duration) -> Result<Database, DatabaseError> {
        Database::open(&self.env, "DB", deadline)
    }

    /// The database `CATALOGUE`, which is derived from the articles.
    pub fn catalogue(&self) -> Result<Database, DatabaseError> {
        self.database("CATALOGUE")
    }

    /// The database `CATALOGUE`, with another deadline than that of the settings.
    pub fn catalogue_within(&self, deadline: Duration) -> Result<Database, DatabaseError> {
        Database::open(&self.env, "CATALOGUE", deadline)
    }

    fn database(&self, binding: &str) -> Result<Database, DatabaseError> {
        let deadline = Duration::from_millis(self.site.database_deadline_ms);
        Database::open(&self.env, binding, deadline)
    }

    /// Makes a portal for work that goes on after the response. Its clock is read anew. If this request must not be
    /// logged, the work must not be logged either.
    pub fn without_response(&self) -> Self {
        let later = Self::new(self.env.clone(), None);
        later.logs_nothing.set(self.logs_nothing.get());
        later
    }

    /// Runs `work` after the response was sent, for at most thirty seconds. The reader does not wait for it.
    pub fn after_response(&self, work: impl Future<Output = ()> + 'static) {
        let Some(context) = &self.context else { return };
        let promise = future_to_promise(async {
            work.await;
            Ok(JsValue::UNDEFINED)
        });
        if let Err(error) = context.wait_until(&promise) {
            self.log_error(&format!("work after a response could not be started: {error:?}"));
        }
    }

    /// Workers Cache, which is in front of the Worker; `None` if there is none, as under `wrangler dev`.
    pub fn edge_cache(&self) -> Option<EdgeCache> {
        EdgeCache::of(self.context.as_ref()?)
    }

    /// Returns 32 random hexadecimal digits for a form token; `None` if the runtime gives no random numbers.
    pub fn random_hex(&self) -> Option<String> {
        match platform::random_hex() {
            Ok(digits) => Some(digits),
            Err(error) => {
                self.log_error(&format!("no random numbers: {error:?}"));
                None
            }
        }
    }

    /// Counts the request, and returns whether the sender's network is within the rate limit. If the limiter fails, the
    /// request is allowed.
    pub async fn allows(&self, counted: Counted, request: &Request) -> bool {
        let address = request.header("cf-connecting-ip");
        let (limiter, kind) = (counted.limiter(), format!("{counted:?}"));
        match platform::allows(&self.env, limiter, &kind, address.as_deref()).await {
            Ok(allows) => allows,
            Err(error) => {
                self.log_error(&format!("the rate limit {limiter} gave no answer: {error}"));
                true
            }
        }
    }

    /// Checks the Turnstile token of a form. If Turnstile is switched off, the check always succeeds.
    ///
    /// # Errors
    /// The check was not passed, or the service gave no answer.
    pub async fn check_robot(
        &self,
        response: &str,
        idempotency_key: &str,
    ) -> Result<(), RobotCheckError> {
        let Some(turnstile) = &self.site.turnstile else { return Ok(()) };
        let Some(secret) = &turnstile.secret else {
            return Err(RobotCheckError::Away("TURNSTILE_SECRET is not set".to_owned()));
        };
        platform::verify(secret, response, idempotency_key).await
    }

    /// Posts the daily message to the webhook of the setting `DAILY_WEBHOOK`.
    ///
    /// # Errors
    /// The setting is blank, or the webhook did not accept the message. The error is for the log.
    pub async fn post_daily(&self, json: &str) -> Result<(), String> {
        let url = self.site.daily_webhook.as_ref().ok_or("DAILY_WEBHOOK is not set")?;
        platform::post(url, json).await
    }

    /// Sends the daily message to the addresses of the setting `DAILY_EMAIL_TO`.
    ///
    /// # Errors
    /// The setting is blank, or the e-mail binding did not accept the message. The error is for the log.
    pub async fn email_daily(&self, subject: &str, text: &str) -> Result<(), String> {
        let addresses = self.site.daily_email.as_ref().ok_or("DAILY_EMAIL_TO is not set")?;
        platform::send_email(&self.env, &addresses.from, &addresses.to, subject, text).await
    }

    /// Keeps a response in the page memory under the requested address, if it is one that may be kept.
    pub fn remember(&self, request: &Request, reply: &Response) {
        let seconds = self.site.page_memory_seconds;
        if let Err(error) =
            page_cache::keep(request.address(), reply, &self.site, self.now, seconds)
        {
            self.log_error(&format!("a page could not be kept in memory: {error}"));
        }
    }
}
