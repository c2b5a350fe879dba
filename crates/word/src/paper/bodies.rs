//! Reads the issuing bodies at the head of a paper: joins the lines of each name, and tells the issuer from its parent
//! body.

use super::lines::PaperLine;
use super::names::NameWriter;
use super::writing::{begins_with_any, plain_words};

/// The issuer of a paper and its parent body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuingBodies {
    pub issuer: Option<String>,
    pub parent: Option<String>,
}

/// The first words of the names of public bodies and organisations, in lower case and without accents.
pub const BODIES: [&str; 68] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "so",
    "bo",
    "ban",
    "phong",
    "van phong",
    "trung tam",
    "truong",
    "chi cuc",
    "cuc",
    "tong cuc",
    "vu",
    "cong an",
    "thanh tra",
    "vien",
    "benh vien",
    "tram",
    "toa an",
    "vksnd",
    "tand",
    "dang uy",
    "dang bo",
    "dang doan",
    "chi bo",
    "huyen uy",
    "tinh uy",
    "thanh uy",
    "quan uy",
    "doan",
    "tinh doan",
    "thanh doan",
    "huyen doan",
    "xa doan",
    "hoi",
    "lien hiep",
    "lien doan",
    "lien minh",
    "mat tran",
    "ubmttq",
    "cong doan",
    "ngan hang",
    "kho bac",
    "chi nhanh",
    "cong ty",
    "tong cong ty",
    "tap doan",
    "to cong tac",
    "bao tang",
    "thu vien",
    "dai",
    "quy",
    "hat",
    "doi",
    "hoc vien",
    "dai hoc",
    "bch",
    "bql",
    "bcd",
    "tieu ban",
    "hai quan",
    "thue",
    "bao hiem",
    "nha",
    "tinh hoi",
    "hop tac xa",
];

/// Words that begin like the name of a body, but continue such a name, as in "BAN CHỈ HUY / PHÒNG THỦ DÂN SỰ".
const NO_BODIES: [&str; 7] =
    ["phong thu", "phong chay", "phong chong", "hoi nhap", "bo tri", "so huu", "so hoa"];

/// Kinds of administrative units. A line that begins with one of them continues the name above it, even if it is bold.
const UNITS: [&str; 10] = [
    "tinh",
    "thanh pho",
    "xa",
    "phuong",
    "dac khu",
    "huyen",
    "quan",
    "thi xa",
    "thi tran",
    "khu vuc",
];

/// If a line ends with one of these words, the name continues in the next line.
const OPEN_ENDS: [&str; 12] = [
    "va",
    "cua",
    "cac",
    "truong",
    "ban quan ly",
    "cho",
    "ve",
    "chu tich",
    "giam doc",
    "hieu truong",
    "ban chi dao",
    "hoi dong tu van",
];

/// Words that end like one of [`OPEN_ENDS`], but can be the end of a name.
const CLOSED_ENDS: [&str; 2] = ["moi truong", "thi truong"];

pub fn begins_body(words: &str) -> bool {
    begins_with_any(words, &BODIES) && !begins_with_any(words, &NO_BODIES)
}

/// Reads the bodies. If `is_joint` is set, all of them issue the paper together.
pub fn read_bodies(lines: &[PaperLine], is_joint: bool, names: &NameWriter<'_>) -> IssuingBodies {
    let mut bodies = Vec::<String>::new();
    let mut was_bold = false;
    // Outside tables and text boxes, other lines may precede the first body.
    let is_body = |line: &&PaperLine| line.column > 0 || begins_known(&plain_words(&line.text));
    for line in lines.iter().skip_while(|line| !is_body(line)) {
        let words = plain_words(&line.text);
        let is_open = |last: &String| {
            let end = plain_words(last);
            let is_whole = CLOSED_ENDS.iter().any(|closed| ends_with(&end, closed));
            last.ends_with([',', '&'])
                || !is_whole && OPEN_ENDS.iter().any(|open| ends_with(&end, open))
        };
        // A bold line below a line that is not bold begins the issuer: the name of the parent body is not bold.
        let is_next = line.is_bold && !was_bold && !begins_with_any(&words, &UNITS);
        was_bold = line.is_bold;
        match bodies.last_mut() {
            Some(last) if is_open(last) || !(begins_body(&words) || is_next) => {
                last.push(' ');
                last.push_str(&line.text);
            }
            _ => bodies.push(line.text.clone()),
        }
    }
    let is_joint = is_joint || bodies.first().is_some_and(|first| first.ends_with(['-', '–']));
    let mut bodies: Vec<_> = bodies
        .iter()
        .map(|body| names.write(body.trim_end_matches(['-', '–', ' ', ':', '.'])))
        .filter(|body| !body.is_empty())
        .collect();
    if is_joint && bodies.len() > 1 {
        return IssuingBodies { issuer: Some(bodies.join(" - ")), parent: None };
    }
    let issuer = bodies.pop();
    IssuingBodies { issuer, parent: bodies.pop() }
}

/// Whether the words begin the name of an issuer: a body, or the position of the head of a body.
fn begins_known(words: &str) -> bool {
    const HEADS: [&str; 9] = [
        "chu tich",
        "giam doc",
        "hieu truong",
        "thu tuong",
        "chinh phu",
        "quoc hoi",
        "to",
        "thuong truc",
        "uy vien",
    ];
    begins_body(words) || begins_with_any(words, &HEADS)
}

fn ends_with(words: &str, end: &str) -> bool {
    words.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::super::spelling::Spelling;
    use super::*;

    fn read(texts: &[&str], is_joint: bool) -> (Option<String>, Option<String>) {
        let line = |text: &&str| PaperLine {
            text: (*text).to_owned(),
            column: 1,
            cell: 1,
            is_bold: false,
            is_centered: true,
            is_after_blank: false,
        };
        let lines: Vec<_> = texts.iter().map(line).collect();
        let spelling = Spelling::default();
        let IssuingBodies { issuer, parent } =
            read_bodies(&lines, is_joint, &NameWriter::new(&spelling, None));
        (issuer, parent)
    }

    #[test]
    fn names_over_several_lines_are_one_body() {
        let some = |text: &str| Some(text.to_owned());
        for (lines, issuer, parent) in [
            (&["ỦY BAN NHÂN DÂN", "XÃ VÂN KHÊ"][..], "Ủy ban nhân dân xã Vân Khê", None),
            (
                &["UỶ BAN NHÂN DÂN", "TỈNH SƠN LÂM", "SỞ TÀI CHÍNH"],
                "Sở Tài chính",
                some("Ủy ban nhân dân tỉnh Sơn Lâm"),
            ),
            (
                &["CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH", "SƠN LÂM"],
                "Chủ tịch Ủy ban nhân dân tỉnh Sơn Lâm",
                None,
            ),
            (
                &["UBND TỈNH SƠN LÂM", "BAN CHỈ HUY", "PHÒNG THỦ DÂN SỰ"],
                "Ban Chỉ huy Phòng thủ dân sự",
                some("UBND tỉnh Sơn Lâm"),
            ),
        ] {
            assert_eq!(read(lines, false), (some(issuer), parent));
        }
    }

    #[test]
    fn joint_bodies_are_one_issuer_without_a_parent_body() {
        let joint = ["SỞ GIÁO DỤC VÀ ĐÀO TẠO -", "CÔNG AN TỈNH SƠN LÂM"];
        let issuer = "Sở Giáo dục và Đào tạo - Công an tỉnh Sơn Lâm".to_owned();
        assert_eq!(read(&joint, false), (Some(issuer), None));
    }
}
