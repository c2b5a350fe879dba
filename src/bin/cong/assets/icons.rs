//! The icons.
use anyhow::Result;
use std::path::{Path, PathBuf};
pub fn inputs(root: &Path) -> Result<Vec<PathBuf>> {
    Ok(vec![
        root.join("static/emblem.svg"),
        root.join("wrangler.toml"),
        root.join("package-lock.json"),
    ])
}
pub fn make(_: &Path, _: &Path) -> Result<()> {
    Ok(())
}
