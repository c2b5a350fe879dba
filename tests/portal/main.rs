//! What users of the portal rely on, tried over HTTP in the real runtime: one `wrangler dev` for
//! all tests, on a free port, with storage of its own.

#![expect(clippy::disallowed_types, reason = "tests run natively, where the clocks work")]

mod answers;
mod appearance;
mod articles;
mod backup;
mod browser;
mod checking;
mod clock;
mod comments;
mod comparison;
mod consultations;
mod daily_message;
mod dependencies;
mod deployed;
mod desk;
mod desk_articles;
mod desk_drafts;
mod desk_submissions;
mod documents;
mod edge_cache;
mod english;
mod fault_table;
mod feedback;
mod feeds;
mod files;
mod handling;
mod harness;
mod healing;
mod hostile;
mod importing;
mod kills;
mod lists;
mod load;
mod machines;
mod never_shared;
mod outages;
mod questions;
mod ratings;
mod reading;
mod receipts;
mod record;
mod responses;
mod robot_check;
mod search;
mod secrecy;
mod security_headers;
mod sign_in;
mod spam;
mod storms;
mod sync;
mod tool;
mod uploading;
mod verify;
mod waiting;
