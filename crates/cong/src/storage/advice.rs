use crate::language::say;

/// Advice for a failed call of wrangler on the deployed portal, if the cause can be recognised in its output.
pub fn advice(transcript: &str) -> Option<String> {
    let says = |signs: &[&str]| signs.iter().any(|sign| transcript.contains(sign));
    if says(&["More than one account available"]) {
        return Some(say!(
            "Tài khoản Cloudflare này quản lý nhiều tài khoản. Hãy ghi account_id vào wrangler.toml.",
            "You have several Cloudflare accounts. Write the account_id into wrangler.toml."
        ));
    }
    if says(&["CLOUDFLARE_API_TOKEN", "Not logged in", "Failed to automatically retrieve account"])
        || says(&["Authentication error", "[code: 10000]", "[code: 9109]", "[code: 10001]"])
    {
        return Some(say!(
            "Chưa đăng nhập Cloudflare, hoặc tài khoản không có quyền. Hãy chạy: npx wrangler login",
            "You are not signed in to Cloudflare, or may not do this. Run: npx wrangler login"
        ));
    }
    if says(&["No KV namespace ID found", "[code: 10007]", "[code: 10013]"]) {
        return Some(say!(
            "Cổng chưa được triển khai, nên chưa có chỗ chứa. Hãy chạy: npx wrangler deploy",
            "The portal is not deployed, so there is no namespace yet. Run: npx wrangler deploy"
        ));
    }
    if says(&["[code: 10048]", "free usage limit", "limit exceeded for the day"]) {
        return Some(say!(
            "Đã hết số lần ghi trong ngày của gói miễn phí (1.000). Sau 7 giờ sáng mai hãy chạy lại: phần đã lên được giữ nguyên.",
            "The free plan's 1,000 writes of a day are used up. Run this command again after midnight UTC; what was uploaded stays."
        ));
    }
    if says(&["[code: 971]", "Too Many Requests"]) {
        return Some(say!(
            "Cloudflare đang nhận quá nhiều yêu cầu của tài khoản này. Hãy chờ năm phút rồi chạy lại.",
            "Cloudflare gets too many requests from this account. Wait five minutes, then run this again."
        ));
    }
    let unreachable =
        ["Unable to resolve", "fetch failed", "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN"];
    let broken_off = ["ETIMEDOUT", "ECONNRESET", "ENETUNREACH", "timed out", "Connect Timeout"];
    if says(&unreachable) || says(&broken_off) {
        return Some(say!(
            "Không kết nối được tới Cloudflare. Hãy kiểm tra mạng (hoặc proxy), rồi chạy lại.",
            "Cloudflare cannot be reached. Check the network (or the proxy), then run this again."
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_causes_are_told_apart() {
        let advised = |transcript, command: &str| {
            let advice = advice(transcript).unwrap();
            assert!(advice.contains(command), "{transcript}: {advice}");
        };
        advised(
            "it's necessary to set a CLOUDFLARE_API_TOKEN environment variable",
            "wrangler login",
        );
        advised("Authentication error [code: 10000]", "wrangler login");
        advised("Unable to resolve Cloudflare's API hostname (api.cloudflare.com …)", "proxy");
        advised(
            "No KV namespace ID found for binding \"FILES\" in the deployed Worker",
            "wrangler deploy",
        );
        advised("This Worker does not exist on your account. [code: 10007]", "wrangler deploy");
        advised("your account has exceeded its limit [code: 10048]", "1.000");
        assert_eq!(advice("Something else"), None);
    }
}
