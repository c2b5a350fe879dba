//! Signing editors in with tokens of Cloudflare Access: the parts of a token, the key that it names, its claims.
//! `sign_in` fetches the team's keys and has the runtime's Web Crypto check the signature.
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
