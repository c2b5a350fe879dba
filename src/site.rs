//! What makes a portal one office's own: the settings of wrangler.toml, read once an isolate.

/// The office and its settings. Texts are shown as they are; a blank one counts as absent.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The name of the public body.
    pub body_name: String,
    /// The body above it, if the banner is to name one.
    pub parent_name: Option<String>,
    pub greeting: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Who is responsible for the content.
    pub responsible: Option<String>,
    pub licence: Option<String>,
    /// Scheme and host, without a slash at the end: `https://example.vn`.
    pub base_url: String,
    /// The key that receipts are made with; `None` closes the forms.
    pub signing_key: Option<SigningKey>,
    /// How long an isolate keeps a page, in seconds; 0 switches that off.
    pub page_memory_seconds: i64,
    /// Whether a page load brings the catalogue in line first, as under `wrangler dev`.
    pub sync_on_load: bool,
    /// How long a database may take to answer, in milliseconds.
    pub database_deadline_ms: u64,
}

/// A signing key that may be used here.
#[derive(Clone)]
pub struct SigningKey(String);

/// The committed development key begins so; it opens forms on localhost only.
const TEST_KEY_MARK: &str = "test-key-";
const MIN_KEY_BYTES: usize = 32;

impl SigningKey {
    /// The key, unless it is too short to be one, or the marked test key on a public host.
    pub fn accept(key: &str, base_url: &str) -> Option<Self> {
        let usable = key.len() >= MIN_KEY_BYTES
            && (!key.starts_with(TEST_KEY_MARK) || is_localhost(base_url));
        usable.then(|| Self(key.to_owned()))
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl Site {
    /// Whether readers reach the portal by https, so that browsers may be told to insist on it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The absolute address of a path of this site.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

fn is_localhost(base_url: &str) -> bool {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_KEY: &str = "test-key-for-localhost-only-0123456789";

    #[test]
    fn the_test_key_opens_forms_on_localhost_only() {
        assert!(SigningKey::accept(TEST_KEY, "http://localhost:8787").is_some());
        assert!(SigningKey::accept(TEST_KEY, "http://127.0.0.1").is_some());
        for public in [
            "https://example.vn",
            "https://localhost.example.vn",
            "https://example.vn/localhost",
            "",
        ] {
            assert!(SigningKey::accept(TEST_KEY, public).is_none(), "{public}");
        }
    }

    #[test]
    fn a_short_key_is_none() {
        assert!(SigningKey::accept("", "http://localhost").is_none());
        assert!(SigningKey::accept("0123456789abcdef", "https://example.vn").is_none());
        assert!(
            SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").is_some()
        );
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = SigningKey::accept(TEST_KEY, "http://localhost").unwrap();
        assert!(!format!("{key:?}").contains("test-key"));
    }
}
