//! Messages about the folder build/.

use crate::language::say;

pub fn cannot_write() -> String {
    say!("Không ghi được vào build/", "build/ cannot be written to")
}
