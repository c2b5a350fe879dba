//! Turns documents into rows of the catalogue, and writes the rows in one transaction.

use std::collections::BTreeSet;

use cong_core::article;
use cong_core::article::{Cause, DocumentProblem, DocumentRules, is_slug};
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Serialize};

use super::find::Candidate;
use crate::catalogue::rows::{ArticleRow, DocumentRow, TextRow, Vocabulary, document_hash};
use crate::platform::{Database, DatabaseError, Revision, Rows, SqlValue, Statement};

/// The changes that a batch of documents causes in the catalogue. The documents of a batch are written in one
/// transaction.
#[derive(Debug, Default)]
pub struct Changes {
    /// The slugs of documents that were due and have now been read, valid or not.
    settled: Vec<String>,
    removed: Vec<String>,
    documents: Vec<DocumentRow>,
    articles: Vec<ArticleRow>,
    texts: Vec<TextRow>,
    vocabulary: Vocabulary,
    pub bytes: usize,
    pub broken: usize,
    /// The slugs of the articles whose page has changed or is gone.
    pub slugs: Vec<String>,
}

impl Changes {
    /// Adds the result of reading a document to the batch. A `revision` of `None` means that the document was deleted.
    pub fn add(
        &mut self,
        candidate: &Candidate,
        revision: Revision,
        rules: &DocumentRules,
        now: Timestamp,
    ) {
        let slug = candidate.slug.as_str();
        if candidate.is_due == 1 {
            self.settled.push(slug.to_owned());
        }
        let Some((document, rev)) = revision else {
            self.removed.push(slug.to_owned());
            self.slugs.push(slug.to_owned());
            return;
        };
        let hash = document_hash(&document);
        if hash == candidate.hash {
            if rev != candidate.rev {
                let problems = candidate.problems.clone();
                self.documents.push(DocumentRow { slug: slug.to_owned(), rev, hash, problems });
            }
            return;
        }
        self.slugs.push(slug.to_owned());
        let parsed = if is_slug(slug) {
            article::parse(&document, rules)
        } else {
            Err(vec![DocumentProblem::of_document(Cause::NoSlug)])
        };
        match parsed {
            Ok(parsed) => {
                let row = ArticleRow::new(slug, &parsed.article, now);
                if row.listed == 1 {
                    let text = TextRow::new(slug, &parsed.article, &mut self.vocabulary);
                    self.bytes += text.text.len() + text.body.len();
                    self.texts.push(text);
                }
                self.articles.push(row);
                self.documents.push(DocumentRow::good(slug, rev, hash));
            }
            Err(problems) => {
                self.broken += 1;
                self.documents.push(DocumentRow::broken(slug, rev, hash, &problems));
            }
        }
    }

    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    pub fn removed(&self) -> usize {
        self.removed.len()
    }

    /// Writes all rows of the batch in one transaction. They are sent as JSON, so the number of statements does not
    /// depend on the number of rows.
    ///
    /// # Errors
    /// D1 did not answer or failed. If nothing was written, the documents of the batch stay due.
    pub async fn write(&self, db: &Database) -> Result<WrittenBatch, DatabaseError> {
        if self.settled.is_empty() && self.removed.is_empty() && self.documents.is_empty() {
            return Ok(WrittenBatch::default());
        }
        let json = Json::new(self)?;
        let mut statements = vec![json.categories_before()];
        if !self.slugs.is_empty() {
            statements.extend(json.rewrite_articles());
        }
        statements.extend(json.settle());
        let results = db.batch(&statements).await?;
        let before = results.first().ok_or_else(DatabaseError::unexpected)?;
        let before = before.parse::<WrittenCategoryRow>()?.into_iter().map(|row| row.slug);
        let now = self.articles.iter().map(|row| row.category_slug.clone());
        Ok(WrittenBatch {
            rows: results.iter().map(Rows::written).sum(),
            categories: before.chain(now).filter(|slug| !slug.is_empty()).collect(),
        })
    }
}

/// What a batch has changed in the catalogue.
#[derive(Debug, Default)]
pub struct WrittenBatch {
    /// The number of rows written, as D1 counts it.
    pub rows: usize,
    /// The slugs of the categories that the changed articles were in before, or are in now.
    pub categories: BTreeSet<String>,
}

#[derive(Deserialize)]
struct WrittenCategoryRow {
    slug: String,
}

/// The changes of a batch as JSON texts, in which they are passed to the SQL statements as parameters.
struct Json {
    slugs: String,
    articles: String,
    texts: String,
    vocabulary: String,
    documents: String,
    removed: String,
    settled: String,
}

impl Json {
    fn new(changes: &Changes) -> Result<Self, DatabaseError> {
        Ok(Self {
            slugs: to_json(&changes.slugs)?,
            articles: to_json(&changes.articles)?,
            texts: to_json(&changes.texts)?,
            vocabulary: to_json(&changes.vocabulary)?,
            documents: to_json(&changes.documents)?,
            removed: to_json(&changes.removed)?,
            settled: to_json(&changes.settled)?,
        })
    }

    fn categories_before(&self) -> Statement<'_> {
        Statement::new(
            "SELECT DISTINCT category_slug AS slug FROM article
             WHERE slug IN (SELECT value FROM json_each(?1))",
            [SqlValue::Text(&self.slugs)],
        )
    }

    /// The statements that delete the old rows of the changed articles and insert the new ones.
    fn rewrite_articles(&self) -> [Statement<'_>; 11] {
        let with = |sql, json| Statement::new(sql, [SqlValue::Text(json)]);
        [
            with(
                "DELETE FROM search WHERE rowid IN (SELECT id FROM article WHERE listed = 1
                     AND slug IN (SELECT value FROM json_each(?1)))",
                &self.slugs,
            ),
            with(
                "DELETE FROM article_text WHERE id IN (SELECT id FROM article
                     WHERE slug IN (SELECT value FROM json_each(?1)))",
                &self.slugs,
            ),
            with("DELETE FROM alias WHERE slug IN (SELECT value FROM json_each(?1))", &self.slugs),
            with(
                "DELETE FROM article WHERE slug IN (SELECT value FROM json_each(?1))",
                &self.slugs,
            ),
            with(
                "WITH fresh AS (SELECT value AS row,
                     ((value ->> 'listed_at') + 2208988800) << 20 AS first_id FROM json_each(?1))
                 INSERT INTO article (id, slug, title, summary, lang, category_slug, category_name,
                     published, updated, listed_at, month, draft, publish_at, listed, pinned,
                     notice_from, notice_until, consultation_opens, consultation_closes,
                     consultation_unit, consultation_issued)
                 SELECT coalesce((SELECT max(id) FROM article
                         WHERE id BETWEEN first_id AND first_id + 1048575), first_id)
                         + row_number() OVER (PARTITION BY first_id ORDER BY row ->> 'slug'),
                     row ->> 'slug', row ->> 'title', row ->> 'summary', row ->> 'lang',
                     row ->> 'category_slug', row ->> 'category_name', row ->> 'published',
                     row ->> 'updated', row ->> 'listed_at', row ->> 'month', row ->> 'draft',
                     row ->> 'publish_at', row ->> 'listed', row ->> 'pinned',
                     row ->> 'notice_from', row ->> 'notice_until',
                     row ->> 'consultation_opens', row ->> 'consultation_closes',
                     row ->> 'consultation_unit', row ->> 'consultation_issued'
                 FROM fresh",
                &self.articles,
            ),
            with(
                "INSERT OR IGNORE INTO alias (address, slug)
                 SELECT alias.value, article.value ->> 'slug'
                 FROM json_each(?1) article, json_each(article.value, '$.aliases') alias",
                &self.articles,
            ),
            // Pictures that the article still shows keep their dimensions. They are measured again later.
            Statement::new(
                "DELETE FROM picture WHERE slug IN (SELECT value FROM json_each(?1))
                     AND NOT EXISTS (
                         SELECT 1 FROM json_each(?2) article, json_each(article.value, '$.pictures') shown
                         WHERE article.value ->> 'slug' = picture.slug AND shown.value = picture.file)",
                [SqlValue::Text(&self.slugs), SqlValue::Text(&self.articles)],
            ),
            with(
                "INSERT INTO picture (slug, file)
                 SELECT article.value ->> 'slug', shown.value
                 FROM json_each(?1) article, json_each(article.value, '$.pictures') shown WHERE true
                 ON CONFLICT DO UPDATE SET due_at = 0",
                &self.articles,
            ),
            with(
                "INSERT INTO article_text (id, body)
                 SELECT article.id, value ->> 'text'
                 FROM json_each(?1) JOIN article ON article.slug = value ->> 'slug'",
                &self.texts,
            ),
            with(
                "INSERT INTO search (rowid, title, summary, body, category)
                 SELECT article.id, value ->> 'title', value ->> 'summary', value ->> 'body',
                     value ->> 'category'
                 FROM json_each(?1) JOIN article ON article.slug = value ->> 'slug'",
                &self.texts,
            ),
            with(
                "INSERT OR IGNORE INTO word (is_written, word)
                 SELECT 0, value FROM json_each(?1, '$.plain')
                 UNION ALL SELECT 1, value FROM json_each(?1, '$.written')",
                &self.vocabulary,
            ),
        ]
    }

    /// The statements that record which documents were read, and with what result.
    fn settle(&self) -> [Statement<'_>; 4] {
        let with = |sql, json| Statement::new(sql, [SqlValue::Text(json)]);
        [
            // KV may have returned an older text than its key list announced. All pages of the list are therefore
            // compared with the catalogue again.
            with(
                "DELETE FROM listed_page WHERE ?1 <> '[]'",
                if self.removed == "[]" { &self.documents } else { &self.removed },
            ),
            with(
                "INSERT OR REPLACE INTO document (slug, rev, hash, problems)
                 SELECT value ->> 'slug', value ->> 'rev', value ->> 'hash', value ->> 'problems'
                 FROM json_each(?1)",
                &self.documents,
            ),
            with(
                "DELETE FROM document WHERE slug IN (SELECT value FROM json_each(?1))",
                &self.removed,
            ),
            with("DELETE FROM due WHERE slug IN (SELECT value FROM json_each(?1))", &self.settled),
        ]
    }
}

fn to_json(rows: &impl Serialize) -> Result<String, DatabaseError> {
    Ok(serde_json::to_string(rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "+++\ntitle = \"Một\"\nupdated = 2026-01-01\nauthor = \"An\"\n+++\nNội dung";

    fn candidate(slug: &str, rev: &str, hash: &str) -> Candidate {
        Candidate {
            slug: slug.into(),
            rev: rev.into(),
            hash: hash.into(),
            problems: None,
            is_due: 1,
        }
    }

    fn add(changes: &mut Changes, candidate: &Candidate, document: &str) {
        let revision = Some((document.as_bytes().to_vec(), "r".to_owned()));
        changes.add(candidate, revision, &DocumentRules::default(), Timestamp(1_800_000_000));
    }

    #[test]
    fn a_broken_document_is_recorded_and_leaves_the_others_alone() {
        let mut changes = Changes::default();
        add(&mut changes, &candidate("tot", "", ""), GOOD);
        add(&mut changes, &candidate("hong", "", ""), "khong phai tai lieu");
        add(&mut changes, &candidate("Ten Sai", "", ""), GOOD);
        assert_eq!((changes.articles.len(), changes.texts.len(), changes.broken), (1, 1, 2));
        let problems: Vec<_> =
            changes.documents.iter().map(|document| document.problems.is_some()).collect();
        assert_eq!(problems, [false, true, true]);
        assert_eq!(changes.settled, ["tot", "hong", "Ten Sai"]);
    }

    #[test]
    fn a_document_that_has_not_changed_is_written_only_where_its_rev_has() {
        let hash = document_hash(GOOD.as_bytes());
        let mut changes = Changes::default();
        add(&mut changes, &candidate("mot", "r", &hash), GOOD);
        assert!(changes.documents.is_empty() && changes.slugs.is_empty());
        add(&mut changes, &candidate("hai", "cu", &hash), GOOD);
        assert_eq!((changes.documents.len(), changes.articles.len()), (1, 0));
        assert_eq!((changes.documents[0].rev.as_str(), &changes.documents[0].hash), ("r", &hash));
    }

    #[test]
    fn a_document_without_a_value_leaves_the_catalogue() {
        let mut changes = Changes::default();
        changes.add(&candidate("mat", "", "x"), None, &DocumentRules::default(), Timestamp(0));
        assert_eq!((changes.removed(), changes.slugs.as_slice()), (1, &["mat".to_owned()][..]));
    }
}
