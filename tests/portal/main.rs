//! What users of the portal rely on, tried over HTTP in the real runtime: one `wrangler dev` for
//! all tests, on a free port, with storage of its own.

#![expect(clippy::disallowed_types, reason = "tests run natively, where the clocks work")]

mod answers;
mod articles;
mod comments;
mod comparison;
mod consultations;
mod deployed;
mod documents;
mod feedback;
mod feeds;
mod files;
mod handling;
mod harness;
mod lists;
mod machines;
mod outages;
mod questions;
mod ratings;
mod receipts;
mod record;
mod responses;
mod robot_check;
mod search;
mod spam;
mod storms;
mod sync;
mod tool;
mod verify;
mod waiting;
