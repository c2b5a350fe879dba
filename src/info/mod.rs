//! Pages about the office and the portal, and files for browsers, robots and monitoring.

mod browser_files;
mod contact;
mod health;
mod health_store;
mod privacy;
mod site_map;

pub use browser_files::{manifest, robots, stylesheet};
pub use contact::contact;
pub use health::health;
pub use privacy::privacy;
pub use site_map::site_map;
