//! Signs editors in with tokens of Cloudflare Access. `token` splits a token into its parts, `key` and `key_memory`
//! parse and keep the team's public keys, and `claims` checks what a token claims. `sign_in` uses all of them: it
//! fetches the team's keys, and has the runtime's Web Crypto check the signature.
//! (developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie)

mod claims;
mod key;
mod key_memory;
mod refusal;
mod sign_in;
mod token;

pub use key::parse_keys;
pub use refusal::SignInError;
pub use sign_in::sign_in;
pub use token::{Token, presented};
