-- What the editors' desk asks for beside what readers do: broken documents and drafts, which are few, without
-- going through all the others.

CREATE INDEX document_broken ON document (slug) WHERE problems IS NOT NULL;
CREATE INDEX article_draft ON article (id) WHERE draft = 1;
