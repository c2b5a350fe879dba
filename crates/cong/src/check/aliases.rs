//! Finds old addresses that do not lead to the document whose field `aliases` contains them. A page of the portal
//! always takes precedence over an old address. If several documents contain the same old address, it leads to the one
//! that was published first.

use std::collections::HashMap;

use cong_core::addresses::alias_address;

use super::finding::{Finding, Severity};
use super::site::Site;
use super::studied::Studied;
use crate::language::say;

/// An old address in a document: the document, and the position of the address in its field `aliases`, counted from 1.
type Claim<'a> = (&'a Studied<'a>, usize);

pub fn findings<'a>(studied: &'a [Studied<'a>], site: &Site<'_>) -> Vec<Finding> {
    let mut claims: HashMap<String, Vec<Claim<'a>>> = HashMap::new();
    for studied in studied {
        let aliases = studied.article.iter().flat_map(|article| &article.aliases);
        for (index, alias) in aliases.enumerate() {
            claims.entry(alias_address(alias)).or_default().push((studied, index + 1));
        }
    }
    let mut findings = Vec::new();
    for (address, mut claims) in claims {
        // `catalogue::find_alias` sorts claims in the same order. Draft articles come last, because their claims count
        // only once they are published.
        claims.sort_by_key(|(studied, _)| {
            let article = studied.article.as_ref();
            let order = article.map(|article| (article.draft, article.published));
            (order, &studied.document.slug)
        });
        let Some((&(first, number), others)) = claims.split_first() else { continue };
        if site.has_page(first, &address) {
            findings.extend(claims.iter().map(|claim| hidden(*claim, &address)));
            continue;
        }
        let spot = first.spot(&first.field(&format!("aliases[{number}]")));
        for claim in others {
            findings.push(taken(*claim, &address, first).with_related(spot.clone()));
        }
    }
    findings
}

fn hidden((studied, number): Claim<'_>, address: &str) -> Finding {
    let span = studied.field(&format!("aliases[{number}]"));
    let message = say!(
        "địa chỉ cũ {address} không bao giờ dùng tới: cổng có trang ở đó",
        "the old address {address} is never used: the portal has a page there"
    );
    let hint = say!("bỏ địa chỉ này khỏi aliases", "remove it from aliases");
    studied.finding(Severity::Warning, "alias-hidden", &span, message).with_hint(hint)
}

fn taken((studied, number): Claim<'_>, address: &str, first: &Studied<'_>) -> Finding {
    let span = studied.field(&format!("aliases[{number}]"));
    let slug = &first.document.slug;
    let message = say!(
        "địa chỉ cũ {address} dẫn tới {slug}, là bài công bố trước",
        "the old address {address} leads to {slug}, which was published first"
    );
    let hint = say!("chỉ giữ nó ở một bài", "keep it in one document only");
    studied.finding(Severity::Warning, "alias-taken", &span, message).with_hint(hint)
}
