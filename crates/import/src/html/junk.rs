//! Recognises, by names and headings, the parts of a page that do not belong to the article although they are around or
//! within it, such as menus, buttons and lists of related articles.

use cong_core::vietnamese::fold;
use scraper::node::Element;

use cong_core::markdown_writer::{ContentBlock, plain};

/// Fragments of ids and classes that mark an element as not part of the article's text. The ids and classes are
/// compared in the form that [`names`] returns.
const PARTS: &str = "\
    addthis sharethis social fbroot fblike facebook zaloshare sharebar sharebutton lienquan \
    related tinkhac cactinkhac othernews newsother tindadua tincuhon tinmoihon cungchuyenmuc \
    wmipp linkcontentfooter listnewsincontent breadcrumb pagination pagenav toolbar binhluan commentform fontsize skiplink sidebar bannerads \
    quangcao";
/// Whole ids and classes that mark an element as not part of the article's text, in the form that [`names`] returns.
const NAMES: &str = "\
    share sharing print rating ratings stringrating comments tags tag tukhoa keywords like nav \
    menu breadcrumbs pager chiase ads luotxem wpblockfilebutton";

/// Headings above lists of other articles, in lower case without accents.
const OTHERS: [&str; 34] = [
    "tin lien quan",
    "cac tin lien quan",
    "tin bai lien quan",
    "bai viet lien quan",
    "bai lien quan",
    "tin khac",
    "cac tin khac",
    "bai viet khac",
    "cac bai khac",
    "cac bai viet khac",
    "tin cung chuyen muc",
    "cung chuyen muc",
    "tin da dua",
    "cac tin da dua",
    "tin moi hon",
    "tin cu hon",
    "nhung tin moi hon",
    "nhung tin cu hon",
    "cac tin moi hon",
    "cac tin cu hon",
    "tin tuc khac",
    "tin tuc lien quan",
    "cac tin tuc khac",
    "cac tin cung chuyen muc",
    "bai viet cung chuyen muc",
    "bai cung chuyen muc",
    "tin cung loai",
    "tin da dang",
    "cac tin da dang",
    "cac bai moi",
    "cac bai moi hon",
    "cac bai cu hon",
    "theo dong su kien",
    "bai viet moi",
];

/// The ids and classes of an element, in lower case and without punctuation, because portals spell the same name in
/// several ways.
pub fn names(element: &Element) -> impl Iterator<Item = String> {
    let id = element.attr("id").into_iter();
    element.classes().chain(id).map(|name| {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    })
}

/// The id, class or element name that marks an element as not part of the article's text; `None` if there is none.
pub fn is_beside_the_article(element: &Element) -> Option<String> {
    if matches!(element.name(), "nav") {
        return Some("nav".to_owned());
    }
    // The id or class of the element around a whole page may name a part of the page, such as a sidebar.
    if matches!(element.name(), "html" | "body" | "form") {
        return None;
    }
    // The CMS of many state newspapers marks boxes only by the attribute `type`.
    if element.attr("type").is_some_and(|kind| kind.starts_with("Related")) {
        return Some("related".to_owned());
    }
    names(element).filter(|name| !(element.name() == "p" && name.contains("fontsize"))).find(
        |name| {
            NAMES.split(' ').any(|known| known == name)
                || PARTS.split(' ').any(|part| name.contains(part))
        },
    )
}

/// Whether an element is the footer of a page or of an article. Unlike other parts around the article, a footer is
/// searched for the author.
pub fn is_footer(element: &Element) -> bool {
    element.name() == "footer"
        || names(element).any(|name| {
            ["footer", "chantrang", "copyright", "banquyen"]
                .iter()
                .any(|foot| name.starts_with(foot))
        })
}

/// Texts of the buttons before and after an article (such as print and share), in lower case without accents.
const TOOLS: [&str; 26] = [
    "in",
    "in trang",
    "in bai",
    "in bai viet",
    "in trang nay",
    "ban in",
    "print",
    "email",
    "gui email",
    "gui cho ban be",
    "gui bai viet",
    "quay lai",
    "tro ve",
    "tro lai",
    "ve trang truoc",
    "ve dau trang",
    "dau trang",
    "chia se",
    "facebook",
    "twitter",
    "zalo",
    "rss",
    "co chu",
    "xem voi co chu",
    "tang co chu",
    "giam co chu",
];
/// Words with which view counters are labelled, in lower case without accents.
const COUNTED: [&str; 6] =
    ["luot xem", "so luot xem", "luot doc", "so lan doc", "da xem", "so lan xem"];
/// The maximum length of a line that consists of buttons, in characters. A longer line is part of the article.
const MAX_TOOLS: usize = 80;

/// Whether a line consists only of buttons and view counters.
fn is_tools(line: &str) -> bool {
    let line = fold(line);
    let mut parts = line
        .split(['|', '/', '[', ']', '·', '•', '-', '+', ';'])
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| part.len() > 1);
    let is_tool = |part: &str| {
        TOOLS.contains(&part)
            || COUNTED.iter().any(|label| {
                let rest = part.strip_prefix(label);
                rest.is_some_and(|rest| !rest.contains(|c: char| c.is_alphabetic()))
            })
    };
    line.chars().count() <= MAX_TOOLS && line.contains(char::is_alphabetic) && parts.all(is_tool)
}

/// Removes the lines that consist of buttons and view counters from the beginning and the end of the text. Returns
/// these lines.
pub fn cut_tools(blocks: &mut Vec<ContentBlock>) -> Vec<String> {
    let is_cut = |block: &ContentBlock| {
        matches!(block, ContentBlock::Paragraph(_) | ContentBlock::List { .. })
            && is_tools(&block.plain())
    };
    let mut cut = Vec::new();
    while let Some(block) = blocks.pop_if(|block| is_cut(block) || *block == ContentBlock::Rule) {
        cut.push(block.plain());
    }
    let start = blocks.iter().take_while(|block| is_cut(block)).count();
    cut.extend(blocks.drain(..start).map(|block| block.plain()));
    cut.retain(|text| !text.is_empty());
    cut
}

/// Whether a line is the heading of a list of other articles, such as related ones.
pub fn heads_others(line: &str) -> bool {
    OTHERS.contains(&fold(line).trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Removes lists of other articles (such as related ones) from the end of the text. Returns the heading of the first
/// list.
pub fn cut_others(blocks: &mut Vec<ContentBlock>) -> Option<String> {
    let is_heading = |block: &ContentBlock| heads_others(&block.plain());
    let is_of_list = |block: &ContentBlock| match block {
        _ if is_heading(block) => true,
        ContentBlock::List { .. } | ContentBlock::Rule | ContentBlock::Table(_) => true,
        ContentBlock::Paragraph(runs) | ContentBlock::Heading(_, runs) => {
            let linked: Vec<_> =
                runs.iter().filter(|run| run.style.link.is_some()).cloned().collect();
            plain(&linked).len() * 2 >= plain(runs).len()
        }
        ContentBlock::Quote(_) | ContentBlock::Code(_) => false,
    };
    let end = blocks.iter().rposition(|block| !is_of_list(block)).map_or(0, |last| last + 1);
    let at = end + blocks[end..].iter().position(is_heading)?;
    let heading = blocks[at].plain();
    blocks.truncate(at);
    Some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_buttons_are_known() {
        for line in
            ["In trang | Quay lại", "[Trở về]", "Lượt xem: 1.204", "Số lượt xem: 12 - In bài viết"]
        {
            assert!(is_tools(line), "{line}");
        }
        for line in ["", "12", "In trang trí", "Lượt xem phim", "Chia sẻ niềm vui | In"] {
            assert!(!is_tools(line), "{line}");
        }
    }
}
