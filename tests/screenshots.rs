//! Prints where the browser tests have saved their screenshots. Cargo runs this target after the tests.

use std::fs;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
    let pictures = fs::read_dir(&folder).map(Iterator::count).unwrap_or_default();
    if pictures > 0 {
        println!(
            "\n{pictures} pictures of the pages, in both themes and widths: {}\n",
            folder.display()
        );
    }
}
