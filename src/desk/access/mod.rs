//! What a token of Cloudflare Access must be for the desk to open: the parts of it, the key that it names,
//! and what it claims. The signature itself is checked by the runtime's Web Crypto, in `web`, which also
//! asks the team for its keys.
//! (developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie)

mod claims;
mod key;
mod key_memory;
mod refusal;
mod token;

pub use key::{Key, parse_keys};
pub use key_memory::{KeyMemory, Lookup};
pub use refusal::Refusal;
pub use token::{Token, presented};
