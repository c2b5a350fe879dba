//! Which portal a command works on: the one on this machine, or the deployed one.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use crate::language::say;
use crate::storage::Storage;
use crate::toolchain;

#[derive(Args)]
pub struct Place {
    /// Local storage, which `cargo run dev` shows. This is the default.
    #[arg(long, conflicts_with = "remote")]
    local: bool,
    /// Use the deployed portal, not the one on this machine.
    #[arg(long)]
    pub remote: bool,
    /// The folder of local storage.
    #[arg(long, default_value = ".wrangler/state", value_name = "DIR", conflicts_with = "remote")]
    state: PathBuf,
}

impl Place {
    pub fn state(&self, root: &Path) -> PathBuf {
        root.join(&self.state)
    }

    /// Opens the storage. Installs wrangler first if it is missing.
    pub fn storage<'a>(&self, root: &'a Path, state: &'a Path) -> Result<Storage<'a>> {
        toolchain::install_wrangler(root)?;
        if self.remote { Storage::remote(root) } else { Storage::local(root, state) }
    }

    /// Opens storage that must exist already.
    ///
    /// # Errors
    /// The folder of local storage does not exist. Its name may be mistyped.
    pub fn existing<'a>(&self, root: &'a Path, state: &'a Path) -> Result<Storage<'a>> {
        if !self.remote && !state.is_dir() {
            bail!(say!(
                "Không có dữ liệu nào ở {0}. Cổng công khai thì thêm --remote.",
                "There is no local storage in {0}. For the public portal add --remote.",
                state.display()
            ));
        }
        self.storage(root, state)
    }

    pub fn name(&self) -> String {
        match self.remote {
            true => say!("cổng công khai", "the public portal"),
            false => say!("dữ liệu trên máy này", "local storage"),
        }
    }
}
