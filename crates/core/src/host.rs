/// Whether the host of an address is the local machine: `localhost` or `127.0.0.1`. The address may lack the scheme.
pub fn is_localhost(base_url: &str) -> bool {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1")
}
