//! Parses the input of a search into words and phrases, and writes them as an expression for FTS5, SQLite's full-text
//! search. The expression contains only quoted words, so no part of the input can act as FTS5 syntax.

use cong_core::addresses::MAX_SEARCH_CHARS;
use cong_core::vietnamese::{Word, nfc, words};

/// The maximum number of words of a query. Further words are dropped.
pub const MAX_WORDS: usize = 12;

/// A search query, divided into words and phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The phrases of the query, each of one or more words. A text must contain all phrases, in any order. The words of
    /// one phrase must be adjacent in it.
    pub phrases: Vec<Vec<Word>>,
    /// Whether the last word may be the beginning of a longer word, because the reader may not have finished typing it.
    is_open: bool,
    /// Whether a part of the input was dropped, because it exceeds `MAX_SEARCH_CHARS` or `MAX_WORDS`.
    pub is_shortened: bool,
}

impl Query {
    /// Parses the input. Words in quotation marks form one phrase. So do words that are joined by other characters than
    /// spaces, such as `1837/QĐ-UBND`. Any other word is a phrase by itself. A repeated phrase counts once.
    pub fn parse(typed: &str) -> Self {
        let typed = nfc(typed);
        let kept: String = typed.chars().take(MAX_SEARCH_CHARS).collect();
        let mut query = Self { is_shortened: kept.len() < typed.len(), ..Self::default() };
        let mut left = MAX_WORDS;
        let mut is_quoted = false;
        let mut ends_with_new = false;
        for part in kept.split(['"', '“', '”', '„', '«', '»']) {
            let chunks: Vec<&str> =
                if is_quoted { vec![part] } else { part.split_whitespace().collect() };
            for chunk in chunks {
                let mut phrase: Vec<Word> = words(chunk).collect();
                ends_with_new = !query.phrases.contains(&phrase);
                if !ends_with_new {
                    continue;
                }
                query.is_shortened |= phrase.len() > left;
                phrase.truncate(left);
                left -= phrase.len();
                if !phrase.is_empty() {
                    query.phrases.push(phrase);
                }
            }
            is_quoted = !is_quoted;
        }
        let ends_with_word = kept.ends_with(char::is_alphanumeric);
        query.is_open = ends_with_word && ends_with_new && !query.is_shortened;
        query
    }

    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The FTS5 expression for texts that contain all phrases, in any order. A phrase without any accents also matches
    /// accented texts. A phrase with an accent matches only texts with exactly its accents, even if some of its words
    /// have none, because correct Vietnamese also has words without accents.
    pub fn expression(&self) -> String {
        joined(self.phrases.iter().map(|phrase| as_written(phrase)), " AND ")
    }

    /// The last word, if it may be the beginning of a longer word; otherwise `None`.
    pub fn open_word(&self) -> Option<&Word> {
        self.phrases.last().and_then(|phrase| phrase.last()).filter(|_| self.is_open)
    }

    /// Whether the last phrase consists of a single word.
    pub fn ends_with_word(&self) -> bool {
        self.phrases.last().is_some_and(|phrase| phrase.len() == 1)
    }

    /// An FTS5 expression that matches more texts than `expression`. A word without accents also matches its accented
    /// forms, even in a phrase that has accented words too. If `endings` is not empty, each of its words may take the
    /// place of the last word of the query.
    pub fn wider_expression(&self, endings: &[Word]) -> String {
        let Some((last, before)) = self.phrases.split_last() else { return String::new() };
        let before = before.iter().map(|phrase| loosely(phrase));
        if endings.is_empty() {
            return joined(before.chain([loosely(last)]), " AND ");
        }
        let completed = endings.iter().map(|ending| {
            let mut phrase = last.clone();
            phrase.pop();
            phrase.push(ending.clone());
            loosely(&phrase)
        });
        let any = format!("({})", joined(completed, " OR "));
        joined(before.chain([any]), " AND ")
    }

    /// The FTS5 expression for texts in which all words of the query are adjacent, in order; `None` for a single
    /// phrase.
    pub fn all_adjacent(&self) -> Option<String> {
        let words: Vec<&Word> = self.phrases.iter().flatten().collect();
        (self.phrases.len() > 1).then(|| side_by_side(&words))
    }

    /// The FTS5 expression for texts in which any two consecutive words of the query are adjacent; `None` if the query
    /// has fewer than three phrases.
    pub fn some_adjacent(&self) -> Option<String> {
        let words: Vec<&Word> = self.phrases.iter().flatten().collect();
        (self.phrases.len() > 2).then(|| joined(words.windows(2).map(side_by_side), " OR "))
    }

    /// Whether a phrase has both words with accents and words without. For such a phrase, `wider_expression` may match
    /// too much: a text that contains the phrase without accents in one place and the accented words of the phrase in
    /// another.
    pub fn has_mixed_phrase(&self) -> bool {
        self.phrases.iter().any(|phrase| is_mixed(phrase))
    }
}

fn is_mixed(phrase: &[Word]) -> bool {
    phrase.iter().any(Word::is_accented) && !phrase.iter().all(Word::is_accented)
}

fn as_written(phrase: &[Word]) -> String {
    if phrase.iter().any(Word::is_accented) {
        quoted(phrase.iter().map(|word| word.written.as_str()))
    } else {
        quoted(phrase.iter().map(|word| word.plain.as_str()))
    }
}

fn loosely(phrase: &[Word]) -> String {
    if !is_mixed(phrase) {
        return as_written(phrase);
    }
    let plain = quoted(phrase.iter().map(|word| word.plain.as_str()));
    let runs = phrase
        .split(|word| !word.is_accented())
        .filter(|run| !run.is_empty())
        .map(|run| quoted(run.iter().map(|word| word.written.as_str())));
    format!("({})", joined([plain].into_iter().chain(runs), " AND "))
}

fn side_by_side(words: &[&Word]) -> String {
    if words.iter().all(|word| word.is_accented()) {
        quoted(words.iter().map(|word| word.written.as_str()))
    } else {
        quoted(words.iter().map(|word| word.plain.as_str()))
    }
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("\"{}\"", words.collect::<Vec<_>>().join(" "))
}

fn joined(parts: impl Iterator<Item = String>, separator: &str) -> String {
    parts.collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(typed: &str) -> String {
        Query::parse(typed).expression()
    }

    #[test]
    fn words_with_accents_are_looked_for_as_written_and_others_without() {
        assert_eq!(expression("quyet dinh"), r#""quyet" AND "dinh""#);
        assert_eq!(expression("Quyết định"), r#""quyết" AND "định""#);
        assert_eq!(expression("quyết dinh"), r#""quyết" AND "dinh""#);
        assert_eq!(expression("Đe\u{302}\u{300} nghi"), r#""đề" AND "nghi""#);
        assert_eq!(expression("hoà"), expression("HÒA"));
    }

    #[test]
    fn quoted_words_and_joined_words_are_a_phrase() {
        assert_eq!(expression(r#""quyết định" năm"#), r#""quyết định" AND "năm""#);
        assert_eq!(expression("“quyet dinh”"), r#""quyet dinh""#);
        assert_eq!(expression("1837/qd-ubnd"), r#""1837 qd ubnd""#);
        assert_eq!(expression("1837/QĐ-UBND"), r#""1837 qđ ubnd""#);
        assert_eq!(expression("\"khoa học công nghệ\""), r#""khoa học công nghệ""#);
        assert_eq!(expression("\"quyet dinh"), r#""quyet dinh""#);
    }

    #[test]
    fn operators_and_signs_are_words_or_nothing() {
        assert_eq!(
            expression("NOT a OR (b* AND {c}: ^d"),
            r#""not" AND "a" AND "or" AND "b" AND "and" AND "c" AND "d""#
        );
        assert_eq!(expression("NEAR(a b, 5)"), r#""near a" AND "b" AND "5""#);
        for nothing in ["", "  ", "\"", "\"\"", "*", "'); DROP TABLE article; --", "?!"] {
            let query = Query::parse(nothing);
            assert_eq!(query.is_empty(), !nothing.contains("DROP"), "{nothing}");
            assert!(!query.expression().contains([';', '\'', '*', '(']), "{nothing}");
        }
    }

    #[test]
    fn too_much_is_shortened_and_said_to_be() {
        let numbered = |count| (0..count).map(|number| format!("t{number} ")).collect::<String>();
        let words = Query::parse(&numbered(13));
        assert!(words.is_shortened && words.phrases.len() == MAX_WORDS);
        let letters = Query::parse(&"a".repeat(MAX_SEARCH_CHARS + 1));
        assert!(letters.is_shortened);
        assert!(!Query::parse(&numbered(12)).is_shortened);
    }

    #[test]
    fn the_last_word_may_be_the_beginning_of_one() {
        let open = |typed| Query::parse(typed).open_word().map(|word| word.written.clone());
        assert_eq!(open("quyết đị").as_deref(), Some("đị"));
        assert_eq!(open("1837/QĐ-U").as_deref(), Some("u"));
        for closed in ["quyết định ", "\"quyết định\"", "xong.", "", "quyết định quyết"]
        {
            assert_eq!(open(closed), None, "{closed}");
        }
        let endings: Vec<Word> = words("du dung").collect();
        assert_eq!(
            Query::parse("quyet 18/d").wider_expression(&endings),
            r#""quyet" AND ("18 du" OR "18 dung")"#
        );
    }

    #[test]
    fn neighbours_are_looked_for_side_by_side() {
        let query = Query::parse("khoa học công");
        assert_eq!(query.all_adjacent().as_deref(), Some(r#""khoa hoc cong""#));
        assert_eq!(query.some_adjacent().as_deref(), Some(r#""khoa hoc" OR "học công""#));
        assert_eq!(Query::parse("khoa").all_adjacent(), None);
        assert_eq!(Query::parse("khoa học").some_adjacent(), None);
    }

    #[test]
    fn a_phrase_of_mixed_words_is_found_as_written_and_in_a_wider_search_in_every_form() {
        let query = Query::parse("\"quyết dinh\" năm");
        assert_eq!(query.expression(), r#""quyết dinh" AND "năm""#);
        assert_eq!(query.wider_expression(&[]), r#"("quyet dinh" AND "quyết") AND "năm""#);
        assert!(query.has_mixed_phrase());
        assert!(!Query::parse("ban hành \"quyết định\" 12/qd").has_mixed_phrase());
    }

    #[test]
    fn what_is_typed_twice_counts_once() {
        assert_eq!(expression("năm năm Năm"), r#""năm""#);
    }
}
