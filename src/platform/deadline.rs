use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use worker::Delay;

pub async fn pause(duration: Duration) {
    Delay::from(duration).await;
}

/// Returns the result of a call, or `None` if the call takes longer than the deadline. The call is not cancelled: a
/// write to a store, for example, may still be carried out later.
pub async fn within<T>(deadline: Duration, call: impl Future<Output = T>) -> Option<T> {
    match select(pin!(call), pin!(Delay::from(deadline))).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}
