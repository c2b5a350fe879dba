//! Full-text search in the title, summary and text of the articles that are public, best match first.
//!
//! Matches are ranked with bm25, SQLite's score of how well a text matches. The title counts more than the summary, and
//! the summary more than the text. Articles in which the words of the query are adjacent rank above articles in which
//! they are apart. Only the newest 2,000 matches are ranked, which bounds the cost of very common words.

use std::collections::HashSet;

use cong_core::addresses::ListPeriod;
use cong_core::vietnamese::{Word, words};
use serde::Deserialize;

use super::excerpt::{ExcerptPiece, SearchedText};
use super::query::Query;
use crate::catalogue::{ListedArticle, PER_PAGE, category_word};
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// The maximum number of matches that are ranked. If there are more, only the newest are ranked and shown.
pub const MAX_RANKED: u32 = 2_000;

/// The number of characters at the beginning of a text from which an excerpt is taken.
const EXCERPTED: i64 = 6_000;

/// The maximum number of completions of the last word (longer words that begin with it) for which the wider search
/// still ranks matches with bm25. The cost of bm25 grows with each word. If there are more completions, matches are
/// listed newest first.
const MAX_RANKED_ENDINGS: usize = 8;

/// The factor for the scores of matches that must come before all others, however weakly they match by bm25.
const FIRST: i64 = 1_000;

/// The maximum number of completions of the last word (longer words that begin with it) that a search reads from the
/// table `word`. If the last word is part of a longer phrase, the maximum is `MAX_PHRASE_ENDINGS`, because the whole
/// phrase is searched for with each completion.
const MAX_ENDINGS: i64 = 64;

const MAX_PHRASE_ENDINGS: i64 = 4;

/// An FTS5 expression that matches nothing, because no text contains this character.
const NOTHING: &str = "\"\u{E001}\"";

/// The input of a search: the query, and the filters by category and year.
#[derive(Debug)]
pub struct Search<'a> {
    pub query: &'a Query,
    pub category: Option<&'a str>,
    pub year: Option<u32>,
    pub page: u32,
}

#[derive(Debug)]
pub struct SearchResults {
    pub hits: Vec<Hit>,
    /// The number of matches that readers can see, at most `MAX_RANKED`.
    pub articles: u32,
    /// Whether there are more matches than `MAX_RANKED`.
    pub is_more: bool,
    /// The number of pages, at least 1.
    pub pages: u32,
    pub years: Years,
}

/// The first and the last year in which there are articles; `None` if there are no articles.
pub type Years = Option<(u32, u32)>;

/// A found article, with the matches marked in its title and in an excerpt of its text.
#[derive(Debug)]
pub struct Hit {
    pub entry: ListedArticle,
    pub title: Vec<ExcerptPiece>,
    pub excerpt: Vec<ExcerptPiece>,
}

#[derive(Deserialize)]
struct FoundRow {
    #[serde(flatten)]
    entry: ListedArticle,
    text: String,
    /// The number of all matches. It is the same in each row.
    found: u32,
}

#[derive(Deserialize)]
struct MatchCountRow {
    found: u32,
}

#[derive(Deserialize)]
struct WordRow {
    word: String,
}

#[derive(Deserialize)]
struct YearsRow {
    first: Option<u32>,
    last: Option<u32>,
}

/// SQL for a page of ranked matches of the expression `?1`, in articles between the times `?2` and `?3`. Articles that
/// also match the expression `?4` or `?5` get a better score; `?8` is the weight of `?4`. `?6` is the number of matches
/// on earlier pages, `?7` the length of text that is read for the excerpt. The ids of rows grow with `listed_at`, so a
/// range of times is a range of ids (see the table `article`). One match more than `MAX_RANKED` is counted, to tell
/// whether there are more. The literals 2000 and 20 are `MAX_RANKED` and `PER_PAGE`.
const RANKED: &str = "
    WITH newest AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?1
        AND rowid >= (cast(?2 AS INTEGER) + 2208988800) << 20
        AND rowid < (cast(?3 AS INTEGER) + 2208988800) << 20
        ORDER BY rowid DESC LIMIT 2001),
    oldest AS (SELECT min(id) AS id FROM (SELECT id FROM newest LIMIT 2000)),
    better AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?4
        AND rowid >= (SELECT id FROM oldest)),
    best AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?5
        AND rowid >= (SELECT id FROM oldest)),
    ranked AS MATERIALIZED (SELECT rowid AS id, bm25(search, 10.0, 4.0, 1.0, 0.0) * (1
            + ?8 * (rowid IN (SELECT id FROM better)) + 2 * (rowid IN (SELECT id FROM best))) AS score
        FROM search WHERE search MATCH ?1
        AND rowid >= (SELECT id FROM oldest)
        AND rowid < (cast(?3 AS INTEGER) + 2208988800) << 20
        ORDER BY score, rowid DESC LIMIT 20 OFFSET ?6)
    SELECT slug, title, summary, lang, category_slug, category_name, updated, listed_at, publish_at,
        pinned, substr(body, 1, ?7) AS text, (SELECT count(*) FROM newest) AS found
    FROM ranked JOIN article USING (id) JOIN article_text USING (id)
    ORDER BY score, id DESC";

const COUNT: &str = "
    SELECT count(*) AS found FROM (SELECT rowid FROM search WHERE search MATCH ?1
        AND rowid >= (cast(?2 AS INTEGER) + 2208988800) << 20
        AND rowid < (cast(?3 AS INTEGER) + 2208988800) << 20
        ORDER BY rowid DESC LIMIT 2001)";

/// SQL for a page of matches of the expression `?1` that are not ranked with bm25. Articles that also match the
/// expression `?4` come first, then the others, each group newest first. Articles from the time `?2` until before `?3`
/// are searched. `?5` is the number of matches on earlier pages, `?6` the length of text that is read for the excerpt.
const LISTED: &str = "
    WITH best AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?4),
    newest AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?1
        AND rowid >= (cast(?2 AS INTEGER) + 2208988800) << 20
        AND rowid < (cast(?3 AS INTEGER) + 2208988800) << 20
        ORDER BY rowid DESC LIMIT 2001),
    ranked AS MATERIALIZED (SELECT id, id NOT IN (SELECT id FROM best) AS score
        FROM (SELECT id FROM newest LIMIT 2000)
        ORDER BY score, id DESC LIMIT 20 OFFSET ?5)
    SELECT slug, title, summary, lang, category_slug, category_name, updated, listed_at, publish_at,
        pinned, substr(body, 1, ?6) AS text, (SELECT count(*) FROM newest) AS found
    FROM ranked JOIN article USING (id) JOIN article_text USING (id)
    ORDER BY score, id DESC";

/// Finds a page of results; `None` if there is no such page.
///
/// Takes one round trip to the database. A wider search follows if fewer articles than a page holds match the words as
/// typed, and if a wider search can match more: the last word may be the beginning of longer words, and a phrase may
/// have been typed with only some of its accents.
pub async fn search(
    db: &Database,
    search: &Search<'_>,
) -> Result<Option<SearchResults>, DatabaseError> {
    let Search { query, .. } = search;
    let expression = search.within_category(&query.expression());
    let all = query.all_adjacent();
    let some = query.some_adjacent();
    let better = some.as_deref().or(all.as_deref()).unwrap_or(NOTHING);
    let best = all.as_deref().unwrap_or(NOTHING);
    let endings = Endings::of(query);
    let statements =
        [search.ranked(&expression, (better, 1), best), endings.statement(), years_statement()];
    let results = db.batch(&statements).await?;
    let [hits, endings, years] = results.as_slice() else {
        return Err(DatabaseError::unexpected());
    };
    let hits = hits.parse::<FoundRow>()?;
    let endings = endings.parse::<WordRow>()?;
    let years = first_and_last(&years.parse()?);
    let found = match hits.first() {
        Some(row) => row.found,
        // On a page after the last there is no row from which to read the number of matches.
        None if search.page > 1 => search.count(db, &expression).await?,
        None => 0,
    };
    let has_more_endings = endings.len() > 1 || found == 0 && !endings.is_empty();
    let (hits, needs_proof) =
        if found < PER_PAGE.0 && (has_more_endings || query.has_mixed_phrase()) {
            (search.widened(db, &expression, &endings).await?, query.has_mixed_phrase())
        } else {
            (hits, false)
        };
    Ok(search.page(hits, needs_proof, years))
}

impl Search<'_> {
    /// Runs the wider search. Articles that match `exact`, the words as typed, come first.
    async fn widened(
        &self,
        db: &Database,
        exact: &str,
        endings: &[WordRow],
    ) -> Result<Vec<FoundRow>, DatabaseError> {
        let endings: Vec<Word> = endings.iter().flat_map(|row| words(&row.word)).collect();
        let expression = self.within_category(&self.query.wider_expression(&endings));
        let adjacent = self.query.all_adjacent();
        let hits = if endings.len() <= MAX_RANKED_ENDINGS {
            self.ranked(&expression, (exact, FIRST), adjacent.as_deref().unwrap_or(NOTHING))
        } else {
            self.listed(&expression, exact)
        };
        db.rows(hits).await
    }

    /// Makes the page of results from the rows found; `None` if there are no rows and the page is not the first.
    fn page(&self, rows: Vec<FoundRow>, needs_proof: bool, years: Years) -> Option<SearchResults> {
        let found = rows.first().map_or(0, |row| row.found);
        if found == 0 && self.page > 1 {
            return None;
        }
        let articles = found.min(MAX_RANKED);
        let pages = PER_PAGE.pages(articles);
        let shown = rows.len();
        let hits: Vec<Hit> = rows
            .into_iter()
            .filter_map(|row| self.hit(row.entry, &row.text, needs_proof))
            .collect();
        let disproved = u32::try_from(shown - hits.len()).unwrap_or_default();
        let articles = articles.saturating_sub(disproved);
        Some(SearchResults { hits, articles, is_more: found > MAX_RANKED, pages, years })
    }

    /// Marks the matches in an article. If `needs_proof`, checks that the article contains all phrases as typed,
    /// because the wider search may match too much (`Query::has_mixed_phrase`). Returns `None` if a phrase is missing
    /// and `text` is the whole text.
    fn hit(&self, entry: ListedArticle, text: &str, needs_proof: bool) -> Option<Hit> {
        let [title, summary, body] = [entry.title.as_str(), entry.summary.as_str(), text]
            .map(|text| SearchedText::new(text, self.query));
        let is_whole = || text.chars().count() < EXCERPTED.unsigned_abs() as usize;
        if needs_proof && is_whole() {
            let proved: HashSet<usize> =
                title.phrases().chain(summary.phrases()).chain(body.phrases()).collect();
            if proved.len() < self.query.phrases.len() {
                return None;
            }
        }
        let excerpt = body.excerpt().unwrap_or_else(|| summary.marked());
        let title = title.marked();
        Some(Hit { title, excerpt, entry })
    }

    fn within_category(&self, expression: &str) -> String {
        match self.category {
            Some(slug) => format!("({expression}) AND category : \"{}\"", category_word(slug)),
            None => expression.to_owned(),
        }
    }

    fn bounds(&self) -> [SqlValue<'static>; 2] {
        let period = self.year.map_or(ListPeriod::All, ListPeriod::Year);
        // The row ids of the search index have room only for times within these bounds.
        [period.start().0.max(-3_000_000_000).into(), period.end().0.min(1 << 40).into()]
    }

    fn offset(&self) -> SqlValue<'static> {
        PER_PAGE.skipped(self.page).into()
    }

    async fn count(&self, db: &Database, expression: &str) -> Result<u32, DatabaseError> {
        let [from, before] = self.bounds();
        let counted: Vec<MatchCountRow> =
            db.rows(Statement::new(COUNT, [expression.into(), from, before])).await?;
        Ok(counted.first().map_or(0, |row| row.found))
    }

    /// The statement that ranks matches of `expression`. Each score is multiplied by a factor. The factor is 1, plus
    /// `times` for a match of `better`, plus 2 for a match of `best`.
    fn ranked<'a>(
        &self,
        expression: &'a str,
        (better, times): (&'a str, i64),
        best: &'a str,
    ) -> Statement<'a> {
        let [from, before] = self.bounds();
        let texts = [expression.into(), from, before, better.into(), best.into()];
        let numbers = [self.offset(), SqlValue::Integer(EXCERPTED), SqlValue::Integer(times)];
        Statement::new(RANKED, texts.into_iter().chain(numbers))
    }

    fn listed<'a>(&self, expression: &'a str, best: &'a str) -> Statement<'a> {
        let [from, before] = self.bounds();
        let numbers = [self.offset(), SqlValue::Integer(EXCERPTED)];
        let texts = [expression.into(), from, before, best.into()];
        Statement::new(LISTED, texts.into_iter().chain(numbers))
    }
}

/// A search in the table `word` for completions of the last word of a query: words that begin with it.
struct Endings {
    most: i64,
    is_written: bool,
    /// The lower bound of the completions in the order of the table; `to` is the upper bound.
    from: String,
    to: String,
}

impl Endings {
    fn of(query: &Query) -> Self {
        let most = if query.ends_with_word() { MAX_ENDINGS } else { MAX_PHRASE_ENDINGS };
        match query.open_word() {
            Some(word) => {
                let is_written = word.is_accented();
                let from = if is_written { &word.written } else { &word.plain };
                Self { most, is_written, from: from.clone(), to: format!("{from}\u{10FFFF}") }
            }
            None => Self { most: 0, is_written: false, from: String::new(), to: String::new() },
        }
    }

    fn statement(&self) -> Statement<'_> {
        Statement::new(
            "SELECT word FROM word WHERE is_written = ?1 AND word BETWEEN ?2 AND ?3
             ORDER BY length(word), word LIMIT ?4",
            [
                i64::from(self.is_written).into(),
                self.from.as_str().into(),
                self.to.as_str().into(),
                self.most.into(),
            ],
        )
    }
}

/// Reads the first and the last year that have articles.
pub async fn years(db: &Database) -> Result<Years, DatabaseError> {
    Ok(first_and_last(&db.rows(years_statement()).await?))
}

fn years_statement() -> Statement<'static> {
    Statement::new(
        "SELECT (SELECT min(month) FROM month_count WHERE scope = '') / 100 AS first,
             (SELECT max(month) FROM month_count WHERE scope = '') / 100 AS last",
        [],
    )
}

fn first_and_last(rows: &[YearsRow]) -> Years {
    rows.first().and_then(|row| row.first.zip(row.last))
}
