use cong_core::article;
use cong_core::article::Article;
use cong_core::consultation::Clause;

use crate::site;

/// The clauses of an article's text, in the order of the text.
pub fn clauses(article: &Article) -> Vec<Clause> {
    Clause::all(&article::render(&article.body, site::labels(&article.lang), None).headings)
}
