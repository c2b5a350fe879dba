//! Rate limits for each network. Network addresses are never stored or logged.

use std::net::IpAddr;

use worker::Env;

/// Counts a request from this IP address, and returns whether it is within the limit. A request without an address is
/// always allowed. `limiter` is the name of a rate limit binding. Each `kind` of request is counted separately.
///
/// # Errors
/// The limiter is missing or gave no answer. Callers should then let the citizen's request pass.
pub async fn allows(
    env: &Env,
    limiter: &str,
    kind: &str,
    address: Option<&str>,
) -> worker::Result<bool> {
    let Some(network) = address.and_then(network) else { return Ok(true) };
    let limiter = env.rate_limiter(limiter)?;
    Ok(limiter.limit(format!("{kind} {network}")).await?.success)
}

/// The network of an IP address: one IPv4 address, or a /64 of IPv6 addresses, which one household or office has.
fn network(address: &str) -> Option<String> {
    match address.trim().parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => {
            let prefix = address.to_bits() >> 64;
            Some(format!("{prefix:016x}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_count_together() {
        assert_eq!(network("203.0.113.7").as_deref(), Some("203.0.113.7"));
        assert_eq!(network("::ffff:203.0.113.7").as_deref(), Some("203.0.113.7"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("khong-phai"), None);
    }
}
