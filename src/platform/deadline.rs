//! Calls to the platform that must not be waited for without end.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use worker::Delay;

/// Waits.
pub async fn pause(duration: Duration) {
    Delay::from(duration).await;
}

/// What the call gives, or `None` if that takes longer than the deadline. The call itself goes on: a
/// write may still be carried out later.
pub async fn within<T>(deadline: Duration, call: impl Future<Output = T>) -> Option<T> {
    match select(pin!(call), pin!(Delay::from(deadline))).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}
