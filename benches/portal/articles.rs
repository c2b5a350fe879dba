//! Generates any number of Vietnamese articles. The article with a given number is always the same.

use cong_core::vietnamese::{Timestamp, slug};

use crate::words::{
    ACTIONS, CIRCUMSTANCES, FAMILY_NAMES, GIVEN_NAMES, HEADINGS, MIDDLE_NAMES, PLACE_BEGINNINGS,
    PLACE_ENDINGS, SENTENCES, SUBJECTS, TITLES, TOPICS, Topic,
};

/// One in this many articles contains [`RARE_WORD`].
const RARE_ONE_IN: u32 = 5_000;
/// The number of the first article that contains [`RARE_WORD`].
const FIRST_RARE: u32 = 17;
pub const RARE_WORD: &str = "cọn";
const RARE_SENTENCE: &str = "Người già trong bản còn nhớ cách dựng cọn nước bằng tre và dây mây.";

/// A phrase that about a third of all articles contain.
pub const PHRASE: &str = "hội đồng nghiệm thu";

/// The number of days over which the dates of the articles are spread: twenty years.
const DAYS: usize = 20 * 365;
/// 2026-11-01T08:00:00+07:00, on the last of these days.
const LAST_DAY: i64 = 1_793_494_800;
const DAY_SECONDS: i64 = 24 * 3600;
const WORKING_SECONDS: usize = 9 * 3600;

/// An article as it is stored in KV.
#[derive(serde::Serialize)]
pub struct Generated {
    pub slug: String,
    pub document: String,
    /// The field `rev` in the metadata of the article's key in KV, which identifies this version of the document. Some
    /// articles have none.
    pub rev: Option<String>,
}

pub fn article(number: u32) -> Generated {
    let mut writer = Writer::new(number);
    // Two of five articles are news, so that the pages of their list are full at every size. Of the other categories,
    // the first have more articles than the last.
    let others = TOPICS.len() - 1;
    let drawn = 1 + writer.below(others).min(writer.below(others));
    let topic = &TOPICS[if number % 5 < 2 { 0 } else { drawn }];
    let title = capitalised(&writer.pick_filled(&TITLES, topic));
    let mut document = String::with_capacity(6_000);
    writer.fields(number, &title, topic, &mut document);
    writer.body(number, topic, &mut document);
    let rev = (!writer.one_in(20)).then(|| "1".to_owned());
    Generated { slug: format!("{}-{number}", slug(&title)), document, rev }
}

/// Writes texts from templates, with choices drawn from a sequence of pseudo-random numbers.
struct Writer {
    state: u64,
}

impl Writer {
    fn new(number: u32) -> Self {
        Self { state: u64::from(number) }
    }

    /// The next number of the pseudo-random generator SplitMix64.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.draw() % bound as u64) as usize
    }

    fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn pick_filled(&mut self, templates: &[&str], topic: &Topic) -> String {
        let template = self.pick(templates);
        self.fill(template, topic)
    }

    /// Replaces each placeholder such as `{thing}` in the template.
    fn fill(&mut self, template: &str, topic: &Topic) -> String {
        let mut filled = String::with_capacity(3 * template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&self.slot(slot, topic));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn slot(&mut self, slot: &str, topic: &Topic) -> String {
        match slot {
            "subject" => self.pick_filled(&SUBJECTS, topic),
            "action" => self.pick(&ACTIONS).to_owned(),
            "circumstance" => self.pick_filled(&CIRCUMSTANCES, topic),
            "thing" => self.pick(&topic.things).to_owned(),
            "measure" => self.pick(&topic.measures).to_owned(),
            "person" => self.person(),
            "place" => format!("{} {}", self.pick(&PLACE_BEGINNINGS), self.pick(&PLACE_ENDINGS)),
            "few" => self.between(2, 9).to_string(),
            "dozens" => self.between(12, 96).to_string(),
            "hundreds" => self.between(105, 980).to_string(),
            "number" => self.between(11, 4_200).to_string(),
            "percent" => format!("{},{}", self.between(1, 38), self.below(10)),
            "quarter" => self.pick(&["I", "II", "III", "IV"]).to_owned(),
            "day" => format!("{:02}", self.between(1, 28)),
            "month" => format!("{:02}", self.between(1, 12)),
            "year" => self.between(2008, 2028).to_string(),
            other => unreachable!("no slot {other}"),
        }
    }

    fn person(&mut self) -> String {
        let names = [self.pick(&FAMILY_NAMES), self.pick(&MIDDLE_NAMES), self.pick(&GIVEN_NAMES)];
        names.join(" ")
    }

    fn sentence(&mut self, topic: &Topic) -> String {
        capitalised(&self.pick_filled(&SENTENCES, topic))
    }

    fn sentences(&mut self, count: usize, topic: &Topic) -> String {
        (0..count).map(|_| self.sentence(topic)).collect::<Vec<_>>().join(" ")
    }

    fn fields(&mut self, number: u32, title: &str, topic: &Topic, document: &mut String) {
        let (day, second) = (self.below(DAYS) as i64, self.below(WORKING_SECONDS) as i64);
        let published = Timestamp(LAST_DAY - day * DAY_SECONDS + second);
        let mut line = |name: &str, value: String| {
            document.push_str(name);
            document.push_str(" = ");
            document.push_str(&value);
            document.push('\n');
        };
        line("+++\ntitle", quoted(title));
        line("published", published.rfc3339());
        // Some articles were corrected within a month.
        let corrected = if self.one_in(8) { self.below(30) as i64 * DAY_SECONDS } else { 0 };
        line("updated", Timestamp(published.0 + corrected).rfc3339());
        line("author", quoted(&self.person()));
        line("category", quoted(topic.category));
        if !self.one_in(4) {
            line("summary", quoted(&self.sentences(2, topic)));
        }
        if self.one_in(20) {
            line("aliases", format!("[\"/SitePages/TinTuc.aspx?ItemID={number}\"]"));
        }
        let is_document = topic.category == "Văn bản" || self.one_in(15);
        for part in 0..if self.one_in(8) { self.between(1, 3) } else { 0 } {
            line("[[attachments]]\nfile", quoted(&format!("phu-luc-{number}-{part}.pdf")));
            line("title", quoted(&format!("Phụ lục {}: {}", part + 1, self.pick(&topic.measures))));
        }
        if is_document {
            let kind = self.pick(&["QĐ", "KH", "TB", "CV", "BC"]);
            let issuer = self.pick(&["UBND", "SKHCN", "LHH", "SNN"]);
            line(
                "[document]\nnumber",
                quoted(&format!("{}/{kind}-{issuer}", self.between(11, 4_200))),
            );
            line("issued_on", published.rfc3339());
            line("signer", quoted(&self.person()));
        }
        document.push_str("+++\n");
    }

    /// Writes about 250 to 900 words: paragraphs, headings, and sometimes a list or a table.
    fn body(&mut self, number: u32, topic: &Topic, document: &mut String) {
        for section in 0..self.between(3, 6) {
            if section > 0 {
                document.push_str(&format!("\n## {}\n", self.pick(&HEADINGS)));
            }
            for _ in 0..self.between(1, 2) {
                let count = self.between(2, 5);
                document.push_str(&format!("\n{}\n", self.sentences(count, topic)));
            }
            match self.below(6) {
                0 => {
                    document.push('\n');
                    for _ in 0..self.between(3, 5) {
                        document.push_str(&format!("- {}\n", self.sentence(topic)));
                    }
                }
                1 => {
                    document.push_str("\n| Xã | Kết quả |\n| :-- | --: |\n");
                    for _ in 0..self.between(3, 6) {
                        document.push_str(&self.fill("| {place} | {hundreds} |\n", topic));
                    }
                }
                _ => {}
            }
        }
        if number % RARE_ONE_IN == FIRST_RARE {
            document.push_str(&format!("\n{RARE_SENTENCE}\n"));
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
