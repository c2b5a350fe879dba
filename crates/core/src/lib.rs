//! The code that the Worker and the command-line tool share: the article document, addresses, Vietnamese text and time,
//! the ledger, hashes and signatures. It reads no store, no clock and no network, and its tests run natively.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod accent;
pub mod addresses;
pub mod article;
mod codes;
pub mod consultation;
pub mod digest;
pub mod form_token;
pub mod host;
pub mod ledger;
pub mod markdown_writer;
pub mod order;
pub mod periods;
pub mod signing;
pub mod stylesheet;
pub mod submission;
pub mod vietnamese;
