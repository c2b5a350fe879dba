//! The stylesheets, bundled and minified by the pinned esbuild, and the font that they use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cong_core::stylesheet::Stylesheet;

use super::messages::cannot_write;
use crate::console::Progress;
use crate::language::{cannot_read, say};
use crate::process::{finish, supervised};

const SCRIPT: &str = "styles/subset-font.mjs";
const LICENCE: &str = "node_modules/source-sans/LICENSE.md";

pub fn font_inputs(root: &Path) -> Vec<PathBuf> {
    vec![root.join(SCRIPT), root.join("package-lock.json")]
}

/// Makes the font of the pages, and puts its licence beside it, as the licence requires.
pub fn make_font(root: &Path, folder: &Path, progress: &mut Progress) -> Result<()> {
    let mut command = supervised(root, "node", [SCRIPT])?;
    command.arg(folder.join("cong-sans.woff2"));
    run(command, &say!("phông chữ", "the font"), progress)?;
    let licence = root.join(LICENCE);
    fs::copy(&licence, folder.join("OFL.txt")).with_context(|| cannot_read(&licence))?;
    Ok(())
}

/// Writes the stylesheets and the font into a folder. The names of these files contain hashes and are the same as in
/// the addresses by which pages load them.
pub fn bundle(root: &Path, folder: &Path, progress: &mut Progress) -> Result<()> {
    let _ = fs::remove_dir_all(folder);
    let entries = Stylesheet::ALL.map(|sheet| format!("styles/{}.css", sheet.name()));
    let mut command = supervised(root, root.join("node_modules/.bin/esbuild"), entries)?;
    command.args(["--bundle", "--minify", "--log-level=warning", "--loader:.woff2=file"]);
    command.args(["--asset-names=[name].[hash]", "--public-path=/"]);
    command.arg(format!("--outdir={}", folder.display()));
    run(command, &say!("các bảng định kiểu", "the stylesheets"), progress)?;
    for sheet in Stylesheet::ALL {
        let bundled = folder.join(format!("{}.css", sheet.name()));
        fs::rename(bundled, folder.join(sheet.file_name())).with_context(cannot_write)?;
    }
    Ok(())
}

fn run(command: Command, what: &str, progress: &mut Progress) -> Result<()> {
    let finished = finish(command, progress)?;
    if !finished.success {
        bail!(
            "{}\n  {}",
            say!("Không dựng được {what}:", "{what} could not be made:"),
            finished.last_lines(12)
        );
    }
    Ok(())
}
