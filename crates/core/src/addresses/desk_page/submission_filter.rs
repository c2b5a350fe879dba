//! The filter of the desk's list of submissions and of its CSV export, as it is written in addresses.

use super::super::no_route::NoRoute;
use super::super::query::QueryValues;
use crate::submission::SubmissionKind;
use crate::vietnamese::slug;

/// The maximum length of the search words, in characters. Further characters are ignored.
pub const MAX_WORDS_CHARS: usize = 100;

/// The conditions that a submission must meet to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmissionFilter {
    pub state: StateFilter,
    pub kind: Option<SubmissionKind>,
    /// The slug of the article or draft that the submissions are about.
    pub about: Option<String>,
    pub due: Option<DueFilter>,
    pub suspicion: SuspicionFilter,
    /// Words to search for, in normal form C, on one line, at most `MAX_WORDS_CHARS` characters; empty for no
    /// condition.
    pub words: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Submissions that are received, passed on or in progress.
    #[default]
    Open,
    Received,
    PassedOn,
    InProgress,
    Answered,
    Withdrawn,
    All,
}

/// A condition on the due dates of open submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueFilter {
    Overdue,
    /// Due today or within the next five days.
    Soon,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuspicionFilter {
    /// Submissions that are not suspected to be spam.
    #[default]
    None,
    /// Submissions that are suspected to be spam and that no editor has reviewed yet.
    Flagged,
    /// Submissions that an editor has confirmed to be spam.
    Spam,
    All,
}

/// One value of a filter: the value, its code in addresses, and its name for editors.
type Choice<T> = (T, &'static str, &'static str);

impl StateFilter {
    pub const CHOICES: [Choice<Self>; 7] = [
        (Self::Open, "dang-cho", "Đang chờ"),
        (Self::Received, "tiep-nhan", "Mới tiếp nhận"),
        (Self::PassedOn, "da-chuyen", "Đã chuyển đơn vị khác"),
        (Self::InProgress, "dang-xu-ly", "Đang xử lý"),
        (Self::Answered, "da-tra-loi", "Đã trả lời"),
        (Self::Withdrawn, "da-rut", "Đã rút lại hoặc bị xóa"),
        (Self::All, "tat-ca", "Tất cả"),
    ];
}

impl DueFilter {
    pub const CHOICES: [Choice<Self>; 2] =
        [(Self::Overdue, "qua-han", "Quá hạn"), (Self::Soon, "sap-den", "Đến hạn trong 5 ngày")];
}

impl SuspicionFilter {
    pub const CHOICES: [Choice<Self>; 4] = [
        (Self::None, "khong", "Không bị nghi"),
        (Self::Flagged, "co", "Bị nghi, chưa xem"),
        (Self::Spam, "rac", "Đã xác nhận là rác"),
        (Self::All, "tat-ca", "Tất cả"),
    ];
}

fn chosen<T: Copy>(choices: &[Choice<T>], code: &str) -> Result<T, NoRoute> {
    let choice = choices.iter().find(|(_, own, _)| *own == code);
    choice.map(|(value, ..)| *value).ok_or(NoRoute::Nonsense)
}

fn code<T: PartialEq>(choices: &[Choice<T>], value: &T) -> &'static str {
    choices.iter().find(|(own, ..)| own == value).map_or("", |(_, code, _)| code)
}

impl SubmissionFilter {
    /// The submissions about an article or draft, in any state, without those suspected to be spam.
    pub fn all_about(slug: &str) -> Self {
        Self { state: StateFilter::All, about: Some(slug.to_owned()), ..Self::default() }
    }

    /// The open submissions that are suspected to be spam and that no editor has reviewed yet.
    pub fn flagged() -> Self {
        Self { suspicion: SuspicionFilter::Flagged, ..Self::default() }
    }

    /// Parses the filter. Forms also send fields that are left empty, so an empty parameter counts as missing.
    pub fn parse(query: &QueryValues) -> Result<Self, NoRoute> {
        let filled = |name| query.get(name).map(str::trim).filter(|value| !value.is_empty());
        let state = filled("trang-thai").map(|code| chosen(&StateFilter::CHOICES, code));
        let kind =
            filled("loai").map(|code| SubmissionKind::from_code(code).ok_or(NoRoute::Nonsense));
        let due = filled("han").map(|code| chosen(&DueFilter::CHOICES, code));
        let suspicion = filled("nghi-rac").map(|code| chosen(&SuspicionFilter::CHOICES, code));
        // Editors may paste the whole address of an article.
        let about = filled("bai").map(|text| text.trim_end_matches('/'));
        let about = about.map(|text| slug(text.rsplit('/').next().unwrap_or(text)));
        Ok(Self {
            state: state.transpose()?.unwrap_or_default(),
            kind: kind.transpose()?,
            about: about.filter(|slug| !slug.is_empty()),
            due: due.transpose()?,
            suspicion: suspicion.transpose()?.unwrap_or_default(),
            words: query.words(MAX_WORDS_CHARS),
        })
    }

    /// The query parameters for all conditions except the search words.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let state = Some(code(&StateFilter::CHOICES, &self.state));
        let suspicion = Some(code(&SuspicionFilter::CHOICES, &self.suspicion));
        let pairs = [
            ("trang-thai", state.filter(|_| self.state != StateFilter::default())),
            ("loai", self.kind.map(SubmissionKind::code)),
            ("bai", self.about.as_deref()),
            ("han", self.due.map(|due| code(&DueFilter::CHOICES, &due))),
            ("nghi-rac", suspicion.filter(|_| self.suspicion != SuspicionFilter::default())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Writes the query part of an address, beginning with `?`: the parameters of the filter, then those in `besides`.
    /// Returns an empty text if there are no parameters.
    pub fn query(&self, besides: &[(&str, &str)]) -> String {
        let words = Some(("q", self.words.as_str())).filter(|(_, words)| !words.is_empty());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs()).extend_pairs(words).extend_pairs(besides);
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The query of the filter, for the audit trail. It contains `q=…` in place of the search words, which may be
    /// personal data. Without any condition, it is `trang-thai=dang-cho`, the default filter for open submissions.
    pub fn without_words(&self) -> String {
        let mut parts: Vec<String> =
            self.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !self.words.is_empty() {
            parts.push("q=…".to_owned());
        }
        if parts.is_empty() { "trang-thai=dang-cho".to_owned() } else { parts.join("&") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<SubmissionFilter, NoRoute> {
        SubmissionFilter::parse(&QueryValues::parse(query))
    }

    #[test]
    fn blank_fields_choose_nothing_and_unknown_codes_make_no_sense() {
        let blank = parse("trang-thai=&loai=&bai=&han=&nghi-rac=&q=");
        assert_eq!(blank, Ok(SubmissionFilter::default()));
        for nonsense in ["trang-thai=x", "loai=x", "han=x", "nghi-rac=x"] {
            assert_eq!(parse(nonsense), Err(NoRoute::Nonsense));
        }
    }

    #[test]
    fn an_article_can_be_named_by_its_address() {
        for text in ["du-thao-1", "https://cong.example/bai-viet/du-thao-1/", "/du-thao/Du-thao-1"]
        {
            let filter = parse(&format!("bai={text}")).unwrap();
            assert_eq!(filter.about.as_deref(), Some("du-thao-1"), "{text}");
        }
        assert_eq!(parse("bai=???").unwrap().about, None);
    }

    #[test]
    fn words_are_bounded_and_not_in_the_audit_trail() {
        let filter = parse(&format!("q={}&loai=cau-hoi", "a".repeat(200))).unwrap();
        assert_eq!(filter.words.chars().count(), MAX_WORDS_CHARS);
        assert_eq!(filter.without_words(), "loai=cau-hoi&q=…");
        assert_eq!(SubmissionFilter::default().without_words(), "trang-thai=dang-cho");
    }
}
