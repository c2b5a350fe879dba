//! The public pages about the comments on a draft: the comments, and the answers to them.

mod answers;
mod page;
mod sent;
mod store;
mod tally;

pub use answers::{answer, contents};
pub use page::{CommentsPage, clause_title, draft_head, received};
pub use sent::{SentComment, sent_comments};
pub use store::{ClauseCount, ListedComments, PER_PAGE, Window, count_comments, released_comments};
pub use tally::{Tally, answered, tally};

use cong_core::addresses::Part;
use cong_core::article::Article;
use cong_core::consultation::Clause;
use futures_util::future::join;
use maud::Markup;

use super::clauses::clauses;
use crate::catalogue::{hot_index, public_article};
use crate::layout::{Frame, frame};
use crate::platform::DatabaseError;
use crate::web::{CSV, CachePolicy, PageError, Portal, Response, in_parts};
use answers::{answers_csv_head, answers_page, push_answer_row};
use page::comments_page;

/// The maximum number of comments that one query for the CSV table reads.
const PER_PART: u32 = 250;

/// A draft, with the number of submissions about it and the number of comments on each clause.
struct CommentedDraft {
    article: Article,
    clauses: Vec<Clause>,
    tally: Tally,
    counts: Vec<ClauseCount>,
}

impl CommentedDraft {
    async fn read(portal: &Portal, slug: &str) -> Result<Self, PageError> {
        let (article, _) = public_article(portal, slug).await?;
        if article.consultation.is_none() {
            return Err(PageError::NOT_FOUND);
        }
        let clauses = clauses(&article);
        let ids: Vec<String> = clauses.iter().map(|clause| clause.id.clone()).collect();
        let db = portal.feedback()?;
        let (tally, counts) =
            join(tally::tally(&db, slug, portal.now), count_comments(&db, slug, &ids)).await;
        Ok(Self { article, clauses, tally: tally?, counts: counts? })
    }
}

/// The page of the public comments on a draft, by clause. `part` selects a clause, and a page of the list.
pub async fn comments(portal: &Portal, slug: &str, part: &Part) -> Result<Response, PageError> {
    let draft = CommentedDraft::read(portal, slug).await?;
    list(portal, slug, part, &draft, ListedComments::Released, comments_page).await
}

/// The page of the answers to the comments on a draft. Before the answers are public, the response is 404.
pub async fn answers(portal: &Portal, slug: &str, part: &Part) -> Result<Response, PageError> {
    let draft = CommentedDraft::read(portal, slug).await?;
    if draft.tally.answered_at.is_none() {
        return Err(PageError::NotFound { changes_at: draft.tally.changes_at });
    }
    list(portal, slug, part, &draft, ListedComments::Answered, answers_page).await
}

async fn list(
    portal: &Portal,
    slug: &str,
    part: &Part,
    draft: &CommentedDraft,
    listed: ListedComments,
    view: fn(Frame<'_>, &CommentsPage<'_>) -> Markup,
) -> Result<Response, PageError> {
    let shown: Vec<ClauseCount> = draft
        .counts
        .iter()
        .filter(|count| part.clause.as_ref().is_none_or(|clause| *clause == count.clause))
        .cloned()
        .collect();
    let is_clause = |id: &String| {
        !shown.is_empty() || draft.clauses.iter().any(|clause| clause.id == *id) || id.is_empty()
    };
    let total: u32 = shown.iter().map(|count| count.shown(listed)).sum();
    let pages = PER_PAGE.pages(total);
    if part.page > pages || !part.clause.as_ref().is_none_or(is_clause) {
        return Err(PageError::NOT_FOUND);
    }
    let window = Window::of_page(&shown, listed, part.page);
    let db = portal.feedback()?;
    let comments = released_comments(&db, slug, &window, portal.now);
    let (comments, index) = join(comments, hot_index(portal)).await;
    let comments = comments?;
    let frame = frame(portal, &index);
    let page = CommentsPage {
        slug,
        article: &draft.article,
        clauses: &draft.clauses,
        tally: &draft.tally,
        counts: &draft.counts,
        part,
        pages,
        comments: &comments,
    };
    let own_change =
        draft.article.next_change(portal.now).into_iter().chain(draft.tally.changes_at);
    let changes_at = own_change.chain(index.next_change(portal.now)).min();
    Ok(Response::page(200, view(frame, &page), CachePolicy::Released { changes_at }))
}

/// The answers to the comments on a draft as a CSV table, which is read from the database while it is sent.
pub async fn answers_csv(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let CommentedDraft { tally, counts, clauses, .. } = CommentedDraft::read(portal, slug).await?;
    if tally.answered_at.is_none() {
        return Err(PageError::NotFound { changes_at: tally.changes_at });
    }
    let total = counts.iter().map(ClauseCount::answered).sum();
    let table = AnswersCsv { slug: slug.to_owned(), clauses, counts, total };
    let read = async move |portal: &Portal, start| table.part(portal, start).await;
    let body = in_parts(portal, 0, read).await?;
    let cache = CachePolicy::Released { changes_at: None };
    Ok(Response::download(CSV, &format!("tiep-thu-{slug}.csv"), body, cache))
}

struct AnswersCsv {
    slug: String,
    clauses: Vec<Clause>,
    counts: Vec<ClauseCount>,
    /// The number of rows in the whole table, without the head row. Each row has one comment.
    total: u32,
}

impl AnswersCsv {
    /// Reads the part of the table that begins with the comment at index `start`. Returns its text, and the index at
    /// which the next part begins. The first part also contains the head row.
    ///
    /// # Errors
    /// D1 failed, or there are fewer answers than when the response began: one was withdrawn, or all were taken back.
    /// The response must then break off, so that nobody takes an incomplete table for a complete one.
    async fn part(
        &self,
        portal: &Portal,
        start: u32,
    ) -> Result<(String, Option<u32>), DatabaseError> {
        let window = Window::new(&self.counts, ListedComments::Answered, start, PER_PART);
        let rows = released_comments(&portal.feedback()?, &self.slug, &window, portal.now).await?;
        if rows.len() as u32 != PER_PART.min(self.total.saturating_sub(start)) {
            return Err(DatabaseError::Failed("the answers have changed meanwhile".to_owned()));
        }
        let mut text = if start == 0 { answers_csv_head() } else { String::new() };
        for row in &rows {
            push_answer_row(&mut text, &self.clauses, row);
        }
        let next = start + PER_PART;
        Ok((text, (next < self.total).then_some(next)))
    }
}
