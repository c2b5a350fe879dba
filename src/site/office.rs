//! The office's texts in the language of the page frame (header, navigation, footer). English pages use Vietnamese
//! texts where the settings have no English ones.

use super::settings::Site;
use super::texts::Language;

/// A text of the office, and the language in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    pub text: &'a str,
    pub language: Language,
}

/// The office's texts for pages in one language. The fields are described at `Site`.
#[derive(Clone, Copy, Debug)]
pub struct Office<'a> {
    pub body_name: Said<'a>,
    pub parent_name: Option<Said<'a>>,
    pub greeting: Option<Said<'a>>,
    pub address: Option<Said<'a>>,
    pub responsible: Option<Said<'a>>,
    pub licence: Option<Said<'a>>,
}

impl Site {
    pub fn office(&self, language: Language) -> Office<'_> {
        let Self { english, .. } = self;
        let body_name = Said { text: &self.body_name, language: Language::Vietnamese };
        Office {
            body_name: said(language, &english.body_name, Some(&self.body_name))
                .unwrap_or(body_name),
            parent_name: said(language, &english.parent_name, self.parent_name.as_deref()),
            greeting: said(language, &english.greeting, Some(&self.greeting)),
            address: said(language, &english.address, self.address.as_deref()),
            responsible: said(language, &english.responsible, self.responsible.as_deref()),
            licence: said(language, &english.licence, self.licence.as_deref()),
        }
    }
}

fn said<'a>(
    language: Language,
    english: &'a Option<String>,
    vietnamese: Option<&'a str>,
) -> Option<Said<'a>> {
    let english = english.as_deref().filter(|_| language == Language::English);
    let english = english.map(|text| Said { text, language });
    let vietnamese = vietnamese.filter(|text| !text.is_empty());
    english.or(vietnamese.map(|text| Said { text, language: Language::Vietnamese }))
}

#[cfg(test)]
mod tests {
    use crate::site::english_texts::EnglishTexts;

    use super::*;

    #[test]
    fn what_is_not_said_in_english_is_said_in_vietnamese() {
        let site = Site {
            body_name: "Liên hiệp Hội".into(),
            parent_name: Some("Ủy ban".into()),
            english: EnglishTexts {
                body_name: Some("The Union".into()),
                greeting: Some("Welcome".into()),
                ..EnglishTexts::default()
            },
            ..Site::default()
        };
        let vietnamese = |text| Said { text, language: Language::Vietnamese };
        let english = |text| Said { text, language: Language::English };

        let office = site.office(Language::English);
        assert_eq!(office.body_name, english("The Union"));
        assert_eq!(office.parent_name, Some(vietnamese("Ủy ban")));
        assert_eq!(office.greeting, Some(english("Welcome")));
        assert_eq!(office.address, None);

        let office = site.office(Language::Vietnamese);
        assert_eq!(office.body_name, vietnamese("Liên hiệp Hội"));
        assert_eq!(office.greeting, None);
    }
}
