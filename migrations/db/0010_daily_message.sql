-- The daily message to editors: of which day (in Viet Nam: 2026-11-25) each channel has had the last one, or has
-- been tried.

CREATE TABLE daily_message (
    channel TEXT PRIMARY KEY CHECK (channel IN ('webhook', 'email')),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    -- How often that day's message was begun: one that got no answer may have arrived all the same.
    tries INTEGER NOT NULL CHECK (tries > 0),
    is_told INTEGER NOT NULL DEFAULT 0 CHECK (is_told IN (0, 1))
) STRICT, WITHOUT ROWID;
