-- The articles in English, for their own home: newest first, and counted by month like those of a category.

-- English of any country.
ALTER TABLE article ADD COLUMN is_english INTEGER
    GENERATED ALWAYS AS (substr(lower(lang) || '-', 1, 3) = 'en-') VIRTUAL;

CREATE INDEX article_in_english ON article (listed_at DESC, slug, publish_at)
    WHERE is_english = 1 AND draft = 0;

-- Their scope in month_count is none that the slug of a category can be.
CREATE TRIGGER english_article_is_counted AFTER INSERT ON article
WHEN NEW.listed = 1 AND NEW.is_english = 1 BEGIN
    INSERT INTO month_count (scope, month, articles) VALUES ('@en', NEW.month, 1)
        ON CONFLICT DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER english_article_is_no_longer_counted AFTER DELETE ON article
WHEN OLD.listed = 1 AND OLD.is_english = 1 BEGIN
    UPDATE month_count SET articles = articles - 1 WHERE scope = '@en' AND month = OLD.month;
    DELETE FROM month_count WHERE scope = '@en' AND month = OLD.month AND articles = 0;
END;

INSERT INTO month_count (scope, month, articles)
    SELECT '@en', month, count(*) FROM article WHERE listed = 1 AND is_english = 1 GROUP BY month;
