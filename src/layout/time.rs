//! Times and days as readers see them.

use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

/// A `time` element that shows the text `text`.
pub fn time(at: Timestamp, text: &str) -> Markup {
    html! { time datetime=(at.rfc3339()) { (text) } }
}

/// A time in the form `05/07/2019 09:30:33`, for pages that exist only in Vietnamese.
pub fn date_time(at: Timestamp) -> Markup {
    time(at, &at.date_time())
}

/// A date in the form `05/07/2019`, for pages that exist only in Vietnamese.
pub fn date(at: Timestamp) -> Markup {
    time(at, &at.date())
}
