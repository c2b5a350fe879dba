//! Reads what the page of an article needs from the catalogue: related articles, the dimensions of its pictures, and
//! the hash that its document had when it was last indexed.

use std::collections::{BTreeSet, HashMap};

use cong_core::order::sort_by;
use cong_core::vietnamese::{Timestamp, words};
use serde::Deserialize;

use super::pictures::{Sizes, by_file};
use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of related articles for one article.
const MOST: usize = 4;

/// The minimum score of a related article. A pair of syllables (`pairs`) that occurs in the titles of ten compared
/// articles adds this much to their scores. An article is therefore not related if its title shares a single pair, and
/// that pair is in most of the other titles too.
const LEAST_SCORE: f64 = 0.1;

#[derive(Debug, Default)]
pub struct Related {
    pub articles: Vec<RelatedArticle>,
    /// The hash of the article's document when it was last indexed; `None` if it never was.
    pub known_hash: Option<String>,
    /// The dimensions of those pictures in the article whose dimensions the sync has read.
    pub pictures: Sizes,
}

impl Related {
    /// The approximate size in bytes, which counts towards the limit of the memory in which an isolate keeps it.
    pub fn bytes(&self) -> usize {
        let articles = self.articles.iter();
        let articles: usize =
            articles.map(|one| one.slug.len() + one.title.len() + one.lang.len()).sum();
        articles + self.pictures.keys().map(String::len).sum::<usize>()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RelatedArticle {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub listed_at: Timestamp,
}

/// The row that the query for related articles returns. Lists are JSON texts, because passing rows from JavaScript to
/// Wasm costs more than one string.
#[derive(Deserialize)]
struct RelatedRow {
    near: String,
    hash: Option<String>,
    pictures: String,
}

/// Reads related articles: articles of the same category whose titles share pairs of neighbouring syllables with the
/// title of the article `slug`. Considers up to forty older and twenty newer articles, in one round trip to the
/// database.
pub async fn related(db: &Database, slug: &str, now: Timestamp) -> Result<Related, DatabaseError> {
    let statement = Statement::new(
        "WITH here AS (SELECT category_slug AS category, listed_at AS at FROM article
             WHERE slug = ?1 AND category_slug <> ''),
         near AS (
             SELECT * FROM (SELECT slug, title, lang, listed_at FROM here JOIN article
                 ON category_slug = category AND draft = 0 AND listed_at <= at
                     AND publish_at <= ?2
                 ORDER BY listed_at DESC, slug LIMIT 41)
             UNION ALL
             SELECT * FROM (SELECT slug, title, lang, listed_at FROM here JOIN article
                 ON category_slug = category AND draft = 0 AND listed_at > at
                     AND publish_at <= ?2
                 ORDER BY listed_at, slug DESC LIMIT 20))
         SELECT
             (SELECT json_group_array(json_object(
                 'slug', slug, 'title', title, 'lang', lang, 'listed_at', listed_at))
              FROM near) AS near,
             (SELECT hash FROM document WHERE slug = ?1) AS hash,
             (SELECT json_group_array(json_object('file', file, 'width', width, 'height', height))
              FROM picture WHERE slug = ?1 AND width IS NOT NULL) AS pictures",
        [slug.into(), now.0.into()],
    );
    let row: RelatedRow = db.rows(statement).await?.pop().ok_or_else(DatabaseError::unexpected)?;
    Ok(Related {
        articles: most_related(slug, serde_json::from_str(&row.near)?),
        known_hash: row.hash,
        pictures: by_file(serde_json::from_str(&row.pictures)?),
    })
}

/// Selects from `near` the articles whose titles share pairs of syllables (`pairs`) with the title of the article
/// `slug`, the highest score first. `near` must contain that article too. The fewer of these titles contain a pair, the
/// more it adds to the score.
fn most_related(slug: &str, near: Vec<RelatedArticle>) -> Vec<RelatedArticle> {
    let Some(own) = near.iter().find(|article| article.slug == slug) else { return Vec::new() };
    let own = pairs(&own.title);
    let shared = near.into_iter().filter(|article| article.slug != slug).map(|article| {
        let shared: Vec<String> = pairs(&article.title).intersection(&own).cloned().collect();
        (article, shared)
    });
    let shared: Vec<_> = shared.filter(|(_, pairs)| !pairs.is_empty()).collect();
    let mut articles_with: HashMap<String, f64> = HashMap::new();
    for pair in shared.iter().flat_map(|(_, pairs)| pairs) {
        *articles_with.entry(pair.clone()).or_default() += 1.0;
    }
    let weight = |pair: &String| articles_with.get(pair).map_or(0.0, |articles| 1.0 / articles);
    let mut scored: Vec<(f64, RelatedArticle)> = shared
        .into_iter()
        .map(|(article, pairs)| (pairs.iter().map(weight).sum(), article))
        .filter(|(score, _)| *score >= LEAST_SCORE)
        .collect();
    sort_by(&mut scored, |(score, article), (other_score, other)| {
        other_score
            .total_cmp(score)
            .then_with(|| other.listed_at.cmp(&article.listed_at))
            .then_with(|| article.slug.cmp(&other.slug))
    });
    scored.into_iter().take(MOST).map(|(_, article)| article).collect()
}

/// The pairs of neighbouring syllables in a title, without accents. Blanks in Vietnamese text separate syllables, and
/// most words have two, so a single syllable says little. The result for a title of one syllable is that syllable.
fn pairs(title: &str) -> BTreeSet<String> {
    let words: Vec<String> = words(title).map(|word| word.plain).collect();
    match words.as_slice() {
        [only] => BTreeSet::from([only.clone()]),
        words => words.windows(2).map(|pair| pair.join(" ")).collect(),
    }
}

/// Marks the document of the article `slug` as changed, so that the next run of the sync reads it.
pub async fn note_changed(db: &Database, slug: &str, now: Timestamp) -> Result<(), DatabaseError> {
    let sql = "INSERT OR IGNORE INTO due (slug, found_at) VALUES (?1, ?2)";
    db.run(Statement::new(sql, [slug.into(), now.0.into()])).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn related_to_first(titles: &[&str]) -> Vec<String> {
        let near = titles.iter().zip(0..).map(|(title, number)| RelatedArticle {
            slug: format!("bai-{number}"),
            title: (*title).to_owned(),
            lang: "vi".to_owned(),
            listed_at: Timestamp(number),
        });
        let related = most_related("bai-0", near.collect());
        related.into_iter().map(|article| article.title).collect()
    }

    #[test]
    fn the_rarer_the_words_that_titles_share_the_nearer_they_are() {
        assert_eq!(
            related_to_first(&[
                "Kết quả khảo nghiệm giống lúa cạn",
                "Kết quả cuộc thi",
                "Kết quả hội nghị",
                "Giống lúa mới",
                "Cấp nước cho vùng cao",
            ]),
            ["Giống lúa mới", "Kết quả hội nghị", "Kết quả cuộc thi"]
        );
    }

    #[test]
    fn what_every_title_has_makes_none_related() {
        let titles: Vec<String> = (0..12).map(|number| format!("Thông báo s{number}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        assert!(related_to_first(&titles).is_empty());
        assert!(related_to_first(&["Họp", "Nghỉ"]).is_empty());
        assert_eq!(related_to_first(&["Họp", "họp"]), ["họp"]);
    }

    #[test]
    fn an_article_that_the_catalogue_does_not_know_has_none() {
        assert!(most_related("khong-co", Vec::new()).is_empty());
    }
}
