//! What a token of Cloudflare Access must be for the desk to open: the parts of it, the key that it names,
//! and what it claims. `sign_in` asks the team for its keys and has the runtime's Web Crypto check the
//! signature.
//! (developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie)

mod claims;
mod key;
mod key_memory;
mod refusal;
mod sign_in;
mod token;

pub use key::{Key, parse_keys};
pub use key_memory::{KeyMemory, Lookup};
pub use refusal::Refusal;
pub use sign_in::sign_in;
pub use token::{Token, presented};
