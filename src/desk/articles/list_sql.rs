//! The SQL queries of the desk's list of documents, assembled from parts. For each state (public, scheduled, draft,
//! broken, waiting for the sync) there is a query for one page of its documents; one more query counts the documents in
//! each state.
//!
//! Parameters: ?1 is the current time, ?2 the slug of a category or NULL, ?3 to ?7 the search words as parts of a slug
//! (see `list_store::in_slug`), ?8 and ?9 the search words with the first letter in upper and in lower case, ?10 and
//! ?11 limit and offset. A document is found if its slug contains all of ?3 to ?7, or its title contains ?8 or ?9. The
//! queries use instr because LIKE in D1 takes patterns of at most 50 bytes.
//!
//! With 100,000 articles each query takes about 60 ms at most. Searches for words, and for rare categories, scan all
//! titles. Queries for drafts, scheduled and broken documents use indexes of their own.

macro_rules! in_slug {
    () => {
        "(instr(slug, ?3) AND instr(slug, ?4) AND instr(slug, ?5) AND instr(slug, ?6) AND instr(slug, ?7))"
    };
}

macro_rules! asked_for {
    () => {
        concat!(
            "(?2 IS NULL OR category_slug = ?2)
             AND (",
            in_slug!(),
            " OR instr(title, ?8) OR instr(title, ?9))"
        )
    };
}

// Selects documents without an article, because they are broken or were not read yet. They have no title and no
// category. Their id is set to a number larger than the id of any article, so that they come first.
macro_rules! without_article {
    ($problems:literal, $from:literal) => {
        concat!(
            "SELECT slug, NULL AS title, NULL AS lang, NULL AS category_name, NULL AS updated,
                 NULL AS draft, NULL AS publish_at, ",
            $problems,
            " AS problems,
                 9007199254740991 AS id
             FROM ",
            $from,
            " AND ?2 IS NULL AND ",
            in_slug!()
        )
    };
}

macro_rules! articles {
    ($from:literal) => {
        concat!(
            "SELECT slug, title, lang, category_name, updated, draft, publish_at, NULL AS problems, id
             FROM article ", $from, " AND ", asked_for!()
        )
    };
}

macro_rules! public {
    () => {
        articles!("WHERE draft = 0 AND publish_at <= ?1")
    };
}

macro_rules! scheduled {
    () => {
        articles!("INDEXED BY article_to_come WHERE listed = 0 AND draft = 0 AND publish_at > ?1")
    };
}

macro_rules! drafts {
    () => {
        articles!("WHERE draft = 1")
    };
}

macro_rules! broken {
    () => {
        without_article!("problems", "document WHERE problems IS NOT NULL")
    };
}

macro_rules! new {
    () => {
        without_article!(
            "NULL",
            "due WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.slug = due.slug)"
        )
    };
}

macro_rules! waiting {
    () => {
        concat!(
            "SELECT slug, title, lang, category_name, updated, draft, publish_at, problems,
                 coalesce(id, 9007199254740991) AS id
             FROM due LEFT JOIN article USING (slug) LEFT JOIN document USING (slug)
             WHERE ",
            asked_for!()
        )
    };
}

macro_rules! page_of {
    ($rows:expr) => {
        concat!(
            "SELECT *, EXISTS (SELECT 1 FROM due WHERE due.slug = found.slug) AS is_due
             FROM (",
            $rows,
            " ORDER BY id DESC, slug LIMIT ?10 OFFSET ?11) AS found"
        )
    };
}

pub const ALL: &str =
    page_of!(concat!(broken!(), " UNION ALL ", new!(), " UNION ALL ", articles!("WHERE true")));

pub const PUBLIC: &str = page_of!(public!());

pub const SCHEDULED: &str = page_of!(scheduled!());

pub const DRAFTS: &str = page_of!(drafts!());

pub const BROKEN: &str = page_of!(broken!());

pub const WAITING: &str = page_of!(waiting!());

pub const COUNTS: &str = concat!(
    "SELECT (SELECT count(*) FROM (",
    public!(),
    ")) AS public,
         (SELECT count(*) FROM (",
    scheduled!(),
    ")) AS scheduled,
         (SELECT count(*) FROM (",
    drafts!(),
    ")) AS drafts,
         (SELECT count(*) FROM (",
    broken!(),
    ")) AS broken,
         (SELECT count(*) FROM (",
    waiting!(),
    ")) AS waiting,
         (SELECT count(*) FROM (",
    new!(),
    ")) AS new"
);
